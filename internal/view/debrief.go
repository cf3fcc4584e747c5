package view

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Debrief returns what a learner looks back on at the end of a run.
func (v *View) Debrief(run play.Run) []Item {
	o, l, w := run.Outcome(), run.Lesson(), v.words
	all := []Item{KeyMessage{w.T("debrief.key"), keyMessage(o, l)}}
	if len(o.Path) > 0 {
		all = append(all, v.path(o))
	}
	all = v.signs(all, l, "debrief.spotted", o.Spotted)
	all = v.signs(all, l, "debrief.missed", o.Missed)
	if l.Threatens() {
		all = append(all, SixMoves{w.T("six.title"), v.six.First, v.six.Moves})
	}
	if len(o.Practised) > 0 {
		all = append(all, Rehearsed{w.T("debrief.practised"), w.T("say.noticed", "Moves", v.moves(o.Practised))})
	}
	if l.Behind != "" {
		all = append(all, Behind{w.T("debrief.behind"), l.Behind})
	}
	return append(all, StepOut{w.T("debrief.out"), paragraphs(w.T("debrief.derole", "Who", l.Focus))})
}

// paragraphs parts words of the interface at their empty lines.
func paragraphs(words string) []string {
	var all []string
	for part := range strings.SplitSeq(strings.TrimSpace(words), "\n\n") {
		all = append(all, strings.Join(strings.Fields(part), " "))
	}
	return all
}

// keyMessage returns what to take away: the lesson's goal where a path shows no
// message of its own.
func keyMessage(o play.Outcome, l *lesson.Lesson) []lesson.Para {
	if o.Key != nil {
		return o.Key
	}
	return []lesson.Para{{Spans: []lesson.Span{{Text: l.Goal}}}}
}

func (v *View) path(o play.Outcome) Path {
	out := Path{Head: v.words.T("debrief.path")}
	for _, s := range o.Path {
		step := Step{Move: s.Move, Words: s.Taken.String(), Rating: s.Taken.Rating}
		for _, other := range s.Open {
			step.Others = append(step.Others, v.words.T("debrief.instead", "Choice", other.String()))
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func (v *View) signs(all []Item, l *lesson.Lesson, head string, signs []int) []Item {
	if len(signs) == 0 {
		return all
	}
	out := Signs{Head: v.words.T(head)}
	for _, i := range signs {
		name, _ := v.course.SignName(l.Signs[i].Kind)
		out.Signs = append(out.Signs, Sign{name, l.Signs[i].Why})
	}
	return append(all, out)
}
