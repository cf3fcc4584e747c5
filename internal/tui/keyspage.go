package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// keysScreen lists the keys of the screen below it, and those that work everywhere. One
// that is off just now says why.
type keysScreen struct {
	table []action
	pager pager
}

// newKeys makes the page from the table of the screen below. What leaves the program
// stands last.
func newKeys(e env, table []action) keysScreen {
	var all []action
	for _, a := range append(table[1:len(table):len(table)], table[0]) {
		if a.Help().Key != "" && !slices.ContainsFunc(all, func(o action) bool { return o.Help() == a.Help() }) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b action) int { return rank(e, a) - rank(e, b) })
	return keysScreen{table: all}
}

// rank orders the page of keys: those of the screen, then those that work everywhere.
func rank(e env, a action) int {
	everywhere := []string{e.keys.help.Help().Key, e.keys.leave.Help().Key, e.keys.leaveQuietly.Help().Key}
	return slices.Index(everywhere, a.Help().Key) + 1
}

func (s keysScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

func (s keysScreen) body(e env) []string {
	col := e.column()
	lines, wide := []string{}, 12
	for _, a := range s.table {
		wide = max(wide, len([]rune(a.Help().Key))+2)
	}
	for _, a := range s.table {
		name, words, key, style := a.Help().Key, a.Help().Desc, e.theme.selected, e.theme.text
		if a.off != "" {
			words, key, style = e.words.T("keys.off", "What", words, "Why", a.off), e.theme.muted, e.theme.muted
		}
		lines = append(lines, prefixed(wrap(style, words, col-wide), key.Render(name)+spaces(wide-len([]rune(name))),
			spaces(wide))...)
	}
	lines = append(lines, "")
	return append(lines, wrap(e.theme.muted, e.words.T("keys.plain"), col)...)
}

func (s keysScreen) draw(e env) frame {
	return e.page(e.words.T("keys.title"), s.body(e), s.pager, s.keys(e))
}

func (s keysScreen) keys(e env) []action {
	lines := len(s.body(e))
	keep := func(p pager) screen { s.pager = p; return s }
	all := append(e.closes(e.keys.keys), s.pager.arrows(e.look, lines, keep).listed())
	return append(all, s.pager.pages(e.look, lines, keep)...)
}
