package room

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Report is what may be kept of a class: counts, and none that [Suppress] would
// not let through.
type Report struct {
	Lesson   string     // The title.
	In       int        // How many came in and stayed, in steps of five.
	Finished int        // How many came to an end at their own pace, in steps of five.
	Answers  []Answered // In the order of the lesson.
}

// Answered is what came of one question.
type Answered struct {
	Question Question
	Result
}

// Sum returns the report of a class that is over. What was shown is told again as
// it was shown; what was not is told once, here.
func Sum(c Class, b *Ballot) Report {
	l := c.talk.lesson
	r := Report{Lesson: l.Title, In: Steps(b.In()), Finished: b.Finished(l)}
	for i := range l.Scenes {
		q := questionIn(l, i)
		if q.Scene == "" || b.Answered(q.Scene) == 0 {
			continue
		}
		result, shown := c.Result(q.Scene)
		if !shown {
			result = Suppress(q, b.Counts(q))
		}
		r.Answers = append(r.Answers, Answered{q, result})
	}
	return r
}

// questionIn returns the question of a scene with all its options, those too that
// were not open on every way.
func questionIn(l *lesson.Lesson, at int) Question {
	s := &l.Scenes[at]
	q := Question{Scene: s.ID}
	for i := range s.Choices {
		q.Options = append(q.Options, Option{i, s.Choices[i].String()})
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

// Words returns the words of an option of the question, and whether it has any of
// its own.
func (q Question) Words(pick int) (string, bool) {
	for _, o := range q.Options {
		if o.Pick == pick {
			return o.Words, o.Words != ""
		}
	}
	return "", false
}
