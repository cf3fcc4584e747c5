package tui

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/progress"
)

// practising returns options with the whole course, which has something to practise.
func practising(t testing.TB) Options {
	t.Helper()
	o := options(t)
	c := coursetest.Shipped(t)
	o.Course = c
	return o
}

// TestPractise practises through the program: what is typed is answered, leaving the chat
// ends the rounds, the next time is a step harder, and nothing that was typed is kept.
func TestPractise(t *testing.T) {
	dir := t.TempDir()
	o := practising(t)
	o.Practise = "any"
	o.Book = progress.Open(progress.Options{Dir: dir, Today: today})
	d := newDesk(t, o, 80, 40)
	d.want("What's next for you: Say no")
	if d.screen().Contains("Listen") {
		t.Error("a learner is offered what adults practise")
	}
	say := func(line, answer string) {
		t.Helper()
		d.until("Find the words", nil)
		d.press("enter")
		d.typeIn(line)
		d.press("enter")
		d.want(answer)
	}
	d.press("1", "enter")
	say("xylophonist. no. leave me alone", "can't blame me for asking")
	d.want("You said no plainly")
	d.want("What if you had written")
	d.press("r")
	d.want("What could Alex write?") // The line may be said once more.
	d.typeIn("nope. leave me alone")
	d.press("enter", "enter")
	say("ok fine just one", "friends do that")
	d.want("leave the other person a way back in")
	d.press("enter")
	d.until("That's it for now", nil)
	d.press("enter")
	// The second time the round that gave in comes first, and there is one more round.
	d = newDesk(t, o, 80, 40)
	d.want("What's next for you: Tell someone")
	d.press("2", "enter")
	say("no. leave me alone", "so i help you and get nothing")
	d.press("enter")
	say("bye. im blocking you", "seen 21:15")
	d.press("enter")
	d.until("That's it for now", nil) // Leaving the chat ends the rounds.
	if err := o.Book.Save(); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(filepath.Join(dir, "progress"))
	if err != nil || bytes.Contains(src, []byte("xylophonist")) || bytes.Contains(src, []byte("agree")) ||
		bytes.Contains(src, []byte("decline")) {
		t.Errorf("kept: %v\n%s", err, src)
	}
}

// TestAdultsPractiseListening checks that a pupil answers what an adult writes, and that the
// cover says who has reviewed the practice.
func TestAdultsPractiseListening(t *testing.T) {
	o := practising(t)
	o.Practise = "listen"
	d := newDesk(t, o, 80, 40)
	d.want("reviewed by a safeguarding professional")
	d.press("enter")
	d.until("Find the words", nil)
	d.press("enter")
	d.typeIn("are you thinking about killing yourself?")
	d.press("enter")
	d.want("I'm glad you asked, though")
	d.want("You asked whether they are safe")
}
