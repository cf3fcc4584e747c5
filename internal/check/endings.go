package check

import "slices"

// The bounds on endings. A choice has to matter: an ending that almost nobody reaches,
// or scenes that everybody sees whatever they chose, make choosing a formality.
const (
	leastEndings = 2
	leastChance  = 1.0 / 20
	mostShared   = 0.4
	mostSteps    = 2000 // Scenes after which a run of chance is taken for lost.
)

// endings: there are two or more, each is reached by a learner who chooses at random
// in at least one run of twenty, and the scenes that every path visits are at most
// 40 % of the median path.
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
			"there is one ending, at least %d are needed", leastEndings)
		return
	}
	for _, i := range ends {
		if chance[i] < leastChance {
			f.add(f.l.Scenes[i].Pos, nil, "let more choices lead there, or take the ending out",
				"who picks at random gets to the ending %q in %.1f %% of tries, and it should be 5 %%",
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
		f.add(f.l.Scenes[0].Pos, shared, "let more choices lead to scenes of their own",
			"%d scenes are the same whatever one does, of about %d that one sees: at most 40 %% may be",
			len(shared), steps)
	}
}

// chances returns how often each scene is where a run of chance ends, and how many
// scenes the median of these runs visits.
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

// leastPlaces is in how many scenes something that is remembered matters.
const leastPlaces = 2

// memory: every fact and leak is seen again in at least two later scenes and in one
// ending or telling; at each of these places it is set on some path and on some not.
func (f *finder) memory() {
	for bit, fact := range f.l.Remembered() {
		if isTold(fact.Name) {
			continue // The rule told uses it.
		}
		var places []int
		last := false
		for i := range f.l.Scenes {
			if facts, _ := f.g.game.Asks(i); facts&(1<<bit) == 0 {
				continue
			}
			with, without := false, false
			for s, state := range f.g.states {
				if state.Scene == i {
					known := state.Facts&(1<<bit) != 0
					with, without = with || known, without || !known
					_ = s
				}
			}
			switch {
			case !with && !f.setsIn(i, fact.Name):
				f.add(f.l.Scenes[i].Pos, nil, "set it on a path that leads here, or take the condition out",
					"%q is never set when %q asks for it", fact.Name, f.l.Scenes[i].Title)
			case !without && !f.setsIn(i, fact.Name):
				f.add(f.l.Scenes[i].Pos, nil, "let a path lead here on which it isn't, or take the condition out",
					"%q is always set when %q asks for it", fact.Name, f.l.Scenes[i].Title)
			case with:
				places = append(places, i)
				last = last || f.l.Scenes[i].Ending() || f.telling(i)
			}
		}
		where := ", and where it ends or someone is told"
		if !last {
			where = ", and not where it ends or someone is told"
		}
		if len(places) < leastPlaces || !last {
			f.add(fact.Pos, nil, "ask for it, with `?"+fact.Name+"` or `!"+fact.Name+
				"`, in two scenes and in an ending or where someone is told",
				"%q is remembered and comes up again in %d later scenes%s", fact.Name, len(places), where)
		}
	}
}

// setsIn reports whether a scene itself sets a fact.
func (f *finder) setsIn(scene int, fact string) bool {
	for _, b := range f.l.Scenes[scene].Told {
		for _, p := range b.Text {
			if slices.Contains(p.Sets, fact) {
				return true
			}
		}
	}
	return false
}

// telling reports whether someone is told in a scene: a line to say it is practised in
// it, or leads to it.
func (f *finder) telling(scene int) bool {
	for i := range f.l.Scenes {
		r := f.l.Scenes[i].Rehearsal
		if r != nil && r.Situation != "refuse" && (i == scene || slices.Contains(f.l.Scenes[i].Next(), scene)) {
			return true
		}
	}
	return false
}
