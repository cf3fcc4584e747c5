package view

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// Debrief returns what a learner looks back on at the end of a run.
func (v *View) Debrief(run play.Run) []Item {
	o, l, w := run.Outcome(), run.Lesson(), v.words
	var all []Item
	first := l.Format() == 2 // In format 2, who was really typing comes first.
	if first && l.Behind != "" {
		all = append(all, v.behind(l))
	}
	if !first || !run.KeyToldLast() {
		all = append(all, v.key(o, l))
	}
	if first && o.Ending != nil {
		all = append(all, v.reached(o))
	}
	if len(o.Knows) > 0 {
		all = append(all, v.knew(o))
	}
	if len(o.Path) > 0 {
		all = append(all, v.path(o, l))
	}
	all = v.signs(all, l, w.T("debrief.spotted"), o.Spotted, o)
	all = v.signs(all, l, w.T("debrief.missed"), o.Missed, o)
	if l.Threatens() || l.MovesMoney() {
		all = append(all, v.SixMoves(l))
	}
	if len(o.Practised) > 0 {
		all = append(all, Rehearsed{w.T("debrief.practised"), w.T("say.noticed", "Moves", v.moves(o.Practised))})
	}
	if !first && l.Behind != "" {
		all = append(all, v.behind(l))
	}
	out := w.T("debrief.derole", "Who", l.Focus)
	if l.Focus == "" { // Short stories, each about others.
		out = w.T("debrief.deroleall")
	}
	return append(all, StepOut{w.T("debrief.out"), Paragraphs(out)})
}

// SixMoves returns the moves for someone asked to move money, or else those against blackmail.
func (v *View) SixMoves(l *lesson.Lesson) SixMoves {
	six, err := v.course.SixMoves()
	if err != nil {
		return SixMoves{} // A test makes sure that the shipped file can be read.
	}
	if l.MovesMoney() {
		return SixMoves{v.words.T("six.money"), six.Money.First, 1, six.Money.Moves}
	}
	return SixMoves{v.words.T("six.title"), six.First, 1, six.Moves}
}

func (v *View) behind(l *lesson.Lesson) Behind { return Behind{v.words.T("debrief.behind"), l.Behind} }

func (v *View) key(o play.Outcome, l *lesson.Lesson) KeyMessage {
	return KeyMessage{v.words.T("debrief.key"), keyMessage(o, l)}
}

func (v *View) reached(o play.Outcome) Reached {
	return Reached{v.words.T("debrief.ending"), o.Ending.Title, v.words.T("debrief.endings", "Count", o.Endings)}
}

// lookBack returns what a room looks back on in one slide. It leaves out the ratings of choices
// and whatever someone has marked or practised.
func (v *View) lookBack(run play.Run, h room.Hindsight) []Item {
	o, l := run.Outcome(), run.Lesson()
	var all []Item
	if h.Behind {
		all = append(all, v.behind(l))
	}
	if h.Key {
		if !run.KeyToldLast() {
			all = append(all, v.key(o, l))
		}
		if o.Ending != nil {
			all = append(all, v.reached(o))
		}
	}
	if len(h.Knew) > 0 {
		knew := v.knew(o)
		things := knew.Things
		knew.Things = nil
		for _, i := range h.Knew {
			knew.Things = append(knew.Things, things[i])
		}
		all = append(all, knew)
	}
	all = v.signs(all, l, v.words.T("debrief.stood"), h.Signs, o)
	if len(h.Signs) > 0 {
		s := all[len(all)-1].(Signs)
		for i := range s.Signs {
			s.Signs[i].Why = nil // The room is asked for the reason; the desk has it in its notes.
		}
	}
	if n := len(h.Moves); n > 0 {
		six := v.SixMoves(l)
		from := h.Moves[0]
		six.From, six.Moves = from+1, six.Moves[min(from, len(six.Moves)):min(from+n, len(six.Moves))]
		if from > 0 {
			six.First = ""
		}
		all = append(all, six)
	}
	return all
}

// Paragraphs splits words of the interface at their empty lines.
func Paragraphs(words string) []string {
	var all []string
	for part := range strings.SplitSeq(strings.TrimSpace(words), "\n\n") {
		all = append(all, strings.Join(strings.Fields(part), " "))
	}
	return all
}

// keyMessage returns the key message of the path, or the lesson's goal if the path has
// none.
func keyMessage(o play.Outcome, l *lesson.Lesson) []lesson.Para {
	if o.Key != nil {
		return o.Key
	}
	return []lesson.Para{{Spans: []lesson.Span{{Text: l.Goal}}}}
}

// knew returns what the other person has found out, each with the words that gave it away.
func (v *View) knew(o play.Outcome) Knew {
	out := Knew{Head: v.words.T("debrief.knew")}
	for _, k := range o.Knows {
		t := Thing{What: k.Leak.Means}
		switch {
		case k.From != nil:
			t.From = v.words.T("debrief.quote", "Who", k.From.Who, "Text", bare(k.From.String()))
		case k.By != nil:
			t.From = k.By.String()
		}
		out.Things = append(out.Things, t)
	}
	return out
}

// bare returns words without the quotation marks around them.
func bare(words string) string { return strings.Trim(words, `"“”`) }

func (v *View) path(o play.Outcome, l *lesson.Lesson) Path {
	out := Path{Head: v.words.T("debrief.path")}
	for _, s := range o.Path {
		step := Step{Action: s.Action, Words: s.Taken.String(), Rating: s.Taken.Rating}
		if l.Format() == 2 {
			step.Led = l.Scenes[s.Taken.To].Title
		}
		for _, other := range s.Open {
			step.Others = append(step.Others, v.words.T("debrief.instead", "Choice", other.String()))
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func (v *View) signs(all []Item, l *lesson.Lesson, head string, signs []int, o play.Outcome) []Item {
	if len(signs) == 0 {
		return all
	}
	out := Signs{Head: head}
	for _, i := range signs {
		name, _ := v.course.SignName(l.Signs[i].Kind)
		sign := Sign{Name: name, Why: l.Signs[i].Why}
		if b := o.Stood[i]; b != nil && l.Format() == 2 {
			sign.In = v.words.T("debrief.quote", "Who", b.Who, "Text", bare(b.String()))
		}
		out.Signs = append(out.Signs, sign)
	}
	return append(all, out)
}
