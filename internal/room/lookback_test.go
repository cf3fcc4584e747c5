package room

import (
	"slices"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestNobodyIsToldOffForALine takes a class to every rehearsal of every lesson: the pages after it
// show what the others answer to a line that protects, and nothing of their answers to a weak line
// or to one that wasn't understood, and the story goes on as after a line that protects.
func TestNobodyIsToldOffForALine(t *testing.T) {
	for _, l := range all(t) {
		for i := range l.Scenes {
			if l.Scenes[i].Rehearsal == nil {
				continue
			}
			told, at := afterTheLine(t, l, l.Scenes[i].ID)
			fits := false
			for _, m := range l.Scenes[i].Rehearsal.Moves {
				good := !m.Weak && m.Name != lesson.Unclear && m.Name != lesson.Danger
				to := m.Onward
				if to == nil {
					to = l.Scenes[i].Onward
				}
				fits = fits || good && to != nil && to.To == at
				for _, b := range m.Reaction {
					if !good && slices.Contains(told, b.Pos) {
						t.Errorf("%s: %s: a class is answered as if it had said %q: %s", l.ID, l.Scenes[i].ID,
							m.Name, b.String())
					}
				}
			}
			if !fits && l.Scenes[i].Rehearsal.Branches() {
				t.Errorf("%s: %s leads to %s", l.ID, l.Scenes[i].ID, l.Scenes[at].ID)
			}
		}
	}
}

// afterTheLine returns what a class is told after the page on which a line could be said, and the
// scene that follows.
func afterTheLine(t *testing.T, l *lesson.Lesson, scene string) (told []lesson.Pos, at int) {
	t.Helper()
	do := func(c Class, order Command) Class {
		next, err := c.Do(order, NewBallot())
		if err != nil {
			t.Fatalf("%s: %s: %v", l.ID, scene, err)
		}
		return next
	}
	c := do(do(NewClass(NewTalk(l, Seed)), Command{Verb: Start}), Command{Verb: Scene, Text: scene})
	for c.Talk().Slide().Kind != Line {
		c = do(c, Command{Verb: Next})
	}
	for c.Talk().Run().Scene().ID == scene {
		for _, i := range c.Talk().Slide().Beats {
			if b := c.Talk().Run().Beats()[i].Block; b != nil && c.Talk().Run().Turn() != play.Say {
				told = append(told, b.Pos)
			}
		}
		c = do(c, Command{Verb: Next})
	}
	return told, c.Talk().Run().State().Scene
}

// TestModelsComeBeforeTheAnswer checks that a room is shown how the line could sound before the
// others answer it, and then all of their answer.
func TestModelsComeBeforeTheAnswer(t *testing.T) {
	l := one(t, "../../lessons/en/seen-by-46.md")
	talk, err := NewTalk(l, 1).GoTo("sunday")
	for err == nil && talk.Slide().Kind != Models {
		talk, err = talk.Next()
	}
	if err != nil || talk.Run().Heard() == nil {
		t.Fatal(talk.Run().Heard(), err)
	}
	if talk, err = talk.Next(); err != nil || talk.Run().Scene().ID != "sunday" || talk.Slide().Kind != Told {
		t.Fatalf("%v in %s: %v", talk.Slide(), talk.Run().Scene().ID, err)
	}
	b := talk.Run().Beats()[talk.Slide().Beats[0]].Block
	if b == nil || b.String() != talk.Run().Heard().Reaction[0].String() {
		t.Errorf("answered by %v", b)
	}
	if same, err := Decode(l, talk.Encode()); err != nil || standing(same) != standing(talk) {
		t.Errorf("it comes over as %s, not %s: %v", standing(same), standing(talk), err)
	}
}

// TestPagesAroundAStory checks that the cover of each lesson is on its first pages, whole and in
// order, and that what a room looks back on is on the last pages, each thing once.
func TestPagesAroundAStory(t *testing.T) {
	for _, l := range all(t) {
		first := moment{run: play.Start(l, 1)}.slides()
		var cover []int
		for _, s := range first {
			if s.Kind == Opening {
				cover = append(cover, s.Cover...)
			}
		}
		if want := len(l.Cover); len(cover) != want || !slices.IsSorted(cover) || first[0].Kind != Opening {
			t.Errorf("%s: the cover is shown as %v", l.ID, cover)
		}
		for i := range l.Scenes {
			run, _, err := play.Start(l, 1).To(l.Scenes[i].ID)
			if err != nil || run.Turn() != play.End {
				continue
			}
			looksBack(t, run)
		}
	}
}

func looksBack(t *testing.T, run play.Run) {
	t.Helper()
	var got Hindsight
	for _, s := range lookBack(run) {
		if s.Kind != LookBack || len(s.Beats) > 0 {
			t.Errorf("%s: %+v", run.Lesson().ID, s)
		}
		got = got.plus(s.Hindsight)
	}
	o := run.Outcome()
	if !got.Behind || !got.Key || len(got.Knew) != len(o.Knows) || !slices.Equal(got.Signs, o.Missed) ||
		len(got.Moves) != 0 && len(got.Moves) != 6 {
		t.Errorf("%s, %s: %+v", run.Lesson().ID, run.Scene().ID, got)
	}
}

// TestScriptGoesBackBeforeTheLookBack checks that a script that goes back to a question from the
// ending does so before the look back says who was really typing.
func TestScriptGoesBackBeforeTheLookBack(t *testing.T) {
	l := one(t, countdown)
	script, diags := ParseScript("x.script", []byte("scene later\nagain sunday-night\n"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	talk := NewTalk(l, 1)
	for talk.Run().Turn() != play.Choose || talk.Slide().Kind != Choices {
		talk, _ = talk.Next()
	}
	talk, _ = talk.Take(1)
	for talk = talk.WithScript(script); talk.next < len(script); {
		next, err := talk.Follow()
		if err != nil {
			t.Fatal(err)
		}
		if talk = next; talk.Slide().Kind == LookBack {
			t.Fatal("it's told first")
		}
	}
	if talk.Run().Scene().ID != "sunday-night" {
		t.Errorf("it goes back to %s", talk.Run().Scene().ID)
	}
}
