package tui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/check"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/screentest"
)

func widthOf(s string) int { return ansi.StringWidth(s) }

// learner presses keys in a real program on a terminal in memory, reading what
// is on the screen.
type learner struct {
	t    *testing.T
	term *screentest.Terminal
	read strings.Builder // All that was ever on the screen.
}

// key presses a key and waits for the screen to change.
func (u *learner) key(k string) {
	u.t.Helper()
	before := u.term.Screen().String()
	u.term.Press(k)
	s := u.term.Wait("a change after "+k, func(s screentest.Screen) bool { return s.String() != before })
	u.read.WriteString(s.String() + "\n")
}

// to reads on until the screen has a text.
func (u *learner) to(text string) screentest.Screen {
	u.t.Helper()
	text = begin(text)
	for {
		s := u.term.Wait(text+", or more", func(s screentest.Screen) bool {
			return s.Contains(text) || s.Contains("▾ more")
		})
		u.read.WriteString(s.String() + "\n")
		if s.Contains(text) {
			return s
		}
		u.key("enter")
	}
}

// begin returns the beginning of a text, before any line could break.
func begin(text string) string {
	if len(text) > 24 {
		text = strings.TrimSpace(text[:24])
	}
	return text
}

var numbered = regexp.MustCompile(`^\s*▸?\s*(\d)  `)

// pick presses the number that stands before a text.
func (u *learner) pick(text string) {
	u.t.Helper()
	s := u.to(text)
	for _, l := range s.Lines() {
		if m := numbered.FindStringSubmatch(l); m != nil && strings.Contains(l, begin(text)) {
			u.key(m[1])
			return
		}
	}
	u.t.Fatalf("%q has no number:\n%s", text, s)
}

// play makes the moves of a path, and looks back at its end.
func (u *learner) play(l *lesson.Lesson, moves []play.Move) play.Run {
	u.t.Helper()
	run := play.Start(l, 7)
	for _, m := range moves {
		s := run.Scene()
		switch m.Turn {
		case play.Choose:
			u.pick(s.Choices[m.Pick].String())
		case play.Go:
			if s.Check != nil || s.Rehearsal != nil {
				break // Their screens go on by themselves.
			}
			u.to("▸ " + s.Onward.String())
			u.key("enter")
		case play.Answer:
			u.to("A short question")
			u.key("enter")
			u.pick(s.Check.Options[m.Pick].String())
			u.pick("Sure")
			u.key("enter")
		case play.Say:
			u.to("Find the words")
			u.key("enter")
			u.term.Type("no. leave me alone")
			u.to("no. leave me alone")
			u.key("enter")
			u.to("I noticed: you")
			u.key("enter")
			m.Said = play.Notice("no. leave me alone", s.Rehearsal.Moves)
		}
		next, err := play.Replay(l, 7, append(run.Moves(), m))
		if err != nil {
			u.t.Fatal(err)
		}
		run = next
	}
	return run
}

// TestLessonsThroughTheProgram plays each lesson along its safest and its worst
// path, through the real program, and reads the screen.
func TestLessonsThroughTheProgram(t *testing.T) {
	o := options(t)
	for i, e := range o.Course.Lessons {
		l, diags, err := o.Course.Lesson(e.ID)
		if err != nil || l == nil {
			t.Fatal(err, diags)
		}
		for name, moves := range map[string][]play.Move{"safest": check.Safest(l), "worst": check.Worst(l)} {
			t.Run(e.ID+"/"+name, func(t *testing.T) {
				t.Parallel()
				size := [][2]int{{60, 16}, {80, 24}, {120, 40}}[i%3]
				term := screentest.New(t, size[0], size[1])
				term.Run(New(options(t)))
				u := &learner{t: t, term: term}
				term.WaitFor("There is a way out")
				for range i {
					u.key("down")
				}
				u.key("enter")
				u.to("ctrl+x clears")
				u.key("enter")
				u.to("Practise")
				u.key("enter")
				run := u.play(l, moves)
				if run.Turn() != play.End {
					t.Fatalf("the path ends in %q", run.Scene().Title)
				}
				u.to("Look back")
				u.key("enter")
				s := u.to("Take this with you")
				if s.Contains("▸ Look back") {
					t.Errorf("no debrief:\n%s", s)
				}
				u.key("enter")
				u.to("There is a way out")
				term.Press("ctrl+x")
				if err := term.WaitExit(); err != nil {
					t.Error(err)
				}
				if s := term.Screen(); s.Contains(l.Focus) || term.AltScreen() {
					t.Errorf("something is left:\n%s", s)
				}
			})
		}
	}
}
