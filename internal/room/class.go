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
	talk    Talk
	began   bool
	locked  bool // Nobody may join any more.
	own     bool // Everybody goes at their own pace.
	ended   bool
	open    string   // The question that can be answered now, or "".
	closed  string   // The question that was closed last, or "".
	results []Result // Of the questions that were shown, each once and for good.
}

// Verbs of a class, besides those of a script.
const (
	Start    Verb = "start"    // From joining to the ground rules.
	Next     Verb = "next"     // As [Talk.Next].
	Back     Verb = "back"     // As [Talk.Back].
	Forth    Verb = "forth"    // As [Talk.Forward].
	WhatIf   Verb = "whatif"   // As [Talk.WhatIf].
	ComeBack Verb = "comeback" // As [Talk.ComeBack].
	Cover    Verb = "cover"    // As [Talk.Cover].
	Stop     Verb = "stop"     // As [Talk.Stop].
	Lock     Verb = "lock"     // Let nobody join any more, or let them again.
	Own      Verb = "own"      // Everybody at their own pace, or together again.
	Ask      Verb = "ask"      // Open the question that stands here.
	Close    Verb = "close"    // Close it.
	Show     Verb = "show"     // Show what the room thinks; for good.
	End      Verb = "end"      // The class is over.
)

// Errors of an order that can't be followed.
var (
	ErrAsked = errors.New("this question was shown already")
	ErrOver  = errors.New("the class is over")
)

// Meet returns a class before anybody has come in.
func Meet(t Talk) Class { return Class{talk: t} }

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
	if k := c.talk.Page().Kind; c.talk.Phase() != Story || k != Choices && k != Quiz {
		return Question{}
	}
	return QuestionOf(c.talk.Run())
}

// Talk returns what the lead shows.
func (c Class) Talk() Talk { return c.talk }

// Locked reports whether nobody may join any more.
func (c Class) Locked() bool { return c.locked || c.ended }

// Own reports whether everybody goes at their own pace.
func (c Class) Own() bool { return c.own && !c.ended }

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

// Takes reports whether a seat's answer to a scene's question is taken now: while
// the lead has it open, or at any time where everybody goes at their own pace;
// never once it was shown, for a second picture of the same answers could be held
// against the first.
func (c Class) Takes(scene string) bool {
	if _, shown := c.Result(scene); shown || c.ended || !c.began {
		return false
	}
	return c.own || c.open == scene
}

// Do follows an order of the lead. Counts returns how many seats have given each
// answer to a scene's question. The error is [ErrNothing], [ErrAsked], [ErrOver],
// or says what is not there.
func (c Class) Do(order Command, counts func(Question) []int) (Class, error) {
	if c.ended {
		return c, ErrOver
	}
	switch order.Verb {
	case Lock:
		c.locked = !c.locked
		return c, nil
	case Own:
		c.own, c.open = !c.own, ""
		c.began = true
		return c, nil
	case End:
		c.ended, c.open = true, ""
		return c, nil
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
		return c.poll(order.Verb, counts)
	}
	talk, err := c.steer(order)
	if err != nil {
		return c, err
	}
	if order.Verb != Blank && order.Verb != Cover && order.Verb != Stop {
		c.open, c.closed = "", "" // Whoever goes on has closed the question.
	}
	c.talk = talk
	return c, nil
}

// steer moves the talk.
func (c Class) steer(order Command) (Talk, error) {
	switch order.Verb {
	case Next:
		return c.talk.Follow()
	case Back:
		return c.talk.Back()
	case Forth:
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
	case Cover:
		return c.talk.Cover(), nil
	case Stop:
		return c.talk.Stop(), nil
	}
	return c.talk, fmt.Errorf("no order %q", order.Verb)
}

// poll opens a question, closes it, and shows what came of it.
func (c Class) poll(verb Verb, counts func(Question) []int) (Class, error) {
	q := c.Question()
	if q.Scene == "" {
		return c, ErrNothing
	}
	if _, shown := c.Result(q.Scene); shown {
		return c, ErrAsked
	}
	switch verb {
	case Ask:
		if c.own {
			return c, ErrNothing // It is open to everybody as it is.
		}
		c.open, c.closed = q.Scene, ""
	case Close:
		if c.open != q.Scene {
			return c, ErrNothing
		}
		c.open, c.closed = "", q.Scene
	case Show:
		if c.open != q.Scene && c.closed != q.Scene {
			return c, ErrNothing
		}
		c.open, c.closed = "", q.Scene
		c.results = append(slices.Clip(c.results), Suppress(q, counts(q)))
	}
	return c, nil
}

// Seed orders the answers of the checks, the same for everybody in a class, so
// that they can be talked about by their numbers.
const Seed = 1
