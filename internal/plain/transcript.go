package plain

import (
	"io"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// Transcript writes a whole run as it reads in this renderer, for anyone who reads a lesson
// to correct it: what is told, what is asked, and behind "> " what the learner does. Of a
// typed line its move is all that is known.
func Transcript(out io.Writer, l *lesson.Lesson, moves []play.Action, o Options) error {
	f, err := newFace(strings.NewReader(""), out, io.Discard, o)
	if err != nil {
		return err
	}
	f.opening(l)
	f.say("")
	run := play.Start(l, o.Seed)
	for _, m := range moves {
		f.tell(run)
		next, err := run.Resume([]play.Action{m})
		if err != nil {
			return err
		}
		f.did(run, next, m)
		run = next
	}
	f.tell(run)
	if run.Turn() == play.End {
		f.debrief(run)
	}
	return f.flush()
}

// did says what is asked, and what the learner does.
func (f *face) did(run, next play.Run, m play.Action) {
	switch it := f.view.Turn(run).(type) {
	case view.Question:
		f.say(f.asks(it))
		for i, o := range it.Options {
			if o.Pick == m.Pick {
				f.say("> " + f.t("plain.option", "Number", i+1, "Text", o.Words))
			}
		}
		if it.Quiz {
			f.render(f.view.Explanation(next, m.Pick))
			f.say("")
		}
	case view.Rehearsal:
		if m.Turn == play.Go { // Who wasn't understood goes on.
			f.say("> " + run.Onward().String())
			return
		}
		f.say(it.Asks)
		f.say(strings.TrimRight("> "+strings.Join(m.Said, ", "), " "))
		f.tell(next) // What the others answer.
		if it, ok := f.view.Heard(play.Named(play.Kept(m.Said)), "h"); ok && len(play.Kept(m.Said)) > 0 {
			f.render(it)
		}
		f.render(f.view.Models(next))
		f.say("")
	case view.Onward:
		f.say("> " + it.Words)
	}
}
