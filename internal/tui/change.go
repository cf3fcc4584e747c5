package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/progress"
)

// changeScreen shows a learner what is different after the course, as counts out
// of a total, before and after. It gives no marks.
type changeScreen struct{ pager pager }

func (s changeScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

func (s changeScreen) body(e env) []string {
	col := e.column()
	before, after, ok := e.book.Change()
	if !ok {
		return wrap(e.theme.text, e.words.T("change.none"), col)
	}
	lines := append(wrap(e.theme.muted, e.words.T("change.intro"), col), "")
	row := func(name string, n, of int) {
		lines = append(lines, prefixed(wrap(e.theme.text, e.words.T("change.row", "When", name, "Number", n, "Of", of),
			col-2), "  ", "  ")...)
	}
	for _, part := range []struct {
		head string
		of   func(progress.Tally) (int, int)
	}{
		{e.words.T("change.stories"), func(t progress.Tally) (int, int) { return t.Stories, t.StoriesOf }},
		{e.words.T("change.asking"), func(t progress.Tally) (int, int) { return t.Asking, t.AskingOf }},
	} {
		lines = append(lines, wrap(e.theme.title, part.head, e.column())...)
		n, of := part.of(before)
		row(e.words.T("change.before"), n, of)
		n, of = part.of(after)
		row(e.words.T("change.after"), n, of)
		lines = append(lines, "")
	}
	return append(lines, wrap(e.theme.text, e.words.T("change.worry"), col)...)
}

func (s changeScreen) draw(e env) frame {
	return e.page(e.words.T("change.title"), s.body(e), s.pager, s.keys(e))
}

func (s changeScreen) keys(e env) []action {
	lines, keep := len(s.body(e)), func(p pager) screen { s.pager = p; return s }
	all := []action{asks(e.keys.take, e.words.T("key.home"), home{}),
		asks(e.keys.back, e.words.T("key.home"), home{}).listed(), e.opensKeys(),
		s.pager.arrows(e.look, lines, keep).listed()}
	return append(all, s.pager.pages(e.look, lines, keep)...)
}
