package room

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Report is what may be kept of a class: counts, and none that [Suppress] would not
// let through.
type Report struct {
	Lesson    string     // The title.
	Headcount int        // How many people took part, as the facilitator has said; 0 where nobody said it.
	In        int        // How many came in and stayed, in steps of five.
	Finished  int        // How many came to an end at their own pace, in steps of five.
	Answers   []Answered // Every question of the lesson, in its order.
}

// Answered is what came of one question.
type Answered struct {
	Question Question
	Result
	Omitted Omission // Why there is no result at all.
}

// Omission says why a question has no result. It follows from the lesson and from
// what the lead did, and never from what anybody answered.
type Omission uint8

// The omissions.
const (
	Reported    Omission = iota
	NotAsked             // The lead did not ask it, and nobody went at their own pace.
	NotForAll            // At one's own pace not everybody comes past it, or can come past it twice.
	NoHeadcount          // It was not said how many people take part.
)

// Report returns what may be kept of a class. It is made once, by the order that ends
// the class. The error is [ErrNotOver] before that: two reports of a class that goes
// on differ by what was answered in between.
//
// Every question of the lesson has its row, whether anybody answered it or not, for a
// row that is missing says what was not chosen. What was shown is told again as it was
// shown. Of what was answered at one's own pace, a question is told of only where
// every way through the lesson passes it, exactly once, with all of its options open.
// How many answered any other question says how many chose the way that leads there,
// whatever is hidden beside it.
func (c Class) Report() (Report, error) {
	if c.sum == nil {
		return Report{}, ErrNotOver
	}
	l := c.talk.lesson
	r := Report{Lesson: l.Title, Headcount: c.headcount, In: c.sum.In, Finished: c.sum.Finished}
	for i := range l.Scenes {
		q := questionIn(l, i)
		if q.Scene == "" {
			continue
		}
		a := Answered{Question: q, Result: Result{Scene: q.Scene}, Omitted: NotAsked}
		if at := slices.IndexFunc(c.sum.Results, func(r Result) bool { return r.Scene == q.Scene }); at >= 0 {
			a.Result, a.Omitted = c.sum.Results[at], Reported
			if c.headcount == 0 {
				a.Omitted = NoHeadcount
			}
		} else if c.hadOwnPace {
			a.Omitted = NotForAll
		}
		r.Answers = append(r.Answers, a)
	}
	return r, nil
}

// passed reports whether whoever goes through the lesson comes past a scene exactly
// once, whatever they choose, with all of its options open. It looks at the links
// alone and takes every condition for one that may hold or not: there are more such
// ways than anybody can go, and so a scene may be left out that need not be, and
// never the other way round.
func passed(l *lesson.Lesson, at int) bool {
	for _, choice := range l.Scenes[at].Choices {
		if len(choice.If) > 0 {
			return false
		}
	}
	around := reached(l, []int{0}, at) // Without going through it.
	for i := range l.Scenes {
		if i != at && around[i] && mayEnd(&l.Scenes[i]) {
			return false
		}
	}
	return !reached(l, next(&l.Scenes[at]), -1)[at]
}

// reached returns which scenes links lead to from some, with one scene taken away.
func reached(l *lesson.Lesson, from []int, without int) []bool {
	seen := make([]bool, len(l.Scenes))
	for len(from) > 0 {
		at := from[0]
		from = from[1:]
		if at == without || seen[at] {
			continue
		}
		seen[at] = true
		from = append(from, next(&l.Scenes[at])...)
	}
	return seen
}

// next returns the scenes that a scene's links lead to.
func next(s *lesson.Scene) []int {
	var to []int
	for _, c := range s.Choices {
		to = append(to, c.To)
	}
	if s.Onward != nil {
		to = append(to, s.Onward.To)
	}
	return to
}

// mayEnd reports whether somebody's way may end in a scene: at an ending, or where
// all choices may be closed.
func mayEnd(s *lesson.Scene) bool {
	return s.Onward == nil && !slices.ContainsFunc(s.Choices, func(c lesson.Choice) bool { return len(c.If) == 0 })
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
