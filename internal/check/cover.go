package check

import (
	"fmt"
	"math"
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Covering is a set of complete runs of a lesson that together cover everything in it. It is
// what a proofreader has to read.
type Covering struct {
	Things int         // The number of things to cover; see [Cover].
	Bound  int         // No set with fewer runs can cover all of them.
	Runs   []Proofread // In the order of the file.
}

// Proofread is one run of a covering.
type Proofread struct {
	Moves  []play.Action
	Ending string   // The title of the scene in which the run ends.
	Covers []string // The things that this run covers and no run before it.
}

// Cover returns a small set of runs in which every choice is taken, every move of a
// rehearsal that changes something is made, every paragraph is told, and every condition of
// a scene is met both when it holds and when it doesn't. The set is small, but not always
// the smallest. Cover returns the zero value for a lesson with too many states.
func Cover(l *lesson.Lesson) Covering {
	g, over := visit(l)
	if over != "" || len(g.states) == 0 {
		return Covering{}
	}
	c := &coverer{g: g, index: make(map[thing]int32)}
	c.gather()
	c.order()
	weights, bound := c.bound()
	paths := c.fewest(weights, bound)
	if len(paths) == 0 { // Even if there is nothing to cover, there is a text to read.
		path, _ := c.heaviest(weights)
		paths = append(paths, path)
	}
	out := Covering{Things: len(c.things), Bound: bound}
	met := make([]bool, len(c.things))
	slices.SortFunc(paths, slices.Compare)
	for n, p := range paths {
		at := int32(0)
		run := Proofread{}
		add := func(things []int32) {
			for _, i := range things {
				if !met[i] {
					met[i] = true
					run.Covers = append(run.Covers, c.name(c.things[i]))
				}
			}
		}
		add(c.ofView[g.view[0]])
		for _, e := range p {
			add(c.ofEdge(e))
			at = g.edges[e].to
			add(c.ofView[g.view[at]])
		}
		run.Moves, run.Ending = g.moves(p, n%2 == 0), g.scene(int(at)).Title
		out.Runs = append(out.Runs, run)
	}
	return out
}

// thing is one thing to cover: a way on, a condition with its value, or a paragraph.
type thing struct {
	scene int
	pick  int16       // A way on; never if the thing is something else.
	cond  lesson.Cond // A condition, without its position.
	met   bool        // The condition holds.
	para  lesson.Pos  // The position of a paragraph with conditions.
}

// coverer looks for few paths that cover all things.
type coverer struct {
	g      *graph
	things []thing
	index  map[thing]int32
	ofView [][]int32   // The things that each view covers.
	ofWay  [][][]int32 // The things that each way on from each view covers.

	sequence []int32 // The states in postorder: successors before their predecessors, except in cycles.
	closing  []bool  // For each edge, whether it closes a cycle.
	end      []int32 // For each state, the edge on a shortest way to an ending, or -1.
	group    []int32 // For each state, the number of its cycle; see groups.
}

// gather finds all things to cover, in every view and on every way.
func (c *coverer) gather() {
	g := c.g
	c.ofView, c.ofWay = make([][]int32, len(g.views)), make([][][]int32, len(g.views))
	for i := range g.states {
		v := g.view[i]
		if c.ofWay[v] != nil {
			continue
		}
		view, s := &g.views[v], g.scene(i)
		c.ofView[v] = append(c.conditions(g.states[i], s), c.paras(view.scene, view.told, 2)...)
		c.ofWay[v] = make([][]int32, len(view.ways))
		for k, w := range view.ways {
			c.ofWay[v][k] = append(c.paras(view.scene, w.reaction, 1),
				c.add(thing{scene: view.scene, pick: int16(w.pick)}))
		}
	}
}

func (c *coverer) add(t thing) int32 {
	i, ok := c.index[t]
	if !ok {
		i = int32(len(c.things))
		c.index[t] = i
		c.things = append(c.things, t)
	}
	return i
}

// never is the pick of a thing that isn't a way on.
const never = math.MinInt16

// conditions returns the conditions of a scene, each with its value in a state.
func (c *coverer) conditions(s play.State, scene *lesson.Scene) []int32 {
	var all []int32
	for _, cond := range play.Conditions(scene) {
		cond.Pos, cond.Not = lesson.Pos{}, false
		i := c.add(thing{scene: s.Scene, pick: never, cond: cond, met: c.g.game.Holds(s, cond)})
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// paras returns the paragraphs that are told only where so many conditions hold, or where
// a scene may have set itself what they ask for.
func (c *coverer) paras(scene int, blocks []lesson.Block, least int) []int32 {
	var all []int32
	for _, b := range blocks {
		for _, p := range b.Text {
			if len(p.Sets) > 0 {
				least = 1
			}
			if len(p.If) >= least {
				all = append(all, c.add(thing{scene: scene, pick: never, para: p.Pos}))
			}
		}
	}
	return all
}

// ofEdge returns the things that an edge covers.
func (c *coverer) ofEdge(e int32) []int32 {
	from := c.g.edges[e].from
	return c.ofWay[c.g.view[from]][e-c.g.first[from]]
}

// name describes a thing for a proofreader.
func (c *coverer) name(t thing) string {
	s := &c.g.game.Lesson.Scenes[t.scene]
	switch {
	case t.para != (lesson.Pos{}):
		return fmt.Sprintf("%s: line %d", s.ID, t.para.Line)
	case t.pick == never:
		t.cond.Not = !t.met
		return s.ID + ": " + t.cond.String()
	case t.pick >= 0:
		return s.ID + ": " + s.Choices[t.pick].String()
	case t.pick < onward:
		return s.ID + ": " + s.Rehearsal.Moves[onward-1-int(t.pick)].Name
	}
	return s.ID + ": " + s.Onward.String()
}
