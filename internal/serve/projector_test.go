package serve

import (
	"testing"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/room"
)

// TestProjectorShowsItAll puts every question of the example lesson on a projector, with its
// options, their outcomes and the room's answers: nobody can scroll a projection, so all of it
// must fit on the screen, in letters of at least a fiftieth of its height.
func TestProjectorShowsItAll(t *testing.T) {
	a := newAlone(t, 32)
	a.c.order(room.OwnPace)
	v := newVisitor(t, browsertest.Open(t), a.c.at)
	v.projector = true
	v.run(chromedp.EmulateViewport(1920, 1080))
	v.join(a.c.code)
	a.c.crowd(24)
	a.c.people(24)
	fits := func(what string) {
		t.Helper()
		if view, _ := a.c.room.View(""); view.Class.Question().Scene != "" {
			v.sees(a.see.PickWords(view.Class.Question(), view.Class.Question().Options[0].Pick))
		}
		var over, letters int
		v.run(chromedp.Evaluate(`document.documentElement.scrollHeight - innerHeight`, &over),
			chromedp.Evaluate(`Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize))`, &letters))
		if over > 0 || letters < 1080/50 {
			t.Errorf("%s: %d px are below the screen, letters of %d px", what, over, letters)
		}
	}
	fits("the rules")
	for _, s := range a.run.Lesson().Scenes {
		if len(s.Choices) == 0 && s.Check == nil {
			continue
		}
		if err := a.c.room.Order(t.Context(), room.Command{Verb: room.Scene, Text: s.ID}); err != nil {
			t.Fatal(err)
		}
		a.c.toQuestion()
		fits(s.ID)
		a.c.order(room.Ask)
		v.sees("Choose on your own screen")
		fits(s.ID + ", asked")
		view, _ := a.c.room.View("")
		q, answered := view.Class.Question(), 0
		for _, seat := range a.c.seats() {
			err := a.c.room.Answer(seat, q.Scene, q.Options[answered%len(q.Options)].Pick).Soon()
			if err == nil { // The projector doesn't answer.
				answered++
			}
		}
		if answered != 24 {
			t.Fatalf("%d have answered", answered)
		}
		a.c.order(room.Show)
		v.sees("What the room thinks")
		bars := 0
		v.run(chromedp.Evaluate(`document.querySelectorAll(".bars li").length`, &bars))
		if bars < 2 {
			t.Errorf("%s: %d bars", s.ID, bars)
		}
		fits(s.ID + ", shown")
	}
}
