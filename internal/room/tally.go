package room

import (
	"slices"

	"wayout/internal/lesson"
)

// tally is the exact count made when a question was closed. It never leaves the machines that
// run the class: people are shown its [Result].
type tally struct {
	Scene   string `json:"scene"`
	Options []int  `json:"options"`
	Counts  []int  `json:"counts"`
	Seats   int    `json:"seats"` // How many participants were present.
}

// count closes the open question and counts it, once: a participant who leaves later changes
// nothing.
func (c Class) count(b *Ballot) Class {
	if c.kept.Open != "" {
		c.kept.Open, c.kept.Closed = "", c.kept.Open
	}
	q := QuestionOf(c.talk.Run())
	if c.kept.Closed == "" || c.kept.Closed != q.Scene {
		return c
	}
	_, shown := c.Result(q.Scene)
	if _, counted := c.tally(q.Scene); shown || counted {
		return c
	}
	c.kept.Tallies = append(slices.Clip(c.kept.Tallies), newTally(q, b))
	return c
}

func newTally(q Question, b *Ballot) tally {
	return tally{Scene: q.Scene, Options: picks(q), Counts: b.Counts(q), Seats: b.In()}
}

// picks returns the possible answers to a question.
func picks(q Question) []int {
	var all []int
	for _, o := range q.Options {
		all = append(all, o.Pick)
	}
	return all
}

// result returns what may be shown of a tally given the headcount: nothing if people is 0,
// which means that there is no headcount.
func (t tally) result(people int) Result {
	if people == 0 {
		return Result{Scene: t.Scene, Options: t.Options}
	}
	q := Question{Scene: t.Scene}
	for _, pick := range t.Options {
		q.Options = append(q.Options, Option{Pick: pick})
	}
	return Suppress(q, t.Counts, Least(t.Seats, people))
}

// tally returns the count of a scene's question, if it was counted and its result isn't shown.
func (c Class) tally(scene string) (tally, bool) {
	i := slices.IndexFunc(c.kept.Tallies, func(t tally) bool { return t.Scene == scene })
	if i < 0 {
		return tally{}, false
	}
	return c.kept.Tallies[i], true
}

func without(all []tally, scene string) []tally {
	return slices.DeleteFunc(slices.Clone(all), func(t tally) bool { return t.Scene == scene })
}

// fits reports whether a tally is about a question of the lesson.
func (t tally) fits(l *lesson.Lesson) bool {
	if len(t.Counts) != len(t.Options) || slices.Min(append([]int{t.Seats}, t.Counts...)) < 0 {
		return false
	}
	return Result{Scene: t.Scene, Options: t.Options, Most: -1}.fits(l)
}

// summary is what is left of a class that is over. It is made once, by the order that ends the
// class, so that every machine and every later request gives the same report.
type summary struct {
	In       int      `json:"in"`       // In steps of five.
	Finished int      `json:"finished"` // In steps of five; 0 if it might tell what was chosen.
	Results  []Result `json:"results,omitempty"`
}

// finish ends the class and makes its summary. A question that was asked gets the result that
// was shown, or else the result of its count. A question answered at people's own pace gets a
// result only if everyone passes it.
func (c Class) finish(b *Ballot) Class {
	l := c.talk.lesson
	s := &summary{In: Steps(b.In())}
	if !endingTells(l) {
		s.Finished = b.Finished()
	}
	for i := range l.Scenes {
		q := questionIn(l, i)
		if q.Scene == "" {
			continue
		}
		if r, shown := c.Result(q.Scene); shown {
			s.Results = append(s.Results, r)
		} else if t, counted := c.tally(q.Scene); counted {
			s.Results = append(s.Results, t.result(c.kept.Headcount))
		} else if c.kept.HadOwnPace && passed(l, i) {
			s.Results = append(s.Results, b.paced(q).result(c.kept.Headcount))
		}
	}
	c.kept.Ended, c.kept.Tallies, c.kept.Sum = true, nil, s
	return c
}
