package check

import (
	"slices"

	"wayout/internal/lesson"
)

// shortest returns a shortest path to a state. A path is its edges, as indexes, from the start on.
func (g *graph) shortest(i int) []int32 { return g.back(i, g.led) }

// back returns the edges of a path to state i, where led is the last edge of the path to each state.
func (g *graph) back(i int, led []int32) (path []int32) {
	for e := led[i]; e >= 0; e = led[g.edges[e].from] {
		path = append(path, e)
	}
	slices.Reverse(path)
	return path
}

// passed returns the states on a path of edges from the start.
func (g *graph) passed(path []int32) []int {
	states := []int{0}
	for _, e := range path {
		states = append(states, int(g.edges[e].to))
	}
	return states
}

// heaviest returns the largest sum of the weights of views and edges on a path, and the path. A
// state that is visited again adds nothing, because nobody has to go round in a cycle.
func (g *graph) heaviest(views []float64, weight func(e int32) float64) (float64, []int32) {
	most, next := make([]float64, len(g.states)), make([]int32, len(g.states)) // The sum and edge after each state.
	for i := range next {
		next[i] = -1
	}
	total := func(i int32) float64 { return views[g.view[i]] + most[i] }
	g.inward(func(at int32) {
		e := g.edges[at]
		if t := total(e.to) + weight(at); t > most[e.from] || next[e.from] < 0 {
			most[e.from], next[e.from] = t, at
		}
	})
	var path []int32
	for e := next[0]; e >= 0; e = next[g.edges[e].to] {
		path = append(path, e)
	}
	return total(0), path
}

// longestPath is the largest number of scenes that are shown of a path.
const longestPath = 40

// path returns the ids of the scenes on a shortest path to a state.
func (g *graph) path(i int) []string { return g.ids(g.passed(g.shortest(i))) }

// ids returns the ids of the scenes of a path. It leaves out the middle of a very long
// path, which nobody would read.
func (g *graph) ids(states []int) []string {
	var ids []string
	for k, i := range states {
		if k == longestPath/2 && len(states) > longestPath {
			ids = append(ids, "…")
		}
		if k < longestPath/2 || k >= len(states)-longestPath/2 {
			ids = append(ids, g.scene(i).ID)
		}
	}
	return ids
}

// inward walks the graph in postorder: it calls do for every edge that closes no cycle, those of a
// state after those of its successors, and returns the states in that order. It isn't recursive,
// because a path may be as long as there are states.
func (g *graph) inward(do func(e int32)) (order []int32) {
	const here, done = 1, 2
	mark := make([]uint8, len(g.states))
	at := slices.Clone(g.first) // For each state, its next edge to look at.
	stack := []int32{0}
	mark[0] = here
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		if at[i] == g.first[i+1] {
			mark[i], order = done, append(order, i)
			stack = stack[:len(stack)-1]
			continue
		}
		to := g.edges[at[i]].to
		if mark[to] == 0 {
			mark[to] = here
			stack = append(stack, to)
			continue // Look at this edge again when its target is done.
		}
		if mark[to] == done {
			do(at[i])
		}
		at[i]++
	}
	return order
}

// along calls each with everything that is told on a path, in order.
func (f *finder) along(states []int, each func([]lesson.Block)) {
	for n, i := range states {
		each(f.g.told(i))
		for at, e := range f.g.on(i) {
			if n+1 < len(states) && int(e.to) == states[n+1] {
				each(f.g.reaction(at))
			}
		}
	}
}
