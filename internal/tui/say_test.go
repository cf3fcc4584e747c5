package tui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/progress"
)

// TestDangerComesBeforeTheStory types a line that speaks of danger wherever a line can be
// typed: help comes before the story, nothing is said about the line, and the way back
// leads to where the learner was, with an empty field.
func TestDangerComesBeforeTheStory(t *testing.T) {
	for name, to := range map[string]func(*desk){
		"rehearsal": func(d *desk) { d.toRehearsal() },
		"plan":      func(d *desk) { d.press("p", "enter", "2", "1", "3", "1", "1") },
	} {
		for _, line := range []string{"i want to die", "hes outside", "id rather be dead than her see it"} {
			d := newDesk(t, options(t), 80, 24)
			to(d)
			before := d.screen().String()
			d.typeIn(line)
			d.press("enter")
			d.want("This comes before the story")
			d.want("call 999 now")
			d.want("0800 1111")
			if s := d.screen(); s.Contains(line) || s.Contains("You ") {
				t.Errorf("%s, %q: the line is shown or talked about:\n%s", name, line, s)
			}
			d.press("h")
			d.want("People who help")
			d.press("esc", "esc")
			if after := d.screen().String(); after != before {
				t.Errorf("%s, %q: back at\n%s\nnot at\n%s", name, line, after, before)
			}
		}
	}
}

// asked sets up the question what a line meant. It sets the hearing directly, because which
// lines are unclear depends on what the recogniser has learned.
func (d *desk) asked(line string) {
	s := d.p.stack[len(d.p.stack)-1].(sayScreen)
	s.said, s.heard = line, play.Hearing{Ask: []play.Quoted{{Move: "hint", Words: line},
		{Move: "downplay", Words: line}}}
	d.p.stack[len(d.p.stack)-1] = s
}

// TestGentleLine checks that a joke about dying gets a word about help, and no alarm.
func TestGentleLine(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.toRehearsal()
	d.typeIn("im dead lol. kms this homework")
	d.press("enter")
	if d.screen().Contains("Is that") {
		d.press("2")
	}
	d.want("Press F1 to see who helps")
	d.send(tea.KeyPressMsg{Code: tea.KeyF1})
	d.want("People who help")
}

// TestNoDeadEndWhileTyping checks that each turn can be skipped, shown and left.
func TestNoDeadEndWhileTyping(t *testing.T) {
	for _, line := range []string{"", "purple", "its a long story"} {
		for _, keys := range [][]string{{"ctrl+n"}, {"tab", "enter"}, {"esc"}, {"tab", "tab", "esc"}} {
			d := newDesk(t, options(t), 80, 24)
			d.toRehearsal()
			if line == "its a long story" {
				d.asked(line)
				d.press("3")
			} else if line != "" {
				d.typeIn(line)
				d.press("enter")
			}
			for _, k := range keys {
				if k == "ctrl+n" {
					d.send(tea.KeyPressMsg{Code: 'n', Mod: tea.ModCtrl})
					continue
				}
				d.press(k)
			}
			if d.screen().Contains("Nothing you type") {
				t.Errorf("%q, %v: still at\n%s", line, keys, d.screen())
			}
		}
	}
}

// TestMovesLightUp checks that while a line is typed, the moves heard so far are named after
// a pause, and that danger isn't.
func TestMovesLightUp(t *testing.T) {
	o := options(t)
	o.Settings.Motion = true
	d := newDesk(t, o, 80, 24)
	d.p.env.motion = false // Brings the story in at once.
	d.toRehearsal()
	d.p.env.motion = true
	rest := func() {
		if s, ok := d.p.stack[len(d.p.stack)-1].(sayScreen); ok {
			d.p.Update(listenNow{s.edits})
		}
	}
	d.typeIn("i need help")
	rest()
	d.want("● reached out")
	d.p.Update(listenNow{0})
	d.want("● reached out") // A stale listenNow changes nothing.
	d.typeIn(" i want to die")
	rest()
	if d.screen().Contains("●") {
		t.Errorf("danger lights up:\n%s", d.screen())
	}
}

// TestNothingTypedIsLeft types a word that occurs nowhere else, wherever a line can be
// typed, and searches every file that is left and the title of the terminal for it.
func TestNothingTypedIsLeft(t *testing.T) {
	const word = "xylophonist"
	dir := t.TempDir()
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: today})
	d := newDesk(t, o, 80, 24)
	titled := func() {
		if title := d.p.View().WindowTitle; strings.Contains(title, word) {
			t.Errorf("the title is %q", title)
		}
	}
	d.press("p", "enter", "2", "1", "3", "1", "1")
	for _, end := range []string{"", "i want to die"} {
		d.typeIn(word + " " + end)
		titled()
		d.press("enter")
		titled()
		if end != "" {
			d.press("esc")
		}
	}
	d.typeIn(word)
	d.press("enter", "y")
	d.toRehearsal()
	for _, line := range []string{"someone is blackmailing me " + word, "i need help " + word, word,
		word + " i want to die", "im dead lol " + word} {
		d.typeIn(line)
		titled()
		d.press("enter")
		titled()
		d.press("1", "esc", "r")
		d.until("Find the words", map[string]string{"Nothing you type": "esc", "say it again": "esc", "Is that": "1"})
		d.press("enter")
	}
	if err := o.Book.Save(); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		src, err := os.ReadFile(path)
		if bytes.Contains(src, []byte(word)) || bytes.Contains(src, []byte("danger")) ||
			bytes.Contains(src, []byte("unclear")) {
			t.Errorf("%s holds it:\n%s", path, src)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

// TestTheExampleAnswers types into a lesson of version 2: the others answer, and the line
// leads where they say.
func TestTheExampleAnswers(t *testing.T) {
	c := coursetest.Shipped(t)
	for line, want := range map[string][2]string{
		"someone online is blackmailing me": {"The rest of it, slow.", "You said what happened"},
		"its nothing go back to sleep":      {"holding on to my refrigerator", "You made it smaller"},
		"a friend of mine has this problem": {"Who? Do I need", "You spoke of someone else"},
	} {
		o := options(t)
		o.Course, o.Lesson, o.From = c, "justice-for-greg", "the-kitchen-light"
		d := newDesk(t, o, 80, 40)
		d.until("Find the words", nil)
		d.press("enter")
		d.typeIn(line)
		d.p.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		if s := d.screen(); !s.Contains(want[0]) || !s.Contains(want[1]) {
			t.Errorf("%q is answered with\n%s", line, s)
		}
	}
}

// TestKeysWhereItIsAsked goes on typing after the field has closed: while the learner is asked
// what a line meant, and after the others have answered. No letter is taken for an answer, and
// the story stays where it is.
func TestKeysWhereItIsAsked(t *testing.T) {
	asked := func() *desk {
		o := options(t)
		o.Course, o.Lesson, o.From = coursetest.Shipped(t), "justice-for-greg", "the-kitchen-light"
		d := newDesk(t, o, 80, 40)
		d.until("Find the words", nil)
		d.press("enter")
		d.typeIn("is she gonna hurt herself?")
		d.press("enter")
		d.want("Is that about yourself?")
		return d
	}
	still := func(d *desk, what, text string) {
		t.Helper()
		for _, r := range text {
			press := tea.KeyPressMsg{Code: r, Text: string(r)}
			if r == ' ' {
				press = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
			}
			d.send(press)
			d.want(what)
		}
	}
	d := asked()
	still(d, "Is that about yourself?", "gwen has seen that so i can't. sorry? 4 7 0")
	d.want("Press a number from 1 to 2")
	d.send(tea.KeyPressMsg{Code: tea.KeyF1})
	d.want("People who help")
	d.press("esc")
	d.want("Is that about yourself?")
	d.press("2")
	d.want("Just in case", "Press F1 to see who helps", "enter go on")
	still(d, "Just in case", "no wait i didn't mean that 1 2 3")

	d = asked() // While the line is typed again, a number is still an answer.
	d.press("esc")
	d.want("Nothing you type")
	d.typeIn("2")
	d.press("enter")
	d.want("is she gonna hurt herself?", "Just in case")
	d.press("r")
	d.typeIn("2") // And now it isn't one.
	d.press("enter")
	d.want("Wyatt: 2", "I can't tell", "Nothing you type")

	d = asked()
	d.press("esc")
	d.typeIn("someone online is blackmailing me")
	d.press("enter")
	d.want("The rest of it, slow.", "You said what happened")
	still(d, "The rest of it, slow.", "i mean the picthing 1 2 3 he has it?")
	d.press("r")
	d.typeIn("someone has a picture of me and wants money")
	d.press("enter")
	d.want("You said")
	if n := strings.Count(d.screen().String(), "The rest of it, slow."); n > 1 {
		t.Errorf("%d answers stand there:\n%s", n, d.screen())
	}
}

// TestNotMeant checks that the screen with help has a way back to the line for someone who didn't
// mean danger.
func TestNotMeant(t *testing.T) {
	d := newDesk(t, options(t), 80, 50)
	d.toRehearsal()
	before := d.screen().String()
	d.typeIn("i want to die")
	d.press("enter")
	d.want("This comes before the story", "I didn't mean that: back to the line")
	d.press("n")
	if after := d.screen().String(); after != before {
		t.Errorf("back at\n%s\nnot at\n%s", after, before)
	}
}
