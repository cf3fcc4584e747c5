package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"wayout/internal/play"
	"wayout/internal/room"
)

// draw draws the room's view, and the desk below it where the adult has asked
// for it. A covered view shows nothing of the story, not even its title.
func (s presentScreen) draw(e env) frame {
	switch s.panel {
	case goToPanel:
		return e.fit(s.goTo(e))
	case askCard:
		return e.fit(layout{hints: s.keys(e), body: wrap(e.theme.text, e.words.T("present.askcard"), e.column()), pinned: true})
	case cardPanel:
		return e.fit(layout{hints: s.keys(e), body: s.cardLines(e), top: s.top, pinned: true})
	}
	if s.isDesk {
		return e.fit(s.deskWindow(e))
	}
	if s.talk.Blank() && !s.desk {
		return frame{lines: make([]string, max(e.h, 1))}
	}
	l := layout{pinned: true, top: s.top, title: s.talk.Run().Lesson().Title}
	if s.desk || s.said != "" || s.panel == handsPanel {
		l.hints = s.keys(e)
	} else {
		l.hints = []key.Binding{e.keys.roomNext} // The rest is on "?": a room has no use for it.
	}
	if !s.talk.Blank() {
		l.body, l.clicks = s.view(e)
	} else {
		l.body = wrap(e.theme.strong, e.words.T("present.covered"), e.column())
	}
	l.panel = s.below(e, &l)
	return e.fit(l)
}

// below is the line to type hands on, what could not be done, and the desk.
func (s presentScreen) below(e env, l *layout) []string {
	col := e.column()
	var lines []string
	if s.desk {
		lines = append(lines, s.deskLines(e, col)...)
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

// view is what the room sees: never a note, a rating, or what comes next.
func (s presentScreen) view(e env) ([]string, []click) {
	col := e.column()
	calm := func(parts ...string) ([]string, []click) {
		lines := []string{""}
		for _, p := range parts {
			lines = append(append(lines, wrap(e.theme.strong, p, col)...), "")
		}
		return lines, nil
	}
	switch s.talk.Phase() {
	case room.Rules:
		lines := append(wrap(e.theme.title, e.words.T("present.rules"), col), "")
		for _, rule := range s.words.Rules {
			lines = append(lines, prefixed(wrap(e.theme.text, rule, col-2), e.theme.accent.Render("• "), "  ")...)
		}
		return append(append(lines, ""), wrap(e.theme.text, s.words.Before, col)...), nil
	case room.Out:
		return calm(s.words.Out)
	case room.Calm:
		return calm(s.words.Calm, s.words.After)
	case room.Paused:
		return calm(s.words.Paused, s.words.Calm)
	}
	return s.story(e, col)
}

// story draws the present page: what is told, and what can be done about it.
func (s presentScreen) story(e env, col int) ([]string, []click) {
	run, page := s.talk.Run(), s.talk.Page()
	lines := s.told(e, col)
	switch page.Kind {
	case room.Choices, room.Quiz:
		return s.toTake(e, lines, col)
	case room.Line:
		lines = append(lines, wrap(e.theme.strong, e.words.T("say.ask", "Who", run.Scene().Rehearsal.Who), col)...)
	case room.Models:
		lines = append(lines[:0], wrap(e.theme.strong, e.words.T("say.models"), col)...)
		for i := range run.Scene().Rehearsal.Models {
			m := &run.Scene().Rehearsal.Models[i]
			lines = append(lines, e.drawMessage(run.Lesson(), m, beatKey{width: col, boxed: e.roomy(), own: true})...)
		}
	case room.Explained:
		lines = append(lines[:0], e.explain(run, noPick, col)...)
	}
	return lines, nil
}

// told draws what the present page tells.
func (s presentScreen) told(e env, col int) []string {
	run, page := s.talk.Run(), s.talk.Page()
	var lines []string
	for k, i := range page.Beats {
		beat := e.beatAs(run, i, col, k == 0 || named(run.Beats(), i))
		lines = append(lines, beat...)
		if e.roomy() && len(beat) > 0 && beat[len(beat)-1] != "" {
			lines = append(lines, "")
		}
	}
	return lines
}

// question draws what is asked on the present page.
func (s presentScreen) question(e env, col int) []string {
	run := s.talk.Run()
	words := e.words.T("player.what", "Who", run.Lesson().Focus)
	if q, _ := run.Scene().Question(); q != nil {
		words = q.Text[0].String()
	}
	lines := wrap(e.theme.strong, words, col)
	if e.roomy() {
		lines = append(lines, "")
	}
	return lines
}

// toTake draws the question and what can be taken, with the hands once they are
// counted: a bar and a number, all at once, so that nobody waits for the last.
func (s presentScreen) toTake(e env, lines []string, col int) ([]string, []click) {
	lines = append(lines, s.question(e, col)...)
	hands, most := s.talk.Hands(), 1
	for _, n := range hands {
		most = max(most, n)
	}
	selected := s.at
	if s.scripted() {
		selected = -1
	}
	var below func(i int) []string
	if hands != nil {
		below = func(i int) []string {
			bar := strings.Repeat("█", hands[i]*(col-14)/most)
			return []string{spaces(5) + e.theme.accent.Render(bar) + " " + e.words.T("present.count", "Count", hands[i])}
		}
	}
	offered, from := e.offer(s.choices(), selected, col, below)
	base := len(lines)
	lines = append(lines, offered...)
	var clicks []click
	for i := range from {
		to := len(lines)
		if i+1 < len(from) {
			to = base + from[i+1]
		}
		clicks = append(clicks, click{from: base + from[i], to: to, msg: pick{i}})
	}
	return lines, clicks
}

// deskWindow is the desk in a window of its own: the card while it is asked for,
// else what the room sees in short, what comes next, and the notes.
func (s presentScreen) deskWindow(e env) layout {
	col := e.column()
	l := layout{title: e.words.T("present.desk", "Title", s.l.Title), hints: s.keys(e), pinned: true, top: s.top}
	if s.talk.Card() {
		l.body = s.cardLines(e)
		return l
	}
	if s.talk.Blank() {
		l.body = append(l.body, wrap(e.theme.strong, e.words.T("present.covered"), col)...)
	}
	if s.peers == 0 {
		l.body = append(l.body, wrap(e.theme.strong, e.words.T("present.noroom"), col)...)
	}
	seen, clicks := s.view(e)
	at := len(l.body)
	l.body = append(l.body, seen...)
	for _, c := range clicks {
		c.from, c.to = c.from+at, c.to+at
		l.clicks = append(l.clicks, c)
	}
	l.body = append(l.body, s.deskLines(e, col)...)
	l.panel = s.below(e, &l)
	return l
}

// deskLines are for the adult: where we are, what comes next and how it turns
// out, the notes, the time.
func (s presentScreen) deskLines(e env, col int) []string {
	run := s.talk.Run()
	at, of := s.talk.Place()
	all, page := s.talk.Pages()
	lines := []string{e.theme.rule.Render(strings.Repeat("─", col))}
	lines = append(lines, wrap(e.theme.strong, e.words.T("present.place", "Scene", run.Scene().Title, "At", at, "Of", of, "Page", page+1, "Pages", len(all), "Minutes", s.minutes()), col)...)
	if s.talk.Phase() == room.Rules {
		lines = append(lines, wrap(e.theme.muted, e.course.Review(), col)...)
	}
	if script, next := s.talk.Script(); next < len(script) {
		lines = append(lines, wrap(e.theme.text, e.words.T("present.next", "Command", script[next].String()), col)...)
	}
	if run.Turn() == play.Choose {
		for i, c := range run.Open() {
			choice := run.Scene().Choices[c]
			style, sign := e.theme.rating(choice.Rating)
			lines = append(lines, prefixed(wrap(e.theme.text, choice.String()+" → "+run.Lesson().Scenes[choice.To].Title, col-6), string(rune('1'+i))+"  "+style.Render(sign)+" ", spaces(5))...)
		}
	}
	for _, note := range run.Scene().Notes {
		lines = append(lines, e.paras(note, col)...)
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
		lines = append(lines, prefixed(wrap(e.theme.text, point, col-4), number+spaces(4-len([]rune(number))), spaces(4))...)
	}
	return lines
}
