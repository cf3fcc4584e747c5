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

// TestRightNowAtEveryPrompt checks that hh opens "right now" at every prompt, and that the same
// question comes again afterwards and takes the next answer.
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
		if n := strings.Count(with, "Are you safe?"); n != 1 && i < len(lines)-1 {
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

// TestRightNowKeepsNothing checks that "right now" neither reads the record nor writes to it.
func TestRightNowKeepsNothing(t *testing.T) {
	var out bytes.Buffer
	o := options(t)
	dir := t.TempDir()
	o.Book = progress.Open(progress.Options{Dir: dir + "/wayout", Today: func() progress.Day { return 20781 }})
	t.Cleanup(o.Book.GoPrivate) // Windows deletes no folder that is open.
	if err := RightNow(strings.NewReader("4\n\n\n\n\n\n1\n1\n\n\n\n\n\n\n\n"), &out, io.Discard, o); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "Are you safe", "Can you sit with me?", "That's enough for now")
	if coursetest.InOrder(out.String(), []string{"report them, and any picture of you.", "outside the app", "eSafety",
		"Take It Down", "Who helps right now"}) != "" {
		t.Errorf("not in order:\n%s", out.String())
	}
}

// TestRightNowNoAnswer checks that enter, or a no in other words, never counts as being safe.
func TestRightNowNoAnswer(t *testing.T) {
	for _, said := range []string{"", "no", "n", "N", "not sure", "no im scared", "idk", "9"} {
		var out bytes.Buffer
		err := RightNow(strings.NewReader(said+"\nq\n"), &out, io.Discard, options(t))
		if err != nil && !errors.Is(err, ErrEnded) {
			t.Fatal(err)
		}
		wants(t, out.String(), "Let's get safe first", "Call 000 now.", "Talk:", "Kids Helpline")
		if strings.Contains(out.String(), "One slow breath") {
			t.Errorf("%q was taken for safe:\n%s", said, out.String())
		}
	}
}

// TestRightNowHearsDanger checks that a line about danger, at any prompt, brings the numbers at once,
// then a person to tell, then the question whether the learner is safer, before anything about what
// happened online, and that "u" undoes it.
func TestRightNowHearsDanger(t *testing.T) {
	for _, before := range []string{"", "4\n", "4\n\n\n"} {
		for _, said := range []string{"i want to die", "i took pills", "he is outside my house"} {
			var out bytes.Buffer
			in := strings.NewReader(before + said + "\n\n1\n1\n\n\n1\nq\n")
			if err := RightNow(in, &out, io.Discard, options(t)); err != nil && !errors.Is(err, ErrEnded) {
				t.Fatal(err)
			}
			_, after, _ := strings.Cut(out.String(), "Let's get safe first")
			if coursetest.InOrder(after, []string{"Call 000 now.", "Who could be with you?", "Someone could get hurt.",
				"Who helps right now", "Are you safer now?", "Are you safe?"}) != "" {
				t.Errorf("%q after %q: not in order:\n%s", said, before, out.String())
			}
			for _, waits := range []string{"One slow breath", "Save the messages", "in the app", "before the story"} {
				if strings.Contains(after, waits) {
					t.Errorf("%q after %q: %q comes first", said, before, waits)
				}
			}
		}
	}
	var out bytes.Buffer
	if err := RightNow(strings.NewReader("4\ni want to die\nu\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "One slow breath"); n != 2 {
		t.Errorf("taken back, it isn't where it was:\n%s", out.String())
	}
}

// TestRightNowUnheard checks that a line that isn't understood leads to the numbers, enter then to the
// question whether the learner is safe, and yes back to where they were.
func TestRightNowUnheard(t *testing.T) {
	var out bytes.Buffer
	typed := strings.NewReader("4\nits all about the boat\n\n2\nm\nq\n")
	if err := RightNow(typed, &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	if missing := coursetest.InOrder(out.String(), []string{"One slow breath", "Let's get safe first",
		"Call 000 now", "Are you safer now?", "One slow breath", "may have missed that"}); missing != "" {
		t.Errorf("no %q in:\n%s", missing, out.String())
	}
}

// TestRightNowWhoHelps checks that "h" gives the emergency number and the line for when it feels
// hopeless, not all services, and that the question then comes again.
func TestRightNowWhoHelps(t *testing.T) {
	var out bytes.Buffer
	if err := RightNow(strings.NewReader("h\nh ghana\n4\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "no numbers here for ghana")
	if coursetest.InOrder(out.String(), []string{"Are you safe?", "Who helps right now", "Call 000 now.",
		"Kids Helpline", "If it feels hopeless", "Type a number", "One slow breath"}) != "" {
		t.Errorf("not in order:\n%s", out.String())
	}
	if n := len(strings.Fields(out.String())); n > 380 {
		t.Errorf("%d words:\n%s", n, out.String())
	}
}

// TestRightNowElsewhere checks that the country of the numbers is said first, and that "h ireland"
// changes it from then on, but inside a lesson only until the way back.
func TestRightNowElsewhere(t *testing.T) {
	var out bytes.Buffer
	err := RightNow(strings.NewReader("h ireland\n1\nq\n"), &out, io.Discard, options(t))
	if err != nil && !errors.Is(err, ErrEnded) {
		t.Fatal(err)
	}
	wants(t, out.String(), "Numbers are for: Australia. Somewhere else?", "Call 112 now.", "1800 66 66 66")
	if strings.Contains(out.String(), "Call 000 now") {
		t.Errorf("still the numbers of Australia:\n%s", out.String())
	}
	o := options(t)
	o.Settings.Country = ""
	out.Reset()
	if err := RightNow(strings.NewReader("q\n"), &out, io.Discard, o); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "For your country's numbers, type the country")
	out.Reset()
	if err := RightNow(strings.NewReader("1\nh nowhere\nq\n"), &out, io.Discard, o); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "For your country's numbers, type the country"); n != 3 {
		t.Errorf("how to come to a country's numbers is said %d times:\n%s", n, out.String())
	}
	out.Reset()
	l := open(t, options(t), "the-countdown")
	in := strings.NewReader("hh\nh ireland\nx\nhh\nq\n")
	if err := Play(in, &out, io.Discard, l, options(t)); err != nil && !errors.Is(err, ErrEnded) {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "Numbers are for: Australia."); n != 2 {
		t.Errorf("the country of the settings is said %d times:\n%s", n, out.String())
	}
}

// TestNumbersAreOfTheCountryThatIsNamed checks that a country's name is enough where services are
// shown, and that an unknown country doesn't leave the numbers of another one.
func TestNumbersAreOfTheCountryThatIsNamed(t *testing.T) {
	var out bytes.Buffer
	if err := RightNow(strings.NewReader("h\nbrazil\n\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "Numbers are for: Brazil", "CVV")
	for _, typed := range []string{"brazil\n", "1\nbrazil\n", "4\nBrazil.\n", "hm hm\nbrazil\n"} {
		out.Reset()
		if err := RightNow(strings.NewReader(typed+"h\nq\n"), &out, io.Discard, options(t)); err != nil {
			t.Fatal(err)
		}
		wants(t, out.String(), "Numbers are for: Brazil", "CVV")
	}
	out.Reset()
	if err := RightNow(strings.NewReader("1\n\nghana\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "no numbers here for ghana", "Any adult or shop near you knows the emergency number")
	out.Reset() // It may be a person's name.
	if err := RightNow(strings.NewReader("1\njordan\nh\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	wants(t, out.String(), "Call 000 now.", "wayout may have missed that", "Kids Helpline")
	out.Reset() // A country without numbers is one, wherever it's typed.
	if err := RightNow(strings.NewReader("finland\n2\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(out.String(), "no numbers here for finland")
	wants(t, after, "Call the emergency number now, or ask anyone to.")
	if strings.Contains(after, "000") {
		t.Errorf("the numbers of another country stay:\n%s", after)
	}
	out.Reset()
	if err := RightNow(strings.NewReader("2\nh ghana\nq\n"), &out, io.Discard, options(t)); err != nil {
		t.Fatal(err)
	}
	_, after, _ = strings.Cut(out.String(), "no numbers here for ghana")
	wants(t, after, "Call the emergency number now, or ask anyone to.")
	if strings.Contains(after, "000") {
		t.Errorf("the numbers of another country stay:\n%s", after)
	}
	for _, typed := range []string{"h\nno\n", "h\nit\n", "h hes coming\n", "h no\n", "h help me\n"} {
		out.Reset()
		if err := RightNow(strings.NewReader("4\n"+typed+"h\nq\n"), &out, io.Discard, options(t)); err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(out.String(), "One slow breath")
		if n := strings.LastIndex(after, "Who helps right now"); !strings.Contains(after[max(n, 0):], "Kids Helpline") {
			t.Errorf("%q takes the numbers away:\n%s", typed, after)
		}
	}
}

// TestCommandsOfRightNow checks that what lessons teach to type, hh, shows who helps in right now, too, and
// that ? names the commands that it has.
func TestCommandsOfRightNow(t *testing.T) {
	for typed, want := range map[string]string{"hh": "Who helps right now", "h h": "Who helps right now",
		"?": "shows who helps right now"} {
		var out bytes.Buffer
		if err := RightNow(strings.NewReader("2\n"+typed+"\nq\n"), &out, io.Discard, options(t)); err != nil {
			t.Fatal(err)
		}
		if _, after, _ := strings.Cut(out.String(), "press enter"); !strings.Contains(after, want) ||
			strings.Contains(after, "map") {
			t.Errorf("%q: no %q\n%s", typed, want, out.String())
		}
	}
}

// TestHelpTwiceIsRightNow checks that "h" on two lines in a row leads to right now, as two keys do in the full
// screen, and that a line between them doesn't.
func TestHelpTwiceIsRightNow(t *testing.T) {
	for typed, want := range map[string]int{"h\nh\nq\nq\n": 1, "h\n?\nh\nq\n": 0, "hh\nq\nq\n": 1} {
		var out bytes.Buffer
		o := options(t)
		l := open(t, o, o.Course.IDs()[0])
		if err := Play(strings.NewReader(typed), &out, io.Discard, l, o); err != nil && !errors.Is(err, ErrEnded) {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "Are you safe?"); n != want {
			t.Errorf("%q: the first question of right now %d times, want %d\n%s", typed, n, want, out.String())
		}
	}
}
