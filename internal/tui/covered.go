package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/settings"
)

// covers reports whether losing the keyboard covers the screen. The room's screen and the
// one that an adult leads from are never covered: nobody may be there to press a key, and
// the adult who switches windows is the one who shows the screen. An author has the lesson's
// file in another window all the time.
func (p *Program) covers() bool {
	switch o := p.o; {
	case o.Present != nil, o.Desk != nil, o.Watch != nil:
		return false
	case o.Seat != nil:
		s, ok := p.stack[0].(seatScreen)
		return p.env.set.Cover != settings.Off && !(ok && s.view.Seat.Projector)
	}
	return p.env.set.Cover == settings.On
}

// elsewhere takes messages that aren't for the screens: that the window has lost the keyboard or got
// it back, and what comes while a screen is hidden or covered. It reports whether it took the message.
//
// A covered screen stays covered when the keyboard comes back. Someone who switched away
// because a parent came in may be switched back by the parent, by a window that closes, or
// by a click out of curiosity, and the parent is still in the room. Only the learner
// knows when it's safe to look, and says so with a key.
func (p *Program) elsewhere(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.BlurMsg:
		p.covered, p.quiet = p.covers() && !p.hidden, nil
		return true
	case tea.FocusMsg:
		return true
	case tick: // The chat waits: nobody should come back to messages that they haven't seen come.
		if p.covered || p.recovers > 0 {
			p.waits = msg
		}
		return p.covered || p.recovers > 0
	case tea.KeyPressMsg:
		was := p.hidden
		if was {
			p.whileHidden(msg)
		}
		return was // The key that brings a desk back does nothing else.
	case tea.MouseClickMsg:
		return p.hidden
	case tea.PasteMsg, tea.MouseWheelMsg:
		return p.hidden || p.covered
	}
	return false
}

// uncover shows the screen below as it was left, and lets its chat go on.
func (p *Program) uncover() tea.Cmd {
	msg := p.waits
	p.covered, p.waits = false, nil
	if msg == nil {
		return nil
	}
	if p.recovers > 0 { // Help is above the chat, which goes on once it's seen.
		p.waits = msg
		return nil
	}
	return p.top(msg)
}

// coverKeys returns the table of a covered screen, without any key of the screen below.
// Enter uncovers it, and not just any key: someone who leans on the keyboard, or tries to
// wake the screen, should see nothing. The key of help works as everywhere.
func (p *Program) coverKeys() []action {
	on := func(env) (screen, request, tea.Cmd) { return nil, nil, p.uncover() }
	helps := func(env) (screen, request, tea.Cmd) { // Closing it leads back to the cover.
		p.covered = false
		if p.recovers == 0 {
			p.recovers = len(p.stack)
		}
		return nil, openHelp{}, nil
	}
	return []action{does(p.env.keys.start, p.env.words.T("key.on"), on), does(p.env.keys.help, "", helps)}
}

// cover draws a covered screen, which looks like any program that waits.
func (p *Program) cover() frame {
	e := p.env.look
	if e.why = ""; !p.warned { // The notice of the screen below is covered too.
		e.notice = ""
	}
	words := e.words.T("covered.text")
	if e.w < smallestWidth || e.h < smallestHeight {
		return frame{lines: []string{ansi.Truncate(words, max(e.w, 0), "")}}
	}
	f := e.fit(layout{body: wrap(e.theme.text, words, e.column()), hints: p.coverKeys(), pinned: true})
	f.lines[0] = "" // Not even the name of the program.
	return f
}

// frame draws the screen on top, or the cover.
func (p *Program) frame() frame {
	if p.covered {
		return p.cover()
	}
	e := p.env
	e.typing = p.typing()
	return p.stack[len(p.stack)-1].draw(e)
}
