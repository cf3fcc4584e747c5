package check

import (
	"fmt"
	"iter"
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Limits on the graph of a lesson. A lesson is checked over every state, so these
// limits bound the time and the memory of a check. The shipped lessons have
// under 200 states.
const (
	maxStates = 100_000
	maxEdges  = 300_000
	maxWork   = 100_000 // Paragraphs, choices and conditions, counted once for each view.
)

// graph is every state that a run can reach, in the order of their distance
// from the start. What a state tells and where it leads depends only on the facts
// that its scene asks about. So all states that agree on these share a view, and a
// state itself takes some 40 bytes.
type graph struct {
	game   *play.Game
	states []play.State
	view   []int32 // For each state, an index into views.
	views  []view
	first  []int32 // For each state, the index of its first edge; one more at the end.
	edges  []edge  // The edges of all states, in the order of the states.
	work   int     // See maxWork.
	led    []int32 // For each state, the edge that leads to it on a shortest path; -1 for the start.
}

// view is what a scene tells, and where it leads, for one set of the facts that it asks about.
type view struct {
	scene int
	told  []lesson.Block
	sets  uint64 // The facts that telling the scene adds to those known before.
	ways  []way
}

// cost returns how much a scene adds to graph.work for each of its views.
func cost(s *lesson.Scene) int {
	n := 1
	for b := range s.Blocks() {
		n++
		for _, p := range b.Text {
			n += 1 + len(p.If) + len(p.Sets)
		}
	}
	for _, c := range s.Choices {
		n += 1 + len(c.If)
	}
	if s.Rehearsal != nil {
		n += len(s.Rehearsal.Moves)
	}
	return n
}

// onward is the pick of a continue link. The pick of move k of a rehearsal is onward-1-k.
const onward = -1

// way is a way on from a view: choice pick, the continue link, or a move of a rehearsal.
type way struct {
	to, pick int
	reaction []lesson.Block // What follows it before the next scene.
}

// edge is one way on from a state.
type edge struct {
	from, to int32
	pick     int16 // Like way.pick.
}

// visit returns the graph of a lesson, or nil and which limit the lesson exceeds.
func visit(l *lesson.Lesson) (*graph, string) {
	g := &graph{game: play.New(l)}
	index := make(map[play.State]int32)
	views := make(map[play.State]int32)
	add := func(s play.State, led int32) int32 {
		if i, ok := index[s]; ok {
			return i
		}
		i := int32(len(g.states))
		index[s] = i
		g.states = append(g.states, s)
		g.led = append(g.led, led)
		g.view = append(g.view, g.look(s, views))
		return i
	}
	add(g.game.Start(), -1)
	for i := 0; i < len(g.states); i++ {
		if len(g.states) > maxStates {
			return nil, fmt.Sprintf("more than %d states", maxStates)
		}
		if len(g.edges) > maxEdges {
			return nil, fmt.Sprintf("more than %d ways from one state to the next", maxEdges)
		}
		if g.work > maxWork {
			return nil,
				fmt.Sprintf(
					"more than %d paragraphs and choices, counted again for each set of facts that a scene asks for",
					maxWork)
		}
		g.first = append(g.first, int32(len(g.edges)))
		s, v := g.states[i], g.view[i]
		for _, w := range g.views[v].ways {
			next := g.game.Enter(s, s.Facts|g.views[v].sets, w.to)
			g.edges = append(g.edges, edge{int32(i), add(next, int32(len(g.edges))), int16(w.pick)})
		}
	}
	g.first = append(g.first, int32(len(g.edges)))
	return g, ""
}

// look returns the view of a state, and makes it if there is none yet.
func (g *graph) look(s play.State, views map[play.State]int32) int32 {
	facts, seen := g.game.Asks(s.Scene)
	s.Facts, s.Seen = s.Facts&facts, s.Seen&seen
	if v, ok := views[s]; ok {
		return v
	}
	v := view{scene: s.Scene}
	scene := g.game.Scene(s)
	g.work += cost(scene)
	v.told, v.sets = g.game.Tell(s)
	if scene.Onward != nil {
		v.ways = append(v.ways, way{to: scene.Onward.To, pick: onward})
	}
	if r := scene.Rehearsal; r != nil && r.Branches() {
		for k := range r.Moves {
			v.ways = append(v.ways, way{scene.After(&r.Moves[k]).To, onward - 1 - k, g.game.Answered(s, v.sets, k)})
		}
	}
	for _, pick := range g.game.Open(s) {
		v.ways = append(v.ways, way{scene.Choices[pick].To, pick, g.game.Reaction(s, v.sets, pick)})
	}
	i := int32(len(g.views))
	views[s] = i
	g.views = append(g.views, v)
	return i
}

func (g *graph) scene(i int) *lesson.Scene { return g.game.Scene(g.states[i]) }

// choice returns the choice that an edge takes, or nil.
func (g *graph) choice(e edge) *lesson.Choice {
	if e.pick < 0 {
		return nil
	}
	return &g.scene(int(e.from)).Choices[e.pick]
}

// move returns the move of a rehearsal that an edge follows, or nil.
func (g *graph) move(e edge) *lesson.Move {
	if e.pick >= onward {
		return nil
	}
	return &g.scene(int(e.from)).Rehearsal.Moves[onward-1-e.pick]
}

// told returns what a state tells.
func (g *graph) told(i int) []lesson.Block { return g.views[g.view[i]].told }

// out returns the ways on from a state.
func (g *graph) out(i int) []edge { return g.edges[g.first[i]:g.first[i+1]] }

// on ranges over the ways on from a state, each with its index.
func (g *graph) on(i int) iter.Seq2[int32, edge] {
	return func(yield func(int32, edge) bool) {
		for e := g.first[i]; e < g.first[i+1] && yield(e, g.edges[e]); e++ {
		}
	}
}

// into returns for each state the first edge that leads to it, and for each edge the next edge
// that leads to the same state; -1 for none.
func (g *graph) into() (first, next []int32) {
	first, next = slices.Repeat([]int32{-1}, len(g.states)), make([]int32, len(g.edges))
	for e := len(g.edges) - 1; e >= 0; e-- {
		to := g.edges[e].to
		next[e], first[to] = first[to], int32(e)
	}
	return first, next
}

// reaction returns what follows an edge before the next scene.
func (g *graph) reaction(e int32) []lesson.Block {
	from := g.edges[e].from
	return g.views[g.view[from]].ways[e-g.first[from]].reaction
}

// acts reports whether the scene of a state asks for an action, or ends.
func (g *graph) acts(i int) bool {
	s := g.scene(i)
	return len(s.Choices) > 0 || s.Check != nil || s.Rehearsal != nil || s.Ending()
}

// memory is what a rule remembers along a path, as bits.
type memory uint8

// memories is the number of values of a memory: no rule remembers more than two bits.
const memories = 4

// paths is like [graph.walk], but returns the last state, or -1, and the ids of the scenes
// on the way to it.
func (g *graph) paths(tell func(i int, m memory) memory, take func(e int32, m memory) memory,
	bad func(i int, m memory) bool) (at int, ids []string) {
	states := g.walk(tell, take, bad)
	if states == nil {
		return -1, nil
	}
	return states[len(states)-1], g.ids(states)
}

// walk visits every pair of a state and what a rule remembers there. tell updates
// the memory by what a state tells, take by an edge. Both may depend only on the
// view of a state, because they are called once for each view. walk returns the
// states on a shortest path to a state for which bad is true, or nil.
func (g *graph) walk(tell func(i int, m memory) memory, take func(e int32, m memory) memory,
	bad func(i int, m memory) bool) []int {
	told := make([]uint8, len(g.views)*memories) // The memory plus one; 0 if it isn't known yet.
	taken := make(map[taking]memory)
	told1 := func(i int32, m memory) memory {
		k := int(g.view[i])*memories + int(m)
		if told[k] == 0 {
			told[k] = uint8(tell(int(i), m)) + 1
		}
		return memory(told[k] - 1)
	}
	take1 := func(e int32, m memory) memory {
		if take == nil {
			return m
		}
		from := g.edges[e].from
		at := taking{g.view[from], e - g.first[from], m}
		next, ok := taken[at]
		if !ok {
			next = take(e, m)
			taken[at] = next
		}
		return next
	}
	// A node is a state and a memory; before is the node that led to it, plus one.
	before := make([]int32, len(g.states)*memories)
	first := int32(told1(0, 0))
	before[first] = -1
	queue := make([]int32, 1, len(g.states))
	queue[0] = first
	for at := 0; at < len(queue); at++ {
		n := queue[at]
		i, m := n/memories, memory(n%memories)
		if bad(int(i), m) {
			return walked(n, before)
		}
		for at, e := range g.on(int(i)) {
			next := e.to*memories + int32(told1(e.to, take1(at, m)))
			if before[next] == 0 {
				before[next] = n + 1
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// taking is a way on from a view, and the memory before it.
type taking struct {
	view, way int32
	m         memory
}

// walked returns the states from the start to a node.
func walked(n int32, before []int32) []int {
	var states []int
	for ; ; n = before[n] - 1 {
		states = append(states, int(n/memories))
		if before[n] == -1 {
			break
		}
	}
	slices.Reverse(states)
	return states
}

// firstOf returns the first state that has a view.
func (g *graph) firstOf(view int) int { return slices.Index(g.view, int32(view)) }
