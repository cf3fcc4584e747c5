package check

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Stats are a lesson in numbers.
type Stats struct {
	Scenes  int     `json:"scenes"`
	States  int     `json:"states"` // That a run can reach.
	Paths   int     `json:"paths"`  // Distinct ways through, circles not counted; at most MaxPaths.
	Words   int     `json:"words"`  // Of the learner's text.
	Grade   float64 `json:"grade"`  // Flesch-Kincaid.
	Minutes float64 `json:"minutes"`
}

// MaxPaths is where the counting of paths stops.
const MaxPaths = 1_000_000

// Measure returns the numbers of a lesson; the zero Stats for one with too many
// states.
func Measure(l *lesson.Lesson) Stats {
	g, ok := visit(l)
	if !ok {
		return Stats{}
	}
	f := &finder{l: l, g: g}
	seconds, _ := g.longest()
	s := Stats{Scenes: len(l.Scenes), States: len(g.states), Paths: g.count(), Grade: f.grade(), Minutes: seconds / 60}
	for _, p := range f.pieces() {
		if !p.staff {
			s.Words += len(wordsOf(p.text))
		}
	}
	return s
}

// count returns the number of ways from the start to an ending.
func (g *graph) count() int {
	ways := make([]int, len(g.states))
	mark := make([]uint8, len(g.states))
	var walk func(i int)
	walk = func(i int) {
		mark[i] = 1
		if g.scene(i).Ending() {
			ways[i] = 1
		}
		for _, e := range g.edges[i] {
			if mark[e.to] == 0 {
				walk(e.to)
			}
			if mark[e.to] == 2 {
				ways[i] = min(ways[i]+ways[e.to], MaxPaths)
			}
		}
		mark[i] = 2
	}
	walk(0)
	return ways[0]
}

// Safest returns the moves of the way with the fewest unsafe choices, and of
// these the shortest. Checks are answered right, rehearsals skipped.
func Safest(l *lesson.Lesson) []play.Move {
	return cheapest(l, true, map[lesson.Rating]int{lesson.Safe: 1, lesson.Neutral: 3, lesson.Risky: 100, lesson.Harmful: 1000})
}

// Worst returns the moves of a way that takes the most harmful choice wherever
// it has not been taken yet. Checks are answered wrong, rehearsals skipped. It
// ends, since from everywhere there is a way out.
func Worst(l *lesson.Lesson) []play.Move {
	g, ok := visit(l)
	if !ok {
		return nil
	}
	far := (&finder{l: l, g: g}).distances()
	taken := make(map[[2]int]bool)
	var path []edge
	for i := 0; len(g.edges[i]) > 0; {
		best := -1
		for k, e := range g.edges[i] {
			if taken[[2]int{i, k}] {
				continue
			}
			if best < 0 || badness(g, i, e) > badness(g, i, g.edges[i][best]) {
				best = k
			}
		}
		if best < 0 { // All were tried: the nearest way out.
			for k, e := range g.edges[i] {
				if best < 0 || far[e.to] < far[g.edges[i][best].to] {
					best = k
				}
			}
		}
		taken[[2]int{i, best}] = true
		path = append(path, g.edges[i][best])
		i = g.edges[i][best].to
		if len(path) > 10*len(g.states) {
			return nil // Only in a lesson that the rule way-out refuses.
		}
	}
	return g.moves(path, false)
}

func badness(g *graph, i int, e edge) int {
	if e.pick < 0 {
		return 0
	}
	return map[lesson.Rating]int{lesson.Harmful: 3, lesson.Risky: 2, lesson.Neutral: 1}[g.scene(i).Choices[e.pick].Rating]
}

// Longest returns the moves of the way that takes longest.
func Longest(l *lesson.Lesson) []play.Move {
	g, ok := visit(l)
	if !ok {
		return nil
	}
	_, states := g.longest()
	var path []edge
	for k := 1; k < len(states); k++ {
		for _, e := range g.edges[states[k-1]] {
			if e.to == states[k] {
				path = append(path, e)
				break
			}
		}
	}
	return g.moves(path, true)
}

// cheapest is Dijkstra's algorithm over the ratings of the choices.
func cheapest(l *lesson.Lesson, right bool, cost map[lesson.Rating]int) []play.Move {
	g, ok := visit(l)
	if !ok {
		return nil
	}
	const far = 1 << 40
	dist, via, done := make([]int, len(g.states)), make([]edge, len(g.states)), make([]bool, len(g.states))
	from := make([]int, len(g.states))
	for i := range dist {
		dist[i], from[i] = far, -1
	}
	dist[0] = 0
	for {
		at := -1
		for i := range dist {
			if !done[i] && dist[i] < far && (at < 0 || dist[i] < dist[at]) {
				at = i
			}
		}
		if at < 0 {
			return nil
		}
		if g.scene(at).Ending() {
			var path []edge
			for i := at; from[i] >= 0; i = from[i] {
				path = append([]edge{via[i]}, path...)
			}
			return g.moves(path, right)
		}
		done[at] = true
		for _, e := range g.edges[at] {
			c := 1
			if e.pick >= 0 {
				c = cost[g.scene(at).Choices[e.pick].Rating]
			}
			if d := dist[at] + c; d < dist[e.to] {
				dist[e.to], via[e.to], from[e.to] = d, e, at
			}
		}
	}
}

// moves turns edges from the start into moves, with the checks answered right
// or wrong and the rehearsals skipped.
func (g *graph) moves(path []edge, right bool) []play.Move {
	var all []play.Move
	at := 0
	for _, e := range path {
		s := g.scene(at)
		if s.Check != nil {
			for i, o := range s.Check.Options {
				if o.Right == right {
					all = append(all, play.Move{Turn: play.Answer, Pick: i, How: play.Sure})
					break
				}
			}
		}
		if s.Rehearsal != nil {
			all = append(all, play.Move{Turn: play.Say})
		}
		if e.pick >= 0 {
			all = append(all, play.Move{Turn: play.Choose, Pick: e.pick})
		} else {
			all = append(all, play.Move{Turn: play.Go})
		}
		at = e.to
	}
	return all
}
