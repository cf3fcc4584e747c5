package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// everyShot calls test with each screen of the program: those of learners, classes and
// rooms.
func everyShot(t *testing.T, test func(t *testing.T, d *desk)) {
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		t.Run(shot.name, func(t *testing.T) {
			d := newDesk(t, shot.who(t), 80, 24)
			shot.go_(d)
			test(t, d)
		})
	}
	for _, view := range views {
		t.Run(view.name, func(t *testing.T) {
			d := newDesk(t, presenting(t), 80, 24)
			view.go_(d)
			test(t, d)
		})
	}
}

// pressesOf returns the key presses that a line of a table takes.
func pressesOf(a action) []tea.KeyPressMsg {
	if a.rest {
		return []tea.KeyPressMsg{{Code: 'z', Text: "z"}}
	}
	var all []tea.KeyPressMsg
	for _, name := range a.Keys() {
		if press, ok := pressed(name); ok {
			all = append(all, press)
		} else {
			all = append(all, tea.KeyPressMsg{Code: keyCodes[name]})
		}
	}
	return all
}

// looks returns everything that can be seen of a screen.
func looks(s screen, e env) string {
	f := s.draw(e)
	out := strings.Join(f.lines, "\n")
	if f.cursor != nil {
		out += string(rune('0'+f.cursor.X)) + string(rune('0'+f.cursor.Y))
	}
	return out
}

// TestKeysAreInTheTable checks that screens take keys through their tables only: update
// with a key press changes nothing.
func TestKeysAreInTheTable(t *testing.T) {
	t.Parallel()
	names := []string{"enter", "esc", "tab", "up", "down", "left", "right", "pgup", "pgdown", "?", ".", "1", "2", "3",
		"9"}
	for r := 'a'; r <= 'z'; r++ {
		names = append(names, string(r))
	}
	everyShot(t, func(t *testing.T, d *desk) {
		top := d.p.stack[len(d.p.stack)-1]
		was := looks(top, d.p.env)
		for _, name := range names {
			press, ok := pressed(name)
			if !ok {
				press = tea.KeyPressMsg{Code: keyCodes[name]}
			}
			s, asks, cmd := top.update(d.p.env, press)
			if asks != nil || cmd != nil || looks(s, d.p.env) != was {
				t.Errorf("%s is taken past the table", name)
			}
		}
	})
}

// TestEveryKeyDoesSomething goes through the table of every screen. A line that is on must
// change something visible or make a request; one that is off must say why, when its key
// is pressed and on the page of keys.
func TestEveryKeyDoesSomething(t *testing.T) {
	t.Parallel()
	everyShot(t, func(t *testing.T, d *desk) {
		was := looks(d.p.stack[len(d.p.stack)-1], d.p.env)
		page := strings.Join(newKeys(d.p.env, d.p.table()).body(d.p.env), " ")
		flat := strings.Join(strings.Fields(page), " ")
		for _, a := range d.p.table() {
			name := a.Help().Key + " " + a.Help().Desc
			if a.off == "" && !slices.ContainsFunc(pressesOf(a), func(press tea.KeyPressMsg) bool {
				return d.does(a, press, was)
			}) {
				t.Errorf("%q does nothing:\n%s", name, was)
			}
			if a.Help().Key != "" && !strings.Contains(flat, a.Help().Key) {
				t.Errorf("the page of keys has no %q", name)
			}
			if a.off == "" {
				continue
			}
			if !strings.Contains(stripped(flat), a.off) {
				t.Errorf("the page of keys doesn't say why %q is off: %q", name, a.off)
			}
			if len(a.Keys()) > 0 && !a.tries && d.taker(pressesOf(a)[0]).Help() == a.Help() {
				d.p.press(pressesOf(a)[0])
				if said := strings.Join(strings.Fields(d.screen().String()), " "); !a.hush &&
					!strings.Contains(said, a.off) {
					t.Errorf("%q is off and doesn't say %q:\n%s", name, a.off, d.screen())
				}
				d.p.env.why = ""
			}
		}
	})
}

// does reports whether a press of a line does anything.
func (d *desk) does(a action, press tea.KeyPressMsg, was string) bool {
	for range 3 { // q has to be pressed three times.
		s, asks, cmd := a.do(d.p.env, press)
		if asks != nil || cmd != nil || s != nil && looks(s, d.p.env) != was {
			return true
		}
	}
	return false
}

// taker returns the line of the table that takes a press.
func (d *desk) taker(press tea.KeyPressMsg) action {
	for _, a := range d.p.table() {
		if a.takes(press, d.p.typing()) {
			return a
		}
	}
	return action{}
}

func stripped(s string) string {
	var out strings.Builder
	esc := false
	for _, r := range s {
		switch {
		case r == '\x1b':
			esc = true
		case esc:
			esc = r != 'm'
		default:
			out.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// TestOffIsForgotten checks that the reason why a key is off is shown only until the next key.
func TestOffIsForgotten(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.toChoices()
	d.press("u")
	d.want("You haven't chosen anything yet.")
	d.press("down")
	if d.screen().Contains("You haven't chosen anything yet.") {
		t.Errorf("it still stands:\n%s", d.screen())
	}
}
