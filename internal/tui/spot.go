package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// spotScreen lists the messages of the chat, to mark what feels off.
type spotScreen struct {
	run   play.Run
	at    int
	asked bool // Whether the message at hand was just marked.
}

func newSpot(run play.Run) spotScreen {
	return spotScreen{run: run, at: max(len(run.Messages())-1, 0)}
}

func (s spotScreen) update(_ env, msg tea.Msg) (screen, request, tea.Cmd) {
	if p, ok := msg.(pick); ok && p.i < len(s.run.Messages()) {
		return s.mark(p.i), nil, nil
	}
	return s, nil, nil
}

// mark marks a message as one that feels off.
func (s spotScreen) mark(i int) screen {
	s.at, s.asked = i, true
	s.run, _ = s.run.Spot(s.run.Messages()[i].Pos)
	return s
}

func (s spotScreen) draw(e env) frame {
	l := layout{title: e.words.T("spot.title"), hints: s.keys(e), pinned: true, panel: s.panel(e)}
	col := e.column()
	if e.roomy() {
		l.body = append(wrap(e.theme.muted, e.words.T("spot.intro"), col), "")
	}
	for i, m := range s.run.Messages() {
		from := len(l.body)
		if i == s.at {
			l.cursor, l.top = &place{x: 0, y: from}, from-max(e.rows()-len(l.panel), 1)/2
		}
		l.body = append(l.body, s.line(e, i, m, col)...)
		l.clicks = append(l.clicks, click{from: from, to: len(l.body), msg: pick{i}})
	}
	return e.fit(l)
}

func (s spotScreen) line(e env, i int, m *lesson.Block, col int) []string {
	mark, style := e.marked(i == s.at, e.theme.text)
	flag := "  "
	if s.run.Marked(m.Pos) {
		flag = e.theme.accent.Render("⚑ ")
	}
	words := wrap(style, m.Who+": "+m.String(), col-4)
	return e.banded(prefixed(words, mark+flag, spaces(4)), i == s.at, col)
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
	lines := []string{""}
	for _, i := range m.Signs {
		sign := s.run.Lesson().Signs[i]
		name, _ := e.course.SignName(sign.Kind)
		lines = append(lines, e.barred(append(wrap(e.theme.important, "⚑ "+name, col-3), e.paras(sign.Why, col-3)...),
			e.theme.accent, col)...)
	}
	return lines
}

func (s spotScreen) keys(e env) []action {
	move := eitherWay(e.keys.upDown, e.keys.up, "", func(_ env, by int) (screen, request, tea.Cmd) {
		s.asked, s.at = false, max(min(s.at+by, len(s.run.Messages())-1), 0)
		return s, nil, nil
	})
	done := back{played{run: s.run}}
	return []action{
		move, does(e.keys.mark, "", func(env) (screen, request, tea.Cmd) { return s.mark(s.at), nil, nil }),
		asks(e.keys.back, e.words.T("key.tochat"), done), e.opensKeys(),
		asks(e.keys.spot, e.words.T("key.tochat"), done).listed(),
	}
}
