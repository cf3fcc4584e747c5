package tui

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// presentScreen shows a lesson to a room. The room's view never holds a note, a
// rating or the card; a key opens the desk, which is for the adult. Nothing is
// saved but the recording.
type presentScreen struct {
	l        *lesson.Lesson
	talk     room.Talk
	see      *view.View
	together bool // For an adult beside one teen, who chooses; there are no notes.
	desk     bool // The adult's notes stand below the room's view.
	panel    presentPanel
	hands    field
	picker   scenePicker
	card     cardPanel
	list     optionList // The open choices.
	pager    pager
	said     string // What could not be done, until the next key.
	clock    clock
	record   *recording // Nil where the talk isn't recorded.
	done     int        // How many commands have changed the talk, for the recording.
	isDesk   bool       // This is the desk in a window of its own.
	peers    int        // How many other windows are in step with this one.
	link     Link
}

// Link keeps the windows of one talk in step. Its zero value is no link.
type Link struct {
	Share func(state []byte)      // Sends this window's state to the others, in the order of the calls.
	News  func() (LinkNews, bool) // Waits for news; false when there will be none.
}

// LinkNews is what came over the link.
type LinkNews struct {
	State []byte // Nil where nothing has changed in the talk.
	Peers int    // How many other windows there are.
	Lost  bool   // Another window was faster, so the last change made here is dropped.
}

// wait returns the command that waits for news; nil without a link.
func (l Link) wait() tea.Cmd {
	if l.News == nil {
		return nil
	}
	return next(l.News)
}

// next returns the command that waits for news. When there will be none it sends no message.
func next[T any](news func() (T, bool)) tea.Cmd {
	return func() tea.Msg {
		if n, ok := news(); ok {
			return n
		}
		return nil
	}
}

// presentPanel is the panel that stands in place of the room's view.
type presentPanel uint8

const (
	noPanel   presentPanel = iota
	goToPanel              // A list of scenes, with a search.
	handsPanel
	askCard // The room sees nothing; asks whether the adult is alone with the screen.
	cardShown
)

// PresentOptions describes a lesson to show to a room.
type PresentOptions struct {
	Lesson   *lesson.Lesson
	Together bool
	Rules    []string           // The school's own ground rules; nil takes the shipped ones.
	Script   []room.Command     // Nil for none.
	Record   func([]byte) error // Writes the talk so far as a script; nil for none.
	Desk     bool               // The adult's notes, in a window of their own.
	Link     Link
}

// presentSeed fixes the order of the answers in checks, so that a script plays the
// same each time.
const presentSeed = 1

func newPresent(e env, p PresentOptions) screen {
	see, err := view.New(e.course, p.Rules)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	talk := room.NewTalk(p.Lesson, presentSeed)
	if p.Script != nil {
		talk = talk.WithScript(p.Script)
	}
	if p.Script != nil && p.Link.Share != nil {
		p.Link.Share(talk.Encode())
	}
	var record *recording
	if p.Record != nil {
		record = &recording{write: p.Record}
	}
	return presentScreen{l: p.Lesson, isDesk: p.Desk, link: p.Link, talk: talk, see: see, together: p.Together,
		hands: newField(),
		card:  cardPanel{words: see.Card(), staff: e.help.Staff()}, clock: newClock(),
		record: record}
}

func (s presentScreen) typing() bool {
	return s.panel == goToPanel && s.picker.typing() || s.panel == handsPanel
}

func (s presentScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if s.isDesk {
			return s, nil, tea.Batch(s.link.wait(), nextMinute())
		}
		return s, nil, s.link.wait()
	case minute:
		return s, nil, nextMinute()
	case LinkNews:
		return s.hear(e, msg)
	case pick:
		if s.panel == noPanel {
			return s.shares(func(e env, _ tea.KeyPressMsg) (screen, request, tea.Cmd) {
				talk, err := s.talk.Take(msg.i)
				return s.do(e, talk, err)
			})(e, tea.KeyPressMsg{})
		}
	}
	return s, nil, nil
}

// shares wraps the function of a table line to keep the other windows in step: if it changes
// the talk, the new state is sent to them.
func (s presentScreen) shares(do func(env, tea.KeyPressMsg) (screen, request, tea.Cmd)) func(env,
	tea.KeyPressMsg) (screen, request, tea.Cmd) {
	if s.link.Share == nil {
		return do
	}
	return func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		next, asks, cmd := do(e, press)
		if p, ok := next.(presentScreen); ok {
			if state := p.talk.Encode(); !bytes.Equal(state, s.talk.Encode()) {
				s.link.Share(state)
			}
		}
		return next, asks, cmd
	}
}

// hear takes news from the other windows.
func (s presentScreen) hear(e env, n LinkNews) (screen, request, tea.Cmd) {
	s.peers = n.Peers
	if n.Lost {
		s.said = e.words.T("present.moved")
	}
	if n.State != nil {
		talk, err := room.Decode(s.l, n.State)
		if err != nil {
			s.said = e.words.T("present.otherlesson")
		} else {
			s.talk, s.list, s.pager = talk, optionList{}, pager{}
		}
	}
	if s.peers > 0 {
		s.desk = false // The desk stands in a window of its own.
	}
	return s, nil, s.link.wait()
}

func (s presentScreen) scripted() bool {
	script, next := s.talk.Script()
	return next < len(script)
}

// do takes the talk that a command has led to, or says that it leads nowhere.
func (s presentScreen) do(e env, talk room.Talk, err error) (screen, request, tea.Cmd) {
	if err != nil {
		s.said = e.words.T("present.nothing")
		return s, nil, nil
	}
	s.talk, s.list, s.pager = talk, optionList{}, pager{}
	if s.record == nil {
		return s, nil, nil
	}
	s.done++
	n, src := s.done, talk.Recorded()
	return s, nil, func() tea.Msg { s.record.keep(n, src); return nil }
}

// recording writes the talk so far after each command, outside the loop.
type recording struct {
	write func([]byte) error
	mu    sync.Mutex
	last  int
}

// keep writes the talk as it was after command n, unless a later one was written already.
func (r *recording) keep(n int, src []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n > r.last {
		r.last = n
		_ = r.write(src) // The next command writes again, and the command line has tried the file.
	}
}

// choices returns how many choices or answers can be taken now.
func (s presentScreen) choices() int {
	switch slide := s.talk.Slide(); {
	case s.talk.Phase() != room.Story:
		return 0
	case slide.Kind == room.Choices:
		return len(s.talk.Run().Open())
	case slide.Kind == room.Quiz:
		return len(s.talk.Run().Order())
	}
	return 0
}

// goOn shows the view again if it is blank, or goes on.
func (s presentScreen) goOn(e env) (screen, request, tea.Cmd) {
	if s.talk.Blank() && !s.scripted() {
		s.talk = s.talk.ToggleBlank() // A presenter who goes on wants to see something.
		return s, nil, nil
	}
	talk, err := s.talk.Follow()
	return s.do(e, talk, err)
}

// count takes the typed numbers of raised hands.
func (s presentScreen) count(e env) (screen, request, tea.Cmd) {
	hands, err := room.ParseHands(s.hands.value(), s.choices())
	if err == nil {
		s.talk, err = s.talk.Count(hands)
	}
	if err != nil {
		s.said = e.words.T("present.badhands", "Reason", err.Error())
		return s, nil, nil
	}
	s.panel = noPanel
	return s, nil, nil
}

// closePanel returns the table line that closes a panel.
func (s presentScreen) closePanel(b key.Binding) action {
	s.panel, s.card = noPanel, s.card.opened()
	return does(b, "", func(env) (screen, request, tea.Cmd) { return s, nil, nil })
}

func (s presentScreen) keys(e env) []action {
	s.said = ""
	k := e.keys
	var all []action
	switch s.panel {
	case goToPanel:
		take := func(e env, scene string) (screen, request, tea.Cmd) {
			s.panel = noPanel
			talk, err := s.talk.GoTo(scene)
			return s.do(e, talk, err)
		}
		all = s.picker.keys(e, picks{take: take, close: s.closePanel(k.back), keep: func(p scenePicker) screen {
			s.picker = p
			return s
		}, reads: func(e env, scene string) []string {
			if !s.isDesk {
				return nil // The room sees this screen.
			}
			return e.drawRoom(s.see.Preview(s.talk, scene), -1, false, "").body
		}})
	case handsPanel:
		all = []action{does(k.start, e.words.T("key.on"), s.count), s.closePanel(k.back),
			s.hands.typed(func(f field) screen {
				s.hands = f
				return s
			})}
	case askCard:
		opens := does(k.yes, "", func(env) (screen, request, tea.Cmd) { s.panel = cardShown; return s, nil, nil })
		all = []action{opens, s.closePanel(k.back), s.closePanel(k.card).listed(), s.closePanel(k.no).listed(),
			s.closePanel(k.take).listed()}
	case cardShown:
		all = s.card.keys(e.look, func(c cardPanel) screen { s.card = c; return s })
		all = slices.Insert(all, 1, s.closePanel(k.back), s.closePanel(k.card).listed(), s.closePanel(k.no).listed(),
			s.closePanel(k.take).listed())
	default:
		all = append(s.leads(e), s.arrows(e)...)
	}
	for i := range all {
		all[i].do = s.shares(all[i].do)
	}
	return all
}

// leads returns the table lines that lead through the lesson.
func (s presentScreen) leads(e env) []action {
	k := e.keys
	moves := func(b key.Binding, move func() (room.Talk, error)) action {
		_, err := move()
		return does(b, "", func(e env) (screen, request, tea.Cmd) {
			talk, err := move()
			return s.do(e, talk, err)
		}).offIf(err != nil, e.words.T("present.nothing"))
	}
	sets := func(b key.Binding, set func(*presentScreen)) action {
		return does(b, "", func(env) (screen, request, tea.Cmd) { set(&s); return s, nil, nil })
	}
	choices := s.choices()
	_, err := s.talk.Follow()
	waits := errors.Is(err, room.ErrNothing) && choices > 0 && (!s.talk.Blank() || s.scripted())
	next := does(k.roomNext, "", s.goOn).offIf(waits, e.words.T("off.roomchooses")).shown()
	next.hush = true // A room need not be told on the projector that it chooses first.
	asks := sets(k.hands, func(s *presentScreen) { s.panel, s.hands = handsPanel, newField() })
	asks = asks.offIf(s.talk.Phase() != room.Story || s.talk.Run().Turn() != play.Choose, e.words.T("off.nohands"))
	if s.together {
		asks = asks.listed()
	}
	takes := doesWith(k.digits, "", func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		talk, err := s.talk.Take(digit(press))
		return s.do(e, talk, err)
	}).offIf(choices == 0, e.words.T("present.nothing"))
	all := []action{
		next, moves(k.roomBack, s.talk.Back), sets(k.goTo, func(s *presentScreen) {
			s.panel, s.picker = goToPanel, newScenePicker(s.see.Jumps(s.l))
		}),
		e.opensKeys(), sets(k.roomBlank, func(s *presentScreen) { s.talk = s.talk.ToggleBlank() }),
	}
	if !s.isDesk {
		notes := sets(k.desk, func(s *presentScreen) { s.desk = !s.desk })
		all = append(all, notes.offIf(s.peers > 0, e.words.T("present.elsewhere")).offIf(s.together,
			e.words.T("off.together")))
	}
	all = append(all, sets(k.card, (*presentScreen).openCard), asks, moves(k.whatIf, s.talk.WhatIf),
		moves(k.comeBack, s.talk.ComeBack).offIf(!s.talk.InWhatIf(), e.words.T("off.nowhatif")),
		sets(k.script, func(s *presentScreen) {
			s.talk = s.talk.LeaveScript()
		}).offIf(!s.talk.HasScript(), e.words.T("off.noscript")),
		sets(k.roomStop, func(s *presentScreen) { s.talk = s.talk.Stop() }), moves(k.roomForth, s.talk.Forward), takes)
	if choices > 0 && !s.scripted() && !s.isDesk {
		one := moves(k.start, func() (room.Talk, error) { return s.talk.Take(s.list.at) }).listed()
		all = append([]action{one}, all...)
	}
	return all
}

// openCard shows the card: at once where the desk has a window of its own; otherwise it
// first blanks the room's view and asks.
func (s *presentScreen) openCard() {
	s.pager, s.card = pager{}, s.card.opened()
	if s.isDesk || s.peers > 0 {
		s.talk = s.talk.ToggleCard()
		return
	}
	s.panel, s.talk = askCard, s.talk.ForceBlank()
}

// arrows returns the table lines that choose, or scroll where there is nothing to choose. On
// a desk they always scroll: its notes stand below the choices.
func (s presentScreen) arrows(e env) []action {
	if n := s.choices(); n > 0 && !s.isDesk {
		return []action{s.list.arrows(e.look, n, func(l optionList) screen { s.list = l; return s }).listed()}
	}
	if s.isDesk && s.talk.Card() {
		all := s.card.keys(e.look, func(c cardPanel) screen { s.card = c; return s })
		return []action{all[0].listed(), all[1]}
	}
	l := layout{}
	lines := len(s.room(e).body) + len(s.below(e, &l))
	return []action{s.pager.arrows(e.look, lines, func(p pager) screen { s.pager = p; return s }).listed()}
}

// minute makes the desk redraw its clock.
type minute struct{}

func nextMinute() tea.Cmd {
	return tea.Tick(30*time.Second, func(time.Time) tea.Msg { return minute{} })
}

// clock tells how many minutes the session has run.
type clock struct {
	begun time.Time
	now   func() time.Time
}

func newClock() clock { return clock{time.Now(), time.Now} }

func (c clock) minutes() string { return strconv.Itoa(int(c.now().Sub(c.begun).Minutes())) }
