package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/view"
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

// TestTurnsStandApart checks that on a high terminal there is an empty row before a message by someone
// else than the one before, and none before one by the same writer. In a lower one there is neither.
func TestTurnsStandApart(t *testing.T) {
	for _, h := range []int{24, 33, 34, 40} {
		o := whole(t)
		o.Lesson = "hold-my-phone"
		d := newDesk(t, o, 120, h)
		d.until("What could Jas do", nil)
		c := d.p.stack[len(d.p.stack)-1].(playerScreen).chat
		first, more := 0, 0
		for i := range c.shown {
			if c.run.Beats()[i].Block == nil || c.run.Beats()[i].Block.Kind != lesson.Message {
				continue
			}
			m, ok := d.p.env.see.Beat(c.run, i).(view.Message)
			if !ok || !c.follows(i) {
				continue
			}
			empty := c.lines(d.p.env.look, i)[0] == ""
			if want := h >= 34 && m.First; empty != want {
				t.Errorf("at %d rows an empty row before %q: %v", h, lesson.Para{Spans: m.Text}, empty)
			}
			if m.First {
				first++
			} else {
				more++
			}
		}
		if first < 3 || more < 2 {
			t.Errorf("only %d and %d messages", first, more)
		}
	}
}
