package check

import "wayout/internal/lesson"

// Speeds of reading and choosing, our own and on the slow side: a reader of 12
// or 13 reads 150 words a minute with care, and takes her time to choose.
const (
	wordsPerMinute   = 150.0
	secondsTyping    = 1.5
	secondsChoice    = 8.0
	secondsRehearsal = 40.0
	secondsCheck     = 25.0
	secondsOnward    = 2.0
)

// length: no path takes over a third more than the stated minutes.
func (f *finder) length() {
	seconds, at := f.g.longest()
	if minutes := seconds / 60; minutes > float64(f.l.Minutes)*4/3 {
		path := make([]string, 0, len(at))
		for _, i := range at {
			path = append(path, f.g.scene(i).ID)
		}
		f.add(lesson.Pos{Line: 2, Col: 1}, path, "state more minutes, or shorten this path", "a path takes %.1f minutes, %d are stated", minutes, f.l.Minutes)
	}
}

// seconds returns how long a state takes: reading and acting.
func (g *graph) seconds(i int) float64 {
	n, s := spent(g.told[i]), g.scene(i)
	switch {
	case s.Check != nil:
		n += secondsCheck
		for _, o := range s.Check.Options {
			n += reading(o.Text)
			for _, w := range o.Why {
				n += reading(w.Spans)
			}
		}
	case s.Rehearsal != nil:
		n += secondsRehearsal + spent(s.Rehearsal.Models)
	case len(s.Choices) > 0:
		n += secondsChoice
		for _, e := range g.edges[i] {
			n += reading(s.Choices[e.pick].Text)
		}
	}
	if s.Onward != nil {
		n += secondsOnward
	}
	return n
}

func spent(blocks []lesson.Block) float64 {
	var n float64
	for _, b := range blocks {
		if b.Kind == lesson.Typing {
			n += secondsTyping
		}
		for _, p := range b.Text {
			n += reading(p.Spans)
		}
	}
	return n
}

func reading(spans []lesson.Span) float64 {
	return float64(len(wordsOf(lesson.Para{Spans: spans}.String()))) * 60 / wordsPerMinute
}

// longest returns the path that takes longest, in seconds and as states. A
// state that is met again on the way adds nothing: to go round in a circle is
// the learner's own wish.
func (g *graph) longest() (float64, []int) {
	best := make([]float64, len(g.states))
	next := make([]int, len(g.states))
	mark := make([]uint8, len(g.states)) // 1 on the way, 2 done.
	var walk func(i int)
	walk = func(i int) {
		mark[i], next[i] = 1, -1
		var most float64
		for _, e := range g.edges[i] {
			if mark[e.to] == 0 {
				walk(e.to)
			}
			if mark[e.to] == 2 {
				if t := best[e.to] + spent(g.reaction(i, e)); t > most || next[i] < 0 {
					most, next[i] = t, e.to
				}
			}
		}
		mark[i], best[i] = 2, g.seconds(i)+most
	}
	walk(0)
	var path []int
	for i := 0; i >= 0; i = next[i] {
		path = append(path, i)
	}
	return best[0], path
}
