package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// shownKeys returns the key presses that a name in the hints stands for.
func shownKeys(name string) []tea.KeyPressMsg {
	switch name {
	case "↑↓":
		return []tea.KeyPressMsg{{Code: tea.KeyUp}, {Code: tea.KeyDown}}
	case "←→", "←→ a-z":
		return []tea.KeyPressMsg{{Code: tea.KeyLeft}, {Code: tea.KeyRight}}
	case "↑":
		return []tea.KeyPressMsg{{Code: tea.KeyUp}}
	case "↓":
		return []tea.KeyPressMsg{{Code: tea.KeyDown}}
	case "←":
		return []tea.KeyPressMsg{{Code: tea.KeyLeft}}
	case "→":
		return []tea.KeyPressMsg{{Code: tea.KeyRight}}
	case "1-2", "1-3", "1-4", "1-5", "1-6", "1-7", "1-8", "1-9":
		last := name[2]
		return []tea.KeyPressMsg{{Code: '1', Text: "1"}, {Code: rune(last), Text: string(last)}}
	case "pgdn":
		name = "pgdown"
	}
	if press, ok := pressed(name); ok {
		return []tea.KeyPressMsg{press}
	}
	return nil
}

// keepsItsWord checks that every key in the hints does what they say: the line of the table that
// takes the key is the one that the hints name.
func (d *desk) keepsItsWord(name string) {
	d.t.Helper()
	rows := strings.Split(strings.TrimRight(d.screen().String(), "\n "), "\n")
	hints := strings.TrimSpace(rows[len(rows)-1])
	if _, ok := d.p.stack[len(d.p.stack)-1].(paletteScreen); ok {
		for _, row := range rows {
			for part := range strings.SplitSeq(row, "│") {
				if strings.Contains(part, "esc back") {
					hints = strings.TrimSpace(part)
				}
			}
		}
	}
	for hint := range strings.SplitSeq(hints, "   ") {
		key, words, ok := strings.Cut(strings.TrimSpace(hint), " ")
		if rest, found := strings.CutPrefix(words, "a-z "); found {
			words = rest
		}
		presses := shownKeys(key)
		if !ok || len(presses) == 0 {
			d.t.Errorf("%s: no key is known for %q in %q", name, hint, hints)
			continue
		}
		for _, press := range presses {
			does := ""
			for _, a := range d.p.table() {
				if a.takes(press, d.p.typing()) {
					does = a.Help().Desc
					break
				}
			}
			if does != words {
				d.t.Errorf("%s: %q stands at the bottom, and %s does %q", name, hint, press, does)
			}
		}
	}
}

// TestEveryHintIsTrue checks that on every screen, small and large, every key in the hints does
// what they say, and that no hint is a letter where text is typed.
func TestEveryHintIsTrue(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {120, 40}} { // Sizes in between have the hints of the larger one.
		for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
			d := newDesk(t, shot.who(t), size[0], size[1])
			shot.go_(d)
			d.keepsItsWord(shot.name)
		}
		for _, key := range []string{"/", "ctrl+k"} {
			d := newDesk(t, whole(t), size[0], size[1])
			d.press(key)
			d.keepsItsWord(key)
			d.typeIn("pic")
			d.keepsItsWord(key)
			if s := d.screen(); s.Contains("h help") || key == "/" && !s.Contains("f1 help") && size[0] >= 80 {
				t.Errorf("h is typed here, and stands at the bottom:\n%s", s)
			}
			d.key(tea.KeyPressMsg{Code: tea.KeyF1})
			d.want("People who help")
		}
	}
}

// TestPaletteIsAsHighAsItsLines checks that the box ends below what was found, and its field stays put.
func TestPaletteIsAsHighAsItsLines(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, whole(t), size[0], size[1])
		d.press("ctrl+k")
		at := d.screen().Row("╭")
		for _, typed := range []string{"s", "ettings"} {
			d.typeIn(typed)
			s := d.screen()
			top, end := s.Row("╭"), s.Row("╰")
			found := len(d.p.stack[len(d.p.stack)-1].(paletteScreen).found(d.p.env))
			if lines := end - top - 1; top != at || lines > found+3 {
				t.Errorf("at %v there are %d lines for %d from row %d, which was %d:\n%s",
					size, lines, found, top, at, s)
			}
		}
	}
}

// TestHomeAndEnd checks that these keys go to the first and the last line of Home.
func TestHomeAndEnd(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("end")
	d.want("▸ Settings")
	d.press("home")
	d.want("▸ It's happening")
	d.press("pgdown", "pgup")
	d.want("▸ It's happening")
}

// TestSettingsSayWhatTurns checks that the hints say that the arrows change a setting.
func TestSettingsSayWhatTurns(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("s")
	d.want("←→ change")
	d.keepsItsWord("settings")
	d.press("pgdown")
	d.keepsItsWord("settings, the last line")
}
