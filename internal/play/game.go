package play

import "wayout/internal/lesson"

// Game is the rules of one lesson. It never changes after [New] has returned
// it, so it may be shared.
type Game struct {
	Lesson  *lesson.Lesson
	asks    []asked        // For each scene, the facts and visits that its conditions ask about.
	ahead   []uint64       // For each scene, the visits that it or any later scene asks about.
	fact    map[string]int // The bit number of a fact or a leak: its index in Lesson.Remembered.
	visited map[string]int // The bit number of each scene that some condition asks about.
	bit     []uint64       // For each scene, its bit in State.Seen, or 0 if no condition asks about it.
}

// asked is what the conditions of a scene ask about, as sets of bits like those of a [State].
type asked struct{ facts, seen uint64 }

// State is everything that the rules depend on: a scene that has been entered
// but not yet told, and what was known and visited before. It is comparable, so
// that a search can remember the states that it has visited.
type State struct {
	Scene int
	Facts uint64 // Bit i is set if the i-th of the lesson's facts and leaks is known.
	Seen  uint64 // The visited scenes, one bit each, as far as a condition may still ask about them.
}

// New returns the rules of a lesson. The lesson must have come from
// [lesson.Parse] without a diagnostic: Parse limits the facts, and the scenes that
// conditions ask about, to 64 each.
func New(l *lesson.Lesson) *Game {
	g := &Game{Lesson: l, fact: make(map[string]int), visited: make(map[string]int)}
	for i, f := range l.Remembered() {
		g.fact[f.Name] = i
	}
	g.asks = make([]asked, len(l.Scenes))
	for i := range l.Scenes {
		for _, c := range Conditions(&l.Scenes[i]) {
			if c.Scene != "" {
				if _, ok := g.visited[c.Scene]; !ok {
					g.visited[c.Scene] = len(g.visited)
				}
				g.asks[i].seen |= 1 << g.visited[c.Scene]
			} else if at, ok := g.fact[c.Fact]; ok {
				g.asks[i].facts |= 1 << at
			}
		}
	}
	g.bit = make([]uint64, len(l.Scenes))
	for i := range l.Scenes {
		if at, ok := g.visited[l.Scenes[i].ID]; ok {
			g.bit[i] = 1 << at
		}
	}
	g.look()
	return g
}

// look sets g.ahead. A visit that no later condition asks about is forgotten, so that
// paths that join again reach the same state.
func (g *Game) look() {
	g.ahead = make([]uint64, len(g.asks))
	for i := range g.asks {
		g.ahead[i] = g.asks[i].seen
	}
	for changed := true; changed; {
		changed = false
		for i := len(g.ahead) - 1; i >= 0; i-- {
			all := g.ahead[i]
			for _, to := range g.Lesson.Scenes[i].Next() {
				all |= g.ahead[to]
			}
			changed = changed || all != g.ahead[i]
			g.ahead[i] = all
		}
	}
}

// Start returns the state in which every run begins.
func (g *Game) Start() State { return State{} }

// Scene returns the scene of a state.
func (g *Game) Scene(s State) *lesson.Scene { return &g.Lesson.Scenes[s.Scene] }

// Tell returns what the scene tells in this state, without the paragraphs whose
// conditions fail, and the facts that are known afterwards. A condition also sees
// the facts that paragraphs above it have set.
func (g *Game) Tell(s State) ([]lesson.Block, uint64) {
	return g.tell(g.Scene(s).Told, s, s.Facts)
}

// Reaction returns the messages that follow choice i before the next scene. Facts must be what
// [Game.Tell] has returned.
func (g *Game) Reaction(s State, facts uint64, i int) []lesson.Block {
	blocks, _ := g.tell(g.Scene(s).Choices[i].Reaction, s, facts)
	return blocks
}

// Open returns the indexes of the choices that can be taken in this state.
func (g *Game) Open(s State) []int {
	_, facts := g.Tell(s)
	var open []int
	for i, c := range g.Scene(s).Choices {
		if g.holds(c.If, s, facts) {
			open = append(open, i)
		}
	}
	return open
}

// Answered returns what the others answer to move i of the scene's rehearsal. Facts
// must be what [Game.Tell] has returned.
func (g *Game) Answered(s State, facts uint64, i int) []lesson.Block {
	blocks, _ := g.tell(g.Scene(s).Rehearsal.Moves[i].Reaction, s, facts)
	return blocks
}

// Successors returns the states that can follow, in the order of the choices or of the
// moves of a rehearsal. An ending has none.
func (g *Game) Successors(s State) []State {
	var next []State
	scene := g.Scene(s)
	_, facts := g.Tell(s)
	if scene.Onward != nil {
		for _, to := range scene.Next() {
			next = append(next, g.Enter(s, facts, to))
		}
	} else {
		for _, i := range g.Open(s) {
			next = append(next, g.Enter(s, facts, scene.Choices[i].To))
		}
	}
	return next
}

// Knows reports whether a fact is in a set that [Game.Tell] has returned.
func (g *Game) Knows(facts uint64, name string) bool {
	i, ok := g.fact[name]
	return ok && facts&(1<<i) != 0
}

// Asks returns the facts and the visits that the conditions of a scene ask about, as the bits of a
// [State]. What the scene tells, and which choices are open, depends on no others.
func (g *Game) Asks(scene int) (facts, seen uint64) { return g.asks[scene].facts, g.asks[scene].seen }

// Enter returns the state after following a link from state s to a scene. Facts must be what
// [Game.Tell] has returned for s.
func (g *Game) Enter(s State, facts uint64, to int) State {
	return State{Scene: to, Facts: facts, Seen: (s.Seen | g.bit[s.Scene]) & g.ahead[to]}
}

// tell filters blocks by their conditions and gathers the facts that they set.
func (g *Game) tell(blocks []lesson.Block, s State, facts uint64) ([]lesson.Block, uint64) {
	if len(blocks) == 0 {
		return nil, facts
	}
	told := make([]lesson.Block, 0, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		if b.Text == nil {
			told = append(told, *b)
			continue
		}
		kept := b.Text[:0:0]
		for k := range b.Text {
			p := &b.Text[k]
			if !g.holds(p.If, s, facts) {
				continue
			}
			for _, name := range p.Sets {
				facts |= 1 << g.fact[name]
			}
			switch {
			case len(p.Spans) == 0 && !b.Wordless():
			case len(kept) == k: // All paragraphs so far are kept, so share the lesson's slice.
				kept = b.Text[: k+1 : k+1]
			default:
				kept = append(kept, *p)
			}
		}
		if len(kept) == 0 {
			continue // No paragraph is shown in this state, or the block only set a fact.
		}
		told = append(told, *b)
		told[len(told)-1].Text = kept
	}
	return told, facts
}

func (g *Game) holds(conds []lesson.Cond, s State, facts uint64) bool {
	for _, c := range conds {
		var is bool
		if c.Scene != "" {
			is = s.Seen&(1<<g.visited[c.Scene]) != 0
		} else {
			is = g.Knows(facts, c.Fact)
		}
		if is == c.Not {
			return false
		}
	}
	return true
}

// Holds reports whether a condition holds in a state, before its scene has told anything.
func (g *Game) Holds(s State, c lesson.Cond) bool { return g.holds([]lesson.Cond{c}, s, s.Facts) }

// Conditions returns every condition of a scene, in no particular order.
func Conditions(s *lesson.Scene) []lesson.Cond {
	var all []lesson.Cond
	for _, c := range s.Choices {
		all = append(all, c.If...)
	}
	for b := range s.Blocks() {
		for _, p := range b.Text {
			all = append(all, p.If...)
		}
	}
	return all
}

// mostSteps bounds the states that [Game.Steps] looks at.
const mostSteps = 5000

// Steps returns the number of steps from this state to the nearest ending, 0 in
// an ending. It returns -1 if no ending is among the nearest [mostSteps] states:
// the search is bounded because a screen calls Steps while drawing.
func (g *Game) Steps(from State) int {
	seen := map[State]bool{from: true}
	ring := []State{from}
	for steps := 0; len(ring) > 0 && len(seen) < mostSteps; steps++ {
		var next []State
		for _, s := range ring {
			if g.Scene(s).Ending() {
				return steps
			}
			for _, n := range g.Successors(s) {
				if !seen[n] {
					seen[n] = true
					next = append(next, n)
				}
			}
		}
		ring = next
	}
	return -1
}
