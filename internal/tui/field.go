package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// maxSaid bounds a typed line, in characters.
const maxSaid = 200

// field is a line to type in. Nothing of it is kept anywhere.
type field struct{ in textinput.Model }

func newField() field {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = maxSaid
	in.SetVirtualCursor(false)
	in.KeyMap.Paste.SetEnabled(false) // No reading of the clipboard; a terminal's own paste still works.
	in.Focus()
	return field{in}
}

func (f field) value() string { return f.in.Value() }

// edit takes what is typed or pasted.
func (f field) edit(e look, msg tea.Msg) (field, tea.Cmd) {
	var cmd tea.Cmd
	f.in.SetWidth(max(e.column()-4, 4))
	f.in, cmd = f.in.Update(msg)
	return f, cmd
}

// typed returns the table line that takes pastes, and keys as text; keep returns the screen with
// the changed field.
func (f field) typed(keep func(field) screen) action {
	return edits(func(e env, msg tea.Msg) (screen, request, tea.Cmd) {
		next, cmd := f.edit(e.look, msg)
		return keep(next), nil, cmd
	})
}

// put adds the field to the panel of a layout, with the cursor in it.
func (f field) put(e look, l *layout, col int) {
	line, x := f.line(e, col)
	l.cursor = &place{x: x, y: len(l.panel), panel: true}
	l.panel = append(l.panel, line)
}

// line draws the field, and returns the cell of its cursor.
func (f field) line(e look, col int) (line string, x int) {
	f.in.SetWidth(max(col-4, 4))
	x = 2
	if c := f.in.Cursor(); c != nil {
		x += c.X
	}
	return e.theme.accent.Render("▌ ") + f.in.View(), x
}
