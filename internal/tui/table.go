package tui

import (
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// action is a line of a table of keys: which keys, in which words, and what they do.
// The idea is that of lazygit, where the hints, the menu of keys and the handling come
// from one table, and a key that is off says why.
type action struct {
	key.Binding

	do func(env, tea.KeyPressMsg) (screen, request, tea.Cmd)
	// edit takes what is typed or pasted; nil where no text goes.
	edit func(env, tea.Msg) (screen, request, tea.Cmd)

	off   string // Why the key does nothing just now; "" where it does.
	aside bool   // It stands on the page of keys and not among the hints.
	still bool   // It stands among the hints also while it is off.
	tries bool   // It is done also while it is off: something else decides, and says why.
	hush  bool   // Pressing it while it is off says nothing.
	rest  bool   // It takes every key that no other line takes.
}

// does returns a line of a table. Words are those of the binding where they are "".
func does(b key.Binding, words string, do func(env) (screen, request, tea.Cmd)) action {
	return doesWith(b, words, func(e env, _ tea.KeyPressMsg) (screen, request, tea.Cmd) { return do(e) })
}

// asks returns a line of a table that asks the program for something and changes nothing.
func asks(b key.Binding, words string, r request) action {
	return does(b, words, func(env) (screen, request, tea.Cmd) { return nil, r, nil })
}

// doesWith returns a line of a table that has to know which of its keys was pressed.
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

// offIf returns the line, switched off for a reason where that is so.
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

// anyway returns the line, done also while it seems to be off.
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

// edits returns a line that takes as text every key that no other line takes, and what is pasted.
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

// closes are the lines of a page that is only read: it goes back to the screen below.
func (e look) closes(also ...key.Binding) []action {
	all := []action{asks(e.keys.back, "", back{}), asks(e.keys.take, e.words.T("key.back"), back{}).listed()}
	for _, b := range also {
		all = append(all, asks(b, e.words.T("key.back"), back{}).listed())
	}
	return all
}

// opensKeys is the line that shows the page of keys, for a screen that wants it among its
// hints. It works on every screen on which no text is typed.
func (e look) opensKeys() action {
	return asks(e.keys.keys, "", openKeys{})
}

// opensPalette is the line that looks for everything, from a screen.
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

// leaves is the line that leaves at once. No screen can take its keys away.
func (p *Program) leaves() action {
	return asks(p.env.keys.leave, "", leaveNow{})
}

// everywhere are the lines of the program itself.
func (p *Program) everywhere() []action {
	k := p.env.keys
	var all []action
	top := p.stack[len(p.stack)-1]
	if _, hinted := top.(playerScreen); p.env.roams && !hinted {
		all = append(all, p.env.opensPalette(top, "").listed())
	}
	return append(all, asks(k.help, "", openHelp{}), p.env.opensKeys(), p.leavesQuietly())
}

// leavesQuietly is the line that leaves when its key is pressed three times.
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
			p.quiet = nil // Three in a row leave, and not three in a busy moment.
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

// paste hands what is pasted to the line that takes what is typed, if there is one.
func (p *Program) paste(msg tea.PasteMsg) tea.Cmd {
	for _, a := range p.table() {
		if a.edit != nil {
			s, asks, cmd := a.edit(p.env, msg)
			return p.becomes(len(p.stack)-1, s, asks, cmd)
		}
	}
	return nil
}

// slash reports whether a key press is the slash that looks for a lesson on Home. It is also
// what q is on a Hebrew keyboard, so that three of them leave there too.
func (p *Program) slash(msg tea.KeyPressMsg) bool {
	_, home := p.stack[len(p.stack)-1].(homeScreen)
	return home && msg.Text == "/" && (msg.BaseCode == 0 || msg.BaseCode == '/')
}

// becomes takes what has come of a message to screen i: the screen as it is then, or nil
// where it stays as it was, and what it asks for.
func (p *Program) becomes(i int, s screen, asks request, cmd tea.Cmd) tea.Cmd {
	if s != nil {
		p.stack[i] = s
	}
	if asks == nil {
		return cmd
	}
	return tea.Batch(cmd, p.handle(asks))
}
