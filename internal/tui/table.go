package tui

import (
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// action is a line of a table of keys: the keys, the words for them, and what they do.
// As in lazygit, the hints, the menu of keys and the handling come from one table, and
// a key that is off says why.
type action struct {
	key.Binding

	do func(env, tea.KeyPressMsg) (screen, request, tea.Cmd)
	// edit takes what is typed or pasted; nil on a line that takes no text.
	edit func(env, tea.Msg) (screen, request, tea.Cmd)

	off   string // Why the key does nothing just now; "" if it works.
	aside bool   // On the page of keys but not among the hints.
	still bool   // Among the hints even while it is off.
	tries bool   // Called even while it is off: do decides, and says why not.
	hush  bool   // Pressing it while it is off doesn't show why.
	rest  bool   // It takes every key that no other line takes.
}

// does returns a line of a table. If words is "", the binding's own words are used.
func does(b key.Binding, words string, do func(env) (screen, request, tea.Cmd)) action {
	return doesWith(b, words, func(e env, _ tea.KeyPressMsg) (screen, request, tea.Cmd) { return do(e) })
}

// asks returns a line of a table that makes a request and leaves the screen as it is.
func asks(b key.Binding, words string, r request) action {
	return does(b, words, func(env) (screen, request, tea.Cmd) { return nil, r, nil })
}

// doesWith returns a line of a table that is told which of its keys was pressed.
func doesWith(b key.Binding, words string, do func(env, tea.KeyPressMsg) (screen, request, tea.Cmd)) action {
	if words != "" {
		b.SetHelp(b.Help().Key, words)
	}
	return action{Binding: b, do: do}
}

// eitherWay returns a line of a table for two keys that go opposite ways: by is -1 for the one that
// goes back, and 1 for the other.
func eitherWay(b, back key.Binding, words string, do func(e env, by int) (screen, request, tea.Cmd)) action {
	return doesWith(b, words, func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		if key.Matches(press, back) {
			return do(e, -1)
		}
		return do(e, 1)
	})
}

// offIf returns the line, switched off with the reason why if off is true.
func (a action) offIf(off bool, why string) action {
	if off {
		a.off = why
	}
	return a
}

// listed returns the line, kept out of the hints.
func (a action) listed() action {
	a.aside = true
	return a
}

// anyway returns the line, called even while it is off; see action.tries.
func (a action) anyway() action {
	a.tries = true
	return a
}

// shown returns the line, kept among the hints while it is off.
func (a action) shown() action {
	a.still = true
	return a
}

// anyOther returns a line that takes every key that no other line takes.
func (e look) anyOther(words string, do func(env) (screen, request, tea.Cmd)) action {
	a := does(e.keys.other, words, do).listed()
	a.rest = true
	return a
}

// edits returns a line that takes pastes, and every key that no other line takes, as text.
func edits(edit func(env, tea.Msg) (screen, request, tea.Cmd)) action {
	do := func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) { return edit(e, press) }
	return action{do: do, edit: edit, rest: true, aside: true}
}

// takes reports whether a key belongs to this line. Where text is typed, a key that
// types something belongs to the line that takes the text.
func (a action) takes(press tea.KeyPressMsg, typing bool) bool {
	if a.rest {
		return true
	}
	if typing && types(press) {
		return false
	}
	return key.Matches(press, a.Binding)
}

// types reports whether a key press is text.
func types(press tea.KeyPressMsg) bool {
	for _, r := range press.Text {
		return unicode.IsPrint(r)
	}
	return false
}

// closes returns the lines that close a page which is only read; also are further keys for it.
func (e look) closes(also ...key.Binding) []action {
	all := []action{asks(e.keys.back, "", back{}), asks(e.keys.take, e.words.T("key.back"), back{}).listed()}
	for _, b := range also {
		all = append(all, asks(b, e.words.T("key.back"), back{}).listed())
	}
	return all
}

// opensKeys returns the line that shows the page of keys, for a screen that wants it among
// its hints. The key works on every screen on which no text is typed.
func (e look) opensKeys() action {
	return asks(e.keys.keys, "", openKeys{})
}

// opensPalette returns the line that opens the palette over a screen.
func (e env) opensPalette(from screen, words string) action {
	return does(e.keys.palette, words, func(e env) (screen, request, tea.Cmd) {
		return nil, open{screen: newPalette(e, from)}, nil
	}).offIf(e.served, e.words.T("off.served"))
}

// table returns every line that is tried for a key, in this order.
func (p *Program) table() []action {
	if p.covered {
		return append([]action{p.leaves(), p.leavesQuietly()}, p.coverKeys()...)
	}
	top := p.stack[len(p.stack)-1]
	all := []action{p.leaves()}
	var rest []action
	for _, a := range top.keys(p.env) {
		if a.rest {
			rest = append(rest, a)
		} else {
			all = append(all, a)
		}
	}
	return append(append(all, p.everywhere()...), rest...)
}

// leaves returns the line that leaves at once. It comes first, so no screen can take its keys.
func (p *Program) leaves() action {
	return asks(p.env.keys.leave, "", leaveNow{})
}

// everywhere returns the lines that work on every screen.
func (p *Program) everywhere() []action {
	k := p.env.keys
	var all []action
	top := p.stack[len(p.stack)-1]
	if _, hinted := top.(playerScreen); p.env.roams && !hinted {
		all = append(all, p.env.opensPalette(top, "").listed())
	}
	return append(all, asks(k.help, "", openHelp{}), p.env.opensKeys(), p.leavesQuietly())
}

// leavesQuietly returns the line that leaves when its key is pressed three times.
func (p *Program) leavesQuietly() action {
	return does(p.env.keys.leaveQuietly, "", func(env) (screen, request, tea.Cmd) {
		if p.thrice() {
			return nil, leaveNow{}, nil
		}
		if s, ok := p.stack[len(p.stack)-1].(rightNow); ok { // It may begin a word, as in "quero".
			s.first += "q"
			return s, nil, nil
		}
		return nil, nil, nil
	})
}

// press does what the table says about a key.
func (p *Program) press(msg tea.KeyPressMsg) tea.Cmd {
	p.stirred()
	p.env.why = ""
	typing := p.typing()
	if p.slash(msg) {
		if p.thrice() {
			return p.handle(leaveNow{})
		}
	} else {
		msg = latin(msg, typing)
		if !key.Matches(msg, p.env.keys.leaveQuietly) {
			p.quiet = nil // Only three in a row leave.
		}
	}
	if p.hasty(msg) {
		return nil
	}
	for _, a := range p.table() {
		if !a.takes(msg, typing) {
			continue
		}
		if a.off != "" && !a.tries {
			if !a.hush {
				p.env.why = a.off
			}
			return nil
		}
		s, asks, cmd := a.do(p.env, msg)
		return p.becomes(len(p.stack)-1, s, asks, cmd)
	}
	return nil
}

// paste hands what is pasted to the line that takes typed text, if there is one.
func (p *Program) paste(msg tea.PasteMsg) tea.Cmd {
	for _, a := range p.table() {
		if a.edit != nil {
			s, asks, cmd := a.edit(p.env, msg)
			return p.becomes(len(p.stack)-1, s, asks, cmd)
		}
	}
	return nil
}

// slash reports whether a key press is the slash that starts a search on Home. On a Hebrew
// keyboard the key of q types a slash, so three of them leave there too.
func (p *Program) slash(msg tea.KeyPressMsg) bool {
	_, home := p.stack[len(p.stack)-1].(homeScreen)
	return home && msg.Text == "/" && (msg.BaseCode == 0 || msg.BaseCode == '/')
}

// becomes applies what screen i has returned: the changed screen, or nil if it stays as it
// was, and its request.
func (p *Program) becomes(i int, s screen, asks request, cmd tea.Cmd) tea.Cmd {
	if s != nil {
		p.stack[i] = s
	}
	if asks == nil {
		return cmd
	}
	return tea.Batch(cmd, p.handle(asks))
}
