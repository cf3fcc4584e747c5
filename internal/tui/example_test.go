package tui

import (
	"os"
	"testing"
	"testing/fstest"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/screentest"
	"wayout/lessons"
)

// lines are typed for the moves that a path makes.
var lines = map[string]string{
	"say-what": "someone is threatening me", "say-worst": "i sent someone a picture of me", "ask": "i need help",
	"hint":     "something weird",
	"downplay": "never mind", "someone-else": "a friend of mine", lesson.Danger: "i want to die",
	lesson.Unclear: "purple",
}

// TestTheExampleThroughTheProgram plays a lesson of version 2 along its safest, its
// worst and its longest path, through the real program, at three sizes. Lines that a
// path makes are typed, the others passed by.
func TestTheExampleThroughTheProgram(t *testing.T) {
	l := coursetest.Example(t)
	src, err := os.ReadFile("../lesson/testdata/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]struct {
		moves []play.Action
		w, h  int
	}{"safest": {check.Safest(l), 60, 16}, "worst": {check.Worst(l), 80, 24}, "longest": {check.Longest(l), 120, 40}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := screentest.New(t, path.w, path.h)
			o := options(t)
			own := fstest.MapFS{"justice-for-greg.md": {Data: src, Mode: 0o444}}
			c, err := course.Open(lessons.Files, "en", own)
			if err != nil {
				t.Fatal(err)
			}
			o.Course = c
			o.Lesson, o.Width, o.Height = l.ID, path.w, path.h
			term.Run(New(o))
			u := &learner{t: t, term: term}
			u.to("Practise")
			u.key("enter", "Practise")
			run := play.Start(l, 7)
			for i, m := range path.moves {
				if m.Turn == play.Say {
					u.to("Find the words")
					u.key("enter", "Find the words")
					u.to("Nothing you type")
					if len(m.Said) > 0 {
						term.Type(lines[m.Said[0]])
						u.to(lines[m.Said[0]])
						u.key("enter", "Nothing you type")
						if m.Said[0] == lesson.Danger {
							u.to("This comes before the story", "h help")
							u.key("esc", "This comes before the story")
						}
					} else {
						u.key("tab", "tab show me how")
					}
					u.key("enter", "Say it")
				} else {
					u.play1(run, m)
				}
				next, err := run.Resume([]play.Action{m})
				if err != nil {
					t.Fatalf("move %d: %v", i, err)
				}
				run = next
			}
			u.to("▸ Look back")
			u.key("enter", "▸ Look back")
			u.to("Who was really typing")
		})
	}
}

// play1 makes a move that is no line to type.
func (u *learner) play1(run play.Run, m play.Action) {
	u.t.Helper()
	s := run.Scene()
	switch m.Turn {
	case play.Choose:
		u.pick(s.Choices[m.Pick].String())
	case play.Go:
		if s.Check == nil && s.Rehearsal == nil {
			u.to("▸ " + s.Onward.String())
			u.key("enter", "▸ "+s.Onward.String())
		}
	case play.Answer:
		u.to("A short question")
		u.key("enter", "A short question")
		u.pick(s.Check.Options[m.Pick].String())
		u.pick("Sure")
		u.to("Here is how to look at it", "And here is why")
		u.key("enter", "What do you think?")
	}
}
