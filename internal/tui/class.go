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

// DeskOptions describes a class that is led from this terminal.
type DeskOptions struct {
	Lesson   *lesson.Lesson
	Rules    []string                 // The school's own ground rules; nil takes the shipped ones.
	News     func() (room.View, bool) // Waits for news; false when there will be none.
	Report   func() ([]string, error) // Writes what may be kept, and returns the paths; nil where nothing can be.
	Faults   func() int               // How many sessions have failed.
	JoinInfo JoinInfo
	Notice   string                       // Shown first, or "".
	Seats    *Seats                       // Nil where seats can't be changed.
	Boosters func() []course.ClassBooster // When the class comes back, once it's over; nil for never.
	Closed   func()                       // Called when the desk is closed after the class is over; may be nil.

	// Order queues orders and returns at once. They are followed in the order of the calls;
	// within a call, none after a refused one is followed. The wait that it returns waits for
	// the result.
	Order func(...room.Command) (wait func() error)
}

// JoinInfo is how to join a class.
type JoinInfo struct {
	Pages       []string // Addresses for browsers, the best first.
	Code        string   // The join code, as shown.
	Scan        string   // The text of the code to scan.
	SSH         string   // The command for a terminal, or "".
	Fingerprint string   // The fingerprint of the SSH server's key.
	Opened      string   // Says what is open, and to whom.
	Warnings    []string // What may keep people from joining.
}

// classPanel is the panel that stands in place of the class on the desk.
type classPanel uint8

const (
	classOpen    classPanel = iota
	comingPanel             // How to join.
	scenesPanel             // A list of scenes, with a search.
	classCard               // The card for a disclosure; the room sees nothing.
	endPanel                // Asks whether to end the class.
	codePanel               // Asks whether to replace the join code.
	peoplePanel             // Asks how many people take part.
	preparePanel            // What to read before the class begins.
)

// classScreen is the facilitator's desk of a class. It shows what the room sees, how
// the room answers but never who, and the notes. It changes the class by orders only:
// the class itself is elsewhere.
type classScreen struct {
	t      DeskOptions
	see    *view.View
	view   room.View
	heard  bool
	over   bool // There will be no more news.
	panel  classPanel
	picker scenePicker
	people field // How many people take part.
	card   cardPanel
	pager  pager
	clock  clock
	said   string
	then   room.Verb // The order that waits for how many people take part, or "".
	asked  int       // How many orders have been given.
	told   int       // The last order whose failure was shown.
	wrote  []string  // Where the report was written.
}

// classNews is news of the class.
type classNews struct {
	view room.View
	ok   bool
}

// ordered is the result of orders given together; order is the last of them.
type ordered struct {
	n     int // Which of the orders it was.
	order room.Command
	err   error
}

// reported is the result of writing the report.
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

// order gives orders, queued behind earlier ones, and waits outside the loop for the
// result. After one that is refused, none of the rest is followed.
func (s classScreen) order(orders ...room.Command) (screen, request, tea.Cmd) {
	wait := s.t.Order(orders...)
	s.asked++
	n := s.asked
	return s, nil, func() tea.Msg { return ordered{n, orders[len(orders)-1], wait()} }
}

// show shows the result of a question. It first asks how many people take part, if that
// isn't known.
func (s classScreen) show() (screen, request, tea.Cmd) {
	if s.view.Class.Headcount() == 0 {
		return s.askPeople(room.Show), nil, nil
	}
	return s.order(room.Command{Verb: room.Show})
}

// askPeople asks how many people take part. Then is the order to give after that, or "".
func (s classScreen) askPeople(then room.Verb) screen {
	s.panel, s.then, s.people = peoplePanel, then, newField()
	return s
}

// sayPeople orders the typed number of people, and then the order that waited for it.
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
		// What went wrong stands until the next key. The success of a later order
		// doesn't replace it, nor does the late failure of an earlier one.
		if msg.err != nil && msg.n > s.told {
			s.said, s.told = s.refused(e, s.reason(msg)), msg.n
		}
	case seatsChanged:
		return s.changed(msg), nil, nil
	case reported:
		s.wrote, s.pager = msg.paths, pager{} // The paths stand at the top.
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

// hear takes news of the class.
func (s classScreen) hear(n classNews) (screen, request, tea.Cmd) {
	if !n.ok {
		s.over = true
		return s, nil, nil
	}
	if !s.heard || n.view.Rev != s.view.Rev {
		s.pager = pager{}
	}
	if n.view.Class.Phase() != room.Joining && s.view.Class.Phase() == room.Joining && s.panel == comingPanel {
		s.panel = classOpen // The class has begun; how to join is one key away.
	}
	s.view, s.heard = n.view, true
	return s, nil, s.wait()
}

// reason returns why an order was not followed. For an order that leads nowhere, a service may
// return no more than room.ErrNothing; giving it to the class as it is shown here says which reason.
func (s classScreen) reason(o ordered) error {
	if !errors.Is(o.err, room.ErrNothing) {
		return o.err
	}
	if _, err := s.view.Class.Do(o.order, room.NewBallot()); err != nil {
		return err
	}
	return o.err
}

// refused returns the words for why an order was not followed, or "".
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

// onward returns the order that goes on from here, the words for it, and why it leads nowhere, or "".
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
