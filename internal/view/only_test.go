package view

import (
	"slices"
	"testing"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/room"
)

// TestOneOpenChoiceIsAWayOn follows the lessons along their paths: where only one choice is
// open, neither a learner nor a class is asked. The choice is shown as a way on, and isn't
// repeated in the story.
func TestOneOpenChoiceIsAWayOn(t *testing.T) {
	v := Solo(coursetest.Course(t))
	met := 0
	for _, l := range coursetest.ShippedLessons(t) {
		for _, path := range check.Paths(l) {
			run := play.Start(l, 1)
			for _, a := range path.Actions {
				alone := a.Turn == play.Choose && len(run.Open()) == 1
				on, isOn := v.Turn(run).(Onward)
				words := ""
				if alone {
					met++
					c := run.Scene().Choices[a.Pick]
					if words = c.String(); !isOn || on.Words != words || room.QuestionOf(run).Scene != "" {
						t.Errorf("%s, %s: shown as %#v", l.ID, run.Scene().ID, v.Turn(run))
					}
				} else if a.Turn == play.Choose && isOn {
					t.Errorf("%s, %s: a choice of several is shown as a way on", l.ID, run.Scene().ID)
				}
				from := len(run.Beats())
				var err error
				if run, err = run.Resume([]play.Action{a}); err != nil {
					t.Fatal(err)
				}
				if alone && slices.ContainsFunc(v.beats(run, from, len(run.Beats())), func(it Item) bool {
					c, chosen := it.(Chosen)
					return chosen && c.Words == words
				}) {
					t.Errorf("%s: %q is told again", l.ID, words)
				}
			}
		}
	}
	if met == 0 {
		t.Error("no path has one choice alone")
	}
}
