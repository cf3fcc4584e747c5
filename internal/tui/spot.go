package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// spotScreen turns the messages into a list in which to mark what feels off.
type spotScreen struct {
	run   play.Run
	at    int
	asked bool // Whether the message at hand was just marked.
}

func newSpot(run play.Run) spotScreen {
	return spotScreen{run: run, at: max(len(run.Messages())-1, 0)}
}

func (s spotScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	messages := s.run.Messages()
	if p, ok := msg.(pick); ok && p.i < len(messages) {
		s.at, s.asked = p.i, true
		s.run, _ = s.run.Spot(messages[s.at].Pos)
		return s, nil
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	switch {
	case key.Matches(press, e.keys.back), key.Matches(press, e.keys.spot):
		return s, e.pop(played{run: s.run})
	case key.Matches(press, e.keys.up):
		s.at, s.asked = max(s.at-1, 0), false
	case key.Matches(press, e.keys.down):
		s.at, s.asked = min(s.at+1, len(messages)-1), false
	case key.Matches(press, e.keys.mark):
		s.run, _ = s.run.Spot(messages[s.at].Pos)
		s.asked = true
	}
	return s, nil
}

func (s spotScreen) draw(e env) frame {
	l := layout{title: e.words.T("spot.title"), hints: s.keys(e), pinned: true}
	col := e.column()
	if e.roomy() {
		l.body = append(wrap(e.theme.muted, e.words.T("spot.intro"), col), "")
	}
	for i, m := range s.run.Messages() {
		if i == s.at {
			l.cursor = &place{x: 0, y: len(l.body)}
		}
		from := len(l.body)
		l.body = append(l.body, s.line(e, i, m, col)...)
		l.clicks = append(l.clicks, click{from: from, to: len(l.body), msg: pick{i}})
	}
	l.panel = s.panel(e)
	if l.cursor != nil {
		l.top = l.cursor.y - max(e.rows()-len(l.panel), 1)/2
	}
	return e.fit(l)
}

func (s spotScreen) line(e env, i int, m *lesson.Block, col int) []string {
	mark, style := "  ", e.theme.text
	if i == s.at {
		mark, style = "▸ ", e.theme.selected
	}
	flag := "  "
	if s.run.Marked(m.Pos) {
		flag = e.theme.accent.Render("⚑ ")
	}
	words := wrap(style, m.Who+": "+m.String(), col-4)
	return prefixed(words, style.Render(mark)+flag, spaces(4))
}

// panel explains the message at hand, once it is marked.
func (s spotScreen) panel(e env) []string {
	m := s.run.Messages()[s.at]
	col := e.column()
	if !s.run.Marked(m.Pos) {
		return nil
	}
	if len(m.Signs) == 0 {
		return append([]string{""}, wrap(e.theme.text, e.words.T("spot.none"), col)...)
	}
	bar := e.theme.accent.Render("┃") + "  "
	lines := []string{""}
	for _, i := range m.Signs {
		sign := s.run.Lesson().Signs[i]
		name, _ := e.course.SignName(sign.Kind)
		lines = append(lines, prefixed(append(wrap(e.theme.important, "⚑ "+name, col-3), e.paras(sign.Why, col-3)...),
			bar, bar)...)
	}
	return lines
}

func (s spotScreen) keys(e env) []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.choose"))),
		e.keys.mark, does(e.keys.back, e.words.T("key.tochat")), e.keys.keys,
	}
}
