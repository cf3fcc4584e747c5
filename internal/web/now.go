package web

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// now is the page of a seat: what is told, and what can be done about it.
type now struct {
	frame
	Title, Note, Goal, Focus, Behind string

	Ended, Waiting, Covered bool
	Coming                  Coming
	Scan                    *Square
	In, Answered, People    int
	Everybody, Late         bool

	Rules  []string
	Before string

	Told, Models, Earlier []told
	Question, Scene       string
	Options               []option
	Votes, Counted        bool // The question can be answered; it was closed.
	Picked                bool // This seat has.
	Result                *result
	SayWho                string
	Explained             []why
	Lead                  string // What is said above the explanations.

	Own, First bool
	Turn       string // "choose", "go", "answer", "say" or "end".
	At         int    // How many moves were made.
	Onward     string
	CanUndo    bool
	Signs      []marked
	Key        []lesson.Para
	Path       []taken
	Six        []string
}

type option struct {
	Pick   int
	Words  string
	Picked bool
}

// why explains one answer of a check.
type why struct {
	Words         string
	Right, Picked bool
	Why           []lesson.Para
}

// marked is a message, and what is off about it.
type marked struct {
	told
	Found []sign
}

type sign struct {
	Name string
	Why  []lesson.Para
}

// taken is one choice of the way through.
type taken struct {
	Taken, Rating string
	Others        []string
}

// now lays out what a seat sees.
func (k *Class) now(v room.View, c Coming) now {
	talk := v.Class.Talk()
	l := talk.Run().Lesson()
	n := now{frame: frame{Lang: k.course.Lang, Form: k.form, Wall: v.Mark.Wall}, Title: l.Title, Note: l.Note, Goal: l.Goal, Focus: l.Focus,
		In: v.In, Answered: v.Answered, People: v.Class.People(), Everybody: v.Everybody, Late: v.Late}
	if v.Mark.Wall && v.Class.Phase() == room.Joining && !v.Class.Locked() && c.Code != "" {
		n.Coming, n.Scan = c, square(c.Scan)
	}
	switch {
	case v.Class.Phase() == room.Ended:
		n.Ended, n.Calm = true, []string{k.room.Out, k.room.Calm}
	case v.Class.Phase() == room.Joining:
		n.Waiting = true
	case talk.Blank():
		n.Covered = true
	case v.Class.Own() && !v.Mark.Wall:
		k.own(&n, v.Mark.Run(l, room.Seed))
	default:
		k.together(&n, v, talk)
	}
	return n
}

// together lays out what the lead shows to everybody.
func (k *Class) together(n *now, v room.View, talk room.Talk) {
	switch talk.Phase() {
	case room.Rules:
		n.Rules, n.Before = k.room.Rules, k.room.Before
		return
	case room.Out:
		n.Calm = []string{k.room.Out}
		return
	case room.Calm:
		n.Calm = []string{k.room.Calm}
		return
	case room.Paused:
		n.Calm = []string{k.room.Paused, k.room.Calm}
		return
	}
	run, page := talk.Run(), talk.Page()
	for _, i := range page.Beats {
		if t, ok := k.told(run, run.Beats()[i]); ok {
			n.Told = append(n.Told, t)
		}
	}
	switch page.Kind {
	case room.Choices, room.Quiz:
		k.asks(n, v)
	case room.Line:
		n.SayWho = run.Scene().Rehearsal.Who
	case room.Models:
		n.Told, n.Models = nil, k.models(run)
	case room.Explained:
		n.Told, n.Explained = nil, k.explained(run, noPick)
	}
}

// noPick is no option at all.
const noPick = -2

// asks lays out the question that the lead has come to.
func (k *Class) asks(n *now, v room.View) {
	q := v.Class.Question()
	n.Scene = q.Scene
	if n.Question = q.Asks; n.Question == "" {
		n.Question = k.words.T("player.what", "Who", n.Focus)
	}
	pick, ok := v.Pick(q.Scene)
	n.Picked = ok
	for _, o := range q.Options {
		n.Options = append(n.Options, option{o.Pick, k.option(q, o.Pick), ok && o.Pick == pick})
	}
	switch v.Class.Phase() {
	case room.Voting:
		n.Votes = true
	case room.Counted:
		n.Counted = true
	case room.Shown:
		if r, ok := v.Class.Result(q.Scene); ok {
			n.Result = k.result(q, r)
		}
	}
}

func (k *Class) models(run play.Run) []told {
	var all []told
	for _, m := range run.Scene().Rehearsal.Models {
		all = append(all, told{Kind: "message", Who: m.Who, Own: true, Line: m.Text[0].Spans})
	}
	return all
}

func (k *Class) explained(run play.Run, pick int) []why {
	var all []why
	for _, i := range run.Order() {
		o := run.Scene().Check.Options[i]
		all = append(all, why{o.String(), o.Right, i == pick, o.Why})
	}
	return all
}

// own lays out a run at the seat's own pace: what the last move has brought, what
// came before it to look up, and what can be done now.
func (k *Class) own(n *now, run play.Run) {
	l, beats := run.Lesson(), run.Beats()
	n.Own, n.At, n.First = true, len(run.Moves()), len(run.Moves()) == 0
	n.CanUndo = len(run.Turns()) > 0
	since := 0
	for i, b := range beats {
		if b.Choice != nil || b.Move != nil {
			since = i
		}
	}
	question, _ := run.Scene().Question()
	for i, b := range beats {
		if question != nil && b.Block != nil && b.Step == run.Step() && b.Block.Pos == question.Pos && run.Turn() != play.Go {
			continue // It stands with what can be done.
		}
		t, ok := k.told(run, b)
		switch {
		case !ok:
		case i < since:
			n.Earlier = append(n.Earlier, t)
		default:
			n.Told = append(n.Told, t)
		}
	}
	n.Before = ""
	if len(n.Earlier) > 0 {
		n.Before = "1"
	}
	k.moved(n, run)
	k.turn(n, run, question)
	for _, m := range run.Messages() {
		t := marked{told: told{Who: m.Who, Line: m.Text[0].Spans}}
		for _, i := range m.Signs {
			name, _ := k.course.SignName(l.Signs[i].Kind)
			t.Found = append(t.Found, sign{name, l.Signs[i].Why})
		}
		n.Signs = append(n.Signs, t)
	}
}

// moved lays out what an answer or a skipped line has brought.
func (k *Class) moved(n *now, run play.Run) {
	moves, beats := run.Moves(), run.Beats()
	if len(moves) == 0 || beats[len(beats)-1].Move == nil {
		return
	}
	switch last := moves[len(moves)-1]; last.Turn {
	case play.Say:
		n.Models = k.models(run)
	case play.Answer:
		n.Explained = k.explained(run, last.Pick)
		id := "check.notyet"
		if last.Pick == play.Unsure {
			id = "check.unsurefine"
		} else if run.Scene().Check.Options[last.Pick].Right {
			id = "check.right"
		}
		n.Lead = k.words.T(id)
	}
}

// turn lays out what can be done.
func (k *Class) turn(n *now, run play.Run, question *lesson.Block) {
	l := run.Lesson()
	n.Turn = [...]string{"choose", "go", "answer", "say", "end"}[run.Turn()]
	q := room.QuestionOf(run)
	for _, o := range q.Options {
		n.Options = append(n.Options, option{Pick: o.Pick, Words: k.option(q, o.Pick)})
	}
	if n.Question = q.Asks; n.Question == "" {
		n.Question = k.words.T("player.what", "Who", l.Focus)
	}
	switch run.Turn() {
	case play.Go:
		n.Onward = run.Scene().Onward.String()
	case play.Say:
		n.SayWho = run.Scene().Rehearsal.Who
	case play.End:
		k.debrief(n, run)
	}
}

func (k *Class) debrief(n *now, run play.Run) {
	o, l := run.Outcome(), run.Lesson()
	n.Key, n.Behind = o.Key, l.Behind
	for _, s := range o.Path {
		t := taken{Taken: s.Taken.String(), Rating: k.words.T("plain." + s.Taken.Rating.String())}
		for _, other := range s.Open {
			t.Others = append(t.Others, k.words.T("debrief.instead", "Choice", other.String()))
		}
		n.Path = append(n.Path, t)
	}
	if l.Threatens() {
		n.Six = slices.Clone(k.six.Moves)
	}
}
