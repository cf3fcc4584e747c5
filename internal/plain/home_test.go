package plain

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
)

// sitting runs Home with typed input, and returns its output.
func sitting(t *testing.T, o Options, in string) string {
	t.Helper()
	var out, stderr bytes.Buffer
	if err := Home(strings.NewReader(in), &out, &stderr, o); err != nil {
		t.Fatalf("%v after\n%s", err, out.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("stderr: %s", stderr.String())
	}
	if bad := strings.IndexFunc(out.String(), func(r rune) bool {
		return r < ' ' && r != '\n' || r >= 0x2190 && r <= 0x28ff || r == '‹'
	}); bad >= 0 {
		t.Errorf("a sign that is no letter: %q", out.String()[bad:bad+20])
	}
	return out.String()
}

func wants(t *testing.T, out string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(out, text) {
			t.Errorf("never says %q in\n%s", text, out)
		}
	}
}

// TestWholeCourseLineByLine does everything that Home offers: the stories before the
// course, half a lesson, going on, a plan, a booster, the stories after the course,
// settings, and erasing it all.
func TestWholeCourseLineByLine(t *testing.T) {
	dir, day := filepath.Join(t.TempDir(), "wayout"), progress.Day(20781)
	o := options(t)
	var kept settings.Settings
	o.Save = func(s settings.Settings) error { kept = s; return nil }
	o.Erase = func() error { kept = settings.Settings{}; return nil }
	learner := func(in string) string {
		o.Book = progress.Open(progress.Options{Dir: dir, Today: func() progress.Day { return day }})
		defer o.Book.GoPrivate() // Windows can't delete an open folder.
		return sitting(t, o, in)
	}
	question := "\n1\n1\n" // To the next story, an answer, and how sure.
	out := learner("5\n1\n1\n" + strings.Repeat(question, 5) + "\n" + "q\n")
	wants(t, out, "5. Six short questions first", "Omar is 15", "His grandad",
		"Thank you. Nobody marks this")
	if strings.Contains(out, "any answer shows that") {
		t.Error("the stories before the course are explained")
	}

	l := open(t, o, "the-countdown")
	half := check.Worst(l)
	out = learner("4\n" + script(t, l, o.Seed, half[:4]) + "q\n")
	wants(t, out, "Malik is 16")
	out = learner("2\nq\n")
	wants(t, out, "2. Carry on where you left off: The countdown", "(started)")
	rest := strings.TrimPrefix(script(t, l, o.Seed, half), script(t, l, o.Seed, half[:4]))
	out = learner("2\n" + rest + "p\n2\n1\n3\n1\n1\nzebra one\nzebra two\ny\n\nq\n")
	wants(t, out, "Look back", "If someone threatens me,",
		"If that doesn't work, I'll tell the counsellor or nurse at school.", "It's kept.", "(done)", "Your plan")
	if strings.Contains(out, "zebra") || strings.Contains(out, "Malik is 16") {
		t.Error("a typed word is said again, or the lesson began anew")
	}

	day += 2
	out = learner("2\n1\n1\n\n1\n1\n\n1\n1\n\n1\n1\n\nsomeone is threatening me and i need help\n\nq\n")
	wants(t, out, "2. A few short stories are ready for you", "Karim is 15", "Amal", "You said what happened",
		"That's it for now")
	out = learner("5\n1\n1\n" + strings.Repeat(question, 5) + "\nq\n")
	if strings.Contains(out, "are ready for you") {
		t.Error("the booster is due again")
	}
	wants(t, out, "5. Six more short questions", "Mina is 16", "It'd feel like shutting a door",
		"What's changed for you", "Before: ", "of 4")

	out = learner("8\n2\n3\n\n7\n6\nn\nq\n")
	wants(t, out, "Settings", "Colours: same as the terminal", "Colours: for a dark background",
		"This is the plan you kept", "It's deleted.", "In 2016 it said")
	if kept.Theme != "dark" || kept.Width != 50 {
		t.Errorf("kept %+v", kept)
	}
	out = learner("8\n8\nno\n8\n8\ny\n4\nq\nq\n")
	wants(t, out, "Nothing was erased.", "It is gone.")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
}

func TestHomeEndOfInput(t *testing.T) {
	var out, stderr bytes.Buffer
	if err := Home(strings.NewReader(""), &out, &stderr, options(t)); !errors.Is(err, ErrEnded) {
		t.Error(err)
	}
	if err := Home(strings.NewReader("9\nx\n"), &out, &stderr, options(t)); !errors.Is(err, ErrEnded) ||
		!strings.Contains(out.String(), "Please type a number from 1 to 8") {
		t.Error(err, out.String())
	}
}

// TestHelpOfACountry checks that help without a known country says how to ask for one, and that
// "h" with a country gives its help, even on the help page after a line about danger.
func TestHelpOfACountry(t *testing.T) {
	o := options(t)
	o.Settings.Country = ""
	l := open(t, o, "the-countdown")
	var out bytes.Buffer
	if err := Play(strings.NewReader("h\nh ireland\nh nowhere\nq\n"), &out, io.Discard, l, o); err != nil {
		t.Fatal(err)
	}
	anywhere, ireland, ok := strings.Cut(out.String(), "such as: h ireland")
	if !ok || strings.Contains(anywhere, "Samaritans") ||
		!strings.Contains(anywhere, "call the emergency number first") ||
		!strings.Contains(ireland, "call 112 now") || !strings.Contains(ireland, "Samaritans") ||
		strings.Count(out.String(), "such as: h ireland") != 1 {
		t.Errorf("%s", out.String())
	}
	out.Reset()
	if err := Play(strings.NewReader("i want to die\nh ireland\n\nq\n"), &out, io.Discard, l, o); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.Contains(got, "Type h for everyone who helps") || strings.Contains(got, "pick your country") ||
		!strings.Contains(got, "Samaritans") {
		t.Errorf("%s", got)
	}
}

// TestCourseEndLineByLine checks that the end of the course is offered when every lesson is done.
func TestCourseEndLineByLine(t *testing.T) {
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: t.TempDir(),
		Today: func() progress.Day { return progress.Day(20781) }})
	t.Cleanup(o.Book.GoPrivate) // Windows can't delete an open folder.
	if out := sitting(t, o, "q\n"); strings.Contains(out, "That's all of them") {
		t.Error("the course ends early")
	}
	for _, id := range o.Course.IDs() {
		l := open(t, o, id)
		run, err := play.Replay(l, 1, check.Paths(l)[0].Actions)
		if err != nil {
			t.Fatal(err)
		}
		o.Book.Keep(run)
	}
	out := sitting(t, o, "2\nq\n")
	wants(t, out, "2. That's all of them", "Somebody had to be told", "1 of ", "The real thing may look different")
}

// TestFindsRightNow checks that words of someone in danger find the help for right now.
func TestFindsRightNow(t *testing.T) {
	for _, typed := range []string{"suicide", "self harm", "unsafe"} {
		out := sitting(t, options(t), typed+"\nq\n")
		_, after, _ := strings.Cut(out, "or a word to look for")
		if !strings.Contains(after, "It's happening to me right now") && !strings.Contains(after, "This comes before") {
			t.Errorf("%q finds no help:\n%s", typed, after)
		}
	}
}

// TestFindCountryLineByLine checks that a search for a country says how to see its help.
func TestFindCountryLineByLine(t *testing.T) {
	o := options(t)
	o.Course = coursetest.Shipped(t)
	out := sitting(t, o, "france\nengland\nireland\nh france\nxyzzy\nq\n")
	wants(t, out, "\nHelp in France: type h france\n", "\nHelp in the UK: type h uk\n", "3114")
	if story, help := strings.LastIndex(out, "Voice Note (3:12)"), strings.Index(out, "Help in Ireland:"); story < 0 ||
		help < story {
		t.Errorf("the story is at %d, the help at %d", story, help)
	}
	if strings.Count(out, "Please type a number") != 1 {
		t.Errorf("only xyzzy has nothing:\n%s", out)
	}
}

// TestOffersToGoOn checks that a story that was left in the middle offers to go on or to start over
// when it is opened again, even without a file. A script isn't asked, so that its lines still fit.
func TestOffersToGoOn(t *testing.T) {
	o := options(t)
	o.Book = progress.Open(progress.Options{Today: func() progress.Day { return 1 }}) // Private.
	l, again := open(t, o, "the-countdown"), 0
	plays := func(in string) string {
		t.Helper()
		var out, stderr bytes.Buffer
		if err := Play(strings.NewReader(in), &out, &stderr, l, o); err != nil || stderr.Len() > 0 {
			t.Fatal(err, stderr.String())
		}
		again = strings.Count(out.String(), "Pay once")
		return out.String()
	}
	const asks, begins, later = "Press enter to carry on from there, or type r to start over.", "Goal: ",
		"Save the messages first"
	for _, o.Typed = range []bool{true, false} {
		if out := plays("2\nq\n"); o.Typed && strings.Contains(out, "stopped in the middle") {
			t.Errorf("nothing was left:\n%s", out)
		}
	}
	out := plays("q\n")
	wants(t, out, begins, "Type g to carry on from there", "Pay once")
	o.Typed = true
	out = plays("\nq\n")
	wants(t, out, "The countdown\n", asks, later)
	if strings.Contains(out, begins) || again > 0 {
		t.Errorf("enter starts over:\n%s", out)
	}
	out = plays("xyzzy\nR\nq\n")
	wants(t, out, begins, "Pay once")
	if strings.Count(out, asks) != 2 || strings.Contains(out, later) || strings.Contains(out, "Type g") {
		t.Errorf("r doesn't start over, or something else does:\n%s", out)
	}
	out = plays("q\n")
	if strings.Contains(out, begins) || strings.Contains(out, "Pay once") {
		t.Errorf("leaving instead of an answer starts over:\n%s", out)
	}
	wants(t, plays("\nq\n"), later) // The place isn't lost.
}
