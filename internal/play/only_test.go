package play

import (
	"errors"
	"slices"
	"testing"

	"wayout/internal/lesson"
)

// oneOpen is a lesson in which only one choice is open: in the second scene on one path, and in
// the third scene always.
const oneOpen = `---
goal: Say no.
risk: images
role: target
focus: Bo
ages: 13-18
minutes: 5
note: Nothing is shown.
facts:
  told: Bo has told someone
---

# One

Bo waits.

## Start

- [Tell](#told)
- [Wait](#day)

## Told

` + "`+told` He tells.\n\n[On](#day)\n\n## Day\n\nWhich day is it?\n\n- `!told` [Friday](#end)\n- [Sunday](#end)\n\n" +
	"## End\n\n- [Over](#really)\n\n## Really\n\n> [!TIP]\n> Done.\n"

// TestOneOpenChoice checks that a single open choice is a way on, with its words. The run records
// it as a choice, but doesn't offer to go back to it, and the debrief leaves it out.
func TestOneOpenChoice(t *testing.T) {
	l, diags := lesson.Parse("one.md", []byte(oneOpen))
	if l == nil {
		t.Fatal(diags)
	}
	run, err := Replay(l, 1, []Action{{Turn: Choose, Pick: 0}, {Turn: Go}})
	if err != nil || run.Turn() != Go || run.Onward() == nil || run.Onward().String() != "Sunday" {
		t.Fatalf("turn %v, on by %v: %v", run.Turn(), run.Onward(), err)
	}
	next, err := run.Go()
	if err != nil || next.Scene().ID != "end" {
		t.Fatal(next.Scene().ID, err)
	}
	if last := next.Actions()[2]; last.Turn != Choose || last.Pick != 1 {
		t.Errorf("it is kept as %+v", last)
	}
	if b := next.Beats(); !slices.ContainsFunc(b, func(b Beat) bool { return b.Only }) || b[0].Only {
		t.Error("nothing in the story says that it was the only one")
	}
	chosen, err := run.Choose(1) // As an earlier version would, and a script.
	if err != nil || chosen.Scene().ID != "end" {
		t.Error(err)
	}
	if _, err := run.Choose(0); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed choice: %v", err)
	}
	if end, err := next.Go(); err != nil || end.Turn() != End || len(end.Turns()) != 1 || len(end.Outcome().Path) != 1 {
		t.Errorf("turns %v, path %v: %v", end.Turns(), end.Outcome().Path, err)
	}
	again, err := Replay(l, 1, next.Actions())
	if err != nil || again.Scene().ID != "end" {
		t.Error(err)
	}
	both, err := Replay(l, 1, []Action{{Turn: Choose, Pick: 1}})
	if err != nil || both.Turn() != Choose || both.Onward() != nil {
		t.Errorf("two are open: turn %v, on by %v: %v", both.Turn(), both.Onward(), err)
	}
	if _, err := both.Go(); !errors.Is(err, ErrTurn) {
		t.Errorf("two are open, and going on is %v", err)
	}
}
