package tui

import (
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// DeskOptions is a class that is led from this terminal.
type DeskOptions struct {
	Lesson   *lesson.Lesson
	Rules    []string                 // The school's own ground rules; nil takes the shipped ones.
	News     func() (room.View, bool) // Waits for news; false when there will be none.
	Report   func() ([]string, error) // Writes what may be kept, and returns where; nil where nothing can be.
	Faults   func() int               // How many sessions have failed.
	JoinInfo JoinInfo
	Notice   string                       // What is told first, or "".
	Seats    *Seats                       // Nil where nothing can be done about them.
	Boosters func() []course.ClassBooster // When the class comes back, once it's over; nil for never.
	Closed   func()                       // Is told that the desk of a class that is over was put away; or nil.

	// Order takes orders down and returns at once. They are followed in the order of the
	// calls, and of one call none after one that was refused. What it returns waits for
	// what came of these.
	Order func(...room.Command) (wait func() error)
}

// JoinInfo is how one comes into a class.
type JoinInfo struct {
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
	classOpen    classPanel = iota
	comingPanel             // How to come in.
	scenesPanel             // A list of scenes, with a search.
	classCard               // The card for a disclosure; the room sees nothing.
	endPanel                // Shall it end?
	codePanel               // Shall the join code be replaced?
	peoplePanel             // How many people take part?
	preparePanel            // What to read before it begins.
)

// classScreen is the facilitator's desk of a class. It shows what the room sees, what
// the room thinks and never who, the notes, and one key for everything. What it
// does goes through orders: the class itself is elsewhere.
type classScreen struct {
	t      DeskOptions
	see    *view.View
	view   room.View
	heard  bool
	over   bool // There will be no news any more.
	panel  classPanel
	picker scenePicker
	people field // How many people take part.
	card   cardPanel
	pager  pager
	clock  clock
	said   string
	then   room.Verb // What is ordered once it was said how many take part; "" for nothing.
	asked  int       // How many orders have been given.
	told   int       // The last of them that something was said about.
	wrote  []string  // Where the report was written.
}

// classNews is news of the class.
type classNews struct {
	view room.View
	ok   bool
}

// ordered is what came of an order.
type ordered struct {
	n     int // Which of the orders it was.
	order room.Command
	err   error
}

// reported is what came of writing the report.
type reported struct {
	paths []string
	err   error
}

func newClass(e env, t DeskOptions) screen {
	see, err := view.New(e.course, t.Rules)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	begun := room.NewClass(room.NewTalk(t.Lesson, room.Seed)) // Until there is news.
	return classScreen{t: t, said: t.Notice, panel: comingPanel, view: room.View{Class: begun}, see: see,
		people: newField(),
		card:   cardPanel{words: see.Card(), staff: e.help.Staff()}, clock: newClock()}
}

func (s classScreen) typing() bool {
	return !s.ended() && (s.panel == scenesPanel && s.picker.typing() || s.panel == peoplePanel)
}

func (s classScreen) ended() bool { return s.over || s.view.Class.Phase() == room.Ended }

func (s classScreen) wait() tea.Cmd {
	news := s.t.News
	return func() tea.Msg {
		v, ok := news()
		return classNews{v, ok}
	}
}

// order gives orders, in their place behind those before them, and waits beside the loop
// for what comes of them. After one that is refused none of these is given.
func (s classScreen) order(orders ...room.Command) (screen, request, tea.Cmd) {
	wait := s.t.Order(orders...)
	s.asked++
	n := s.asked
	return s, nil, func() tea.Msg { return ordered{n, orders[len(orders)-1], wait()} }
}

// show shows what came of a question, and asks first how many people take part where
// that was not said.
func (s classScreen) show() (screen, request, tea.Cmd) {
	if s.view.Class.Headcount() == 0 {
		return s.askPeople(room.Show), nil, nil
	}
	return s.order(room.Command{Verb: room.Show})
}

// askPeople asks how many people take part. Then is what is ordered next.
func (s classScreen) askPeople(then room.Verb) screen {
	s.panel, s.then, s.people = peoplePanel, then, newField()
	return s
}

// sayPeople takes how many people take part.
func (s classScreen) sayPeople(e env) (screen, request, tea.Cmd) {
	n, err := strconv.Atoi(strings.TrimSpace(s.people.value()))
	if err != nil || n < 1 {
		s.said = e.words.T("desk.nonumber")
		return s, nil, nil
	}
	orders := []room.Command{{Verb: room.SetHeadcount, Number: n}}
	if s.then != "" {
		orders = append(orders, room.Command{Verb: s.then})
	}
	s.panel = classOpen
	return s.order(orders...)
}

func (s classScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if !s.heard {
			return s, nil, s.wait()
		}
	case classNews:
		return s.hear(msg)
	case ordered:
		// What went wrong stands until the next key. That a later order was followed
		// takes nothing back, and neither does late word of an earlier one.
		if msg.err != nil && msg.n > s.told {
			s.said, s.told = s.refused(e, s.reason(msg)), msg.n
		}
	case seatsChanged:
		return s.changed(msg), nil, nil
	case reported:
		s.wrote, s.pager = msg.paths, pager{} // Where it is stands at the top.
		if msg.err != nil {
			s.said = e.words.T("desk.unwritten", "Reason", msg.err.Error())
		}
	case pick:
		if s.panel == classOpen && s.view.Class.Phase() != room.Voting {
			return s.order(room.Command{Verb: room.Choose, Number: msg.i + 1})
		}
	}
	return s, nil, nil
}

// hear takes how the class stands.
func (s classScreen) hear(n classNews) (screen, request, tea.Cmd) {
	if !n.ok {
		s.over = true
		return s, nil, nil
	}
	if !s.heard || n.view.Rev != s.view.Rev {
		s.pager = pager{}
	}
	if n.view.Class.Phase() != room.Joining && s.view.Class.Phase() == room.Joining && s.panel == comingPanel {
		s.panel = classOpen // It has begun; how to come in is one key away.
	}
	s.view, s.heard = n.view, true
	return s, nil, s.wait()
}

// reason is why an order was not followed. A service says of an order that leads nowhere no
// more than that it does; which of the reasons it is, the class itself says.
func (s classScreen) reason(o ordered) error {
	if !errors.Is(o.err, room.ErrNothing) {
		return o.err
	}
	if _, err := s.view.Class.Do(o.order, room.NewBallot()); err != nil {
		return err
	}
	return o.err
}

// refused says why an order was not followed, or "".
func (s classScreen) refused(e env, err error) string {
	w := e.words
	for _, known := range []struct {
		err   error
		words string
	}{
		{room.ErrConflict, "desk.moved"}, {room.ErrShown, "desk.asked"}, {room.ErrOptions, "desk.options"},
		{room.ErrNoHeadcount, "desk.nopeople"}, {room.ErrNotOver, "desk.notover"}, {room.ErrLast, "off.last"},
		{room.ErrFirst, "off.top"}, {room.ErrNoForward, "off.noforward"}, {room.ErrNoChoice, "off.nochoice"},
		{room.ErrNotTold, "off.over"}, {room.ErrNoWhatIf, "off.nowhatif"}, {room.ErrNoWay, "off.noway"},
		{room.ErrPaused, "off.paused"},
	} {
		if errors.Is(err, known.err) {
			return w.T(known.words)
		}
	}
	switch {
	case err == nil:
		return ""
	case errors.Is(err, room.ErrChoose) && s.view.Class.Phase() == room.Shown:
		return w.T("desk.choose", "Count", s.ways())
	case errors.Is(err, room.ErrChoose):
		return w.T("desk.way", "Count", s.ways())
	case errors.Is(err, room.ErrNothing), errors.Is(err, room.ErrOver):
		return w.T("present.nothing")
	}
	return w.T("desk.lost", "Reason", err.Error())
}

// ways returns how many ways can be taken by their number.
func (s classScreen) ways() int {
	t := s.view.Class.Talk()
	if t.Phase() != room.Story {
		return 0
	}
	if run := t.Run(); run.Turn() == play.Go {
		return len(run.Open())
	}
	return len(room.QuestionOf(t.Run()).Options)
}

// onward is what going on is here, the words for it, and why it leads nowhere, or "".
func (s classScreen) onward(e env) (verb room.Verb, words, why string) {
	verb, err := s.view.Onward()
	words = e.words.T("key.next")
	switch verb {
	case room.Blank:
		words = e.words.T("key.uncover")
	case room.Ask:
		words = e.words.T("key.vote")
	case room.Close:
		words = e.words.T("key.closevote")
	case room.Show:
		words = e.words.T("key.showvote")
	case room.Next:
		if i, ok := s.view.Class.Lead(); ok && s.view.Class.Talk().Run().Turn() == play.Choose {
			words = e.words.T("key.mostway", "Number", i+1)
		}
	}
	return verb, words, s.refused(e, err)
}
