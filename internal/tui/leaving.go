package tui

import (
	tea "charm.land/bubbletea/v2"
)

// leavingScreen explains how to leave at once, and what that does and does not
// hide, before the first lesson, as GOV.UK's Design System asks for ("Exit a page
// quickly", its interruption page).
type leavingScreen struct{ next screen }

func (s leavingScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

// page says at its end what is kept, which is nothing if the learner wants that.
func (s leavingScreen) page(e env) page {
	kept := e.words.T("leaving.kept")
	if e.book.Private() {
		kept = e.words.T("leaving.private")
	}
	return e.sentence(e.words.T("leaving.text")+"\n\n"+kept, e.column())
}

func (s leavingScreen) reads(e env) []page { return []page{s.page(e)} }

func (s leavingScreen) draw(e env) frame {
	l := layout{hints: s.keys(e), pinned: true}
	if e.roomy() {
		l.body = append(append(append(l.body, ""), wrap(e.theme.title, e.words.T("leaving.title"), e.column())...), "")
	} else {
		l.title = e.words.T("leaving.title")
	}
	l.body = append(l.body, e.read(s.page(e))...)
	return e.fit(l)
}

func (s leavingScreen) keys(e env) []action {
	return []action{
		asks(e.keys.take, e.words.T("key.on"), instead{s.next}),
		asks(e.keys.back, "", back{}),
	}
}
