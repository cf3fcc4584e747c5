package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/screentest"
)

// torn has beginnings of sequences that a terminal may send and never finish.
var torn = []string{"\x1b[200~hello\x1b", "\x1b[200~hello\x1b[20", "\x1b[20", "\x1b]11;rgb:12", "\x1bP>|x", "\x1b_G",
	"\x1bO", "\x1b[M", "\x1b", "\xd1"}

// TestLeaveFromEveryDecoderState leaves after the terminal has sent an unfinished sequence.
func TestLeaveFromEveryDecoderState(t *testing.T) {
	leaving := []string{"\x18", "\x03", "\x1b[1095::120;5u", "qqq"}
	seat := func(t testing.TB) Options {
		c, o := atSeat(t)
		first := make(chan room.View, 1)
		v, _ := c.news()
		first <- v
		o.Seat.News = func() (room.View, bool) { v, ok := <-first; return v, ok } // No news comes after the first.
		return o
	}
	rehearsal := func(t testing.TB) Options {
		o := options(t)
		l, _, err := o.Course.Lesson("the-countdown")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(l.Scenes, func(s lesson.Scene) bool { return s.Rehearsal != nil })
		o.Lesson, o.From = l.ID, l.Scenes[i].ID
		return o
	}
	for name, screen := range map[string]struct {
		who func(testing.TB) Options
		on  string
	}{"home": {options, "There is a way out"}, "say": {rehearsal, "Nothing you type"},
		"present": {presenting, "Before we begin"}, "seat": {seat, "You're in."}} {
		for i, before := range torn {
			for _, leave := range leaving {
				if name == "say" && leave == "qqq" || name != "home" && leave != leaving[i%len(leaving)] {
					continue // Where text is typed, q is a letter; only Home tries all ways in all states.
				}
				t.Run(fmt.Sprintf("%s/%d/%q", name, i, leave), func(t *testing.T) {
					t.Parallel()
					term := runs(t, screen.who(t))
					term.Wait(screen.on, func(s screentest.Screen) bool {
						if s.Contains("▾ more") || s.Contains("Find the words") {
							term.Press("enter")
						}
						return s.Contains(screen.on)
					})
					term.Type(before + leave)
					if err := term.WaitExit(); err != nil {
						t.Error(err)
					}
					if s := term.Screen().String(); strings.TrimSpace(s) != "" || term.AltScreen() {
						t.Errorf("something is left:\n%s", s)
					}
				})
			}
		}
	}
}

// runs runs the whole program in a terminal in memory.
func runs(t *testing.T, o Options) *screentest.Terminal {
	term := screentest.New(t, 80, 24)
	o.Width, o.Height = 80, 24
	term.Start(func(in io.Reader, out io.Writer) error {
		o.In, o.Out, o.Env = in, out, []string{"TERM=xterm-256color", "COLORTERM=truecolor"}
		return Run(context.Background(), o)
	})
	return term
}

// TestPasteIsForText checks that the terminal is asked to mark pastes only where text is
// typed, and that a paste does nothing elsewhere.
func TestPasteIsForText(t *testing.T) {
	t.Parallel()
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		before := d.screen().String()
		if typing := d.p.typing(); d.p.View().DisableBracketedPasteMode == typing {
			t.Errorf("%s: text is typed: %v, and pastes are marked: %v", shot.name, typing, typing)
		} else if d.send(tea.PasteMsg{Content: "123"}); !typing && d.screen().String() != before {
			t.Errorf("%s: a paste has changed the screen", shot.name)
		}
	}
}

// TestKeysOfAnyKeyboard presses keys with Caps Lock and on keyboards of other scripts.
func TestKeysOfAnyKeyboard(t *testing.T) {
	text := func(s string) tea.KeyPressMsg { return tea.KeyPressMsg{Code: []rune(s)[0], Text: s} }
	for name, test := range map[string]struct {
		press tea.KeyPressMsg
		want  string
	}{
		"help, Caps Lock": {text("H"), "Childline"},
		"help, Caps Lock under kitty": {tea.KeyPressMsg{Code: 'h', ShiftedCode: 'H', Text: "H",
			Mod: tea.ModCapsLock}, "Childline"},
		"help, Russian":                  {text("р"), "Childline"},
		"help, Russian and Caps Lock":    {text("Р"), "Childline"},
		"help, Greek":                    {text("η"), "Childline"},
		"help, Hebrew":                   {text("י"), "Childline"},
		"help, Arabic":                   {text("ا"), "Childline"},
		"help, by the place of the key":  {tea.KeyPressMsg{Code: 'ჰ', BaseCode: 'h', Text: "ჰ"}, "Childline"},
		"spot, Caps Lock":                {text("F"), "What feels off"},
		"spot, Russian":                  {text("а"), "What feels off"},
		"a choice, in Arabic numbers":    {text("١"), "You chose"},
		"a choice, in wide letters":      {text("１"), "You chose"},
		"a choice, on the number pad":    {tea.KeyPressMsg{Code: tea.KeyKp1, Text: "1"}, "You chose"},
		"enter, on the number pad":       {tea.KeyPressMsg{Code: tea.KeyKpEnter}, "You chose"},
		"keys, which is no letter":       {text("?"), "q q q"},
		"help, which is a key by itself": {tea.KeyPressMsg{Code: tea.KeyF1}, "Childline"},
	} {
		d := newDesk(t, options(t), 80, 24)
		d.toChoices()
		before := d.screen().String()
		d.send(test.press)
		if test.want == "You chose" {
			if d.screen().String() == before {
				t.Errorf("%s: nothing happens:\n%s", name, before)
			}
			continue
		}
		if !d.screen().Contains(test.want) {
			t.Errorf("%s: there is no %q:\n%s", name, test.want, d.screen())
		}
	}
}

// TestLeaveOnAnyKeyboard leaves with Caps Lock and on keyboards of other scripts.
func TestLeaveOnAnyKeyboard(t *testing.T) {
	three := func(s string) []tea.KeyPressMsg {
		press := tea.KeyPressMsg{Code: []rune(s)[0], Text: s}
		return []tea.KeyPressMsg{press, press, press}
	}
	locked := func(presses []tea.KeyPressMsg, mod tea.KeyMod) []tea.KeyPressMsg {
		for i := range presses {
			presses[i].Mod = mod
		}
		return presses
	}
	for name, presses := range map[string][]tea.KeyPressMsg{
		"ctrl+x, Russian under kitty": {{Code: 'ч', BaseCode: 'x', Mod: tea.ModCtrl}},
		"ctrl+x, Russian in xterm":    {{Code: 'ч', Mod: tea.ModCtrl}},
		"ctrl+x, Greek":               {{Code: 'χ', Mod: tea.ModCtrl}},
		"ctrl+x, Caps Lock":           {{Code: 'x', Mod: tea.ModCtrl | tea.ModCapsLock}},
		"ctrl+x, shift":               {{Code: 'x', ShiftedCode: 'X', Mod: tea.ModCtrl | tea.ModShift}},
		"ctrl+x, Dvorak under kitty":  {{Code: 'x', BaseCode: 'b', Mod: tea.ModCtrl}},
		"ctrl+c, Hebrew":              {{Code: 'ב', BaseCode: 'c', Mod: tea.ModCtrl}},
		"ctrl+x, Russian, Caps Lock":  {{Code: 'ч', BaseCode: 'x', Mod: tea.ModCtrl | tea.ModCapsLock}},
		"ctrl+x, Greek, Num Lock":     {{Code: 'χ', Mod: tea.ModCtrl | tea.ModNumLock}},
		"q, Caps Lock":                three("Q"),
		"q, Russian, Num Lock":        locked(three("й"), tea.ModNumLock),
		"q, Russian, Scroll Lock":     locked(three("Й"), tea.ModScrollLock|tea.ModShift),
		"q, Russian":                  three("й"),
		"q, Greek":                    three(";"),
		"q, Hebrew":                   three("/"),
		"q, Arabic":                   three("ض"),
		"q, Serbian":                  three("Љ"),
	} {
		d := newDesk(t, options(t), 80, 24)
		d.toChoices()
		for _, press := range presses {
			d.send(press)
		}
		if !d.p.gone {
			t.Errorf("%s: still there", name)
		}
	}
	d := newDesk(t, options(t), 80, 24)
	if !d.p.View().KeyboardEnhancements.ReportAlternateKeys {
		t.Error("the terminal isn't asked where on a Latin keyboard a key is")
	}
	d.toRehearsal()
	d.typeIn("QЙй Hр")
	d.want("QЙй Hр")
}
