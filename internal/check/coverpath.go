package check

import (
	"math"
	"slices"
)

// The limits of the search: rounds are those of bound, and tries those of fewest.
const (
	mostRounds  = 3000
	leastRounds = 30
	roundsWork  = 80_000_000
	weightDrop  = 0.3
	weightDrops = 6 // How many times weightDrop is halved.

	mostTries   = 150
	leastTries  = 3
	triesWork   = 3_000_000
	fromNothing = 5    // Tries that start without any path of the best try.
	keepPath    = 0.75 // The share of paths that a later try keeps.
	leastWeight = 1e-4
)

// order sorts the states so that successors come first, and finds the edges that close
// cycles, the cycles, and the ways to an ending.
func (c *coverer) order() {
	c.closing = slices.Repeat([]bool{true}, len(c.g.edges))
	c.sequence = c.g.inward(func(e int32) { c.closing[e] = false })
	c.endings()
	c.groups()
}

// endings finds from each state the edge on a shortest way to an ending.
func (c *coverer) endings() {
	g := c.g
	first, next := g.into()
	c.end = make([]int32, len(g.states))
	var queue []int32
	met := make([]bool, len(g.states))
	for i := range c.end {
		if c.end[i] = -1; g.first[i] == g.first[i+1] {
			met[i] = true
			queue = append(queue, int32(i))
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for e := first[queue[0]]; e >= 0; e = next[e] {
			if i := g.edges[e].from; !met[i] {
				met[i], c.end[i] = true, e
				queue = append(queue, i)
			}
		}
	}
}

// groups finds the states that lead to each other: a path through a cycle may cover
// everything in the cycle. It counts all states between the ends of a closing edge, in the
// order of sequence, as one cycle. That may be too many, which only makes the bound lower
// than it could be.
func (c *coverer) groups() {
	place := make([]int32, len(c.g.states))
	for n, i := range c.sequence {
		place[i] = int32(n)
	}
	reach := make([]int32, len(c.sequence)) // The states from n to reach[n] are in one cycle.
	for n := range reach {
		reach[n] = int32(n)
	}
	for e, closes := range c.closing {
		if closes {
			from, to := place[c.g.edges[e].from], place[c.g.edges[e].to]
			reach[min(from, to)] = max(reach[min(from, to)], from, to)
		}
	}
	c.group = make([]int32, len(c.g.states))
	group, last := int32(-1), int32(-1)
	for n, i := range c.sequence {
		if int32(n) > last {
			group++
		}
		last = max(last, reach[n], int32(n))
		c.group[i] = group
	}
}

// groupCount is how many groups there are.
func (c *coverer) groupCount() int { return int(c.group[c.sequence[len(c.sequence)-1]]) + 1 }

// heaviest returns the path from the start to an ending with the largest sum of weights, and
// that sum. A thing that is covered twice counts twice.
func (c *coverer) heaviest(weights []float64) ([]int32, float64) {
	g := c.g
	best, next := make([]float64, len(g.states)), make([]int32, len(g.states))
	ofView := c.sums(weights)
	for _, i := range c.sequence {
		next[i] = c.end[i]
		most, v := -1.0, g.view[i]
		for e := g.first[i]; e < g.first[i+1]; e++ {
			if c.closing[e] {
				continue
			}
			w := best[g.edges[e].to]
			for _, t := range c.ofWay[v][e-g.first[i]] {
				w += weights[t]
			}
			if w > most {
				most, next[i] = w, e
			}
		}
		best[i] = max(most, 0) + ofView[v]
	}
	return c.follow(nil, 0, next), best[0]
}

// sums returns the sum of the weights of each view.
func (c *coverer) sums(weights []float64) []float64 {
	all := make([]float64, len(c.ofView))
	for v, things := range c.ofView {
		for _, t := range things {
			all[v] += weights[t]
		}
	}
	return all
}

// follow extends a path from a state along next to an ending.
func (c *coverer) follow(path []int32, i int32, next []int32) []int32 {
	for n := 0; c.g.first[i] < c.g.first[i+1] && next[i] >= 0 && n < 2*len(c.g.states); n++ {
		e := next[i]
		if n > len(c.g.states) {
			e = c.end[i] // The path runs in a cycle, so take the shortest way out.
		}
		path = append(path, e)
		i = c.g.edges[e].to
	}
	return path
}

// most returns an upper bound for the sum of weights on any path: it counts everything in
// each cycle that a path meets.
func (c *coverer) most(weights []float64) float64 {
	n := c.groupCount()
	g := c.g
	inside := make([]map[int32]bool, n)
	note := func(group int32, things []int32) {
		if inside[group] == nil {
			inside[group] = make(map[int32]bool)
		}
		for _, t := range things {
			inside[group][t] = true
		}
	}
	beyond := make([]float64, n)
	for _, i := range c.sequence {
		note(c.group[i], c.ofView[g.view[i]])
		for e := g.first[i]; e < g.first[i+1]; e++ {
			if c.group[g.edges[e].to] == c.group[i] {
				note(c.group[i], c.ofEdge(e))
			}
		}
	}
	own := func(group int32) (w float64) {
		for t := range inside[group] {
			w += weights[t]
		}
		return w
	}
	group := int32(-1)
	for _, i := range c.sequence { // Groups come in their order, too.
		if c.group[i] != group {
			if group >= 0 {
				beyond[group] += own(group)
			}
			group = c.group[i]
		}
		for e := g.first[i]; e < g.first[i+1]; e++ {
			to := c.group[g.edges[e].to]
			if to == group {
				continue
			}
			w := beyond[to]
			for _, t := range c.ofEdge(e) {
				w += weights[t]
			}
			beyond[group] = max(beyond[group], w)
		}
	}
	return beyond[group] + own(group)
}

// bound returns a lower bound for the number of paths of a covering, and the weights that
// prove it: all things together weigh that many times as much as the heaviest path. It
// solves the dual of the fractional covering, by repeatedly lowering the weights of what
// the heaviest path has (Plotkin, Shmoys, Tardos 1995).
func (c *coverer) bound() ([]float64, int) {
	weights, shown := make([]float64, len(c.things)), make([]float64, len(c.things))
	for i := range weights {
		weights[i] = 1
	}
	copy(shown, weights)
	best, drop, circles := 0.0, weightDrop, slices.Contains(c.closing, true)
	work := len(c.g.edges)*2 + len(c.g.states) + 1
	rounds := min(max(roundsWork/work, leastRounds), mostRounds)
	for n := range rounds {
		if n > 0 && n%(rounds/weightDrops+1) == 0 {
			drop /= 2
		}
		var sum float64
		for _, w := range weights {
			sum += w
		}
		path, most := c.heaviest(weights)
		if circles {
			most = c.most(weights)
		}
		if b := sum / most; b > best {
			best = b
			copy(shown, weights)
		}
		for _, t := range c.on(path) {
			weights[t] *= 1 - drop
		}
		for i := range weights {
			weights[i] *= float64(len(weights)) / sum
		}
	}
	return shown, max(int(math.Ceil(best-1e-6)), 1) // Sums aren't quite exact.
}

// on returns the things that a path covers, each once.
func (c *coverer) on(path []int32) []int32 {
	all := slices.Clone(c.ofView[c.g.view[0]])
	for _, e := range path {
		all = append(all, c.ofEdge(e)...)
		all = append(all, c.ofView[c.g.view[c.g.edges[e].to]]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// fewest looks for few paths that cover everything. The weights say which things are hard
// to cover. Later tries keep a random part of the best paths, and cover the rest again with
// slightly different weights.
func (c *coverer) fewest(weights []float64, bound int) [][]int32 {
	stream := chance(1)
	share := func() float64 { return float64(stream.next()>>11) / (1 << 53) }
	shaken := make([]float64, len(weights))
	var best [][]int32
	for try := range min(max(triesWork/(len(c.g.edges)+1), leastTries), mostTries) {
		for i, w := range weights {
			shaken[i] = w*(0.6+0.8*share()) + leastWeight
		}
		var kept [][]int32
		if try >= fromNothing {
			for _, p := range best {
				if share() < keepPath {
					kept = append(kept, p)
				}
			}
		}
		paths := c.lean(c.greedy(shaken, kept))
		if best == nil || len(paths) <= len(best) {
			best = paths
		}
		if len(best) <= bound {
			break
		}
	}
	return best
}

// greedy adds the heaviest path to the kept ones, again and again, until everything is
// covered.
func (c *coverer) greedy(weights []float64, kept [][]int32) [][]int32 {
	left := slices.Clone(weights)
	missing := len(left)
	var paths [][]int32
	take := func(path []int32) bool {
		before := missing
		for _, t := range c.on(path) {
			if left[t] > 0 {
				left[t] = 0
				missing--
			}
		}
		if missing < before {
			paths = append(paths, path)
		}
		return missing < before
	}
	for _, p := range kept {
		take(p)
	}
	for missing > 0 {
		if path, _ := c.heaviest(left); take(path) {
			continue
		}
		if !c.round(left, take) {
			break // The rest is in a cycle without a way out.
		}
	}
	return paths
}

// round takes a path over an edge that closes a cycle, to cover what no other path does.
func (c *coverer) round(left []float64, take func([]int32) bool) bool {
	g := c.g
	for e := range g.edges {
		if !slices.ContainsFunc(c.ofEdge(int32(e)), func(t int32) bool { return left[t] > 0 }) {
			continue
		}
		path := g.shortest(int(g.edges[e].from))
		if take(c.follow(append(path, int32(e)), g.edges[e].to, c.end)) {
			return true
		}
	}
	return false
}

// lean removes paths that aren't needed to cover everything.
func (c *coverer) lean(paths [][]int32) [][]int32 {
	times := make([]int, len(c.things))
	on := make([][]int32, len(paths))
	for k, p := range paths {
		on[k] = c.on(p)
		for _, t := range on[k] {
			times[t]++
		}
	}
	var kept [][]int32
	for k := len(paths) - 1; k >= 0; k-- {
		if slices.ContainsFunc(on[k], func(t int32) bool { return times[t] == 1 }) {
			kept = append(kept, paths[k])
			continue
		}
		for _, t := range on[k] {
			times[t]--
		}
	}
	return kept
}
