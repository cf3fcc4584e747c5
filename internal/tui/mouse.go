package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// hit is a piece of the screen that does something when it is clicked. The mouse
// does nothing that a key doesn't do. It can be switched off, since it keeps the
// terminal from selecting text (charmbracelet/glow PR 207).
type hit struct {
	x, y, w, h int
	msg        tea.Msg
}

// pick is sent to a screen when line i of its list was clicked.
type pick struct{ i int }

// click hands what was clicked to the screen, or does what the key would do.
func (p *Program) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	for _, h := range p.frame().hits {
		if msg.X < h.x || msg.X >= h.x+h.w || msg.Y < h.y || msg.Y >= h.y+h.h {
			continue
		}
		if press, ok := h.msg.(tea.KeyPressMsg); ok {
			return p.press(press)
		}
		return p.top(h.msg)
	}
	return nil
}

// wheel scrolls by pressing the keys that scroll the screen on top.
func (p *Program) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	up, down := tea.KeyPressMsg{Code: tea.KeyUp}, tea.KeyPressMsg{Code: tea.KeyDown}
	switch p.stack[len(p.stack)-1].(type) {
	case playerScreen, fineOffScreen:
		up, down = tea.KeyPressMsg{Code: tea.KeyPgUp}, tea.KeyPressMsg{Code: tea.KeyPgDown}
	}
	switch msg.Button {
	case tea.MouseWheelUp:
		return p.press(up)
	case tea.MouseWheelDown:
		return p.press(down)
	}
	return nil
}

// keyNames maps names of keys that are longer than a letter to their codes.
var keyNames = map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "pgup": tea.KeyPgUp,
	"pgdown": tea.KeyPgDown, "f1": tea.KeyF1, "f2": tea.KeyF2, "home": tea.KeyHome, "end": tea.KeyEnd}

// pressOf returns the key press that a hint stands for. False means that it names
// several keys, such as the arrows, and can't be clicked.
func pressOf(b key.Binding) (tea.KeyPressMsg, bool) {
	keys := b.Keys()
	if len(keys) == 0 || strings.ContainsAny(b.Help().Key, "↑↓←→-") || strings.Contains(b.Help().Key, " ") {
		return tea.KeyPressMsg{}, false
	}
	return pressed(keys[0])
}

// pressed returns the key press of a key's name.
func pressed(name string) (tea.KeyPressMsg, bool) {
	if code, ok := keyNames[name]; ok {
		return tea.KeyPressMsg{Code: code}, true
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}, true
	}
	if rs := []rune(name); len(rs) == 1 {
		return tea.KeyPressMsg{Code: rs[0], Text: name}, true
	}
	return tea.KeyPressMsg{}, false
}
