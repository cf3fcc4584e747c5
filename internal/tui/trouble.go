package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
)

// troubleScreen says what is wrong with a lesson's file, for the person who
// wrote it.
type troubleScreen struct {
	what  string
	diags []lesson.Diagnostic
	pager pager
}

func (s troubleScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

func (s troubleScreen) body(e env) []string {
	col := e.column()
	lines := append(wrap(e.theme.text, e.words.T("trouble.text"), col), "")
	lines = append(lines, wrap(e.theme.strong, s.what, col)...)
	for _, d := range s.diags {
		fix := d.Fix
		d.Fix, d.Path = "", nil
		lines = append(lines, wrap(e.theme.strong, d.String(), col)...)
		lines = append(lines, prefixed(wrap(e.theme.muted, fix, col-2), "  ", "  ")...)
	}
	return lines
}

func (s troubleScreen) draw(e env) frame {
	return e.page(e.words.T("trouble.title"), s.body(e), s.pager, s.keys(e))
}

func (s troubleScreen) keys(e env) []action {
	return s.pager.reads(e.look, len(s.body(e)), func(p pager) screen { s.pager = p; return s })
}
