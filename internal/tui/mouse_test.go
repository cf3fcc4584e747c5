package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestWheel checks that the wheel scrolls a page that's longer than the screen, moves in a list,
// and scrolls back in a chat, and that turning it the other way undoes that.
func TestWheel(t *testing.T) {
	for name, open := range map[string]func(*desk){
		"help":    func(d *desk) { d.press("h") },
		"article": func(d *desk) { d.press("end", "up", "enter", "enter") },
		"home":    func(*desk) {},
		"chat": func(d *desk) {
			d.press("enter", "enter", "enter")
			for range 12 {
				d.press("enter")
			}
		},
	} {
		d := newDesk(t, whole(t), 60, 16)
		open(d)
		first := d.screen().String()
		one, other := tea.MouseWheelDown, tea.MouseWheelUp
		if name == "chat" {
			one, other = other, one
		}
		d.send(tea.MouseWheelMsg{Button: one})
		if got := d.screen().String(); got == first {
			t.Errorf("%s: nothing has moved:\n%s", name, got)
		}
		d.send(tea.MouseWheelMsg{Button: other})
		if got := d.screen().String(); got != first {
			t.Errorf("%s: it hasn't come back:\n%s\n%s", name, first, got)
		}
	}
}
