package progress

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestLeave leaves a story before anything was done in it, and further on: the beat is known
// while the program runs, with and without a record, and not afterwards.
func TestLeave(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	other := parse(t, "other.md", page)
	ids := []string{"pay", "other"}
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "wayout")} {
		b := Open(Options{Dir: dir, Today: c.today})
		begun := func(want string, read int, run play.Run) {
			t.Helper()
			if got := b.Last(ids); got != want || b.State("pay").Begun != (want == "pay") || b.Read(run) != read {
				t.Errorf("last %q, state %+v, read %d", got, b.State("pay"), b.Read(run))
			}
		}
		first := play.Start(l, 1)
		b.Leave(first, 0) // No beat was read.
		begun("", 0, first)
		b.Leave(first, 1)
		begun("pay", 1, first)
		if err := b.Save(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "progress")); dir != "" && err == nil {
			t.Error("a record is written of what was read")
		}
		run, err := first.Choose(0)
		run = do(t, b, run, err)
		begun("pay", 0, run) // The record has it.
		b.Leave(run, len(first.Beats()))
		begun("pay", len(first.Beats()), run)
		if n := b.Read(first); n != 0 {
			t.Errorf("%d beats of another place were read", n)
		}
		elsewhere, err := play.Start(other, 1).Choose(1)
		do(t, b, elsewhere, err)
		if last := b.Last(ids); last != "other" {
			t.Errorf("the last is %q", last)
		}
		if err := b.Save(); err != nil {
			t.Fatal(err)
		}
		if src, _ := os.ReadFile(filepath.Join(dir, "progress")); dir != "" && bytes.Contains(src, []byte("read")) {
			t.Errorf("written:\n%s", src)
		}
		if again := Open(Options{Dir: dir, Today: c.today}); again.Read(run) != 0 {
			t.Error("it is known the next time")
		}
		b.Leave(run, 2)
		if err := b.Erase(); err != nil {
			t.Fatal(err)
		}
		begun("", 0, run)
	}
}

// TestLeaveIsForStories checks that Leave ignores a story that is over, that was begun in the
// middle or that isn't a lesson, and a place that a line about danger has led to.
func TestLeaveIsForStories(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	b := Open(Options{Today: c.today})
	jumped, err := play.Start(l, 1).From("stop")
	if err != nil {
		t.Fatal(err)
	}
	b.Leave(jumped, 1)
	session := *l
	session.Session = lesson.Booster
	b.Leave(play.Start(&session, 1), 1)
	run, err := jumped.Said([]string{lesson.Danger})
	if err == nil {
		b.Leave(run, 1)
	}
	run, err = play.Start(l, 1).Choose(1)
	if err != nil {
		t.Fatal(err)
	}
	if run, err = run.Said([]string{lesson.Danger}); err != nil {
		t.Fatal(err)
	}
	b.Leave(run, 1)
	through(t, b, l)
	for run = play.Start(l, 1); run.Turn() != play.End; {
		switch run.Turn() {
		case play.Choose:
			run, err = run.Choose(1)
		case play.Go:
			run, err = run.Go()
		case play.Answer:
			run, err = run.Answer(0, play.Sure)
		case play.Say:
			run, err = run.Said([]string{"decline"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b.Leave(run, 3)
	if b.State("pay").Begun || b.Last([]string{"pay"}) != "" {
		t.Errorf("left: %+v", b.left)
	}
}
