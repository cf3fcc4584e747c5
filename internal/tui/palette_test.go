package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
)

// TestPalette checks that from the middle of a story everything can be opened by a few letters,
// and that escape leads back to where the learner was.
func TestPalette(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("enter", "enter", "enter")
	before := d.screen().String()
	d.press("ctrl+k")
	d.want("Where to?", "Anonymous Heron", "Someone asks")
	d.typeIn("xyzzy")
	d.want("Nothing has those words")
	d.press("enter", "up", "down", "pgdown", "pgup", "esc")
	if got := d.screen().String(); got != before {
		t.Errorf("the story is not as it was:\n%s", got)
	}
	for typed, opens := range map[string]string{"people who": "People who help", "settings": "Settings",
		"fine or": "Fine or off?", "i made one": "Only Four People", "right now": "Are you safe?"} {
		d := newDesk(t, whole(t), 80, 24)
		d.press("enter", "enter", "enter", "ctrl+k")
		d.typeIn(typed)
		d.press("enter")
		d.want(opens)
		if _, still := d.p.stack[len(d.p.stack)-1].(paletteScreen); still {
			t.Errorf("%q opens nothing", typed)
		}
	}
	d.press("ctrl+k")
	d.typeIn("leave way")
	d.press("enter")
	if !d.p.gone {
		t.Error("the palette doesn't leave")
	}
}

// TestPaletteFindsTraces checks that the words for what someone leaves behind find the lines that erase
// it and that keep nothing, that both lead there, and that neither stands in the palette without a word.
func TestPaletteFindsTraces(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}} {
		for _, typed := range []string{"erase", "delete", "trace", "clear", "remove", "history", "clear my history"} {
			d := newDesk(t, whole(t), size[0], size[1])
			d.press("enter", "enter", "ctrl+k")
			if d.screen().Contains("Erase everything") {
				t.Errorf("it's there at once:\n%s", d.screen())
			}
			d.typeIn(typed)
			d.want("Erase everything", "Private: from now on, nothing is kept")
			rows := d.screen()
			for !d.screen().Contains("▸ Erase everything") && rows.Contains("Erase everything") {
				d.press("down")
			}
			d.press("enter")
			d.want("Press y to erase it")
			d.press("esc", "ctrl+k")
			d.typeIn(typed)
			for range 9 {
				if !d.screen().Contains("▸ Private") {
					d.press("down")
				}
			}
			d.press("enter")
			d.want("Settings", "▸ Private: from now on, nothing is kept")
		}
	}
	o := whole(t)
	o.Settings.Locked.Private = true
	d := newDesk(t, o, 80, 24)
	d.press("ctrl+k")
	d.typeIn("erase")
	d.want("▸ Erase everything")
	if d.screen().Contains("Private: ") {
		t.Errorf("what is locked is offered:\n%s", d.screen())
	}
}

// TestPaletteOfScenes checks that a scene that was seen is found by its name and can be played
// from, and that a scene that wasn't is never named.
func TestPaletteOfScenes(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.press("ctrl+k")
	d.typeIn("second account")
	d.want("Nothing has those words")
	d = newDesk(t, later(t), 80, 24)
	d.press("p", "ctrl+k") // From the plan.
	d.typeIn("second account")
	d.want("▸ The second account")
	d.press("enter")
	p, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
	if !ok || len(d.p.stack) != 3 {
		t.Fatalf("%d screens, and on top %T", len(d.p.stack), d.p.stack[len(d.p.stack)-1])
	}
	if got := p.chat.run.Scene().ID; got != "the-second-account" {
		t.Errorf("it begins in %s", got)
	}
}

// TestPaletteIsForLearners checks that the desk and the seats of a class have no palette.
func TestPaletteIsForLearners(t *testing.T) {
	for _, shot := range classShots {
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		d.press("ctrl+k")
		if _, opened := d.p.stack[len(d.p.stack)-1].(paletteScreen); opened {
			t.Errorf("%s has a palette", shot.name)
		}
	}
}

// TestPaletteIsABox checks that the right edge is one straight line, even where the selected line has
// a background, and that hints stand in the box and nowhere else.
func TestPaletteIsABox(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, whole(t), size[0], size[1])
		d.p.env.theme = d.p.env.theme.filled()
		d.press("ctrl+k")
		d.typeIn("s")
		edges, s := make(map[int]bool), d.screen()
		for y := s.Row("╭"); y <= s.Row("╰"); y++ {
			row := s.Lines()[y]
			at := strings.LastIndexAny(row, "╮│╯")
			edges[widthOf(row[:max(at, 0)])] = true
		}
		if len(edges) != 1 {
			t.Errorf("at %v its edge is at %v:\n%s", size, edges, s)
		}
		keys := s.Lines()[s.Row("╰")-1]
		if !strings.Contains(keys, "ctrl+x") || strings.Count(s.String(), "ctrl+x") != 1 {
			t.Errorf("at %v the way out isn't in the box, once:\n%s", size, s)
		}
	}
}

// TestSearchesHearDanger checks that in both search fields a line that speaks of danger brings help
// first, whether it finds anything or not, and that words of danger find right now before all else.
func TestSearchesHearDanger(t *testing.T) {
	for _, key := range []string{"ctrl+k", "/"} {
		for _, typed := range []string{"i want to die", "i'm going to kill myself"} {
			d := newDesk(t, whole(t), 80, 24)
			d.press(key)
			d.typeIn(typed)
			d.press("enter")
			d.want("This comes before the story", "Call")
			if _, ok := d.p.stack[len(d.p.stack)-1].(helpFirst); !ok {
				t.Errorf("%q after %s brings no help", typed, key)
			}
			d.press("esc")
			if d.screen().Contains(typed) {
				t.Errorf("%q is still on the screen", typed)
			}
		}
		for _, typed := range []string{"suicide", "self harm", "hurt myself"} {
			d := newDesk(t, whole(t), 80, 24)
			d.press(key)
			d.typeIn(typed)
			d.want("▸ It's happening to me right now")
		}
	}
}

// TestStoryNamesThePalette checks that a story has the palette among its hints where there is
// room, and once on its page of keys, but not in a class, where it leads nowhere.
func TestStoryNamesThePalette(t *testing.T) {
	o := options(t)
	o.Settings.Motion = true
	d := &desk{t: t, p: New(o)}
	d.p.env.motion = false
	d.press("4", "enter", "enter")
	d.p.env.motion = true
	d.p.Update(tea.KeyPressMsg{Code: tea.KeyEnter}) // The chat is coming in.
	d.want("enter more", "ctrl+k find", "h help", "ctrl+x leave")
	d.press("?")
	if n := strings.Count(d.screen().String(), "ctrl+k"); n != 1 {
		t.Errorf("the page of keys names it %d times:\n%s", n, d.screen())
	}

	f, o := atSeat(t)
	f.do(room.Start, room.OwnPace)
	d = newDesk(t, o, 80, 24)
	if d.press("enter", "enter"); d.screen().Contains("ctrl+k") {
		t.Errorf("a seat names it:\n%s", d.screen())
	}
	if _, story := d.p.stack[len(d.p.stack)-1].(playerScreen); !story {
		t.Errorf("it isn't a story:\n%s", d.screen())
	}
}
