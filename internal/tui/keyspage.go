package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// keysScreen lists the keys of the screen below it, and those that work
// everywhere. It is made from the key map.
type keysScreen struct {
	bindings []key.Binding
	top      int
}

func newKeys(e env, here []key.Binding) keysScreen {
	k := e.keys
	everywhere := []key.Binding{k.help, k.keys, k.back, k.leave, k.leaveQuietly}
	all := slices.DeleteFunc(slices.Clone(here), func(b key.Binding) bool {
		return !b.Enabled() && b.Help().Key == ""
	})
	for _, b := range everywhere {
		if !slices.ContainsFunc(all, func(o key.Binding) bool { return o.Help().Key == b.Help().Key }) {
			all = append(all, b)
		}
	}
	return keysScreen{bindings: all}
}

func (s keysScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(press, e.keys.back) || key.Matches(press, e.keys.take) || key.Matches(press, e.keys.keys) {
			return s, e.pop(nil)
		}
		s.top = scroll(e, press, s.top, len(s.body(e)))
	}
	return s, nil
}

func (s keysScreen) body(e env) []string {
	col := e.column()
	lines := []string{}
	for _, b := range s.bindings {
		name := b.Help().Key
		lines = append(lines, prefixed(wrap(e.theme.text, b.Help().Desc, col-12),
			e.theme.selected.Render(name)+spaces(12-len([]rune(name))), spaces(12))...)
	}
	lines = append(lines, "")
	return append(lines, wrap(e.theme.muted, e.words.T("keys.plain"), col)...)
}

func (s keysScreen) draw(e env) frame {
	return e.fit(layout{title: e.words.T("keys.title"), body: s.body(e), pinned: true, top: s.top, hints: s.keys(e)})
}

func (s keysScreen) keys(e env) []key.Binding { return []key.Binding{e.keys.back} }
