package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Stats are a lesson in numbers.
type Stats struct {
	Scenes  int     `json:"scenes"`
	States  int     `json:"states"`  // States that a run can reach.
	Paths   int     `json:"paths"`   // Distinct paths, without cycles; at most MaxPaths.
	Words   int     `json:"words"`   // Words of the learner's text.
	Grade   float64 `json:"grade"`   // Flesch-Kincaid.
	Minutes float64 `json:"minutes"` // Minutes of the longest path.

	// Per cent of the words that are messages or speech, on the path with the fewest.
	Said     int     `json:"said"`
	Endings  int     `json:"endings"`  // Scenes in which a path ends.
	Rarest   float64 `json:"rarest"`   // How often a random run reaches the rarest ending, in per cent.
	Steps    int     `json:"steps"`    // Scenes of the median path.
	Shared   int     `json:"shared"`   // Scenes that every path visits.
	Median   float64 `json:"median"`   // Minutes of the median path.
	Practice string  `json:"practice"` // The situations of its rehearsals, or how many there are.
}

// MaxPaths is the number at which counting paths stops.
const MaxPaths = 1_000_000

// Measure returns the numbers of a lesson, or the zero Stats if it has too many
// states.
func Measure(l *lesson.Lesson) Stats {
	g, over := visit(l)
	if over != "" {
		return Stats{}
	}
	f := &finder{l: l, g: g}
	seconds, _ := g.longest()
	s := Stats{Scenes: len(l.Scenes), States: len(g.states), Paths: g.count(), Grade: f.grade(), Minutes: seconds / 60}
	f.story(&s)
	for _, p := range f.pieces() {
		if !p.staff {
			s.Words += len(wordsOf(p.text))
		}
	}
	return s
}

// story adds the numbers that the rules of version 2 use.
func (f *finder) story(s *Stats) {
	worst, _ := f.leastSaid()
	s.Said = 100 * worst.said / max(worst.said+worst.other, 1)
	chance, steps := f.g.chances()
	s.Steps, s.Median, s.Rarest = steps, f.g.medianSeconds()/60, 100
	var forms []string
	for i := range f.l.Scenes {
		sc := &f.l.Scenes[i]
		if sc.Ending() {
			s.Endings++
			s.Rarest = min(s.Rarest, 100*chance[i])
		} else if f.g.unavoidable(i) {
			s.Shared++
		}
		if r := sc.Rehearsal; r != nil && r.Situation != "" && !slices.Contains(forms, r.Situation) {
			forms = append(forms, r.Situation)
		}
	}
	s.Practice = strings.Join(forms, "+")
}

// count returns the number of paths from the start to an ending.
func (g *graph) count() int {
	ways := make([]int, len(g.states))
	for i := range ways {
		if g.scene(i).Ending() {
			ways[i] = 1
		}
	}
	g.inward(func(at int32) {
		e := g.edges[at]
		ways[e.from] = min(ways[e.from]+ways[e.to], MaxPaths)
	})
	return ways[0]
}

// Path is one way through a lesson from its start to an ending.
type Path struct {
	Name    string
	Actions []play.Action
}

// Paths returns the paths along which tests play a lesson in every front end: the
// safest, the worst and the longest.
func Paths(l *lesson.Lesson) []Path {
	return []Path{{"safest", Safest(l)}, {"worst", Worst(l)}, {"longest", Longest(l)}}
}

// UntypedPaths returns the same paths for someone who types no line, such as in a class at their
// own pace: every rehearsal is skipped, so paths that need a typed line aren't possible.
func UntypedPaths(l *lesson.Lesson) []Path {
	return muted(l, func(*lesson.Scene) {})
}

// RoomPaths returns the same paths for a room, where every rehearsal goes on from its model
// answers: in place of an action that says a line, use [play.Run.Model].
func RoomPaths(l *lesson.Lesson) []Path {
	return muted(l, func(s *lesson.Scene) {
		if i := play.ModelMove(s.Rehearsal); i >= 0 && s.Rehearsal.Moves[i].Onward != nil {
			s.Onward = s.Rehearsal.Moves[i].Onward
		}
	})
}

// muted returns the paths of a lesson in which nothing can be typed. Onward sets where a scene
// with a rehearsal goes on.
func muted(l *lesson.Lesson, onward func(*lesson.Scene)) []Path {
	mute := *l
	mute.Scenes = slices.Clone(l.Scenes)
	for i := range mute.Scenes {
		if r := mute.Scenes[i].Rehearsal; r != nil {
			onward(&mute.Scenes[i])
			passed := *r
			passed.Moves = nil
			mute.Scenes[i].Rehearsal = &passed
		}
	}
	return Paths(&mute)
}

// Safest returns the actions of the shortest path among those with the fewest unsafe choices.
// Checks are answered right, rehearsals skipped. It uses Dijkstra's algorithm.
func Safest(l *lesson.Lesson) []play.Action {
	g, over := visit(l)
	if over != "" {
		return nil
	}
	cost := [...]int{lesson.Safe: 1, lesson.Neutral: 3, lesson.Risky: 100, lesson.Harmful: 1000}
	const far = 1 << 40
	dist, via := make([]int, len(g.states)), make([]int32, len(g.states))
	for i := range dist {
		dist[i], via[i] = far, -1
	}
	near := map[int][]int{0: {0}} // States by their distance.
	for d := 0; len(near) > 0; d++ {
		slices.Sort(near[d])
		for _, i := range near[d] {
			if d > dist[i] {
				continue // A shorter path was found in the meantime.
			}
			if g.scene(i).Ending() {
				return g.moves(g.back(i, via), true)
			}
			for at, e := range g.on(i) {
				to := d + 1
				if c := g.choice(e); c != nil {
					to = d + cost[c.Rating]
				}
				if to < dist[e.to] {
					dist[e.to], via[e.to] = to, at
					near[to] = append(near[to], int(e.to))
				}
			}
		}
		delete(near, d)
	}
	return nil
}

// Worst returns the actions of a path that takes the most harmful choice that it
// has not taken yet in each state. Checks are answered wrong, rehearsals skipped.
// The path ends, because there is a way out of every state.
func Worst(l *lesson.Lesson) []play.Action {
	g, over := visit(l)
	if over != "" {
		return nil
	}
	far := g.distances()
	taken := make([]bool, len(g.edges))
	var path []int32
	for i := 0; len(g.out(i)) > 0; {
		best := int32(-1)
		for at, e := range g.on(i) {
			if !taken[at] && (best < 0 || badness(g, e) > badness(g, g.edges[best])) {
				best = at
			}
		}
		if best < 0 { // All choices were taken, so take the nearest way out.
			for at, e := range g.on(i) {
				if best < 0 || far[e.to] < far[g.edges[best].to] {
					best = at
				}
			}
		}
		taken[best] = true
		path = append(path, best)
		i = int(g.edges[best].to)
		if len(path) > 10*len(g.states) {
			return nil // Only in a lesson that breaks the rule "way-out".
		}
	}
	return g.moves(path, false)
}

func badness(g *graph, e edge) int {
	if c := g.choice(e); c != nil {
		return c.Rating.Harm()
	}
	return 0
}

// Longest returns the actions of the path that takes longest.
func Longest(l *lesson.Lesson) []play.Action {
	g, over := visit(l)
	if over != "" {
		return nil
	}
	_, path := g.longest()
	for k, at := range path { // Of several ways to the same state take the first: it needs no typed line.
		e := g.edges[at]
		same := func(o edge) bool { return o.to == e.to }
		path[k] = g.first[e.from] + int32(slices.IndexFunc(g.out(int(e.from)), same))
	}
	return g.moves(path, true)
}

// moves turns edges from the start into actions, with the checks answered right or wrong
// and the rehearsals skipped.
func (g *graph) moves(path []int32, right bool) []play.Action {
	var all []play.Action
	for _, at := range path {
		e := g.edges[at]
		s := g.scene(int(e.from))
		if s.Check != nil {
			i := slices.IndexFunc(s.Check.Options, func(o lesson.Option) bool { return o.Right == right })
			all = append(all, play.Action{Turn: play.Answer, Pick: i, How: play.Sure})
		}
		if s.Rehearsal != nil {
			said := play.Action{Turn: play.Say}
			if m := g.move(e); m != nil {
				said.Said = []string{m.Name}
			}
			all = append(all, said)
		}
		if e.pick >= 0 {
			all = append(all, play.Action{Turn: play.Choose, Pick: int(e.pick)})
		} else {
			all = append(all, play.Action{Turn: play.Go})
		}
	}
	return all
}
