package room

import (
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestOneChoiceInARoom checks that a room passes a single open choice like a link, without hands
// or a question. A recording has it as a choice; a script may have it or leave it out.
func TestOneChoiceInARoom(t *testing.T) {
	knows := goes("knows", 2)
	knows.Told = []lesson.Block{{Text: []lesson.Para{{Sets: []string{"known"},
		Spans: []lesson.Span{{Text: "You know now."}}}}}}
	l := way("some", asks("x", 1, 2), knows, known(asks("y", 3, 3), 1), asks("z", 4, 5), lesson.Scene{ID: "good"},
		lesson.Scene{ID: "bad"})
	alone := func(talk Talk) bool { return talk.Run().Scene().ID == "y" }
	talk := NewTalk(l, 1)
	on := func(until func(Talk) bool) {
		t.Helper()
		for n := 0; !until(talk); n++ {
			var err error
			if talk, err = talk.Next(); err != nil || n > 20 {
				t.Fatal(talk.Run().Scene().ID, err)
			}
		}
	}
	chooses := func(talk Talk) bool { return talk.Phase() == Story && talk.waits() && talk.Run().Turn() == play.Choose }
	on(chooses)
	talk, _ = talk.Take(1)
	on(alone)
	for _, s := range slides(talk.Run(), 0, false) {
		if s.Kind == Choices {
			t.Errorf("a slide has one choice: %+v", s)
		}
	}
	if _, err := talk.Count([]int{3}); err == nil {
		t.Error("hands are counted for one choice")
	}
	on(chooses)
	if talk.Run().Scene().ID != "z" {
		t.Fatal("it waits in ", talk.Run().Scene().ID)
	}
	talk, _ = talk.Take(1)
	recorded := string(talk.Recorded())
	if strings.Count(recorded, "choose ") != 3 {
		t.Errorf("recorded as %q", recorded)
	}
	for _, script := range []string{recorded, "choose 2\nchoose 2\n"} {
		commands, found := ParseScript("some.script", []byte(script))
		if found = append(found, CheckScript("some.script", commands, l)...); len(found) > 0 {
			t.Errorf("%q: %v", script, found)
		}
		again := NewTalk(l, 1).WithScript(commands)
		for range 30 {
			again, _ = again.Follow()
		}
		if got := again.Run().Scene().ID; got != "bad" {
			t.Errorf("%q ends in %q", script, got)
		}
	}
}
