package tui

// draw draws the room's view, and the desk below it where the adult has asked
// for it. A blanked view shows nothing of the story, not even its title.
func (s presentScreen) draw(e env) frame {
	switch s.panel {
	case goToPanel:
		return e.fit(s.picker.draw(e.look, s.keys(e)))
	case askCard:
		return e.fit(layout{hints: s.keys(e), body: wrap(e.theme.text, e.words.T("present.askcard"), e.column()),
			pinned: true})
	case cardShown:
		return e.fit(s.card.draw(e.look, s.keys(e)))
	}
	if s.talk.Blank() && !s.desk && !s.isDesk {
		return frame{lines: make([]string, max(e.h, 1))}
	}
	// The rest is on "?": a room has no use for it.
	l := layout{pinned: true, top: s.pager.top, hints: []action{{Binding: e.keys.roomNext}}}
	if s.isDesk || s.desk || s.said != "" || s.panel == handsPanel {
		l.hints = s.keys(e)
	}
	if s.isDesk && s.talk.Card() {
		card := s.card.draw(e.look, l.hints)
		card.title = e.words.T("present.desk", "Title", s.l.Title)
		return e.fit(card)
	}
	r := s.room(e)
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

// room draws what the room sees, or the desk in a window of its own.
func (s presentScreen) room(e env) roomScreen {
	selected := s.list.at
	if s.scripted() || s.isDesk {
		selected = -1
	}
	items := s.see.Session(s.talk)
	if s.isDesk {
		items = s.see.Desk(s.talk)
	}
	page := e.look
	if s.isDesk || s.desk {
		page = e.besideNotes()
	}
	return page.drawRoom(items, selected, true, s.clock.minutes())
}

// above puts lines on top of the body of a layout, and moves its clicks down.
func (e look) above(l *layout, lines []string) {
	l.body = append(lines, l.body...)
	for i := range l.clicks {
		l.clicks[i].from, l.clicks[i].to = l.clicks[i].from+len(lines), l.clicks[i].to+len(lines)
	}
}

// below returns what stands below the view: the desk, the field for counted hands, and
// what could not be done.
func (s presentScreen) below(e env, l *layout) []string {
	col := e.column()
	var lines []string
	if s.desk && !s.isDesk {
		lines = append(lines, e.drawRoom(s.see.Beside(s.talk), -1, false, s.clock.minutes()).body...)
	}
	if s.panel == handsPanel {
		lines = append(lines, wrap(e.theme.strong, e.words.T("present.hands"), col)...)
		line, x := s.hands.line(e.look, col)
		l.cursor = &place{x: x, y: len(lines), panel: true}
		lines = append(lines, line)
	}
	if s.said != "" {
		lines = append(lines, wrap(e.theme.strong, "! "+s.said, col)...)
	}
	return lines
}
