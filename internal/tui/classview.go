package tui

import (
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/course"
	"wayout/internal/room"
	"wayout/internal/view"
)

// roomForNotes is the height in rows from which a page with borders and empty lines leaves room
// for the notes.
const roomForNotes = 36

// besideNotes returns the look for a page with the notes below it. With few rows, borders and
// empty lines are left out, so that the notes are seen.
func (e look) besideNotes() look {
	if e.h < roomForNotes {
		e.h = 0
	}
	return e
}

// draw draws the desk of a class.
func (s classScreen) draw(e env) frame {
	l := s.layout(e)
	l.hints = s.keys(e)
	return e.fit(l)
}

// layout returns the desk of a class, without its hints.
func (s classScreen) layout(e env) layout {
	col := e.column()
	switch {
	case s.ended():
		return s.goodbye(e, col)
	case s.panel == scenesPanel:
		return s.picker.draw(e.look, nil)
	case s.panel == classCard:
		return s.card.draw(e.look, nil)
	case s.panel == endPanel:
		body := wrap(e.theme.text, e.words.T("desk.end"), col)
		if s.view.Class.Headcount() == 0 {
			body = append(append(body, ""), wrap(e.theme.strong, e.words.T("desk.nopeople"), col)...)
		}
		return layout{body: body, pinned: true}
	case s.panel == peoplePanel:
		return s.asking(e, col)
	case s.panel == codePanel:
		return layout{body: wrap(e.theme.text, e.words.T("desk.newcode"), col), pinned: true}
	case s.panel == preparePanel:
		r := e.drawRoom([]view.Item{s.see.Prepare(s.t.Lesson)}, -1, false, "")
		return layout{title: s.t.Lesson.Title, pinned: true, top: s.pager.top, body: r.body}
	case s.panel == comingPanel || s.view.Class.Phase() == room.Joining:
		return s.coming(e, col)
	}
	takes := s.view.Class.Phase() != room.Voting
	r := e.besideNotes().drawRoom(s.see.Class(s.view, view.Facilitator), -1, takes, s.clock.minutes())
	return layout{title: e.words.T("present.desk", "Title", s.t.Lesson.Title), pinned: true, top: s.pager.top,
		body: r.body, clicks: r.clicks, panel: s.trouble(e, col)}
}

// asking asks how many people take part, and says why.
func (s classScreen) asking(e env, col int) layout {
	w := e.words
	l := layout{title: w.T("desk.howmany"), pinned: true}
	line, x := s.people.line(e.look, col)
	l.cursor = &place{x: x}
	l.body = append(l.body, line, "")
	l.body = append(l.body, wrap(e.theme.text, w.T("desk.whypeople"), col)...)
	l.body = append(append(l.body, ""), wrap(e.theme.muted, w.T("class.in", "Count", s.view.In), col)...)
	l.panel = s.trouble(e, col)
	return l
}

// trouble says what could not be done, and how many sessions have failed.
func (s classScreen) trouble(e env, col int) []string {
	var lines []string
	if s.said != "" {
		lines = append(lines, wrap(e.theme.strong, "! "+s.said, col)...)
	}
	if s.t.Faults != nil {
		if n := s.t.Faults(); n > 0 {
			lines = append(lines, wrap(e.theme.muted, e.words.T("desk.faults", "Count", n), col)...)
		}
	}
	return lines
}

// coming says how to join, with a code to scan where there is room for it.
func (s classScreen) coming(e env, col int) layout {
	w, c := e.words, s.t.JoinInfo
	l := layout{title: s.t.Lesson.Title, pinned: true, top: s.pager.top}
	code := e.qrLines(c.Scan)
	beside := 0 // The cell where the text beside the code begins.
	if len(code) > 0 && len(code) <= e.rows()+1 && e.w >= ansi.StringWidth(code[0])+30 {
		beside = ansi.StringWidth(code[0]) + 3
		col = min(max(e.w-(e.w-e.column())/2-beside, 20), col)
	} else {
		code = nil
	}
	var text []string
	add := func(lines []string) { text = append(text, lines...) }
	for i, page := range c.Pages {
		if i == 0 {
			add(wrap(e.theme.muted, w.T("desk.browser"), col))
		}
		add(wrap(e.theme.title, page, col))
	}
	add(wrap(e.theme.muted, w.T("class.code"), col))
	add(wrap(e.theme.title, c.Code, col))
	if e.roomy() {
		text = append(text, "")
	}
	add(e.standing(s.see.Standing(s.view), col))
	if e.roomy() {
		text = append(text, "")
	}
	if c.SSH != "" {
		add(wrap(e.theme.muted, w.T("desk.terminal"), col))
		add(wrap(e.theme.text, c.SSH, col))
		add(wrap(e.theme.muted, w.T("desk.fingerprint", "Key", c.Fingerprint), col))
	}
	add(wrap(e.theme.strong, e.course.Unreviewed(), col))
	add(wrap(e.theme.muted, c.Opened, col))
	for _, warning := range c.Warnings {
		add(wrap(e.theme.risky, "! "+warning, col))
	}
	add(wrap(e.theme.muted, w.T("desk.leave"), col))
	l.panel = s.trouble(e, e.column())
	for i := range max(len(code), len(text)) {
		line := spaces(beside)
		if i < len(code) {
			line = code[i] + "   "
		}
		if i < len(text) {
			line += text[i]
		}
		l.body = append(l.body, line)
	}
	return l
}

// goodbye draws the desk after the class.
func (s classScreen) goodbye(e env, col int) layout {
	w, back := e.words, s.boosters()
	l := layout{title: s.t.Lesson.Title, pinned: true, top: s.pager.top}
	l.body = append(wrap(e.theme.title, w.T("desk.over"), col), "")
	l.body = append(l.body, wrap(e.theme.text, w.T("desk.nothing"), col)...)
	if s.t.Report != nil && s.wrote == nil {
		offer := w.T("desk.report")
		if len(back) > 0 {
			offer = w.T("classbooster.save")
		}
		l.body = append(append(l.body, ""), wrap(e.theme.text, offer, col)...)
	}
	for i, path := range s.wrote {
		if i == 0 {
			l.body = append(append(l.body, ""), wrap(e.theme.text, w.T("desk.written"), col)...)
		}
		l.body = append(l.body, wrap(e.theme.strong, path, col)...)
	}
	l.panel = s.trouble(e, col)
	if len(back) == 0 {
		return l
	}
	l.body = append(append(l.body, ""), wrap(e.theme.title, w.T("classbooster.head"), col)...)
	l.body = append(l.body, wrap(e.theme.text, w.T("classbooster.why"), col)...)
	for _, b := range back {
		if e.roomy() {
			l.body = append(l.body, "")
		}
		l.body = append(l.body, wrap(e.theme.strong, b.Day, col)...)
		l.body = append(l.body, wrap(e.theme.text, b.Run, col)...)
	}
	l.body = append(append(l.body, ""), wrap(e.theme.muted, w.T("classbooster.flags"), col)...)
	return l
}

// boosters returns when the class comes back, and with what.
func (s classScreen) boosters() []course.ClassBooster {
	if s.t.Boosters == nil {
		return nil
	}
	return s.t.Boosters()
}
