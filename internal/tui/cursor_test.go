package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestCursorStandsOnTheFocus checks that on every screen the terminal's own cursor, which
// magnifiers and screen readers follow, lies within the screen, and on the selected line if
// there is one.
func TestCursorStandsOnTheFocus(t *testing.T) {
	t.Parallel()
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
			d := newDesk(t, shot.who(t), 80, 24)
			shot.go_(d)
			d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			c := d.p.View().Cursor
			if d.p.hidden {
				continue // Nothing at all is shown.
			}
			if c == nil || c.X < 0 || c.Y < 0 || c.X >= size[0] || c.Y >= size[1] {
				t.Errorf("%s at %v: the cursor is %v", shot.name, size, c)
				continue
			}
			var marked []int
			for y, line := range strings.Split(d.screen().String(), "\n") {
				if strings.Contains(line, "▸ ") {
					marked = append(marked, y)
				}
			}
			if len(marked) == 1 && !d.p.typing() && c.Y != marked[0] {
				t.Errorf("%s at %v: the cursor is in line %d, and the mark in line %d", shot.name, size, c.Y, marked[0])
			}
		}
	}
}
