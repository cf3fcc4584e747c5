package check

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// The limits on endings. A choice has to matter: an ending that almost nobody reaches,
// or scenes that everybody sees whatever they choose, make choosing pointless.
const (
	leastEndings = 2
	leastChance  = 1.0 / 20
	mostShared   = 0.4
	mostSteps    = 2000 // Scenes after which a random run is given up.
)

// endings checks that there are two or more endings, that a learner who chooses at random
// reaches each in at least one run of twenty, and that the scenes that every path visits
// are at most 40 % of the median path.
func (f *finder) endings() {
	chance, steps := f.g.chances()
	var ends []int
	for i := range f.l.Scenes {
		if f.l.Scenes[i].Ending() {
			ends = append(ends, i)
		}
	}
	if len(ends) < leastEndings {
		f.add(f.l.Scenes[len(f.l.Scenes)-1].Pos, nil, "write another ending, for another way through",
			"there's only one ending, and a lesson needs at least %d", leastEndings)
		return
	}
	for _, i := range ends {
		if chance[i] < leastChance {
			f.add(f.l.Scenes[i].Pos, nil, "let more choices lead there, or take the ending out",
				"picking at random reaches the ending %q in %.1f %% of runs; it should be at least 5 %%",
				f.l.Scenes[i].Title, 100*chance[i])
		}
	}
	var shared []string
	for i := range f.l.Scenes {
		if !f.l.Scenes[i].Ending() && f.g.unavoidable(i) {
			shared = append(shared, f.l.Scenes[i].ID)
		}
	}
	if n := float64(len(shared)); n > mostShared*float64(steps) {
		f.add(f.l.Scenes[0].Pos, shared, "the ways through meet again too soon after a choice: give each answer to an "+
			"early choice scenes of its own, with a line to type and a question, and let them meet near the end",
			"%d of about %d scenes on a way through come up whatever you choose; at most %d should (40 %%)",
			len(shared), steps, int(mostShared*float64(steps)))
	}
}

// chances returns the probability that a random run ends in each scene, and how many
// scenes the median random run visits.
func (g *graph) chances() (ends []float64, median int) {
	ends = make([]float64, len(g.game.Lesson.Scenes))
	at, next := make([]float64, len(g.states)), make([]float64, len(g.states))
	at[0] = 1
	over := 0.0
	for step := 1; step < mostSteps && over < 0.9999; step++ {
		clear(next)
		for i, p := range at {
			if p == 0 {
				continue
			}
			out := g.out(i)
			if len(out) == 0 {
				ends[g.states[i].Scene] += p
				over += p
				continue
			}
			for _, e := range out {
				next[e.to] += p / float64(len(out))
			}
		}
		if median == 0 && over >= 0.5 {
			median = step
		}
		at, next = next, at
	}
	return ends, median
}

// unavoidable reports whether every path visits a scene.
func (g *graph) unavoidable(scene int) bool {
	if g.states[0].Scene == scene {
		return true
	}
	met := make([]bool, len(g.states))
	met[0] = true
	for queue := []int32{0}; len(queue) > 0; {
		i := queue[0]
		queue = queue[1:]
		if len(g.out(int(i))) == 0 {
			return false
		}
		for _, e := range g.out(int(i)) {
			if !met[e.to] && g.states[e.to].Scene != scene {
				met[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return true
}

// leastPlaces is the smallest number of scenes in which a fact or leak must matter.
const leastPlaces = 2

// memory checks that every fact and leak matters in at least two later scenes, of which one
// is an ending or a telling, and that every condition on it holds on some paths and not on others.
func (f *finder) memory() {
	for bit, fact := range f.l.Remembered() {
		if isTold(fact.Name) {
			continue // The rule "told" uses this fact.
		}
		places, last := 0, false
		for i := range f.l.Scenes {
			if facts, _ := f.g.game.Asks(i); facts&(1<<bit) == 0 {
				continue
			}
			matters := false
			for _, a := range f.asked(i, fact.Name, bit) {
				if a.with && a.without {
					matters = true
					continue
				}
				f.constant(a, fact.Name, f.l.Scenes[i].Title)
			}
			if matters {
				places++
				last = last || f.l.Scenes[i].Ending() || f.telling(i)
			}
		}
		where := ", including where it ends or someone is told"
		if !last {
			where = ", but not where it ends or someone is told"
		}
		if places < leastPlaces || !last {
			f.add(fact.Pos, nil, "ask for it, with `?"+fact.Name+"` or `!"+fact.Name+
				"`, in two scenes, and one of them an ending or where someone is told",
				"%q is remembered, and comes up again in %s%s", fact.Name, plural(places, "later scene"), where)
		}
	}
}

// asking is a condition on a fact, and whether the fact is set where the condition is met.
type asking struct {
	lesson.Cond
	line          bool // The condition is on text that is told; otherwise on a choice.
	with, without bool // The fact is set on some path, and isn't set on some path.
}

// asked returns the conditions of a scene that ask about a fact, in their order. A fact that
// the scene sets is known to the conditions below.
func (f *finder) asked(scene int, fact string, bit int) (all []asking) {
	s := &f.l.Scenes[scene]
	note := func(conds []lesson.Cond, known, line bool) {
		for _, c := range conds {
			if c.Fact != fact {
				continue
			}
			at := slices.IndexFunc(all, func(a asking) bool { return a.Pos == c.Pos })
			if at < 0 {
				at, all = len(all), append(all, asking{Cond: c, line: line})
			}
			all[at].with, all[at].without = all[at].with || known, all[at].without || !known
		}
	}
	for _, was := range [2]bool{false, true} {
		if !f.reached(scene, bit, was) {
			continue
		}
		known := was
		see := func(blocks []lesson.Block) {
			for _, b := range blocks {
				for _, p := range b.Text {
					note(p.If, known, true)
					known = known || slices.Contains(p.Sets, fact)
				}
			}
		}
		see(s.Told)
		for _, c := range s.Choices {
			note(c.If, known, false)
			see(c.Reaction)
		}
		if s.Rehearsal != nil {
			for _, m := range s.Rehearsal.Moves {
				see(m.Reaction)
			}
			see(s.Rehearsal.Models)
		}
	}
	return all
}

// reached reports whether some run reaches a scene with a fact known, or not known.
func (f *finder) reached(scene, bit int, known bool) bool {
	return slices.ContainsFunc(f.g.states, func(s play.State) bool {
		return s.Scene == scene && (s.Facts&(1<<bit) != 0) == known
	})
}

// constant reports a condition that always holds or never does, so that it doesn't depend
// on what the learner did.
func (f *finder) constant(a asking, fact, scene string) {
	what := "the choice"
	if a.line {
		what = "the line"
	}
	how, other := "always", "add a path to here on which it isn't"
	if a.without {
		how, other = "never", "set it on a path to here"
	}
	cond := "`" + a.Cond.String() + "`"
	fix := "delete " + cond + " and keep " + what + ", or " + other
	if a.without != a.Not { // The condition never holds.
		fix = other + ", or delete " + what + " that " + cond + " comes before: nobody ever sees it"
	}
	f.add(a.Pos, nil, fix, "%q is %s set when %q asks for it", fact, how, scene)
}

// telling reports whether someone is told in a scene: it has a rehearsal in another
// situation than refusing, or such a rehearsal leads to it.
func (f *finder) telling(scene int) bool {
	for i := range f.l.Scenes {
		r := f.l.Scenes[i].Rehearsal
		if r != nil && r.Situation != "refuse" && (i == scene || slices.Contains(f.l.Scenes[i].Next(), scene)) {
			return true
		}
	}
	return false
}
