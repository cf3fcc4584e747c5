package room

import (
	"slices"

	"wayout/internal/play"
)

// Nowhere is why an order leads nowhere from where the class stands. It is an [ErrNothing].
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

// Onward returns the order by which a class goes on from where it stands: it shows again
// what is blank, and where there is a question it opens it, closes it, shows the result and
// goes on from there. Where so few are present that there can't be a result, none is shown.
// The error says why the class can't go on without more, such as [ErrChoose].
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

// Lead returns which of the open ways [Next] takes, from 0: the one that most people chose, as
// everyone has been shown it. It is false where no result is shown, and where what is shown
// doesn't say it of one way.
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

// lead returns the answer that most people gave, if a result says so: it is worked out from
// what is shown and nothing else.
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

// next is [Talk.Follow], and goes on from a question that was asked: from a knowledge check to
// its explanation once it is closed, and from a choice, once the result is shown, the way that
// most people chose. Asked says that the question was closed.
func (c Class) next(asked bool) (Talk, error) {
	q := c.Question()
	script, at := c.talk.Script()
	i, leads := c.Lead()
	switch quiz := q.Scene != "" && c.talk.Run().Turn() == play.Answer; {
	case at < len(script):
	case quiz && (asked || c.Phase() == Shown):
		return c.talk.Take(len(q.Options) - 1) // No one's answer is the room's.
	case leads:
		return c.talk.Take(i)
	}
	return c.talk.Follow()
}
