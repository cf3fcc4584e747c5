package tui

import (
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/room"
)

// TestDangerIsNeverShownByMistake goes to the scene that only a line about danger leads to, at the
// desk of a class. It stands apart at the end of the list and says what it is, and after enter
// no key but y shows it to the class.
func TestDangerIsNeverShownByMistake(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 16}} {
		f, o := newFakeClass(t, "")
		f.l = coursetest.Example(t)
		f.class = room.NewClass(room.NewTalk(f.l, room.Seed))
		o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
		d := newDesk(t, o, size[0], size[1])
		d.press("enter", "g")
		for range len(f.l.Scenes) {
			d.press("down")
		}
		d.want("Only after a typed line about danger", "danger: Right here", "▸ danger: ")
		for _, key := range []string{"enter", "n", "g", "space", "x"} {
			d.typeIn("right here")
			d.press("enter")
			d.want("danger: Right here", "! Only a typed line about danger", "Press y to show it")
			if d.screen().Contains("anything near you") {
				t.Errorf("the scene stands before what is asked:\n%s", d.screen())
			}
			d.press(key)
			d.want("Go to a scene")
			for range len("right here") {
				d.press("backspace")
			}
		}
		d.typeIn("right here")
		d.press("enter")
		reads := d.whole()
		for _, words := range []string{"ground rules", "p brings the calm page", "What everyone would read first:",
			"Whoever leads has gone to another part"} {
			if !strings.Contains(strings.Join(strings.Fields(reads), " "), words) {
				t.Errorf("nobody says %q:\n%s", words, reads)
			}
		}
		if f.class.Talk().Run().Scene().ID == "right-here" {
			t.Fatal("everyone is shown it, and nobody has said yes")
		}
		d.press("esc")
		d.want("Go to a scene")
		d.press("enter", "y")
		if at := f.class.Talk().Run().Scene().ID; at != "right-here" {
			t.Errorf("yes leads to %s", at)
		}
		d.want("Whoever leads has gone to another part of the story.")
	}
}

// TestDangerBeforeARoom checks that where the room sees the screen on which a scene is picked,
// it shows nothing of such a scene before that is confirmed.
func TestDangerBeforeARoom(t *testing.T) {
	o := presenting(t)
	o.Present.Lesson = coursetest.Example(t)
	d := newDesk(t, o, 80, 24)
	d.press("pgdown")
	d.goTo("right here")
	d.want("! Only a typed line about danger")
	if d.screen().Contains("What everyone would read first") {
		t.Errorf("the room reads it:\n%s", d.screen())
	}
	d.press("enter")
	d.want("Go to a scene")
	d.press("enter", "y")
	d.want("Whoever leads has gone to another part of the story.")
}

// TestNotesBeforeAClass checks that before the class begins the desk can show what to prepare,
// all of it, and that this doesn't begin the class.
func TestNotesBeforeAClass(t *testing.T) {
	f, o := newFakeClass(t, "")
	f.l = coursetest.Example(t)
	f.class = room.NewClass(room.NewTalk(f.l, room.Seed))
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
	d := newDesk(t, o, 60, 16)
	d.want("n notes")
	d.press("n")
	d.want("Before you begin", "suicidal thoughts come")
	all := coursetest.Letters(d.whole())
	for _, p := range f.l.Scenes[0].Notes[0] {
		if !strings.Contains(all, coursetest.Letters(p.String())) {
			t.Errorf("nobody reads %q", p)
		}
	}
	d.press("enter")
	if f.class.Phase() != room.Joining {
		t.Error("it has begun")
	}
	d.press("esc")
	d.want("enter begin")
	d.press("enter")
	d.want("Before we begin")
}

// whole returns all that a screen shows, scrolled to its end, and then scrolls back.
func (d *desk) whole() string {
	all := []string{d.screen().String()}
	for strings.Contains(all[len(all)-1], "more below") && len(all) < 100 {
		d.press("down")
		all = append(all, d.screen().String())
	}
	for range len(all) - 1 {
		d.press("up")
	}
	return strings.Join(all, "\n")
}
