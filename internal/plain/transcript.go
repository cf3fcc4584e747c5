package plain

import (
	"io"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// Transcript writes a whole run as it reads in this renderer, for people who correct a lesson:
// what is told, what is asked, and after "> " what the learner does. A typed line is given only
// by its moves, because its words aren't known.
func Transcript(out io.Writer, l *lesson.Lesson, moves []play.Action, o Options) error {
	p, err := newPlayer(strings.NewReader(""), out, io.Discard, o)
	if err != nil {
		return err
	}
	p.opening(l)
	p.say("")
	run := play.Start(l, o.Seed)
	for _, m := range moves {
		p.tell(run)
		next, err := run.Resume([]play.Action{m})
		if err != nil {
			return err
		}
		p.did(run, next, m)
		run = next
	}
	p.tell(run)
	if run.Turn() == play.End {
		p.debrief(run)
	}
	return p.flush()
}

// did writes what is asked, and what the learner does.
func (p *player) did(run, next play.Run, m play.Action) {
	switch it := p.view.Turn(run).(type) {
	case view.Question:
		p.say(p.numbered(it.Asks, it.Labels()))
		for i, o := range it.Options {
			if o.Pick == m.Pick {
				p.say("> " + p.option(i, o.Words))
			}
		}
		if it.Quiz {
			p.render(p.view.Explanation(next, m.Pick))
			p.say("")
		}
	case view.Rehearsal:
		if m.Turn == play.Go { // The learner wasn't understood, and goes on.
			p.say("> " + run.Onward().String())
			return
		}
		p.say(it.Asks)
		p.say(strings.TrimRight("> "+strings.Join(m.Said, ", "), " "))
		p.tell(next) // What the others answer.
		if kept := play.Kept(m.Said); len(kept) > 0 {
			in := play.SituationOf(run.Lesson(), run.Scene().Rehearsal)
			if it, ok := p.view.Heard(play.Named(in, kept), "h"); ok {
				p.render(it)
			}
		}
		if !slices.Contains(m.Said, lesson.Danger) { // Help comes instead.
			p.render(p.view.Models(next))
		}
		p.say("")
	case view.Onward:
		p.say("> " + it.Words)
	}
}
