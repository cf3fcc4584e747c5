package room

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Report is what may be kept of a class: counts, and only those that [Suppress] allows.
type Report struct {
	Lesson    string     // The title.
	Headcount int        // How many people the facilitator counted; 0 without a headcount.
	In        int        // How many participants were present at the end, in steps of five.
	Finished  int        // How many reached an ending at their own pace, in steps of five; 0 if it can't be told.
	Answers   []Answered // Every question of the lesson, in its order.
}

// Answered is the outcome of one question.
type Answered struct {
	Question Question
	Title    string // The title of its scene.
	Result
	Omitted Omission // Why there is no result at all.
}

// Omission says why a question has no result. It follows from the lesson and from the
// facilitator's orders, never from what was answered.
type Omission uint8

// The omissions.
const (
	Reported    Omission = iota
	NotAsked             // The facilitator didn't ask it, and participants didn't go at their own pace.
	NotForAll            // At their own pace people can miss the question, or meet it twice.
	NoHeadcount          // There was no headcount.
)

// Report returns what may be kept of a class. It is made once, by the order that ends the
// class. The error is [ErrNotOver] before that: two reports of a running class would
// differ by what was answered between them.
//
// Every question of the lesson has a row, whether it was answered or not, because a missing
// row would say what wasn't chosen. A result that was shown is repeated unchanged. A question
// answered at people's own pace has a result only if every path through the lesson passes it
// exactly once, with all of its options open. For any other question, the number of answers
// alone would tell how many chose the path that leads to it, however well the answers
// themselves are hidden. For the same reason, how many have finished is reported only if it
// doesn't depend on what they chose.
func (c Class) Report() (Report, error) {
	if c.kept.Sum == nil {
		return Report{}, ErrNotOver
	}
	l := c.talk.lesson
	r := Report{Lesson: l.Title, Headcount: c.kept.Headcount, In: c.kept.Sum.In, Finished: c.kept.Sum.Finished}
	for i := range l.Scenes {
		q := questionIn(l, i)
		if q.Scene == "" {
			continue
		}
		a := Answered{Question: q, Title: l.Scenes[i].Title, Result: Result{Scene: q.Scene}, Omitted: NotAsked}
		if at := slices.IndexFunc(c.kept.Sum.Results, func(r Result) bool { return r.Scene == q.Scene }); at >= 0 {
			a.Result, a.Omitted = c.kept.Sum.Results[at], Reported
			if c.kept.Headcount == 0 {
				a.Omitted = NoHeadcount
			}
		} else if c.kept.HadOwnPace {
			a.Omitted = NotForAll
		}
		r.Answers = append(r.Answers, a)
	}
	return r, nil
}

// passed reports whether everyone who goes through the lesson passes a scene exactly once,
// whatever they choose, with all of its options open. It follows links only, and assumes that
// every condition may hold or not. So it considers more paths than exist, and may wrongly
// report false, but never wrongly true.
func passed(l *lesson.Lesson, at int) bool {
	if slices.ContainsFunc(l.Scenes[at].Choices, func(c lesson.Choice) bool { return len(c.If) > 0 }) {
		return false
	}
	around := l.Reached([]int{0}, at) // The scenes that can be reached without passing it.
	for i := range l.Scenes {
		if i != at && around[i] && mayEnd(&l.Scenes[i]) {
			return false
		}
	}
	return !l.Reached(l.Scenes[at].Next(), -1)[at]
}

// endingTells reports whether having reached an ending may reveal what someone chose: because a
// choice leads straight to an ending, so that whoever made it has finished, or because a path
// may never end. As in passed, every condition may hold or not.
func endingTells(l *lesson.Lesson) bool {
	for i := range l.Scenes {
		s := &l.Scenes[i]
		if slices.ContainsFunc(s.Choices, func(c lesson.Choice) bool { return isEnd(&l.Scenes[c.To]) }) ||
			len(s.Choices) > 0 && mayEnd(s) {
			return true
		}
	}
	for i := range l.Scenes { // A loop without a way out.
		ends := false
		for at, yes := range l.Reached([]int{i}, -1) {
			ends = ends || yes && len(l.Scenes[at].Next()) == 0
		}
		if !ends {
			return true
		}
	}
	return false
}

// isEnd reports whether a scene is an ending in which there is nothing left to do.
func isEnd(s *lesson.Scene) bool { return len(s.Next()) == 0 && s.Check == nil && s.Rehearsal == nil }

// mayEnd reports whether a path may end in a scene: because the scene is an ending, or because
// every choice has a condition, so that none may be open.
func mayEnd(s *lesson.Scene) bool {
	return s.Onward == nil && !slices.ContainsFunc(s.Choices, func(c lesson.Choice) bool { return len(c.If) == 0 })
}

// questionIn returns the question of a scene with all its options, including those that some
// paths close.
func questionIn(l *lesson.Lesson, at int) Question {
	s := &l.Scenes[at]
	q := Question{Scene: s.ID}
	for i := range s.Choices {
		if len(s.Choices) > 1 { // A single choice is a way on, and nobody is asked.
			q.Options = append(q.Options, Option{i, s.Choices[i].String()})
		}
	}
	if s.Check != nil {
		for i := range s.Check.Options {
			q.Options = append(q.Options, Option{i, s.Check.Options[i].String()})
		}
		q.Options = append(q.Options, Option{Pick: play.Unsure})
	}
	if len(q.Options) == 0 {
		return Question{}
	}
	if b, _ := s.Question(); b != nil && len(b.Text) > 0 {
		q.Asks = b.Text[0].String()
	}
	return q
}

// Words returns the words of an option of the question, and whether it has words of its own.
func (q Question) Words(pick int) (string, bool) {
	for _, o := range q.Options {
		if o.Pick == pick {
			return o.Words, o.Words != ""
		}
	}
	return "", false
}
