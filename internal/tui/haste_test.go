package tui

import (
	"testing"
	"time"

	"wayout/internal/play"
)

// TestHaste checks that someone who hammers on enter stays on the first page of a chat, of "Fine
// or off?" and of right now, and answers nothing, and that after a moment's wait the key goes on.
func TestHaste(t *testing.T) {
	for name, to := range map[string][]string{
		"story": {"enter", "enter", "enter"}, "fine or off": nil, "right now": {"up", "up", "up", "up"},
	} {
		o := whole(t)
		o.FineOrOff, o.Now = name == "fine or off", name == "right now"
		d := newDesk(t, o, 80, 24)
		if name == "story" {
			d.press(to...)
		} else if name == "fine or off" {
			d.press("enter")
		}
		d.p.glance = time.Hour
		d.press("enter")
		first := d.screen().String()
		d.press("enter", "space", "enter")
		if got := d.screen().String(); got != first {
			t.Errorf("%s: it has gone on:\n%s", name, got)
		}
		d.press("enter", "enter")
		d.want("too fast")
		d.p.entered = time.Now().Add(-5 * time.Hour)
		d.press("enter")
		if got := d.screen().String(); got == first && name != "fine or off" {
			t.Errorf("%s: it doesn't go on:\n%s", name, got)
		}
	}
}

// TestChoicesComeUnderTheKey checks that a key pressed just as the choices come in chooses nothing.
func TestChoicesComeUnderTheKey(t *testing.T) {
	o := whole(t)
	o.Settings.Motion = true
	d := newDesk(t, o, 80, 24)
	d.press("enter", "enter", "enter")
	d.p.glance = time.Hour
	for range 200 {
		p, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
		if !ok {
			t.Fatalf("%T is on top", d.p.stack[len(d.p.stack)-1])
		}
		if d.p.ready() {
			break
		}
		d.send(tick{p.chat.turn})
	}
	before := d.screen().String()
	d.p.entered = time.Time{}
	d.press("enter")
	if got := d.screen().String(); !d.p.ready() || got != before {
		t.Errorf("it has gone on:\n%s", got)
	}
}

// TestAMarkedChoiceWaits checks that presses which are slow enough to go on don't take a choice that
// is only selected by default, while a number takes one at once.
func TestAMarkedChoiceWaits(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("enter", "enter", "enter")
	for range 200 {
		if p, ok := d.p.stack[len(d.p.stack)-1].(playerScreen); ok && p.ready(d.p.env) &&
			p.chat.run.Turn() == play.Choose {
			break
		}
		d.press("enter")
	}
	d.p.glance = time.Hour
	before := d.screen().String()
	d.p.entered, d.p.came = time.Now().Add(-90*time.Minute), time.Time{}
	d.press("enter")
	if got := d.screen().String(); got != before {
		t.Errorf("it has chosen:\n%s", got)
	}
	d.p.entered = time.Now().Add(-6 * time.Hour)
	d.press("enter")
	if got := d.screen().String(); got == before {
		t.Errorf("it doesn't choose:\n%s", got)
	}
}

// TestEnterBelongsToANumber checks that enter right after a number doesn't pass what comes of the
// answer, first of all an emergency number, and that the next one goes on.
func TestEnterBelongsToANumber(t *testing.T) {
	for _, name := range []string{"right now", "fine or off"} {
		for _, n := range []string{"1", "2", "3"} {
			o := practising(t)
			o.FineOrOff, o.Now = name == "fine or off", name == "right now"
			d := newDesk(t, o, 80, 24)
			if o.FineOrOff {
				d.until("1  Fine", nil)
			}
			d.p.glance = time.Minute
			d.p.entered, d.p.came = time.Time{}, time.Time{}
			d.press(n)
			if o.Now {
				d.want("999 now")
			}
			before := d.screen().String()
			d.press("enter")
			if got := d.screen().String(); got != before {
				t.Errorf("%s: %s and enter pass it:\n%s", name, n, got)
			}
			d.p.entered = time.Now().Add(-time.Hour)
			d.press("enter")
			if got := d.screen().String(); got == before {
				t.Errorf("%s: it doesn't go on:\n%s", name, got)
			}
		}
	}
}
