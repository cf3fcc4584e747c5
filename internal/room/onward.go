package room

import (
	"slices"

	"wayout/internal/play"
)

// Nowhere is an error that says why an order has no effect now. It matches [ErrNothing].
type Nowhere string

// Error returns the reason.
func (n Nowhere) Error() string { return string(n) }

// Is reports whether an error is [ErrNothing].
func (n Nowhere) Is(target error) bool { return target == ErrNothing }

// The reasons.
const (
	ErrChoose    Nowhere = "the class has to go one of the ways"
	ErrLast      Nowhere = "this is the last screen"
	ErrFirst     Nowhere = "this is the first screen"
	ErrNoForward Nowhere = "nothing was gone back from"
	ErrNoChoice  Nowhere = "nothing was chosen yet"
	ErrNotTold   Nowhere = "the story isn't being told now"
	ErrNoWhatIf  Nowhere = "there is no what-if to come back from"
	ErrNoWay     Nowhere = "there is no way of that number"
	ErrPaused    Nowhere = "it is stopped already"
)

// Onward returns the order by which a class goes on from its present state: it ends a blank
// screen, and takes a question through opening, closing and showing its result. If too few
// are present for a result, it skips showing one. The error says why the class can't go on
// by a single key, such as [ErrChoose].
func (v View) Onward() (Verb, error) {
	c := v.Class
	script, next := c.talk.Script()
	verb := Ask
	switch {
	case c.talk.Blank():
		return Blank, nil
	case !c.kept.Began:
		verb = Start
	case c.OwnPace(), c.Question().Scene == "", c.Phase() == Shown, next < len(script):
		verb = Next
	case c.Phase() == Voting:
		verb = Close
	case c.Phase() == Counted && v.TooFew():
		verb = Next
	case c.Phase() == Counted:
		return Show, nil
	}
	_, err := c.Do(Command{Verb: verb}, NewBallot())
	return verb, err
}

// Lead returns the index of the option that [Next] takes: the one that most people chose,
// according to the result that everyone sees. It reports false if no result is shown, or if the
// result doesn't name a single option.
func (c Class) Lead() (int, bool) {
	q := c.Question()
	if q.Scene == "" || c.Phase() != Shown {
		return 0, false
	}
	r, _ := c.Result(q.Scene)
	pick, ok := r.lead()
	i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Pick == pick })
	return max(i, 0), ok && i >= 0
}

// lead returns the answer that most people gave, if the result says so. It uses only what the
// result shows, so it gives nothing else away.
func (r Result) lead() (int, bool) {
	switch r.Kind {
	case Most:
		return r.Most, true
	case Bars:
		top, alone := 0, true
		for i, g := range r.Groups {
			switch {
			case i > 0 && g.Count == r.Groups[top].Count:
				alone = false
			case g.Count > r.Groups[top].Count:
				top, alone = i, true
			}
		}
		if g := r.Groups[top]; alone && len(g.Options) == 1 {
			return g.Options[0], true
		}
	}
	return 0, false
}

// next is like [Talk.Follow], but also goes on from a question that was asked: from a closed
// knowledge check to its explanation, and from a choice whose result is shown by the option that
// most people chose. Asked says that the question was closed without showing its result.
func (c Class) next(asked bool) (Talk, error) {
	q := c.Question()
	script, at := c.talk.Script()
	i, leads := c.Lead()
	switch quiz := q.Scene != "" && c.talk.Run().Turn() == play.Answer; {
	case at < len(script):
	case quiz && (asked || c.Phase() == Shown):
		return c.talk.Take(len(q.Options) - 1) // "Not sure": the room as a whole gives no answer.
	case leads:
		return c.talk.Take(i)
	}
	return c.talk.Follow()
}
