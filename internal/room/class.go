package room

import (
	"errors"
	"fmt"
	"slices"

	"wayout/internal/play"
)

// ClassPhase is how far a class has come.
type ClassPhase uint8

// The phases of a class.
const (
	Joining ClassPhase = iota // Seats are taken; the story has not begun.
	Telling                   // The lead shows the story.
	Voting                    // A question is open; an answer may still be changed.
	Counted                   // The question is closed, and nobody has seen what came of it.
	Shown                     // Everybody sees what the room thinks.
	Ended                     // It is over, and nothing is left.
)

// Class is a lesson that many take at the same time: what the lead has decided.
// Who sits in it, and who thinks what, is a [Ballot]. It is a value: [Class.Do]
// returns a new one.
type Class struct {
	talk       Talk
	began      bool
	locked     bool // Nobody may join any more.
	ownPace    bool // Everybody goes at their own pace.
	hadOwnPace bool // They have at some time.
	frozen     bool // No answer is taken until the next order: they are about to be counted.
	ended      bool
	headcount  int      // How many people take part, as the facilitator has said; 0 until then.
	open       string   // The question that can be answered now, or "".
	closed     string   // The question that was closed last, or "".
	results    []Result // Of the questions that were shown, each once and for good.
	tallies    []tally  // Of those that were closed and not shown.
	sum        *summary // Of a class that is over; see [Class.Report].
}

// Verbs of a class, besides those of a script.
const (
	Start        Verb = "start"    // From joining to the ground rules.
	Next         Verb = "next"     // As [Talk.Next].
	Back         Verb = "back"     // As [Talk.Back].
	Forward      Verb = "forth"    // As [Talk.Forward].
	WhatIf       Verb = "whatif"   // As [Talk.WhatIf].
	ComeBack     Verb = "comeback" // As [Talk.ComeBack].
	ForceBlank   Verb = "cover"    // As [Talk.Cover].
	Stop         Verb = "stop"     // As [Talk.Stop].
	Lock         Verb = "lock"     // Let nobody join any more, or let them again.
	OwnPace      Verb = "own"      // Everybody at their own pace, or together again.
	SetHeadcount Verb = "people"   // Say how many people take part.
	Ask          Verb = "ask"      // Open the question that stands here.
	Freeze       Verb = "shut"     // Take no more answers; what comes next counts those there are.
	Close        Verb = "close"    // Close the question and count it.
	Show         Verb = "show"     // Show what the room thinks; for good.
	End          Verb = "end"      // The class is over.
)

// Errors of an order that can't be followed. ErrConflict is for those who carry orders:
// the class has changed under one, and whoever gave it has to look first.
var (
	ErrShown       = errors.New("this question was shown already")
	ErrOver        = errors.New("the class is over")
	ErrNotOver     = errors.New("there is no report before the class is over")
	ErrOptions     = errors.New("this question was asked with other answers to choose from")
	ErrNoHeadcount = errors.New("nobody has said yet how many people take part")
	ErrConflict    = errors.New("somebody else gave an order at the same moment")
)

// mostPeople is how many may be said to take part: an assembly.
const mostPeople = 9999

// NewClass returns a class before anybody has come in.
func NewClass(t Talk) Class { return Class{talk: t} }

// Question is what a room can be asked where the lead stands now.
type Question struct {
	Scene   string // The id of the scene; a scene asks at most one thing.
	Asks    string // The words of the question, or "" where the lesson has none of its own.
	Options []Option
}

// Option is one thing that can be answered.
type Option struct {
	Pick  int    // Index of a choice or an answer as it stands in the file, or [play.Unsure].
	Words string // "" for [play.Unsure], whose words are the interface's.
}

// QuestionOf returns what a run can be asked now; its Scene is "" where there is
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

// Question returns what the room can be asked now, with its Scene "" where the
// page holds no question.
func (c Class) Question() Question {
	if k := c.talk.Slide().Kind; c.talk.Phase() != Story || k != Choices && k != Quiz {
		return Question{}
	}
	return QuestionOf(c.talk.Run())
}

// Talk returns what the lead shows.
func (c Class) Talk() Talk { return c.talk }

// Locked reports whether nobody may join any more.
func (c Class) Locked() bool { return c.locked || c.ended }

// OwnPace reports whether everybody goes at their own pace.
func (c Class) OwnPace() bool { return c.ownPace && !c.ended }

// Phase returns how far the class has come.
func (c Class) Phase() ClassPhase {
	q := c.Question().Scene
	switch {
	case c.ended:
		return Ended
	case !c.began:
		return Joining
	case c.open != "":
		return Voting
	case q == "":
		return Telling
	}
	if _, ok := c.Result(q); ok {
		return Shown
	}
	if c.closed == q {
		return Counted
	}
	return Telling
}

// Open returns the id of the scene whose question can be answered now, or "".
func (c Class) Open() string {
	if c.ended {
		return ""
	}
	return c.open
}

// Result returns what was shown about a scene's question.
func (c Class) Result(scene string) (Result, bool) {
	i := slices.IndexFunc(c.results, func(r Result) bool { return r.Scene == scene })
	if i < 0 {
		return Result{}, false
	}
	return c.results[i], true
}

// Results returns everything that was shown, in its order.
func (c Class) Results() []Result { return c.results }

// Headcount returns how many people take part, as the facilitator has said; 0 until
// then.
func (c Class) Headcount() int { return c.headcount }

// Takes reports whether a seat's answer to a scene's question is taken now: while
// the lead has it open, and never once it was shown, for a second picture of the same
// answers could be held against the first.
func (c Class) Takes(scene string) bool {
	_, shown := c.Result(scene)
	return scene != "" && c.Open() == scene && !shown
}

// TakesRuns reports whether what somebody does at their own pace is taken now.
func (c Class) TakesRuns() bool { return c.OwnPace() && !c.frozen }

// Do follows an order of the lead. The ballot is what is counted where the order
// closes a question or ends the class. The error is [ErrNothing], [ErrShown],
// [ErrOver], [ErrOptions], [ErrNoHeadcount], or says what is not there; then the class is as it was.
func (c Class) Do(order Command, b *Ballot) (Class, error) {
	if c.ended {
		return c, ErrOver
	}
	next, err := c.do(order, b)
	if err != nil {
		return c, err
	}
	next.frozen = order.Verb == Freeze
	return next, nil
}

// Closes reports whether an order would have answers counted: of the open question,
// or at the end of a class that goes at its own pace. Where several machines take
// answers, [Freeze] comes before such an order.
func (c Class) Closes(order Command) bool {
	next, err := c.Do(order, NewBallot())
	return err == nil && !c.frozen && (c.Open() != "" && next.Open() != c.open || c.OwnPace() && next.ended)
}

func (c Class) do(order Command, b *Ballot) (Class, error) {
	switch order.Verb {
	case Lock:
		c.locked = !c.locked
		return c, nil
	case SetHeadcount:
		if order.Number < 1 || order.Number > mostPeople {
			return c, fmt.Errorf("%d people: it takes 1 to %d", order.Number, mostPeople)
		}
		c.headcount = order.Number
		return c, nil
	case Freeze:
		if c.open == "" && !c.ownPace {
			return c, ErrNothing
		}
		if c.open != "" {
			c.open, c.closed = "", c.open
		}
		return c, nil
	case OwnPace:
		c = c.count(b)
		c.ownPace, c.closed = !c.ownPace, ""
		c.began, c.hadOwnPace = true, c.hadOwnPace || c.ownPace
		return c, nil
	case End:
		return c.count(b).finish(b), nil
	case Start:
		if c.began {
			return c, ErrNothing
		}
		c.began = true
		return c, nil
	}
	if !c.began {
		return c, ErrNothing
	}
	switch order.Verb {
	case Ask, Close, Show:
		return c.poll(order.Verb, b)
	}
	if order.Verb != Blank && order.Verb != ForceBlank && order.Verb != Stop {
		c = c.count(b) // Whoever goes on has closed the question.
		c.closed = ""
	}
	talk, err := c.steer(order)
	c.talk = talk
	return c, err
}

// steer moves the talk.
func (c Class) steer(order Command) (Talk, error) {
	switch order.Verb {
	case Next:
		return c.talk.Follow()
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
		return c.talk.Stop(), nil
	}
	return c.talk, fmt.Errorf("no order %q", order.Verb)
}

// poll opens a question, closes it, and shows what came of it.
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
		if c.ownPace {
			return c, ErrNothing // It is open to everybody as it is.
		}
		if t, ok := c.tally(q.Scene); ok && !slices.Equal(t.Options, picks(q)) {
			return c, ErrOptions // Whose answer is missing now, has chosen what is missing.
		}
		c.open, c.closed = q.Scene, ""
		c.tallies = without(c.tallies, q.Scene) // It is counted anew; nobody has seen it.
	case Close:
		if c.open != q.Scene && (!c.frozen || c.closed != q.Scene) {
			return c, ErrNothing
		}
		c = c.count(b)
	case Show:
		if c.open != q.Scene && c.closed != q.Scene {
			return c, ErrNothing
		}
		if c.headcount == 0 {
			return c, ErrNoHeadcount
		}
		c = c.count(b)
		if t, ok := c.tally(q.Scene); ok {
			c.results = append(slices.Clip(c.results), t.result(c.headcount))
			c.tallies = without(c.tallies, q.Scene)
		}
	}
	return c, nil
}

// Seed orders the answers of the checks, the same for everybody in a class, so
// that they can be talked about by their numbers.
const Seed = 1
