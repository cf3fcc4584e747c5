package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
)

// living is a lesson with everything that can happen in a chat on a phone.
const living = `---
goal: Stop answering.
risk: blackmail
role: target
focus: Kai
place: Hamilton, Ontario
ages: 13-18
minutes: 5
note: Nothing happens.
behind: Three adults in an office.
article: disguise
sources: nca-24
---

# A phone

It's late.

## The phone

> **Sam:** …

> **Dez:** u coming?

> **Kai:** ~~who is this~~ sure

> **Kai:** *seen 23:41*

> **Sam:** *missed call*

> **Sam:** hey

> **Sam:** hey kai

> **Sam:** pick up

> **Sam:** i know youre there

- ["leave me alone"](#gone)
- [Put it in the drawer](#gone)

## Gone

> [!TIP]
> Good.
`

// livingRun is a run of the lesson.
func livingRun(t testing.TB) play.Run {
	t.Helper()
	l, diags := lesson.Parse("a-phone.md", []byte(living))
	if l == nil {
		t.Fatal(diags)
	}
	return play.Start(l, 1)
}

// moving returns a desk at the beginning of the lesson living.
func moving(t testing.TB, motion bool) *desk {
	d := newDesk(t, options(t), 80, 40)
	d.p.env.motion = motion
	s, _, _ := newPlayer(livingRun(t)).update(d.p.env, arrive{})
	d.p.stack = []screen{s}
	return d
}

func (d *desk) chat() chat { return d.p.stack[0].(playerScreen).chat }

// tick brings in what comes next, without the wait.
func (d *desk) tick() { d.p.stack[0], _, _ = d.p.stack[0].update(d.p.env, tick{turn: d.chat().turn}) }

// TestDraftIsTypedAndDeleted: with motion a draft is typed, stands, and is deleted before
// the message is sent; then it stands above the message in words.
func TestDraftIsTypedAndDeleted(t *testing.T) {
	d := moving(t, true)
	var seen []string
	for !d.chat().whole() {
		s := d.screen().String()
		for _, line := range strings.Split(s, "\n") {
			if i := strings.Index(line, "┆ "); i >= 0 && strings.Contains(line, "▏") {
				seen = append(seen, strings.TrimSpace(strings.TrimPrefix(line[i:], "┆ ")))
			}
		}
		d.tick()
	}
	want := "who▏,who is▏,who is this▏,who is▏,who▏,▏"
	if got := strings.Join(seen, ","); got != want {
		t.Errorf("seen %q, want %q", got, want)
	}
	d.want("Kai types “who is this” and deletes it.", "sure")
}

// TestTypingStops checks that someone who types and sends nothing is shown as typing, and then
// as having stopped.
func TestTypingStops(t *testing.T) {
	d := moving(t, true)
	d.want("Sam is typing …")
	if d.screen().Contains("then stops") {
		t.Errorf("it stops at once:\n%s", d.screen())
	}
	d.tick()
	d.want("starts typing, then stops", "u coming?")
	if d.screen().Contains("is typing …") {
		t.Errorf("it goes on:\n%s", d.screen())
	}
}

// TestMotionEndsAsItIsWithout checks that a key completes what is going on, and that in the end
// the screen is the same as with motion off.
func TestMotionEndsAsItIsWithout(t *testing.T) {
	still := moving(t, false)
	want := still.screen().String()
	still.want("starts typing, then stops", "Kai types “who is this” and deletes it.", "seen 23:41", "missed call")
	all := moving(t, true)
	for !all.chat().whole() {
		all.tick()
	}
	if got := all.screen().String(); got != want {
		t.Errorf("with motion:\n%s\nwithout:\n%s", got, want)
	}
	for ticks := range 12 {
		d := moving(t, true)
		for range ticks {
			d.tick()
		}
		d.press("x")
		if got := d.screen().String(); got != want {
			t.Errorf("a key after %d ticks:\n%s\nwithout motion:\n%s", ticks, got, want)
		}
	}
}

// TestMotionIsCalm checks that no pause is longer than a second and a half, a draft is over within
// four seconds, a burst comes faster than other messages, and at the end nothing moves.
func TestMotionIsCalm(t *testing.T) {
	e := newDesk(t, options(t), 80, 40).p.env
	c := chat{run: livingRun(t)}
	var burst, other time.Duration
	for i, b := range c.run.Beats() {
		var draft time.Duration
		for _, s := range c.stages(e.look, i) {
			if draft += s.wait; s.wait > 1500*time.Millisecond {
				t.Errorf("a stage of %v", s.wait)
			}
		}
		if w := c.pause(e.look, i); w > 1500*time.Millisecond || draft > 4*time.Second {
			t.Errorf("beat %d takes %v, and its draft %v", i, w, draft)
		}
		if b.Block.Kind == lesson.Message && b.Block.String() == "hey kai" {
			burst = c.pause(e.look, i)
		}
		if b.Block.Kind == lesson.Message && b.Block.Who == "Dez" {
			other = c.pause(e.look, i)
		}
	}
	if burst == 0 || burst >= other {
		t.Errorf("a message of a burst stands %v, and another %v", burst, other)
	}
	e.motion = true
	c.shown = len(c.run.Beats())
	if _, cmd := c.come(e.look); cmd != nil {
		t.Error("something goes on when all is there")
	}
}

// TestHomeShowsEndings plays the example to one of its endings: Home then says how many of its
// endings were found, after a restart too, but not to a learner with another record.
func TestHomeShowsEndings(t *testing.T) {
	l := coursetest.Example(t)
	dir := t.TempDir()
	start := func() *desk {
		o := options(t)
		c := coursetest.Shipped(t)
		o.Course = c
		o.Book = progress.Open(progress.Options{Dir: dir, Today: today})
		return newDesk(t, o, 80, 40)
	}
	for i, path := range [][]play.Action{nil, check.Safest(l), check.Worst(l)} {
		d := start()
		if path != nil {
			run, err := play.Start(l, 1).Resume(path)
			if err != nil {
				t.Fatal(err)
			}
			d.p.env.book.Keep(run)
			if err := d.p.env.book.Save(); err != nil {
				t.Fatal(err)
			}
			d = start()
		}
		said := d.screen().Contains("of 5 endings")
		if n := fmt.Sprintf("%d of 5 endings", i); said != (i > 0) || i > 0 && !d.screen().Contains(n) {
			t.Errorf("no %q:\n%s", n, d.screen())
		}
	}
}
