package check

import (
	"fmt"
	"math"

	"wayout/internal/lesson"
)

// Speeds of reading and choosing. The numbers are our own and on the slow side: for a
// reader of 12 or 13 who reads with care and takes time to choose.
const (
	wordsPerMinute   = 150.0
	secondsTyping    = 1.5
	secondsChoice    = 8.0
	secondsRehearsal = 40.0
	secondsCheck     = 25.0
	secondsOnward    = 2.0
)

// length checks that no path takes over a third more than the stated minutes.
func (f *finder) length() {
	if f.l.Format() == 2 {
		f.lengthMedian()
		return
	}
	seconds, path := f.g.longest()
	if minutes := seconds / 60; minutes > float64(f.l.Minutes)*4/3 {
		f.add(f.l.Place("minutes"), f.g.ids(f.g.passed(path)), fmt.Sprintf("type minutes: %d, or shorten this path",
			int(math.Ceil(minutes*3/4))), "a path takes %.1f minutes, and the page says %d", minutes, f.l.Minutes)
	}
}

// seconds returns how many seconds each view takes, for reading and acting.
func (g *graph) seconds() []float64 {
	all := make([]float64, len(g.views))
	var r reader
	for i, v := range g.views {
		n, s := r.spent(v.told), &g.game.Lesson.Scenes[v.scene]
		switch {
		case s.Check != nil:
			n += secondsCheck
			for _, o := range s.Check.Options {
				n += r.reading(o.Text)
				for _, w := range o.Why {
					n += r.reading(w.Spans)
				}
			}
		case s.Rehearsal != nil:
			n += secondsRehearsal + r.spent(s.Rehearsal.Models)
		case len(s.Choices) > 0:
			n += secondsChoice
			for _, w := range v.ways {
				n += r.reading(s.Choices[w.pick].Text)
			}
		}
		if s.Onward != nil {
			n += secondsOnward
		}
		all[i] = n
	}
	return all
}

// reader caches how many seconds a paragraph takes.
type reader struct{ known once[float64] }

func (r *reader) spent(blocks []lesson.Block) float64 {
	var n float64
	for _, b := range blocks {
		if b.Kind == lesson.Typing {
			n += secondsTyping
		}
		for _, p := range b.Text {
			n += r.reading(p.Spans)
		}
	}
	return n
}

func (r *reader) reading(spans []lesson.Span) float64 {
	return r.known.of(spans, func(words string) float64 { return float64(len(wordsOf(words))) * 60 / wordsPerMinute })
}

// longest returns how many seconds the longest path takes, and the path.
func (g *graph) longest() (float64, []int32) {
	var r reader
	return g.heaviest(g.seconds(), func(e int32) float64 { return r.spent(g.reaction(e)) })
}
