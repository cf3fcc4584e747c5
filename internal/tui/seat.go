package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// SeatOptions describes a seat in a class that is taken from a terminal.
type SeatOptions struct {
	Lesson *lesson.Lesson
	Rules  []string                 // The school's own ground rules; nil takes the shipped ones.
	News   func() (room.View, bool) // Waits for news; false when there will be none.
	Back   string                   // The code for coming back to the seat, as shown.

	// Answer, Played and Projector take effect in the order of the calls, which return
	// at once. The wait that each returns waits for the result.
	Answer    func(scene string, pick int) (wait func() error)
	Played    func(play.Run) (wait func() error) // The learner's own run has gone on.
	Projector func() (wait func() error)         // Makes this seat the projector.

	// Patience is how long a seat may go without a key or news before it is taken for
	// a closed laptop and ended. 0 is for ever.
	Patience time.Duration
}

// seatScreen is what a learner in a class sees: the slide that the facilitator shows, the
// question while it is open, what the room thinks, or the way to a run of their own.
type seatScreen struct {
	s     SeatOptions
	see   *view.View
	view  room.View
	heard bool
	over  bool
	list  optionList // The answers that can be given.
	pager pager
	back  int    // How many slides back the learner is reading; 0 is the present one.
	asked int    // How many answers and the like were sent.
	said  string // That the last one did not get through, or "".
}

// seatNews is news of the class, for the seat below all other screens.
type seatNews struct {
	view room.View
	ok   bool
}

// warnBefore is how long before its Patience ends a seat is warned; WCAG 2.2, 2.2.1, asks
// for twenty seconds at least.
const warnBefore = time.Minute

// idleTick makes the program check how long a seat has been idle.
type idleTick struct{}

func nextIdleTick() tea.Cmd {
	return tea.Tick(30*time.Second, func(time.Time) tea.Msg { return idleTick{} })
}

// stirred notes that a seat pressed a key or got news, and takes the warning away.
func (p *Program) stirred() {
	if p.env.served {
		p.heard = time.Now()
		if p.warned {
			p.warned, p.env.notice = false, ""
		}
	}
}

// idle warns a seat without a key or news, and ends it a minute later.
func (p *Program) idle() tea.Cmd {
	s, ok := p.stack[0].(seatScreen)
	if !ok {
		return nil
	}
	switch quiet := time.Since(p.heard); {
	case quiet >= s.s.Patience:
		return tea.Quit
	case quiet >= s.s.Patience-warnBefore && !p.warned:
		p.warned, p.env.notice = true, p.env.words.T("class.idle")
	}
	return nextIdleTick()
}

// answeredNow is the result of an answer. If it got through, the next news shows it.
type answeredNow struct {
	n   int // Which of the answers it was.
	err error
}

// unkept is sent when the learner's own run could not be saved.
type unkept struct{ err error }

func newSeat(e env, s SeatOptions) screen {
	see, err := view.New(e.course, s.Rules)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	// Until there is news the seat shows a class that has not begun.
	return seatScreen{s: s, see: see, view: room.View{Class: room.NewClass(room.NewTalk(s.Lesson, room.Seed))}}
}

func (s seatScreen) wait() tea.Cmd {
	news := s.s.News
	return func() tea.Msg {
		v, ok := news()
		return seatNews{v, ok}
	}
}

// seated hands news to the seat, the lowest screen. When the facilitator brings the room
// together again or ends the class, the screens above it are closed.
func (p *Program) seated(n seatNews) tea.Cmd {
	s, ok := p.stack[0].(seatScreen)
	if !ok {
		return nil
	}
	own := n.ok && n.view.Class.OwnPace() && n.view.Class.Phase() != room.Ended
	if len(p.stack) > 1 && s.view.Class.OwnPace() && !own {
		top, now := p.stack[len(p.stack)-1].(rightNow)
		p.stack = p.stack[:1]
		if now { // Someone who needs help right now keeps that screen.
			p.stack = append(p.stack, top)
		}
	}
	if !n.ok {
		s.over = true
		p.stack[0] = s
		return nil
	}
	if !s.heard || n.view.Rev != s.view.Rev {
		s.pager, s.list, s.said, s.back = pager{}, optionsOf(s.s.Lesson), "", 0
	}
	s.view, s.heard = n.view, true
	p.stack[0] = s
	p.stirred()
	return s.wait()
}

func (s seatScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if !s.heard && s.s.Patience > 0 {
			return s, nil, tea.Batch(s.wait(), nextIdleTick())
		} else if !s.heard {
			return s, nil, s.wait()
		}
	case pick:
		s.list.at = msg.i
		return s.take(e)
	case answeredNow:
		if msg.err != nil && msg.n == s.asked { // An answer that was changed since then may fail.
			s.said = e.words.T("class.unsent")
		}
	case unkept:
		s.said = e.words.T("class.unkept")
	}
	return s, nil, nil
}

// project makes this seat the projector.
func (s seatScreen) project(env) (screen, request, tea.Cmd) {
	wait := s.s.Projector()
	s.asked++
	n := s.asked
	return s, nil, func() tea.Msg { return answeredNow{n, wait()} }
}

// alone reports whether the learner goes at a pace of their own now.
func (s seatScreen) alone() bool {
	return s.view.Class.OwnPace() && !s.view.Seat.Projector && s.view.Class.Phase() != room.Joining &&
		!s.view.Class.Talk().Blank()
}

// own returns the player at the learner's own run, where it was left.
func (s seatScreen) own(e env) screen {
	if run := s.view.Seat.Run(s.s.Lesson); len(run.Actions()) > 0 {
		return resumed(run)
	}
	return newPlayer(play.Start(s.s.Lesson, room.Seed))
}

// options returns what can be answered now.
func (s seatScreen) options() []room.Option {
	if s.back > 0 || s.view.Class.Phase() != room.Voting || s.view.Seat.Projector || s.view.Class.Talk().Blank() ||
		s.view.Class.Open() != s.view.Class.Question().Scene {
		return nil
	}
	return s.view.Class.Question().Options
}

// take answers with what is selected.
func (s seatScreen) take(env) (screen, request, tea.Cmd) {
	all := s.options()
	if s.list.at >= len(all) {
		return s, nil, nil
	}
	// Called here, not in the command, so that answers keep the order of the keys.
	wait := s.s.Answer(s.view.Class.Question().Scene, all[s.list.at].Pick)
	s.asked, s.said = s.asked+1, ""
	n := s.asked
	return s, nil, func() tea.Msg { return answeredNow{n, wait()} }
}

// room draws what the seat is shown.
func (s seatScreen) room(e env) roomScreen {
	if !s.heard && !s.over {
		return roomScreen{}
	}
	v := s.view
	if s.over {
		v.Class, _ = v.Class.Do(room.Command{Verb: room.End}, room.NewBallot()) // Fails only if it has ended before.
	}
	at := -1
	if len(s.options()) > 0 {
		at = s.list.at
	}
	if items, ok := s.see.Earlier(v, s.back); ok {
		r := e.drawRoom(items, at, false, "")
		r.panel = wrap(e.theme.muted, e.words.T("class.earlier"), r.col)
		return r
	}
	r := e.drawRoom(s.see.Class(v, view.Participant), at, false, "")
	if v.Class.Phase() == room.Joining && !v.Seat.Projector {
		r.add("")
		r.add(wrap(e.theme.muted, e.words.T("class.back", "Code", s.s.Back), r.col)...)
	}
	if s.said != "" && v.Class.Phase() != room.Ended && !v.Class.Talk().Blank() {
		r.panel = wrap(e.theme.strong, "! "+s.said, r.col)
	}
	return r
}

func (s seatScreen) draw(e env) frame {
	r := s.room(e)
	return e.fit(layout{pinned: true, top: s.pager.top, hints: s.keys(e), title: r.title, body: r.body,
		clicks: r.clicks, panel: r.panel, cursor: r.focus})
}

func (s seatScreen) keys(e env) []action {
	k, w := e.keys, e.words
	if s.over || s.view.Class.Phase() == room.Ended {
		quit := func(env) (screen, request, tea.Cmd) { return s, nil, tea.Quit }
		return []action{does(k.take, w.T("key.close"), quit), does(k.back, w.T("key.close"), quit).listed()}
	}
	r := s.room(e)
	lines, keep := len(r.body)+len(r.panel), func(p pager) screen { s.pager = p; return s }
	pages := s.pages(e, lines)
	down, up := s.pager.scrolls(e.look, k.down, w.T("key.read"), lines, keep),
		s.pager.scrolls(e.look, k.up, "", lines, keep).listed()
	n := len(s.options())
	switch {
	case s.alone():
		own := func(e env) (screen, request, tea.Cmd) { return s, open{screen: s.own(e)}, nil }
		return append(pages, does(k.take, w.T("key.on"), own), down.listed(), up)
	case s.back > 0:
		s.back, s.pager = 0, pager{}
		here := does(k.back, w.T("key.toclass"), func(env) (screen, request, tea.Cmd) { return s, nil, nil })
		return append(append([]action{here}, pages...), down, up)
	case n > 0:
		to := func(l optionList) func(env) (screen, request, tea.Cmd) {
			return func(env) (screen, request, tea.Cmd) { s.list = l; return s, nil, nil }
		}
		numbers := s.list.numbers(e.look, n, func(e env, l optionList) (screen, request, tea.Cmd) {
			s.list = l
			return s.take(e)
		})
		return append([]action{s.list.takes(e.look, s.take), does(k.up, "", to(s.list.up(n))),
			does(k.down, "", to(s.list.down(n))), numbers}, pages...)
	case s.view.Class.Phase() == room.Joining && !s.view.Seat.Projector && s.s.Projector != nil:
		return append(pages, does(k.projector, "", s.project), down.listed(), up)
	}
	return append(pages, down, up)
}

// pages returns the table lines that read back and forward: first by pages of the present slide,
// then by the slides that the class was shown before.
func (s seatScreen) pages(e env, lines int) []action {
	k, top := e.keys, max(lines-e.rows(), 0)
	up := does(k.pageUp, "", func(e env) (screen, request, tea.Cmd) {
		if s.pager.top > 0 {
			s.pager = s.pager.moved(e.look, tea.KeyPressMsg{Code: tea.KeyPgUp}, lines)
			return s, nil, nil
		}
		s.back++
		r := s.room(e)
		s.pager.top = max(len(r.body)+len(r.panel)-e.rows(), 0)
		return s, nil, nil
	})
	_, more := s.see.Earlier(s.view, s.back+1)
	up = up.offIf(s.pager.top == 0 && !more, e.words.T("off.top"))
	down := does(k.pageDown, "", func(e env) (screen, request, tea.Cmd) {
		if s.pager.top < top {
			s.pager = s.pager.moved(e.look, tea.KeyPressMsg{Code: tea.KeyPgDown}, lines)
			return s, nil, nil
		}
		s.back, s.pager = s.back-1, pager{}
		return s, nil, nil
	}).offIf(s.pager.top >= top && s.back == 0, e.words.T("off.bottom"))
	return []action{up, down}
}
