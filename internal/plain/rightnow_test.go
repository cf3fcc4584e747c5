package plain

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/progress"
)

// TestRightNowAtEveryPrompt: hh goes through the next minutes wherever something is asked,
// and then asks the same again; the answer that comes next is the one to that question.
func TestRightNowAtEveryPrompt(t *testing.T) {
	l := open(t, options(t), "the-countdown")
	play := func(in string) string {
		t.Helper()
		o := options(t)
		o.Book = progress.Open(progress.Options{Today: func() progress.Day { return 20781 }})
		var out bytes.Buffer
		if err := Play(strings.NewReader(in), &out, io.Discard, l, o); err != nil && !errors.Is(err, ErrEnded) {
			t.Fatalf("%v after\n%s", err, out.String())
		}
		return out.String()
	}
	lines := strings.SplitAfter("2\n3\nI need help. Someone is blackmailing me.\n\n2\n\n1\n1\n\n\n1\n1\n", "\n")
	whole := play(strings.Join(lines, ""))
	for i := range lines {
		with := play(strings.Join(lines[:i], "") + "hh\n1\n\nx\n" + strings.Join(lines[i:], ""))
		if n := strings.Count(with, "Are you safe right now?"); n != 1 && i < len(lines)-1 {
			t.Errorf("after line %d: asked %d times", i, n)
		}
		if !strings.Contains(with, "Back to where you were") && i < len(lines)-1 {
			t.Errorf("after line %d: there is no way back", i)
		}
		// What the lesson says is the same.
		if a, b := strings.Count(whole, "says:"), strings.Count(with, "says:"); a != b {
			t.Errorf("after line %d: %d messages, without it %d", i, b, a)
		}
	}
}

// TestRightNowKeepsNothing: there and back again leaves nothing to keep, and reads nothing.
func TestRightNowKeepsNothing(t *testing.T) {
	var out bytes.Buffer
	o := options(t)
	dir := t.TempDir()
	o.Book = progress.Open(progress.Options{Dir: dir + "/wayout", Today: func() progress.Day { return 20781 }})
	if err := RightNow(strings.NewReader("1\n\n\n\n\n1\n1\n\n\n\n\n\n\n\n"), &out, io.Discard, o); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "Are you safe", "Can you sit with me?", "That's enough for now")
	if coursetest.InOrder(out.String(), []string{"Report them.", "outside the app", "eSafety", "Take It Down",
		"Who helps right now"}) != "" {
		t.Errorf("not in order:\n%s", out.String())
	}
}
