package tui

import (
	tea "charm.land/bubbletea/v2"
)

// naming is what someone types where help is shown: the name of their country, or in a fright
// what is happening to them. Letters that were keys one by one led such a sentence through three
// countries and past the emergency number, so all of it is taken as words, until enter.
type naming struct {
	on    bool
	field field
	first string // The letter before these, where it was a key.
	from  string // The country that was shown before.
}

// begun returns the line with its first letter, typed after another one that was a key, or "".
func begun(e look, press tea.KeyPressMsg, first, from string) naming {
	n := naming{on: true, field: newField(), first: first, from: from}
	n.field, _ = n.field.edit(e, press)
	return n
}

// words are all that was typed, with the letter before.
func (n naming) words() string { return n.first + n.field.value() }

// country returns the code of the country that the words name, or begin to, and whether they do;
// if not, that of the country before.
func (n naming) country(e env) (code string, named bool) {
	if code, named := e.see.CountryBegun(e.help, n.first, n.field.value()); named {
		return code, true
	}
	return n.from, false
}

// whole returns the code of the country that the words name in full, and whether they do; listed is
// that of [view.View.CountryNamed].
func (n naming) whole(e env, listed bool) (code string, named bool) {
	if code, named := e.see.CountryNamed(e.help, n.field.value(), listed); named {
		return code, true
	}
	return e.see.CountryNamed(e.help, n.words(), listed)
}

// line draws what was typed, with the letter before unless it names a country without it, and says
// in which cell its cursor is.
func (n naming) line(e env, col int) (line string, x int) {
	line, x = n.field.line(e.look, col)
	if _, named := n.country(e); n.first == "" || named {
		return line, x
	}
	return e.theme.accent.Render("▌ ") + e.theme.text.Render(n.first) + n.field.in.View(), x + 1
}

// edited is the line of a table that takes every key as text.
func (n naming) edited(keep func(naming) screen) action {
	return n.field.typed(func(f field) screen { n.field = f; return keep(n) })
}

// pasted takes what was pasted.
func (n naming) pasted(e look, msg tea.PasteMsg) naming {
	n.field, _ = n.field.edit(e, msg)
	return n
}
