package view

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// Session returns what everyone in a room sees of a talk, whether the adult leads a class
// or sits with one young person. Nothing in it is for the adult alone.
func (v *View) Session(t room.Talk) []Item {
	if t.Blank() {
		return []Item{v.blanked()}
	}
	return append([]Item{Title{t.Run().Lesson().Title, true}}, v.shown(t, v.handsUp(t))...)
}

// Desk returns what the facilitator of a talk sees in a window of their own: what the
// room sees, or would see if its screen weren't blank, and what is for adults only.
func (v *View) Desk(t room.Talk) []Item {
	all := append([]Item{Title{t.Run().Lesson().Title, true}}, v.shown(t, v.handsUp(t))...)
	if t.Blank() {
		all = append([]Item{Blanked{v.words.T("present.blank")}}, all...)
	}
	return append(all, v.Beside(t)...)
}

// Beside returns what only the facilitator sees of a talk.
func (v *View) Beside(t room.Talk) []Item {
	run := t.Run()
	at, of := t.Place()
	pages, page := t.Slides()
	place := Place{Scene: run.Scene().Title, At: at, Of: of, Slide: page + 1, Slides: len(pages)}
	if t.Phase() == room.Rules {
		place.Review = v.course.Review()
	}
	if script, next := t.Script(); next < len(script) {
		place.Script = script[next].String()
	}
	if j, ok := t.Jumped(); ok && t.Phase() == room.Story {
		place.Jump = v.jumped(j)
	}
	all := []Item{place}
	if run.Turn() == play.Choose {
		var ahead Ahead
		for _, i := range run.Open() {
			c := run.Scene().Choices[i]
			ahead.Choices = append(ahead.Choices, Leads{c.String(), c.Rating, run.Lesson().Scenes[c.To].Title})
		}
		all = append(all, ahead)
	}
	notes := run.Scene().Notes
	if page := t.Slide(); t.Phase() == room.Story && page.Kind == room.LookBack && len(page.Signs) > 0 {
		notes = slices.Concat(v.explained(run.Lesson(), page.Signs), notes)
	}
	if len(notes) > 0 {
		all = append(all, Notes{notes})
	}
	return all
}

// explained returns notes for the desk on what each warning sign was doing; the room is asked.
func (v *View) explained(l *lesson.Lesson, signs []int) (notes [][]lesson.Para) {
	for _, i := range signs {
		name, _ := v.course.SignName(l.Signs[i].Kind)
		head := lesson.Para{Spans: []lesson.Span{{Text: name, Bold: true}}}
		notes = append(notes, append([]lesson.Para{head}, l.Signs[i].Why...))
	}
	return notes
}

// jumped says which choices a jump assumes were made.
func (v *View) jumped(j room.Jump) string {
	switch {
	case j.Bare:
		return v.words.T("desk.jumpedbare")
	case j.Back:
		return v.words.T("desk.jumpedback")
	case len(j.Assumed) == 0:
		return v.words.T("desk.jumpedon")
	}
	return v.words.T("desk.jumped", "Choices", "“"+strings.Join(j.Assumed, "”, “")+"”")
}

func (v *View) blanked() Blanked { return Blanked{v.words.T("class.blank")} }

// handsUp returns the question of a talk, with the raised hands once they are counted.
func (v *View) handsUp(t room.Talk) Question {
	run := t.Run()
	q := v.question(room.QuestionOf(run), run.Lesson(), run.Turn() == play.Answer)
	q.Hands = t.Hands()
	// Hands are raised only for an answer, so "not sure" isn't offered.
	q.Options = slices.DeleteFunc(q.Options, func(o Option) bool { return o.Pick == play.Unsure })
	return q
}

// shown returns the present slide of a talk, with q if the slide asks a question.
func (v *View) shown(t room.Talk, q Question) []Item {
	switch t.Phase() {
	case room.Rules:
		return []Item{Rules{v.words.T("present.rules"), v.room.Rules, v.room.Before}}
	case room.Out:
		return []Item{Calm{[]string{v.room.Out}}}
	case room.Calm:
		return []Item{Calm{[]string{v.closing(t.Run().Lesson()), v.after(t.Run().Lesson())}}}
	case room.Paused:
		return []Item{Calm{[]string{v.room.Paused, v.room.Calm}}}
	}
	var all []Item
	if t.Landed() {
		all = append(all, Moved{v.words.T("jump.moved")})
	}
	run, page := t.Run(), t.Slide()
	switch page.Kind {
	case room.Opening:
		return append(all, opening(run.Lesson(), page.Cover))
	case room.LookBack:
		return append(all, v.lookBack(run, page.Hindsight)...)
	case room.Models:
		m := v.Models(run)
		if run.Heard() != nil && len(m.Messages) > 1 {
			m.Leads = v.words.T("say.leads")
		}
		return append(all, m)
	case room.Explained:
		return append(all, v.explanation(run, noAnswer))
	}
	all = append(all, v.slide(run, page)...)
	switch page.Kind {
	case room.Choices, room.Quiz:
		all = append(all, q)
	case room.Line:
		all = append(all, v.Rehearsal(run, false))
	}
	return all
}

// opening returns some blocks of a lesson's cover.
func opening(l *lesson.Lesson, cover []int) Opening {
	var out Opening
	for _, i := range cover {
		out.Text = append(out.Text, l.Cover[i].Text...)
	}
	return out
}

// slide returns the beats of a slide as items. A room sees neither ratings nor the
// messages that someone marked.
func (v *View) slide(run play.Run, page room.Slide) []Item {
	var all []Item
	for k, i := range page.Beats {
		if it := v.beat(run, i, k == 0 || opensTurn(run.Beats(), i)); it != nil {
			all = append(all, it)
		}
	}
	return unrated(all)
}
