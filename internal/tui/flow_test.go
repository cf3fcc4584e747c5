package tui

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/screentest"
)

func widthOf(s string) int { return ansi.StringWidth(s) }

// learner presses keys in a real program on a terminal in memory, and reads the
// screen.
type learner struct {
	t    *testing.T
	term *screentest.Terminal
	read strings.Builder // Everything that was on the screen so far.
}

// key presses a key and waits until the text gone has left the screen. Waiting for
// any change wouldn't do: prose comes in by itself.
func (u *learner) key(k, gone string) {
	u.t.Helper()
	u.term.Press(k)
	gone = begin(gone)
	s := u.term.Wait(gone+" to go after "+k, func(s screentest.Screen) bool { return !s.Contains(gone) })
	u.read.WriteString(s.String() + "\n")
}

// more reads the next page.
func (u *learner) more() {
	u.t.Helper()
	before := u.term.Screen().String()
	u.term.Press("enter")
	u.term.Wait("the next page", func(s screentest.Screen) bool { return s.String() != before })
}

// to goes on reading until the screen has one of the texts.
func (u *learner) to(texts ...string) screentest.Screen {
	u.t.Helper()
	return u.until(texts[0], func(s screentest.Screen) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return s.Contains(begin(text)) })
	})
}

// until goes on reading until a condition holds.
func (u *learner) until(what string, has func(screentest.Screen) bool) screentest.Screen {
	u.t.Helper()
	for {
		s := u.term.Wait(what+", or more", func(s screentest.Screen) bool {
			return has(s) || s.Contains("▾ more")
		})
		u.read.WriteString(s.String() + "\n")
		if has(s) {
			return s
		}
		u.more()
	}
}

// begin returns the beginning of a text, short enough to stand on one line.
func begin(text string) string {
	if len(text) > 24 {
		text = strings.TrimSpace(text[:24])
	}
	return text
}

var numbered = regexp.MustCompile(`^\s*▸?\s*(\d)  `)

// choice returns the number that stands before a text, and its line. A text without
// a number doesn't count: it may be part of the story.
func choice(s screentest.Screen, text string) (number, line string) {
	for _, l := range s.Lines() {
		if m := numbered.FindStringSubmatch(l); m != nil && strings.HasPrefix(l[len(m[0]):], begin(text)) {
			return m[1], strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(l), "▸"))
		}
	}
	return "", ""
}

// pick presses the number that stands before a text.
func (u *learner) pick(text string) {
	u.t.Helper()
	s := u.until(text+" to choose", func(s screentest.Screen) bool { n, _ := choice(s, text); return n != "" })
	number, line := choice(s, text)
	u.key(number, line)
}

// fits has a line that is understood in each situation.
var fits = map[hear.Situation]string{hear.Refuse: "no. leave me alone",
	hear.Tell:    "someone is threatening me and i need help",
	hear.StandBy: "thats not funny, delete it", hear.Listen: "thank you for telling me. are you safe right now?"}

// play makes the moves of a path, and reads the debrief at its end.
func (u *learner) play(l *lesson.Lesson, moves []play.Action) play.Run {
	u.t.Helper()
	run := play.Start(l, 7)
	for _, m := range moves {
		s := run.Scene()
		switch m.Turn {
		case play.Choose:
			if run.Turn() == play.Go { // The only open choice is shown as the way on.
				u.to("▸ " + run.Onward().String())
				u.key("enter", "▸ "+run.Onward().String())
				break
			}
			u.pick(s.Choices[m.Pick].String())
		case play.Go:
			if s.Check != nil || s.Rehearsal != nil {
				break // Their screens go on by themselves.
			}
			u.to("▸ " + s.Onward.String())
			u.key("enter", "▸ "+s.Onward.String())
		case play.Answer:
			u.to("A short question")
			u.key("enter", "A short question")
			u.pick(s.Check.Options[m.Pick].String())
			u.pick("Sure")
			u.to("another way to see it", "one way to see it", "Here's why")
			u.key("enter", "What do you think?")
		case play.Say:
			u.to("Find the words")
			u.key("enter", "Find the words")
			u.to("Nothing you type")
			if l.Format() == 2 {
				u.say(m)
				break
			}
			words := fits[play.SituationOf(l, s.Rehearsal)]
			u.term.Type(words)
			u.to(words)
			u.key("enter", "Nothing you type")
			u.to("You ")
			u.key("enter", "· Say it")
			m.Said = []string{"decline"} // Rehearsals of the old form lead on the same way, whatever is said.
		}
		next, err := play.Replay(l, 7, append(run.Actions(), m))
		if err != nil {
			u.t.Fatal(err)
		}
		run = next
	}
	return run
}

// say types a line that makes the moves m.Said, or leaves the line out if there are none.
func (u *learner) say(m play.Action) {
	u.t.Helper()
	if len(m.Said) == 0 {
		u.key("tab", "tab show me how")
		u.key("enter", "· Say it")
		return
	}
	words := coursetest.Line(u.t, m.Said[0])
	u.term.Type(words)
	u.to(words)
	u.key("enter", "Nothing you type")
	if m.Said[0] == lesson.Danger {
		u.to("This comes before the story", "h help")
		u.key("esc", "This comes before the story")
	}
	u.to("go on")
	u.key("enter", "· Say it")
}

// TestLessonsThroughTheProgram plays each lesson along its safest, its worst and
// its longest path, through the real program, and reads the screen.
func TestLessonsThroughTheProgram(t *testing.T) {
	whole := coursetest.Shipped(t)
	for i, e := range slices.Concat(whole.Lessons, whole.Staff) {
		l, diags, err := whole.Lesson(e.ID)
		if err != nil || l == nil {
			t.Fatal(err, diags)
		}
		paths := check.Paths(l)
		if testing.Short() {
			paths = paths[:1] // One path is enough for the race detector; without it all are played.
		}
		for _, path := range paths {
			name, moves := path.Name, path.Actions
			t.Run(e.ID+"/"+name, func(t *testing.T) {
				t.Parallel()
				size := [][2]int{{60, 16}, {80, 24}, {120, 40}}[i%3]
				term := screentest.New(t, size[0], size[1])
				o := options(t)
				c := coursetest.Shipped(t)
				o.Course, o.Lesson, o.Width, o.Height = c, e.ID, size[0], size[1]
				term.Run(New(o))
				u := &learner{t: t, term: term}
				u.to("enter start")
				u.key("enter", "enter start")
				run := u.play(l, moves)
				if run.Turn() != play.End {
					t.Fatalf("the path ends in %q", run.Scene().Title)
				}
				u.to("▸ Look back")
				u.key("enter", "▸ Look back")
				u.to("Where it ended")
				u.key("enter", "Where it ended")
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
