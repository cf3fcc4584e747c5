package tui

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// presentScreen is a lesson in front of a room. The room's view never holds a
// note, a rating or the card; the desk, for the adult's eyes, is asked for with a
// key. Nothing is saved.
type presentScreen struct {
	talk     room.Talk
	see      *view.View
	words    course.RoomWords // Of the card.
	together bool             // Beside one teen, who chooses: there are no notes.
	desk     bool             // The adult's notes stand below the room's view.
	panel    presentPanel
	input    textinput.Model
	at       int    // Of the choices, or of the list of scenes.
	top      int    // First line of what is longer than the screen.
	said     string // What could not be done, until the next key.
	begun    time.Time
	now      func() time.Time
	keep     func([]byte) error // Writes the recording; nil where there is none.
	l        *lesson.Lesson
	isDesk   bool // This is the desk in a window of its own.
	peers    int  // How many other windows are in step with this one.
	link     Link
}

// Link keeps the windows of one talk in step. Its zero value is no link.
type Link struct {
	Share func(state []byte)      // Hands on what this window did, in the order of the calls.
	News  func() (LinkNews, bool) // Waits for news; false when there will be none.
}

// LinkNews is what came over the link.
type LinkNews struct {
	State []byte // Nil where nothing has changed in the talk.
	Peers int    // How many other windows there are.
	Lost  bool   // Another window was faster: what was done here last does not count.
}

// wait waits for news.
func (l Link) wait() tea.Cmd {
	if l.News == nil {
		return nil
	}
	return func() tea.Msg {
		n, ok := l.News()
		if !ok {
			return nil
		}
		return n
	}
}

// presentPanel is what stands over the room's view.
type presentPanel uint8

const (
	noPanel   presentPanel = iota
	goToPanel              // A list of scenes, with a search.
	handsPanel
	askCard // The room sees nothing; is the adult alone with the screen?
	cardPanel
)

// Presenting is what a lesson is shown to a room with.
type Presenting struct {
	Lesson   *lesson.Lesson
	Together bool
	Rules    []string           // The school's own ground rules; nil takes the shipped ones.
	Script   []room.Command     // Nil for none.
	Record   func([]byte) error // Writes the talk so far as a script; nil for none.
	Desk     bool               // The adult's notes, in a window of their own.
	Link     Link
}

// presentSeed orders the answers of the checks, so that a script plays the same
// each time.
const presentSeed = 1

func newPresent(e env, p Presenting) screen {
	words, err := e.course.RoomWords()
	see, err2 := view.New(e.course, p.Rules)
	if err := errors.Join(err, err2); err != nil {
		return troubleScreen{what: err.Error()}
	}
	talk := room.Begin(p.Lesson, presentSeed)
	if p.Script != nil {
		talk = talk.WithScript(p.Script)
	}
	if p.Script != nil && p.Link.Share != nil {
		p.Link.Share(talk.Encode())
	}
	return presentScreen{l: p.Lesson, isDesk: p.Desk, link: p.Link, talk: talk, see: see, words: words,
		together: p.Together, input: newInput(), begun: time.Now(), now: time.Now, keep: p.Record}
}

func (s presentScreen) typing() bool { return s.panel == goToPanel || s.panel == handsPanel }

// update keeps the other windows in step: whatever a key has changed is handed on.
func (s presentScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if s.isDesk {
			return s, tea.Batch(s.link.wait(), nextMinute())
		}
		return s, s.link.wait()
	case minute:
		return s, nextMinute()
	case LinkNews:
		return s.hear(e, msg)
	}
	next, cmd := s.change(e, msg)
	if p, ok := next.(presentScreen); ok && s.link.Share != nil {
		if state := p.talk.Encode(); !bytes.Equal(state, s.talk.Encode()) {
			s.link.Share(state)
		}
	}
	return next, cmd
}

// hear takes what another window did.
func (s presentScreen) hear(e env, n LinkNews) (screen, tea.Cmd) {
	s.peers = n.Peers
	if n.Lost {
		s.said = e.words.T("present.moved")
	}
	if n.State != nil {
		talk, err := room.Decode(s.l, n.State)
		if err != nil {
			s.said = e.words.T("present.otherlesson")
		} else {
			s.talk, s.at, s.top = talk, 0, 0
		}
	}
	if s.peers > 0 {
		s.desk = false // It stands in a window of its own.
	}
	return s, s.link.wait()
}

func (s presentScreen) change(e env, msg tea.Msg) (screen, tea.Cmd) {
	if p, ok := msg.(pick); ok && s.panel == noPanel {
		talk, err := s.talk.Take(p.i)
		return s.do(e, talk, err)
	}
	press, ok := msg.(tea.KeyPressMsg)
	if ok {
		s.said = ""
	}
	switch {
	case s.typing():
		return s.edit(e, msg)
	case !ok:
		return s, nil
	case s.panel == askCard || s.panel == cardPanel:
		return s.card(e, press)
	}
	k := e.keys
	switch {
	case key.Matches(press, k.roomBlank):
		s.talk = s.talk.ToggleBlank()
	case key.Matches(press, k.card) && (s.isDesk || s.peers > 0):
		s.talk, s.top = s.talk.ToggleCard(), 0
	case key.Matches(press, k.card):
		s.panel, s.talk, s.top = askCard, s.talk.Cover(), 0
	case key.Matches(press, k.roomStop):
		s.talk = s.talk.Stop()
	case key.Matches(press, k.desk) && s.peers > 0 && !s.isDesk:
		s.said = e.words.T("present.elsewhere")
	case key.Matches(press, k.desk) && !s.together && !s.isDesk:
		s.desk = !s.desk
	case key.Matches(press, k.goTo):
		s.panel, s.at = goToPanel, 0
		s.input.Reset()
	case key.Matches(press, k.hands) && s.talk.Phase() == room.Story && s.talk.Run().Turn() == play.Choose:
		s.panel = handsPanel
		s.input.Reset()
	case key.Matches(press, k.whatIf):
		talk, err := s.talk.WhatIf()
		return s.do(e, talk, err)
	case key.Matches(press, k.comeBack) && s.talk.Wondering():
		talk, err := s.talk.ComeBack()
		return s.do(e, talk, err)
	case key.Matches(press, k.script) && s.talk.HasScript():
		s.talk = s.talk.LeaveScript()
	case key.Matches(press, k.roomBack):
		talk, err := s.talk.Back()
		return s.do(e, talk, err)
	case key.Matches(press, k.roomForth):
		talk, err := s.talk.Forward()
		return s.do(e, talk, err)
	default:
		return s.walk(e, press)
	}
	return s, nil
}

// walk goes on, chooses, or scrolls.
func (s presentScreen) walk(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	choices := s.choices()
	switch {
	case key.Matches(press, e.keys.digits) && len(choices) > 0:
		talk, err := s.talk.Take(digit(press))
		return s.do(e, talk, err)
	case key.Matches(press, e.keys.up):
		if len(choices) > 0 {
			s.at = (s.at + len(choices) - 1) % len(choices)
		} else {
			s.top = max(s.top-1, 0)
		}
	case key.Matches(press, e.keys.down):
		if len(choices) > 0 {
			s.at = (s.at + 1) % len(choices)
		} else {
			s.top++
		}
	case key.Matches(press, e.keys.start) && len(choices) > 0 && !s.scripted():
		talk, err := s.talk.Take(s.at)
		return s.do(e, talk, err)
	case key.Matches(press, e.keys.roomNext):
		if s.talk.Blank() && !s.scripted() {
			s.talk = s.talk.ToggleBlank() // Whoever goes on wants to see something.
			return s, nil
		}
		talk, err := s.talk.Follow()
		if errors.Is(err, room.ErrNothing) && len(choices) > 0 {
			return s, nil // The room chooses first, and need not be told so on the wall.
		}
		return s.do(e, talk, err)
	}
	return s, nil
}

func (s presentScreen) scripted() bool {
	script, next := s.talk.Script()
	return next < len(script)
}

// do takes what a command has led to, or says that it leads nowhere.
func (s presentScreen) do(e env, talk room.Talk, err error) (screen, tea.Cmd) {
	if err != nil {
		s.said = e.words.T("present.nothing")
		return s, nil
	}
	s.talk, s.at, s.top = talk, 0, 0
	if s.keep == nil {
		return s, nil
	}
	keep, src := s.keep, talk.Recorded()
	return s, func() tea.Msg {
		_ = keep(src) // The next command writes it again, and the command line has tried it.
		return nil
	}
}

// choices are the words of what can be taken now.
func (s presentScreen) choices() []string {
	run := s.talk.Run()
	var all []string
	switch {
	case s.talk.Phase() != room.Story:
	case s.talk.Page().Kind == room.Choices:
		for _, i := range run.Open() {
			all = append(all, run.Scene().Choices[i].String())
		}
	case s.talk.Page().Kind == room.Quiz:
		for _, i := range run.Order() {
			all = append(all, run.Scene().Check.Options[i].String())
		}
	}
	return all
}

// edit types a search, or the counts of hands.
func (s presentScreen) edit(e env, msg tea.Msg) (screen, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && key.Matches(press, e.keys.back):
		s.panel = noPanel
		return s, nil
	case ok && press.String() == "enter" && s.panel == handsPanel:
		hands, err := room.ParseHands(s.input.Value(), len(s.choices()))
		if err == nil {
			s.talk, err = s.talk.Count(hands)
		}
		if err != nil {
			s.said = e.words.T("present.badhands", "Reason", err.Error())
			return s, nil
		}
		s.panel = noPanel
		return s, nil
	case ok && press.String() == "enter":
		if found := s.scenes(); s.at < len(found) {
			s.panel = noPanel
			talk, err := s.talk.GoTo(found[s.at].ID)
			return s.do(e, talk, err)
		}
		return s, nil
	case ok && s.panel == goToPanel && press.String() == "up":
		s.at = max(s.at-1, 0)
		return s, nil
	case ok && s.panel == goToPanel && press.String() == "down":
		s.at = min(s.at+1, max(len(s.scenes())-1, 0))
		return s, nil
	}
	var cmd tea.Cmd
	s.input.SetWidth(max(e.column()-4, 4))
	s.input, cmd = s.input.Update(msg)
	s.at = min(s.at, max(len(s.scenes())-1, 0))
	return s, cmd
}

// scenes are those whose title or id holds what is searched for.
func (s presentScreen) scenes() []lesson.Scene {
	want := strings.ToLower(strings.TrimSpace(s.input.Value()))
	var found []lesson.Scene
	for _, sc := range s.talk.Run().Lesson().Scenes {
		if strings.Contains(strings.ToLower(sc.Title), want) || strings.Contains(sc.ID, want) {
			found = append(found, sc)
		}
	}
	return found
}

// card opens the card once the adult is alone with the screen, and leaves the
// room's view covered when it is put away.
func (s presentScreen) card(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case s.panel == askCard && key.Matches(press, e.keys.yes):
		s.panel = cardPanel
	case s.panel == cardPanel && (key.Matches(press, e.keys.up) || key.Matches(press, e.keys.down) ||
		key.Matches(press, e.keys.pageUp) || key.Matches(press, e.keys.pageDown)):
		s.top = scroll(e, press, s.top, len(s.cardLines(e)))
	case key.Matches(press, e.keys.back), key.Matches(press, e.keys.card), key.Matches(press, e.keys.no),
		key.Matches(press, e.keys.take):
		s.panel, s.top = noPanel, 0
	}
	return s, nil
}

func (s presentScreen) keys(e env) []key.Binding {
	k := e.keys
	switch s.panel {
	case goToPanel, handsPanel:
		return []key.Binding{does(k.start, e.words.T("key.take")), k.back}
	case askCard:
		return []key.Binding{k.yes, k.back}
	case cardPanel:
		return []key.Binding{does(k.down, e.words.T("key.read")), k.back}
	}
	all := []key.Binding{k.roomNext, k.roomBack, k.goTo, k.keys, k.roomBlank, k.desk, k.card, k.hands, k.whatIf,
		k.comeBack, k.script, k.roomStop, k.roomForth, k.digits}
	for i := range all {
		switch all[i].Help().Key {
		case k.desk.Help().Key:
			all[i].SetEnabled(!s.together)
		case k.script.Help().Key:
			all[i].SetEnabled(s.talk.HasScript())
		case k.comeBack.Help().Key:
			all[i].SetEnabled(s.talk.Wondering())
		case k.hands.Help().Key:
			all[i].SetEnabled(!s.together)
		}
	}
	return all
}

// minute has the desk drawn anew, for its clock.
type minute struct{}

func nextMinute() tea.Cmd {
	return tea.Tick(30*time.Second, func(time.Time) tea.Msg { return minute{} })
}

// minutes is how long the hour has run.
func (s presentScreen) minutes() string { return strconv.Itoa(int(s.now().Sub(s.begun).Minutes())) }
