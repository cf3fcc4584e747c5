package view

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// Role is whose screen of a class it is.
type Role uint8

// The roles in a class.
const (
	Participant Role = iota // A young person with a seat.
	Projector               // A seat that everyone in the room sees.
	Facilitator             // The adult who leads.
)

// Class returns what a role is shown of a class. The seat in c must be that of the
// participant or the projector; a facilitator has none. Renderers pass Participant for every
// seat; Class treats the seat of a projector as Projector.
func (v *View) Class(c room.View, as Role) []Item {
	if as == Participant && c.Seat.Projector {
		as = Projector
	}
	all := v.screen(c, as)
	if as != Facilitator || c.Class.Phase() == room.Ended {
		return all
	}
	all = append([]Item{v.Standing(c)}, all...)
	if c.Class.Phase() == room.Joining {
		return append(all, v.Prepare(c.Class.Talk().Run().Lesson()))
	}
	return append(all, v.Beside(c.Class.Talk())...)
}

// screen returns what everyone in the room sees, in the form for one role.
func (v *View) screen(c room.View, as Role) []Item {
	t := c.Class.Talk()
	title := Title{Text: t.Run().Lesson().Title, Story: c.Class.Phase() != room.Joining}
	switch {
	case c.Class.Phase() == room.Ended:
		last := []string{v.room.Out, v.closing(t.Run().Lesson())}
		return []Item{Over{v.words.T("class.over"), last, v.words.T("class.bye")}}
	case c.Class.Phase() == room.Joining:
		return []Item{title, v.lobby(c, as)}
	case t.Blank() && as == Facilitator:
		// The facilitator goes on reading while the room's screens are blank.
		return append([]Item{Blanked{v.words.T("present.blank")}, title}, v.shown(t, v.poll(c, as))...)
	case t.Blank():
		return []Item{v.blanked()}
	case c.Class.OwnPace() && as == Participant:
		own := OwnPace{Words: v.words.T("class.alone")}
		if c.Late {
			own.Status = v.words.T("class.late")
		}
		return v.counted([]Item{title, own}, c, as)
	}
	all := append([]Item{title}, v.shown(t, v.poll(c, as))...)
	if _, asks := all[len(all)-1].(Question); asks {
		return v.counted(all, c, as)
	}
	return all
}

// Earlier returns what everyone was shown n slides before the present one, for a
// participant who reads back. It reports false if there is no such slide, while the
// facilitator shows no slide, and for a projector.
func (v *View) Earlier(c room.View, n int) ([]Item, bool) {
	t, ok := c.Class.Talk().Before(n)
	if phase := c.Class.Phase(); !ok || n == 0 || phase == room.Joining || phase == room.Ended || t.Blank() ||
		c.Class.OwnPace() || c.Seat.Projector {
		return nil, false
	}
	q := v.question(room.QuestionOf(t.Run()), t.Run().Lesson(), t.Run().Turn() == play.Answer)
	q.State = Unasked
	return append([]Item{Title{t.Run().Lesson().Title, true}}, v.shown(t, q)...), true
}

// counted appends how many people the facilitator has counted, so that everyone can check
// the number. The facilitator already has it in [Standing].
func (v *View) counted(all []Item, c room.View, as Role) []Item {
	if n := c.Class.Headcount(); n > 0 && as != Facilitator {
		return append(all, Headcount{v.words.T("class.people", "Count", n)})
	}
	return all
}

func (v *View) lobby(c room.View, as Role) Lobby {
	if as == Participant {
		l := c.Class.Talk().Run().Lesson()
		return Lobby{Words: v.words.T("class.waiting"), Note: l.Note, Pass: v.words.T("class.pass"), In: -1}
	}
	return Lobby{Words: v.words.T("class.gather"), Join: !c.Class.Locked(), In: c.In}
}

// poll returns the question of the present scene, as a role sees it.
func (v *View) poll(c room.View, as Role) Question {
	run := c.Class.Talk().Run()
	asked := c.Class.Question()
	q := v.question(asked, run.Lesson(), run.Turn() == play.Answer)
	pick, picked := c.Pick(asked.Scene)
	if picked = picked && as == Participant; picked {
		for i := range q.Options {
			q.Options[i].Picked = q.Options[i].Pick == pick
		}
	}
	w := v.words
	switch c.Class.Phase() {
	case room.Voting:
		q.State = Watch
		switch {
		case as == Projector:
			q.Status = w.T("class.voteprojector") + " " + v.progress(c)
		case as == Facilitator: // The progress is in Standing.
		case c.Late:
			q.State, q.Status = Open, w.T("class.late")
		case picked:
			q.State, q.Status = Open, w.T("class.yours", "Answer", v.PickWords(asked, pick))+" "+w.T("class.taken")
		default:
			q.State, q.Status = Open, w.T("class.vote")
		}
	case room.Counted:
		q.State, q.Status = Closed, w.T("class.closed")
	case room.Shown:
		if r, ok := c.Class.Result(asked.Scene); ok {
			result := v.Result(asked, r)
			q.State, q.Result = Shown, &result
		}
	default:
		q.State = Unasked
	}
	return q
}

// progress says how many have answered, in steps that don't show who has just answered.
func (v *View) progress(c room.View) string {
	switch {
	case c.AllAnswered:
		return v.words.T("class.everybody")
	case c.Answered > 0:
		return v.words.T("class.answered", "Count", c.Answered)
	}
	return v.words.T("class.first")
}

// Result returns what everyone may see of the answers to a question.
func (v *View) Result(q room.Question, r room.Result) Result {
	out := Result{Head: v.words.T("class.result")}
	switch r.Kind {
	case room.Hidden:
		out.Words = v.words.T("class.hidden")
	case room.Most:
		out.Words = v.words.T("class.most", "Answer", v.PickWords(q, r.Most))
	case room.Bars:
		of := 1
		for _, g := range r.Groups {
			of = max(of, g.Count)
		}
		for _, g := range r.Groups {
			var words []string
			for _, pick := range g.Options {
				words = append(words, v.PickWords(q, pick))
			}
			out.Bars = append(out.Bars, Bar{strings.Join(words, v.words.T("class.or")), g.Count, of})
		}
	}
	return out
}

// Standing returns how a class stands, for its facilitator.
func (v *View) Standing(c room.View) Standing {
	w := v.words
	parts := []string{w.T("class.in", "Count", c.In)}
	if n := c.Class.Headcount(); n > 0 {
		parts[0] = w.T("desk.inof", "In", c.In, "Count", n)
	}
	if c.Class.Locked() {
		parts = append(parts, w.T("desk.locked"))
	}
	if c.Seats > 0 && c.Taken >= c.Seats {
		parts = append(parts, w.T("desk.full"))
	}
	if c.Idle > 0 {
		parts = append(parts, w.T("desk.idle", "Count", c.Idle))
	}
	switch {
	case c.Class.OwnPace():
		parts = append(parts, w.T("desk.own"))
	case c.Class.Phase() == room.Voting:
		parts = append(parts, w.T("desk.open"), v.progress(c))
	case c.Class.Phase() == room.Counted:
		parts = append(parts, w.T("class.closed"))
	case c.Class.Phase() == room.Shown:
		parts = append(parts, w.T("desk.shown"))
	case c.Class.Question().Scene != "":
		parts = append(parts, w.T("desk.ask"))
	}
	if p := c.Class.Phase(); c.TooFew() && c.Class.Question().Scene != "" && !c.Class.OwnPace() && p != room.Shown {
		parts = append(parts, w.T("desk.toofew"))
	}
	out := Standing{Parts: parts}
	if n := c.ExtraSeats(); n > 0 {
		out.Warnings = append(out.Warnings, w.T("desk.beyond", "Count", n))
	}
	if n := c.Guesses; n > 0 {
		out.Warnings = append(out.Warnings, w.T("desk.guesses", "Count", n))
	}
	return out
}

// Alone is what a participant is shown of a run at their own pace, on one page.
type Alone struct {
	Earlier []Item   // What was shown before the last action.
	Told    []Item   // What the last action has led to.
	Marks   []Marked // Every message so far, with its warning signs.
	Turn    Item     // What can be done now.
	After   []Item   // The debrief; nil before the end.
	Actions int      // How many actions were taken.
	CanUndo bool     // There is a choice to go back to.
}

// Marked is a message with the warning signs in it.
type Marked struct {
	Message Item   // A message, an event or speech, with its writer or speaker.
	Signs   []Sign // May be empty.
	None    string // What to say if Signs is empty.
}

// Alone returns a participant's run at their own pace.
func (v *View) Alone(run play.Run) Alone {
	out := Alone{Actions: len(run.Actions()), CanUndo: len(run.Turns()) > 0, Turn: v.Turn(run)}
	since := 0
	for i, b := range run.Beats() {
		if b.Choice != nil || b.Action != nil {
			since = i
		}
	}
	out.Earlier = unrated(v.beats(run, 0, since))
	if out.Actions == 0 {
		l := run.Lesson()
		for i := range l.Cover {
			out.Told = append(out.Told, opening(l, []int{i}))
		}
		out.Told = append(out.Told, Intro{l.Goal, l.Note, v.words.T("class.pass")})
	}
	out.Told = append(out.Told, unrated(v.beats(run, since, len(run.Beats())))...)
	if it := v.brought(run); it != nil {
		out.Told = append(out.Told, it)
	}
	if run.Turn() == play.End {
		out.After = v.Debrief(run)
	}
	for _, m := range run.Messages() {
		marked := Marked{Message: v.Markable(m), None: v.words.T("spot.none")}
		for _, i := range m.Signs {
			name, _ := v.course.SignName(run.Lesson().Signs[i].Kind)
			marked.Signs = append(marked.Signs, Sign{Name: name, Why: run.Lesson().Signs[i].Why})
		}
		out.Marks = append(out.Marks, marked)
	}
	return out
}

// Markable returns a message, an event or speech as an entry of a list in which each
// names its writer or speaker.
func (v *View) Markable(b *lesson.Block) Item {
	if b.Kind == lesson.Speech {
		return Speech{Key: Key{b}, Who: b.Who, Text: b.Text[0].Spans}
	}
	it := v.message(&lesson.Lesson{}, 0, b, true)
	switch it := it.(type) {
	case Message:
		it.Own = false
		return it
	case Event:
		it.Own = false
		return it
	}
	return it
}

// unrated returns the items without the ratings of choices, and without [Typing].
func unrated(items []Item) []Item {
	var all []Item
	for _, it := range items {
		switch it := it.(type) {
		case Typing:
		case Chosen:
			it.Rating = lesson.Neutral
			all = append(all, it)
		default:
			all = append(all, it)
		}
	}
	return all
}
