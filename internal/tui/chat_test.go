package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// eachPage plays some lessons by their first ways, and calls see for each page of a chat that
// nobody has scrolled.
func eachPage(t *testing.T, w, h int, see func(d *desk, s playerScreen, rows int)) {
	t.Helper()
	for _, id := range []string{"hold-my-phone", "voice-note-3-12", "seen-by-46", "ten-to-ten"} {
		o := whole(t)
		o.Lesson = id
		d := newDesk(t, o, w, h)
		for range 60 {
			if d.screen().Contains("show me how") {
				d.press("tab")
			}
			d.press("enter")
			switch s := d.p.stack[len(d.p.stack)-1].(type) {
			case playerScreen:
				l := layout{}
				s.panel(d.p.env, &l)
				see(d, s, max(d.p.env.rows()-len(l.panel), 1))
			case checkScreen:
				d.press("1")
			case debriefScreen:
				d.press("ctrl+x")
			}
			if d.p.gone {
				break
			}
		}
	}
}

// TestFirstMessageIsNamed checks that no page of a chat begins with a message whose writer isn't named.
func TestFirstMessageIsNamed(t *testing.T) {
	pages := 0
	eachPage(t, 60, 16, func(d *desk, s playerScreen, rows int) {
		lines := s.chat.draw(d.p.env.look, rows)
		for len(lines) > 0 && strings.TrimSpace(ansi.Strip(lines[0])) == "" {
			lines = lines[1:]
		}
		pages++
		if len(lines) > 0 && strings.HasPrefix(strings.TrimSpace(ansi.Strip(lines[0])), "│") {
			t.Errorf("nobody says who wrote the first message:\n%s", d.screen())
		}
	})
	if pages < 60 {
		t.Errorf("only %d pages", pages)
	}
}
