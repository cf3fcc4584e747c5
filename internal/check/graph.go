package check

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// maxStates bounds a lesson's states. The shipped lessons have under 200.
const maxStates = 100_000

// graph is every state that a run can reach, in the order of their distance
// from the start.
type graph struct {
	game   *play.Game
	states []play.State
	told   [][]lesson.Block // What each state tells.
	facts  []uint64         // What is known once it was told.
	edges  [][]edge
	parent []int // The state before, on a shortest path; -1 for the start.
}

// edge is one way on: choice pick, or -1 for the continue link.
type edge struct{ to, pick int }

func visit(l *lesson.Lesson) (*graph, bool) {
	g := &graph{game: play.New(l)}
	index := make(map[play.State]int)
	add := func(s play.State, from int) int {
		if i, ok := index[s]; ok {
			return i
		}
		i := len(g.states)
		index[s] = i
		g.states = append(g.states, s)
		g.parent = append(g.parent, from)
		told, facts := g.game.Tell(s)
		g.told, g.facts = append(g.told, told), append(g.facts, facts)
		return i
	}
	add(g.game.Start(), -1)
	for i := 0; i < len(g.states); i++ {
		if i > maxStates {
			return nil, false
		}
		s := g.states[i]
		var out []edge
		if g.game.Scene(s).Onward != nil {
			out = append(out, edge{add(g.game.Onward(s), i), -1})
		}
		for _, pick := range g.game.Open(s) {
			out = append(out, edge{add(g.game.Next(s, pick), i), pick})
		}
		g.edges = append(g.edges, out)
	}
	return g, true
}

func (g *graph) scene(i int) *lesson.Scene { return g.game.Scene(g.states[i]) }

// path returns the ids of the scenes on a shortest path to a state.
func (g *graph) path(i int) []string {
	var ids []string
	for ; i >= 0; i = g.parent[i] {
		ids = append(ids, g.scene(i).ID)
	}
	slices.Reverse(ids)
	return ids
}

// reaction returns what follows on an edge before the next scene.
func (g *graph) reaction(i int, e edge) []lesson.Block {
	if e.pick < 0 {
		return nil
	}
	return g.game.React(g.states[i], e.pick)
}

// acts reports whether the scene of a state asks for an action, or ends.
func (g *graph) acts(i int) bool {
	s := g.scene(i)
	return len(s.Choices) > 0 || s.Check != nil || s.Rehearsal != nil || s.Ending()
}

// memory is what a rule remembers along a path, as bits.
type memory uint8

// paths walks every pair of a state and what a rule remembers when it gets
// there. tell updates the memory by what a state tells, take by an edge. It
// returns the first state, and a shortest path to it, at which bad holds.
func (g *graph) paths(tell func(i int, m memory) memory, take func(i int, e edge, m memory) memory, bad func(i int, m memory) bool) (at int, ids []string) {
	type node struct {
		state int
		m     memory
	}
	first := node{0, tell(0, 0)}
	from := map[node]node{first: {-1, 0}}
	for queue := []node{first}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if bad(n.state, n.m) {
			for at := n; at.state >= 0; at = from[at] {
				ids = append(ids, g.scene(at.state).ID)
			}
			slices.Reverse(ids)
			return n.state, ids
		}
		for _, e := range g.edges[n.state] {
			next := node{e.to, tell(e.to, take(n.state, e, n.m))}
			if _, ok := from[next]; !ok {
				from[next] = n
				queue = append(queue, next)
			}
		}
	}
	return -1, nil
}

// keep is a take that remembers as it was.
func keep(_ int, _ edge, m memory) memory { return m }
