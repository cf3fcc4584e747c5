package check

import (
	"fmt"
	"math"

	"wayout/internal/lesson"
)

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
	if f.l.Format() == 2 {
		f.lengthMedian()
		return
	}
	seconds, at := f.g.longest()
	if minutes := seconds / 60; minutes > float64(f.l.Minutes)*4/3 {
		f.add(f.l.Place("minutes"), f.g.ids(at), fmt.Sprintf("type minutes: %d, or shorten this path",
			int(math.Ceil(minutes*3/4))), "a path takes %.1f minutes, and the page says %d", minutes, f.l.Minutes)
	}
}

// seconds returns how long each view takes: reading and acting.
func (g *graph) seconds() []float64 {
	all := make([]float64, len(g.views))
	r := make(reader)
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

// reader remembers how long a text takes, by its first word: a lesson tells the same
// paragraph in many states.
type reader map[*lesson.Span]float64

func (r reader) spent(blocks []lesson.Block) float64 {
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

func (r reader) reading(spans []lesson.Span) float64 {
	if len(spans) == 0 {
		return 0
	}
	n, ok := r[&spans[0]]
	if !ok {
		n = float64(len(wordsOf(lesson.Para{Spans: spans}.String()))) * 60 / wordsPerMinute
		r[&spans[0]] = n
	}
	return n
}

// longest returns the path that takes longest, in seconds and as states. A
// state that is met again on the way adds nothing: to go round in a circle is
// the learner's own wish.
func (g *graph) longest() (float64, []int) {
	seconds, r := g.seconds(), make(reader)
	most := make([]float64, len(g.states)) // From here on, after this state.
	next := make([]int32, len(g.states))
	total := func(i int32) float64 { return seconds[g.view[i]] + most[i] }
	for i := range next {
		next[i] = -1
	}
	g.inward(func(i int32, k int, e edge) {
		if t := total(e.to) + r.spent(g.reaction(int(i), k)); t > most[i] || next[i] < 0 {
			most[i], next[i] = t, e.to
		}
	})
	var path []int
	for i := int32(0); i >= 0; i = next[i] {
		path = append(path, int(i))
	}
	return total(0), path
}

// inward calls do for every edge that closes no circle, those of a state after all
// behind it. It goes as deep as there are states, so that it does not call itself.
func (g *graph) inward(do func(i int32, k int, e edge)) {
	const here, done = 1, 2
	mark := make([]uint8, len(g.states))
	at := make([]int32, len(g.states)) // Of a state on the way, its next edge.
	stack := []int32{0}
	mark[0] = here
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		out := g.out(int(i))
		if int(at[i]) == len(out) {
			mark[i] = done
			stack = stack[:len(stack)-1]
			continue
		}
		e := out[at[i]]
		if mark[e.to] == 0 {
			mark[e.to] = here
			stack = append(stack, e.to)
			continue // The edge is looked at again once what is behind it is done.
		}
		if mark[e.to] == done {
			do(i, int(at[i]), e)
		}
		at[i]++
	}
}
