package tui

import (
	"charm.land/bubbles/v2/textinput"
)

// maxSaid bounds a typed line, in characters.
const maxSaid = 200

// newInput returns a line to type in. Nothing of it is kept anywhere.
func newInput() textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = maxSaid
	in.SetVirtualCursor(false)
	in.KeyMap.Paste.SetEnabled(false) // No reading of the clipboard; a terminal's own paste still works.
	in.Focus()
	return in
}

// inputLine draws a line to type in, and says in which cell its cursor is.
func (e env) inputLine(in textinput.Model, col int) (line string, x int) {
	in.SetWidth(max(col-4, 4))
	x = 2
	if c := in.Cursor(); c != nil {
		x += c.X
	}
	return e.theme.accent.Render("▌ ") + in.View(), x
}
