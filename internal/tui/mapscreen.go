package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// mapScreen is the map of a lesson: the scenes that were seen, and how many more there
// are and where.
type mapScreen struct {
	l     *lesson.Lesson
	seen  []string
	pager pager
}

// newMap returns the map with all scenes seen in this run or recorded before.
func newMap(e env, run play.Run) mapScreen {
	return mapScreen{l: run.Lesson(), seen: append(e.book.Seen(run.Lesson().ID), run.Scenes()...)}
}

func (s mapScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

// deepest is how many choices deep a scene is still indented further.
const deepest = 8

func (s mapScreen) body(e env) []string {
	col := e.column()
	ways := play.Map(s.l, s.seen)
	been, all := 0, 0
	var lines []string
	for _, w := range ways {
		if w.Repeated {
			continue // It stands further up; a line for each way to it would hide the tree.
		}
		all++
		if w.Visited {
			been++
		}
		indent := spaces(2 * min(w.Depth, deepest))
		title := s.l.Scenes[w.Scene].Title
		style, sign := e.theme.text, "● "
		switch {
		case !w.Visited:
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

func (s mapScreen) draw(e env) frame {
	return e.page(e.words.T("ways.title"), s.body(e), s.pager, s.keys(e))
}

func (s mapScreen) keys(e env) []action {
	all := s.pager.reads(e.look, len(s.body(e)), func(p pager) screen { s.pager = p; return s })
	return append(all, e.opensKeys(), asks(e.keys.ways, e.words.T("key.back"), back{}).listed())
}
