package plain

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/settings"
	"wayout/lessons"
)

func options(t testing.TB) Options {
	t.Helper()
	return Options{Course: coursetest.Course(t), Help: coursetest.Help(t),
		Settings: settings.Settings{Lang: "en", Country: "AU"}, Seed: 3}
}

func open(t testing.TB, o Options, id string) *lesson.Lesson {
	t.Helper()
	l, diags, err := o.Course.Lesson(id)
	if l == nil {
		t.Fatal(err, diags)
	}
	return l
}

// script returns what a learner types to make these moves.
func script(t testing.TB, l *lesson.Lesson, seed uint64, moves []play.Action) string {
	var b strings.Builder
	run := play.Start(l, seed)
	for _, m := range moves {
		switch {
		case run.Turn() == play.Go: // Also with only one open choice.
			b.WriteString("\n")
		case m.Turn == play.Choose:
			for i, open := range run.Open() {
				if open == m.Pick {
					b.WriteString(string(rune('1'+i)) + "\n")
				}
			}
		case m.Turn == play.Answer:
			for i, o := range run.Order() {
				if o == m.Pick {
					b.WriteString(string(rune('1'+i)) + "\n1\n")
				}
			}
		case m.Turn == play.Say:
			if len(m.Said) > 0 { // Otherwise the line is skipped.
				b.WriteString(coursetest.Line(t, m.Said[0]))
			}
			b.WriteString("\n")
			if slices.Contains(m.Said, lesson.Danger) {
				b.WriteString("\n") // Help comes first, and waits for enter.
			}
		default:
			b.WriteString("\n")
		}
		var err error
		if run, err = play.Replay(l, seed, append(run.Actions(), m)); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestEveryLesson plays each lesson along its safest, worst and longest path.
func TestEveryLesson(t *testing.T) {
	o := options(t)
	var err error
	if o.Course, err = course.Open(lessons.Files, "en", nil); err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Concat(o.Course.Lessons, o.Course.Staff) {
		l := open(t, o, e.ID)
		for _, path := range check.Paths(l) {
			name, moves := path.Name, path.Actions
			var out bytes.Buffer
			if err := Play(strings.NewReader(script(t, l, o.Seed, moves)), &out, io.Discard, l, o); err != nil {
				t.Errorf("%s, %s: %v", e.ID, name, err)
			}
			for _, want := range []string{l.Title, "Look back", l.Behind, "That was a story"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%s, %s: never says %q", e.ID, name, want)
				}
			}
			if strings.Contains(out.String(), "Purpose:") {
				t.Errorf("%s, %s: a note for the facilitator is read out", e.ID, name)
			}
			if bad := strings.IndexFunc(out.String(), func(r rune) bool {
				return r < ' ' && r != '\n' || r >= 0x2500 && r <= 0x28ff || r == '‹'
			}); bad >= 0 {
				t.Errorf("%s, %s: %q", e.ID, name, out.String()[bad:bad+20])
			}
		}
	}
}

// TestEndOfInput cuts a script short at every byte: the end of the input is an error,
// and answers nothing. A last line without an end counts.
func TestEndOfInput(t *testing.T) {
	o := options(t)
	l := open(t, o, "the-countdown")
	whole := script(t, l, o.Seed, check.Worst(l))
	for n := range len(whole) - 1 {
		var out bytes.Buffer
		if err := Play(strings.NewReader(whole[:n]), &out, io.Discard, l, o); !errors.Is(err, ErrEnded) {
			t.Fatalf("after %q: %v", whole[:n], err)
		}
	}
	var out bytes.Buffer
	_ = Play(strings.NewReader(""), &out, io.Discard, l, o)
	if strings.Contains(out.String(), "made small enough to pay") {
		t.Error("the first choice was taken without an answer")
	}
	// The last line counts, even without a line end.
	if err := Play(strings.NewReader("q"), &out, io.Discard, l, o); err != nil {
		t.Errorf("q at the end of the input: %v", err)
	}
}

func TestTypedWordsAreNotRepeated(t *testing.T) {
	o := options(t)
	l := open(t, o, "the-countdown")
	moves := check.Safest(l)
	in := strings.Replace(script(t, l, o.Seed, moves), "2\n3\n\n",
		"2\n3\nzebra. someone is threatening me and i need help\n", 1)
	var out bytes.Buffer
	if err := Play(strings.NewReader(in), &out, io.Discard, l, o); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "zebra") ||
		!strings.Contains(out.String(),
			"You said what happened (“someone is threatening me”) and reached out (“i need help”).") {
		t.Error(out.String())
	}
}

// TestReviewIsForAdults checks that a lesson for staff begins with who has reviewed the
// lessons, and that a young person who looks for help never sees it.
func TestReviewIsForAdults(t *testing.T) {
	o := options(t)
	all := coursetest.Shipped(t)
	o.Course = all
	const review = "reviewed by a safeguarding professional"
	for id, adult := range map[string]bool{"asking-for-a-friend": true, "the-phone-on-the-desk": true,
		"justice-for-greg": false, "hold-my-phone": false} {
		var out bytes.Buffer
		if err := Play(strings.NewReader("h\nq\n"), &out, io.Discard, open(t, o, id), o); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), review); got != adult {
			t.Errorf("%s: who has reviewed it: %v", id, got)
		}
		if !strings.Contains(out.String(), "the emergency number or a crisis line comes first") {
			t.Errorf("%s: help doesn't begin with danger", id)
		}
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestClosedOutput(t *testing.T) {
	o := options(t)
	if err := Play(strings.NewReader("1\n"), closed{}, io.Discard, open(t, o, "the-countdown"), o); !errors.Is(err,
		io.ErrClosedPipe) {
		t.Error(err)
	}
}

func FuzzPlay(f *testing.F) {
	o := options(f)
	l := open(f, o, "can-i-see-a-picture")
	f.Add([]byte("1\n\n2\n"))
	f.Add([]byte(script(f, l, o.Seed, check.Worst(l))))
	f.Add([]byte("?\nh\nf\n1\nu\n\x1b[A\nq\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		if err := Play(bytes.NewReader(in), &out, io.Discard, l, o); err != nil && !errors.Is(err, ErrEnded) {
			t.Fatal(err)
		}
		if bytes.ContainsRune(out.Bytes(), 0x1b) {
			t.Fatalf("an escape byte: %q", out.String())
		}
	})
}
