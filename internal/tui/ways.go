package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// waysScreen is the map of a lesson: the scenes seen, and where there is still
// something not seen yet.
type waysScreen struct {
	l    *lesson.Lesson
	seen []string
	top  int
}

// newWays returns the map as it is with all that was ever seen.
func newWays(e env, run play.Run) waysScreen {
	return waysScreen{l: run.Lesson(), seen: append(e.book.Seen(run.Lesson().ID), run.Scenes()...)}
}

func (s waysScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(press, e.keys.back) || key.Matches(press, e.keys.take) || key.Matches(press, e.keys.ways) {
			return s, e.pop(nil)
		}
		s.top = scroll(e, press, s.top, len(s.body(e)))
	}
	return s, nil
}

// deepest is how far a scene is moved to the right, in choices.
const deepest = 8

func (s waysScreen) body(e env) []string {
	col := e.column()
	ways := play.Ways(s.l, s.seen)
	been, all := 0, 0
	var lines []string
	for _, w := range ways {
		if w.Again {
			continue // It stands further up, and a line for each way there hides the tree.
		}
		all++
		if w.Been {
			been++
		}
		indent := spaces(2 * min(w.Depth, deepest))
		title := s.l.Scenes[w.Scene].Title
		style, sign := e.theme.text, "● "
		switch {
		case !w.Been:
			style, sign, title = e.theme.muted, "○ ", e.words.T("ways.unseen")
		case w.Ending:
			style, sign, title = e.theme.safe, "◆ ", title+" · "+e.words.T("ways.ending")
		}
		hang := indent + "  "
		lines = append(lines, prefixed(wrap(style, title, max(col-len(hang), 8)), indent+style.Render(sign), hang)...)
	}
	head := append(wrap(e.theme.strong, e.words.T("ways.count", "Been", been, "All", all), col), "")
	lines = append(head, lines...)
	lines = append(lines, "")
	return append(lines, wrap(e.theme.muted, e.words.T("ways.key"), col)...)
}

func (s waysScreen) draw(e env) frame {
	return e.fit(layout{title: e.words.T("ways.title"), body: s.body(e), pinned: true, top: s.top, hints: s.keys(e)})
}

func (s waysScreen) keys(e env) []key.Binding {
	return []key.Binding{key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.read"))),
		e.keys.back, e.keys.keys}
}
