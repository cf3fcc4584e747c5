package tui

import (
	"charm.land/bubbles/v2/key"
)

// draw draws the room's view, and the desk below it where the adult has asked
// for it. A covered view shows nothing of the story, not even its title.
func (s presentScreen) draw(e env) frame {
	switch s.panel {
	case goToPanel:
		return e.fit(s.goTo(e))
	case askCard:
		return e.fit(layout{hints: s.keys(e), body: wrap(e.theme.text, e.words.T("present.askcard"), e.column()),
			pinned: true})
	case cardPanel:
		return e.fit(layout{hints: s.keys(e), body: s.cardLines(e), top: s.top, pinned: true})
	}
	if s.talk.Blank() && !s.desk && !s.isDesk {
		return frame{lines: make([]string, max(e.h, 1))}
	}
	// The rest is on "?": a room has no use for it.
	l := layout{pinned: true, top: s.top, hints: []key.Binding{e.keys.roomNext}}
	if s.isDesk || s.desk || s.said != "" || s.panel == handsPanel {
		l.hints = s.keys(e)
	}
	if s.isDesk && s.talk.Card() {
		l.title, l.body = e.words.T("present.desk", "Title", s.l.Title), s.cardLines(e)
		return e.fit(l)
	}
	selected := s.at
	if s.scripted() {
		selected = -1
	}
	items := s.see.Session(s.talk)
	if s.isDesk {
		items = s.see.Desk(s.talk)
	}
	r := e.drawRoom(items, selected, true, s.minutes())
	l.title, l.body, l.clicks = r.title, r.body, r.clicks
	if s.isDesk {
		l.title = e.words.T("present.desk", "Title", s.l.Title)
		if s.peers == 0 {
			e.above(&l, wrap(e.theme.strong, e.words.T("present.noroom"), e.column()))
		}
	}
	l.panel = s.below(e, &l)
	return e.fit(l)
}

// above puts lines on top of the body of a layout.
func (e env) above(l *layout, lines []string) {
	l.body = append(lines, l.body...)
	for i := range l.clicks {
		l.clicks[i].from, l.clicks[i].to = l.clicks[i].from+len(lines), l.clicks[i].to+len(lines)
	}
}

// below is the line to type hands on, what could not be done, and the desk.
func (s presentScreen) below(e env, l *layout) []string {
	col := e.column()
	var lines []string
	if s.desk && !s.isDesk {
		lines = append(lines, e.drawRoom(s.see.Beside(s.talk), -1, false, s.minutes()).body...)
	}
	if s.panel == handsPanel {
		lines = append(lines, wrap(e.theme.strong, e.words.T("present.hands"), col)...)
		line, x := e.inputLine(s.input, col)
		l.cursor = &place{x: x, y: len(lines), panel: true}
		lines = append(lines, line)
	}
	if s.said != "" {
		lines = append(lines, wrap(e.theme.strong, "! "+s.said, col)...)
	}
	return lines
}

// goTo is the list of scenes with a search.
func (s presentScreen) goTo(e env) layout {
	col := e.column()
	l := layout{title: e.words.T("present.goto"), hints: s.keys(e), pinned: true}
	for i, sc := range s.scenes() {
		mark, style := "  ", e.theme.text
		if i == s.at {
			mark, style = "▸ ", e.theme.selected
			l.top = len(l.body) - e.rows()/2
		}
		l.body = append(l.body, wrap(style, mark+sc.Title, col)...)
	}
	line, x := e.inputLine(s.input, col)
	l.panel = []string{line}
	l.cursor = &place{x: x, y: 0, panel: true}
	return l
}

// cardLines is the card for a disclosure: the school's own people first.
func (s presentScreen) cardLines(e env) []string {
	col := e.column()
	lines := append(wrap(e.theme.title, s.words.CardHead, col), "")
	for _, v := range e.help.Staff() {
		lines = append(lines, wrap(e.theme.strong, v.Name+". "+v.What+" "+v.Call+" "+v.In, col)...)
	}
	if len(e.help.Staff()) == 0 {
		lines = append(lines, wrap(e.theme.strong, e.words.T("present.nolead"), col)...)
	}
	lines = append(lines, "")
	for i, point := range s.words.Card {
		number := e.words.T("present.point", "Number", i+1)
		lines = append(lines, prefixed(wrap(e.theme.text, point, col-4), number+spaces(4-len([]rune(number))),
			spaces(4))...)
	}
	return lines
}
