package room

import (
	"errors"
	"fmt"
	"slices"

	"wayout/internal/play"
)

// ClassPhase is where a class stands.
type ClassPhase uint8

// The phases of a class.
const (
	Joining ClassPhase = iota // Participants take their seats; the story hasn't begun.
	Telling                   // The facilitator shows the story.
	Voting                    // A question is open; an answer may still be changed.
	Counted                   // The question is closed, and its result hasn't been shown.
	Shown                     // Everyone sees the result.
	Ended                     // The class is over; only its [Report] is left.
)

// Class is a lesson that many people take at the same time, led by the facilitator's orders.
// The seats and their answers are a [Ballot]. A class is a value: [Class.Do] returns a new
// one.
type Class struct {
	talk Talk
	kept classState
}

// classState is a class without its talk. It is stored as JSON, so the JSON names can't change.
type classState struct {
	Began      bool     `json:"began,omitempty"`
	Locked     bool     `json:"locked,omitempty"` // No one may join any more.
	OwnPace    bool     `json:"own,omitempty"`    // Participants go at their own pace.
	HadOwnPace bool     `json:"paced,omitempty"`  // Participants have gone at their own pace at some time.
	Frozen     bool     `json:"shut,omitempty"`   // No answer is taken before the next order, which counts them.
	Ended      bool     `json:"ended,omitempty"`
	Headcount  int      `json:"people,omitempty"`  // How many people the facilitator has counted; 0 before that.
	Open       string   `json:"open,omitempty"`    // The scene whose question can be answered now, or "".
	Closed     string   `json:"closed,omitempty"`  // The scene whose question was closed last, or "".
	Results    []Result `json:"results,omitempty"` // Results that were shown; they never change.
	Tallies    []tally  `json:"tallies,omitempty"` // Counts of closed questions whose result wasn't shown.
	Sum        *summary `json:"sum,omitempty"`     // What is left of a class that is over; see [Class.Report].
}

// Verbs of a class, besides those of a script. Their values are stored, so they can't change.
const (
	Start        Verb = "start"    // From joining to the ground rules.
	Next         Verb = "next"     // As [Talk.Follow], and also on from a question that was asked.
	Back         Verb = "back"     // As [Talk.Back].
	Forward      Verb = "forth"    // As [Talk.Forward].
	WhatIf       Verb = "whatif"   // As [Talk.WhatIf].
	ComeBack     Verb = "comeback" // As [Talk.ComeBack].
	ForceBlank   Verb = "cover"    // As [Talk.ForceBlank].
	Stop         Verb = "stop"     // As [Talk.Stop].
	Lock         Verb = "lock"     // Close joining, or open it again.
	OwnPace      Verb = "own"      // Let participants go at their own pace, or bring them together again.
	SetHeadcount Verb = "people"   // Set how many people have the class on a screen.
	Ask          Verb = "ask"      // Open the question of this slide.
	Freeze       Verb = "shut"     // Take no more answers before the next order, which counts them.
	Close        Verb = "close"    // Close the question and count it.
	Show         Verb = "show"     // Show the result, for good.
	End          Verb = "end"      // The class is over.
)

// Errors of an order that can't be followed. ErrConflict means that another order has changed
// the class in the meantime, so the facilitator should look at it before repeating the
// order.
var (
	ErrShown       = errors.New("this question was shown already")
	ErrOver        = errors.New("the class is over")
	ErrNotOver     = errors.New("there is no report before the class is over")
	ErrOptions     = errors.New("this question was asked with other answers to choose from")
	ErrNoHeadcount = errors.New("nobody has said yet how many people take part")
	ErrConflict    = errors.New("somebody else gave an order at the same moment")
)

// mostPeople is the highest headcount; it allows for a whole school in one assembly.
const mostPeople = 9999

// NewClass returns a class that no one has joined.
func NewClass(t Talk) Class { return Class{talk: t} }

// Question is what can be asked at the facilitator's place in the lesson.
type Question struct {
	Scene   string // The id of the scene; a scene asks at most one question.
	Asks    string // The words of the question, or "" if the lesson has none.
	Options []Option
}

// Option is one possible answer.
type Option struct {
	Pick  int    // Index of a choice or an answer in the lesson file, or [play.Unsure].
	Words string // "" for [play.Unsure], whose words come from the interface.
}

// QuestionOf returns the question of a run's present scene. Its Scene is "" if there is
// nothing to choose and nothing to answer.
func QuestionOf(run play.Run) Question {
	s := run.Scene()
	q := Question{}
	switch run.Turn() {
	case play.Choose:
		for _, i := range run.Open() {
			q.Options = append(q.Options, Option{i, s.Choices[i].String()})
		}
	case play.Answer:
		for _, i := range run.Order() {
			q.Options = append(q.Options, Option{i, s.Check.Options[i].String()})
		}
		q.Options = append(q.Options, Option{Pick: play.Unsure})
	default:
		return q
	}
	q.Scene = s.ID
	if b, _ := s.Question(); b != nil && len(b.Text) > 0 {
		q.Asks = b.Text[0].String()
	}
	return q
}

// IsQuiz reports whether the options are answers of a knowledge check, of which one is "not
// sure".
func (q Question) IsQuiz() bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Pick == play.Unsure })
}

// Question returns what the room can be asked now. Its Scene is "" if the slide has no
// question.
func (c Class) Question() Question {
	if k := c.talk.Slide().Kind; c.talk.Phase() != Story || k != Choices && k != Quiz {
		return Question{}
	}
	return QuestionOf(c.talk.Run())
}

// Talk returns what the facilitator shows.
func (c Class) Talk() Talk { return c.talk }

// Locked reports whether joining is closed.
func (c Class) Locked() bool { return c.kept.Locked || c.kept.Ended }

// OwnPace reports whether participants go at their own pace.
func (c Class) OwnPace() bool { return c.kept.OwnPace && !c.kept.Ended }

// Phase returns where the class stands.
func (c Class) Phase() ClassPhase {
	q := c.Question().Scene
	switch {
	case c.kept.Ended:
		return Ended
	case !c.kept.Began:
		return Joining
	case c.kept.Open != "":
		return Voting
	case q == "":
		return Telling
	}
	if _, ok := c.Result(q); ok {
		return Shown
	}
	if c.kept.Closed == q {
		return Counted
	}
	return Telling
}

// Open returns the id of the scene whose question can be answered now, or "".
func (c Class) Open() string {
	if c.kept.Ended {
		return ""
	}
	return c.kept.Open
}

// Result returns the result of a scene's question, if it was shown.
func (c Class) Result(scene string) (Result, bool) {
	i := slices.IndexFunc(c.kept.Results, func(r Result) bool { return r.Scene == scene })
	if i < 0 {
		return Result{}, false
	}
	return c.kept.Results[i], true
}

// Results returns every result that was shown, in order.
func (c Class) Results() []Result { return c.kept.Results }

// Headcount returns how many people the facilitator has counted; 0 before that.
func (c Class) Headcount() int { return c.kept.Headcount }

// Takes reports whether a seat's answer to a scene's question is accepted now: only while the
// question is open, and never after its result was shown, because comparing two results of the
// same question could give an answer away.
func (c Class) Takes(scene string) bool {
	_, shown := c.Result(scene)
	return scene != "" && c.Open() == scene && !shown
}

// TakesRuns reports whether what participants do at their own pace is accepted now.
func (c Class) TakesRuns() bool { return c.OwnPace() && !c.kept.Frozen }

// Do follows an order. It counts the ballot if the order closes a question or ends the class.
// On an error the class is unchanged. The error is [ErrNothing], [ErrShown], [ErrOver],
// [ErrOptions], [ErrNoHeadcount], or names what doesn't exist.
func (c Class) Do(order Command, b *Ballot) (Class, error) {
	if c.kept.Ended {
		return c, ErrOver
	}
	next, err := c.do(order, b)
	if err != nil {
		return c, err
	}
	next.kept.Frozen = order.Verb == Freeze
	return next, nil
}

// Closes reports whether an order would count answers: those to the open question, or those
// given at people's own pace when the class ends. If several machines take answers, send
// [Freeze] before such an order.
func (c Class) Closes(order Command) bool {
	next, err := c.Do(order, NewBallot())
	return err == nil && !c.kept.Frozen &&
		(c.Open() != "" && next.Open() != c.kept.Open || c.OwnPace() && next.kept.Ended)
}

func (c Class) do(order Command, b *Ballot) (Class, error) {
	switch order.Verb {
	case Lock:
		c.kept.Locked = !c.kept.Locked
		return c, nil
	case SetHeadcount:
		if order.Number < 1 || order.Number > mostPeople {
			return c, fmt.Errorf("%d people: it takes 1 to %d", order.Number, mostPeople)
		}
		c.kept.Headcount = order.Number
		return c, nil
	case Freeze:
		if c.kept.Open == "" && !c.kept.OwnPace {
			return c, ErrNothing
		}
		if c.kept.Open != "" {
			c.kept.Open, c.kept.Closed = "", c.kept.Open
		}
		return c, nil
	case OwnPace:
		c = c.count(b)
		c.kept.OwnPace, c.kept.Closed = !c.kept.OwnPace, ""
		c.kept.Began, c.kept.HadOwnPace = true, c.kept.HadOwnPace || c.kept.OwnPace
		return c, nil
	case End:
		return c.count(b).finish(b), nil
	case Start:
		if c.kept.Began {
			return c, ErrNothing
		}
		c.kept.Began = true
		return c, nil
	}
	if !c.kept.Began {
		return c, ErrNothing
	}
	switch order.Verb {
	case Ask, Close, Show:
		return c.poll(order.Verb, b)
	}
	asked := c.Phase() == Counted
	if order.Verb != Blank && order.Verb != ForceBlank && order.Verb != Stop {
		c = c.count(b) // Moving on closes the question.
		c.kept.Closed = ""
	}
	var talk Talk
	var err error
	if order.Verb == Next {
		talk, err = c.next(asked)
	} else {
		talk, err = c.steer(order)
	}
	c.talk = talk
	return c, err
}

// steer moves the talk by any order except [Next].
func (c Class) steer(order Command) (Talk, error) {
	switch order.Verb {
	case Back:
		return c.talk.Back()
	case Forward:
		return c.talk.Forward()
	case WhatIf:
		return c.talk.WhatIf()
	case ComeBack:
		return c.talk.ComeBack()
	case Choose:
		return c.talk.Take(order.Number - 1)
	case Scene:
		return c.talk.GoTo(order.Text)
	case Blank:
		return c.talk.ToggleBlank(), nil
	case ForceBlank:
		return c.talk.ForceBlank(), nil
	case Stop:
		if c.talk.Phase() == Paused {
			return c.talk, ErrPaused
		}
		return c.talk.Stop(), nil
	}
	return c.talk, fmt.Errorf("no order %q", order.Verb)
}

// poll opens a question, closes it, or shows its result.
func (c Class) poll(verb Verb, b *Ballot) (Class, error) {
	q := c.Question()
	if q.Scene == "" {
		return c, ErrNothing
	}
	if _, shown := c.Result(q.Scene); shown {
		return c, ErrShown
	}
	switch verb {
	case Ask:
		if c.kept.OwnPace {
			return c, ErrNothing // At people's own pace every question is open already.
		}
		if t, ok := c.tally(q.Scene); ok && !slices.Equal(t.Options, picks(q)) {
			return c, ErrOptions // The difference between two counts would show who chose the missing option.
		}
		c.kept.Open, c.kept.Closed = q.Scene, ""
		c.kept.Tallies = without(c.kept.Tallies, q.Scene) // The old count was never shown, so it may be dropped.
	case Close:
		if c.kept.Open != q.Scene && (!c.kept.Frozen || c.kept.Closed != q.Scene) {
			return c, ErrNothing
		}
		c = c.count(b)
	case Show:
		if c.kept.Open != q.Scene && c.kept.Closed != q.Scene {
			return c, ErrNothing
		}
		if c.kept.Headcount == 0 {
			return c, ErrNoHeadcount
		}
		c = c.count(b)
		if t, ok := c.tally(q.Scene); ok {
			c.kept.Results = append(slices.Clip(c.kept.Results), t.result(c.kept.Headcount))
			c.kept.Tallies = without(c.kept.Tallies, q.Scene)
		}
	}
	return c, nil
}

// Seed sets the order of the options of every knowledge check in a class. It is the same for
// all participants, so that they can talk about "number two".
const Seed = 1
