package tui

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/view"
)

// Teaching is a class that is led from this terminal.
type Teaching struct {
	Lesson *lesson.Lesson
	Rules  []string                 // The school's own ground rules; nil takes the shipped ones.
	News   func() (room.View, bool) // Waits for news; false when there will be none.
	Report func() ([]string, error) // Writes what may be kept, and returns where; nil where nothing can be.
	Faults func() int               // How many sessions have failed.
	Coming Coming
	Notice string // What is told first, or "".
	Seats  *Seats // Nil where nothing can be done about them.

	// Order takes orders down and returns at once. They are followed in the order of the
	// calls, and of one call none after one that was refused. What it returns waits for
	// what came of these.
	Order func(...room.Command) (wait func() error)
}

// Coming is how one comes into a class.
type Coming struct {
	Pages       []string // Addresses for browsers, the best first.
	Code        string   // As it is shown.
	Scan        string   // What the code to scan says.
	SSH         string   // The command for a terminal, or "".
	Fingerprint string   // Of the key that it shows.
	Opened      string   // What is open, and to whom.
	Warnings    []string // What may be in the way.
}

// classPanel is what stands over the class on the desk.
type classPanel uint8

const (
	classOpen   classPanel = iota
	comingPanel            // How to come in.
	scenesPanel            // A list of scenes, with a search.
	classCard              // The card for a disclosure; the room sees nothing.
	endPanel               // Shall it end?
	codePanel              // Shall the join code be replaced?
	peoplePanel            // How many people take part?
)

// classScreen is the teacher's desk of a class. It shows what the room sees, what
// the room thinks and never who, the notes, and one key for everything. What it
// does goes through orders: the class itself is elsewhere.
type classScreen struct {
	t     Teaching
	p     presentScreen // Draws the pages and the list of scenes.
	view  room.View
	heard bool
	over  bool // There will be no news any more.
	panel classPanel
	said  string
	then  room.Verb // What is ordered once it was said how many take part; "" for nothing.
	asked int       // How many orders have been given.
	told  int       // The last of them that something was said about.
	wrote []string  // Where the report was written.
}

// classNews is news of the class.
type classNews struct {
	view room.View
	ok   bool
}

// ordered is what came of an order.
type ordered struct {
	n   int // Which of the orders it was.
	err error
}

// reported is what came of writing the report.
type reported struct {
	paths []string
	err   error
}

func newClass(e env, t Teaching) screen {
	words, err := e.course.RoomWords()
	see, err2 := view.New(e.course, t.Rules)
	if err := errors.Join(err, err2); err != nil {
		return troubleScreen{what: err.Error()}
	}
	begun := room.Meet(room.Begin(t.Lesson, room.Seed)) // Until there is news.
	return classScreen{t: t, said: t.Notice, panel: comingPanel, view: room.View{Class: begun},
		p: presentScreen{l: t.Lesson, see: see, words: words, input: newInput(), talk: begun.Talk(), at: -1,
			begun: time.Now(), now: time.Now}}
}

func (s classScreen) typing() bool { return s.panel == scenesPanel || s.panel == peoplePanel }

func (s classScreen) wait() tea.Cmd {
	news := s.t.News
	return func() tea.Msg {
		v, ok := news()
		return classNews{v, ok}
	}
}

// order gives orders, in their place behind those before them, and waits beside the loop
// for what comes of them. After one that is refused none of these is given.
func (s classScreen) order(orders ...room.Command) (screen, tea.Cmd) {
	wait := s.t.Order(orders...)
	s.asked++
	n := s.asked
	return s, func() tea.Msg { return ordered{n, wait()} }
}

// show shows what came of a question, and asks first how many people take part where
// that was not said.
func (s classScreen) show() (screen, tea.Cmd) {
	if s.view.Class.People() == 0 {
		return s.askPeople(room.Show), nil
	}
	return s.order(room.Command{Verb: room.Show})
}

// askPeople asks how many people take part. Then is what is ordered next.
func (s classScreen) askPeople(then room.Verb) screen {
	s.panel, s.then = peoplePanel, then
	s.p.input.Reset()
	return s
}

// sayPeople takes how many people take part.
func (s classScreen) sayPeople(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case key.Matches(press, e.keys.back):
		s.panel = classOpen
		return s, nil
	case press.String() == "enter":
		n, err := strconv.Atoi(strings.TrimSpace(s.p.input.Value()))
		if err != nil || n < 1 {
			s.said = e.words.T("desk.nonumber")
			return s, nil
		}
		orders := []room.Command{{Verb: room.People, Number: n}}
		if s.then != "" {
			orders = append(orders, room.Command{Verb: s.then})
		}
		s.panel = classOpen
		return s.order(orders...)
	}
	var cmd tea.Cmd
	s.p.input.SetWidth(max(e.column()-4, 4))
	s.p.input, cmd = s.p.input.Update(press)
	return s, cmd
}

func (s classScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if !s.heard {
			return s, s.wait()
		}
	case classNews:
		return s.hear(msg)
	case ordered:
		// What went wrong stands until the next key. That a later order was followed
		// takes nothing back, and neither does late word of an earlier one.
		if msg.err != nil && msg.n > s.told {
			s.said, s.told = s.refused(e, msg.err), msg.n
		}
	case seatsChanged:
		return s.changed(msg), nil
	case reported:
		s.wrote = msg.paths
		if msg.err != nil {
			s.said = e.words.T("desk.unwritten", "Reason", msg.err.Error())
		}
	case pick:
		if s.panel == classOpen && s.view.Class.Phase() != room.Voting {
			return s.order(room.Command{Verb: room.Choose, Number: msg.i + 1})
		}
	case tea.KeyPressMsg:
		s.said = ""
		return s.press(e, msg)
	}
	return s, nil
}

// hear takes how the class stands.
func (s classScreen) hear(n classNews) (screen, tea.Cmd) {
	if !n.ok {
		s.over = true
		return s, nil
	}
	if !s.heard || n.view.Rev != s.view.Rev {
		s.p.top = 0
	}
	if n.view.Class.Phase() != room.Joining && s.view.Class.Phase() == room.Joining && s.panel == comingPanel {
		s.panel = classOpen // It has begun; how to come in is one key away.
	}
	s.view, s.heard = n.view, true
	s.p.talk = n.view.Class.Talk()
	return s, s.wait()
}

// refused says why an order was not followed, or "".
func (s classScreen) refused(e env, err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, room.ErrMoved):
		return e.words.T("desk.moved")
	case errors.Is(err, room.ErrAsked):
		return e.words.T("desk.asked")
	case errors.Is(err, room.ErrOptions):
		return e.words.T("desk.options")
	case errors.Is(err, room.ErrPeople):
		return e.words.T("desk.nopeople")
	case errors.Is(err, room.ErrNotOver):
		return e.words.T("desk.notover")
	case errors.Is(err, room.ErrNothing), errors.Is(err, room.ErrOver):
		return e.words.T("present.nothing")
	}
	return e.words.T("desk.lost", "Reason", err.Error())
}

func (s classScreen) press(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case s.over || s.view.Class.Phase() == room.Ended:
		return s.after(e, press)
	case s.panel == scenesPanel:
		return s.search(e, press)
	case s.panel == endPanel:
		return s.confirmEnd(e, press)
	case s.panel == codePanel:
		return s.confirmCode(e, press)
	case s.panel == classCard:
		return s.card(e, press)
	case s.panel == peoplePanel:
		return s.sayPeople(e, press)
	}
	if s, cmd, ok := s.pressSeats(e, press); ok {
		return s, cmd
	}
	k := e.keys
	switch {
	case key.Matches(press, k.lock):
		return s.order(room.Command{Verb: room.Lock})
	case key.Matches(press, k.ownPace):
		return s.order(room.Command{Verb: room.Own})
	case key.Matches(press, k.people):
		return s.askPeople(""), nil
	case key.Matches(press, k.endClass):
		s.panel = endPanel
		return s, nil
	case key.Matches(press, k.card):
		s.panel, s.p.top = classCard, 0
		if s.view.Class.Phase() == room.Joining {
			return s, nil // The room sees nothing of the lesson yet.
		}
		return s.order(room.Command{Verb: room.Cover})
	case key.Matches(press, k.coming), s.panel == comingPanel && key.Matches(press, k.back):
		return s.toggleComing(), nil
	case s.view.Class.Phase() == room.Joining:
		if key.Matches(press, k.roomNext) {
			return s.order(room.Command{Verb: room.Start})
		}
		return s, nil
	}
	return s.lead(e, press)
}

// toggleComing shows how to join, or hides it; while people join it stays.
func (s classScreen) toggleComing() classScreen {
	if s.panel == comingPanel && s.view.Class.Phase() != room.Joining {
		s.panel = classOpen
	} else {
		s.panel = comingPanel
	}
	return s
}

// confirmEnd ends the class where the question after it is answered with yes.
func (s classScreen) confirmEnd(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	s.panel = classOpen
	switch {
	case key.Matches(press, e.keys.people):
		return s.askPeople(""), nil
	case key.Matches(press, e.keys.yes):
		return s.order(room.Command{Verb: room.End})
	}
	return s, nil
}

// lead leads through the lesson.
func (s classScreen) lead(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	k, phase := e.keys, s.view.Class.Phase()
	for _, o := range []struct {
		key  key.Binding
		verb room.Verb
	}{{k.roomBlank, room.Blank}, {k.roomStop, room.Stop}, {k.whatIf, room.WhatIf}, {k.comeBack, room.ComeBack},
		{k.roomBack, room.Back}, {k.roomForth, room.Forth}} {
		if key.Matches(press, o.key) {
			return s.order(room.Command{Verb: o.verb})
		}
	}
	switch {
	case key.Matches(press, k.vote):
		verb := room.Ask
		switch phase {
		case room.Voting:
			verb = room.Close
		case room.Counted:
			return s.show()
		}
		return s.order(room.Command{Verb: verb})
	case key.Matches(press, k.goTo):
		s.panel, s.p.at = scenesPanel, 0
		s.p.input.Reset()
		return s, nil
	case key.Matches(press, k.digits) && phase != room.Voting:
		return s.order(room.Command{Verb: room.Choose, Number: digit(press) + 1})
	case key.Matches(press, k.digits):
		s.said = e.words.T("desk.voting")
		return s, nil
	case key.Matches(press, k.up):
		s.p.top = max(s.p.top-1, 0)
		return s, nil
	case key.Matches(press, k.down):
		s.p.top++
		return s, nil
	case key.Matches(press, k.roomNext):
		verb, _ := s.onward(e.words)
		if verb == room.Show {
			return s.show()
		}
		return s.order(room.Command{Verb: verb})
	}
	return s, nil
}

// onward is what going on is here, and the words for it: it uncovers what is covered,
// and where the room has a question it opens it, closes it and shows what came of it.
func (s classScreen) onward(w *course.Words) (room.Verb, string) {
	c := s.view.Class
	script, next := c.Talk().Script()
	switch {
	case c.Talk().Blank():
		return room.Blank, w.T("key.next")
	case c.Own(), c.Question().Scene == "", c.Phase() == room.Shown, next < len(script):
		return room.Next, w.T("key.next")
	case c.Phase() == room.Voting:
		return room.Close, w.T("key.closevote")
	case c.Phase() == room.Counted:
		return room.Show, w.T("key.showvote")
	}
	return room.Ask, w.T("key.vote")
}

// search goes to a scene.
func (s classScreen) search(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	found := s.p.scenes()
	switch {
	case key.Matches(press, e.keys.back):
		s.panel, s.p.at = classOpen, -1
		return s, nil
	case press.String() == "enter":
		if s.p.at < len(found) {
			id := found[s.p.at].ID
			s.panel, s.p.at = classOpen, -1
			return s.order(room.Command{Verb: room.Scene, Text: id})
		}
		return s, nil
	case press.String() == "up":
		s.p.at = max(s.p.at-1, 0)
		return s, nil
	case press.String() == "down":
		s.p.at = min(s.p.at+1, max(len(found)-1, 0))
		return s, nil
	}
	var cmd tea.Cmd
	s.p.input.SetWidth(max(e.column()-4, 4))
	s.p.input, cmd = s.p.input.Update(press)
	s.p.at = min(s.p.at, max(len(s.p.scenes())-1, 0))
	return s, cmd
}

// card reads the card. The room stays covered when it is put away.
func (s classScreen) card(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	k := e.keys
	if key.Matches(press, k.up) || key.Matches(press, k.down) || key.Matches(press, k.pageUp) ||
		key.Matches(press, k.pageDown) {
		s.p.top = scroll(e, press, s.p.top, len(s.p.cardLines(e)))
		return s, nil
	}
	s.panel, s.p.top = classOpen, 0
	return s, nil
}

// after is what can be done when the class is over: the report, on request.
func (s classScreen) after(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case key.Matches(press, e.keys.report) && s.t.Report != nil && s.wrote == nil:
		write := s.t.Report
		return s, func() tea.Msg {
			paths, err := write()
			return reported{paths, err}
		}
	case key.Matches(press, e.keys.take), key.Matches(press, e.keys.back):
		return s, tea.Quit
	}
	return s, nil
}

func (s classScreen) keys(e env) []key.Binding {
	k, w := e.keys, e.words
	switch s.panel {
	case scenesPanel, peoplePanel:
		return []key.Binding{does(k.start, w.T("key.take")), k.back}
	case classCard:
		return []key.Binding{does(k.down, w.T("key.read")), k.back}
	case endPanel:
		if s.view.Class.People() == 0 {
			return []key.Binding{k.yes, k.people, k.back}
		}
		return []key.Binding{k.yes, k.back}
	case codePanel:
		return []key.Binding{k.yes, k.back}
	}
	if s.over || s.view.Class.Phase() == room.Ended {
		keys := []key.Binding{does(k.take, w.T("key.close"))}
		if s.t.Report != nil && s.wrote == nil {
			keys = append(keys, k.report)
		}
		return keys
	}
	if s.view.Class.Phase() == room.Joining {
		return append([]key.Binding{does(k.start, w.T("key.begin")), k.ownPace, k.lock, k.people, k.endClass, k.card},
			s.seatKeys(e)...)
	}
	if s.panel == comingPanel {
		return append([]key.Binding{k.back, k.lock, k.ownPace, k.people, k.endClass, k.card}, s.seatKeys(e)...)
	}
	verb, what := s.onward(w)
	next, vote := does(k.start, what), k.vote
	vote.SetEnabled((verb == room.Next || verb == room.Blank) && s.view.Class.Question().Scene != "" &&
		!s.view.Class.Own() && s.view.Class.Phase() != room.Shown)
	return append([]key.Binding{next, vote, k.coming, k.keys, k.roomBlank, k.card, k.goTo, k.roomBack, k.ownPace,
		k.lock, k.people, k.whatIf, k.comeBack, k.roomStop, k.digits, k.endClass}, s.seatKeys(e)...)
}
