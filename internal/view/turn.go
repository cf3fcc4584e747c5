package view

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// Turn returns what the learner of a run can do now.
func (v *View) Turn(run play.Run) Item {
	switch run.Turn() {
	case play.Choose, play.Answer:
		return v.question(room.QuestionOf(run), run.Lesson(), run.Turn() == play.Answer)
	case play.Go:
		return Onward{run.Onward().String()}
	case play.Say:
		return v.Rehearsal(run, true)
	}
	return End{}
}

// question makes an item of a question, with its options still open.
func (v *View) question(q room.Question, l *lesson.Lesson, quiz bool) Question {
	out := Question{Scene: q.Scene, Asks: v.Asks(q, l), Quiz: quiz}
	for _, o := range q.Options {
		out.Options = append(out.Options, Option{Pick: o.Pick, Words: v.PickWords(q, o.Pick)})
	}
	return out
}

// Asks returns the words of a question, or words of the interface if the lesson
// has none of its own.
func (v *View) Asks(q room.Question, l *lesson.Lesson) string {
	switch {
	case q.Asks != "":
		return q.Asks
	case q.IsQuiz(): // Someone in the story has asked it.
		return v.words.T("check.title")
	}
	return v.words.T("player.what", "Who", l.Focus)
}

// PickWords returns the words of an option of a question. Those of "not sure" come from
// the interface, all others from the lesson.
func (v *View) PickWords(q room.Question, pick int) string {
	if words, ok := q.Words(pick); ok {
		return words
	}
	return v.words.T("check.unsure")
}

// Rehearsal returns the request for a line in the run's present rehearsal, even if a line has
// been said already. Typed says that it can be typed here; otherwise the text doesn't invite it.
func (v *View) Rehearsal(run play.Run, typed bool) Rehearsal {
	r := run.Scene().Rehearsal
	out := Rehearsal{Who: r.Who, Aloud: r.Aloud, Typed: typed}
	asks := "say.think"
	switch {
	case typed && r.Aloud:
		asks = "say.askaloud"
	case typed:
		asks = "say.ask"
	case r.Aloud:
		asks = "say.thinkaloud"
	}
	if out.Asks = v.words.T(asks, "Who", r.Who); !typed {
		out.How = v.words.T("say.how")
	}
	return out
}

// Models returns example lines for the run's present rehearsal.
func (v *View) Models(run play.Run) Models {
	r := run.Scene().Rehearsal
	out := Models{Head: v.words.T("say.models"), Aloud: r.Aloud}
	if run.Lesson().Session == lesson.Practise {
		out.Head = v.words.T("practise.models")
	}
	for _, m := range run.Models() {
		out.Messages = append(out.Messages, Message{Key: Key{m}, Who: m.Who, Own: true, Text: m.Text[0].Spans})
	}
	return out
}

// noAnswer is the pick of an explanation for which no answer was given.
const noAnswer = play.Unsure - 1

// Explanation returns why each answer of a run's present check is right or not.
// Picked is the index in the lesson of the answer that was given, or
// [play.Unsure].
func (v *View) Explanation(run play.Run, picked int) Explanation {
	out := v.explanation(run, picked)
	switch {
	case picked == play.Unsure:
		out.Lead = v.words.T("check.unsurefine")
	case run.Scene().Check.Options[picked].Right:
		out.Lead = v.words.T("check.right")
	default:
		out.Lead = v.words.T("check.notyet")
	}
	return out
}

func (v *View) explanation(run play.Run, picked int) Explanation {
	var out Explanation
	for _, i := range run.Order() {
		o := run.Scene().Check.Options[i]
		out.Answers = append(out.Answers, Explained{o.String(), o.Right, i == picked, o.Why})
	}
	return out
}

// brought returns what the last action of a run adds to its beats: model answers, or
// the explanation of a check. It is nil for all other actions.
func (v *View) brought(run play.Run) Item {
	moves := run.Actions()
	if len(moves) == 0 {
		return nil
	}
	switch last := moves[len(moves)-1]; last.Turn {
	case play.Answer:
		return v.Explanation(run, last.Pick)
	case play.Say:
		return v.Models(run)
	}
	return nil
}

// Labels returns the words of the options of a question.
func (q Question) Labels() []string {
	var all []string
	for _, o := range q.Options {
		all = append(all, o.Words)
	}
	return all
}

// PlanAsks returns what is asked at a step of a plan that isn't complete yet.
func (v *View) PlanAsks(step play.PlanStep) string {
	t := v.words.T
	return [...]string{play.PlanWhen: t("plan.when"), play.PlanFirst: t("plan.first"),
		play.PlanSecond: t("plan.second"), play.PlanBy: t("plan.by"), play.PlanStart: t("plan.start"),
		play.PlanType: t("plan.type"), play.PlanAgain: t("plan.again")}[step]
}
