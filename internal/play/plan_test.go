package play_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

var planWords = lesson.PlanWords{
	When: []lesson.PlanPart{{ID: "threat", Text: "someone threatens me"}},
	People: []lesson.PlanPart{{ID: "mum", Text: "my mother", Parent: true},
		{ID: "dad", Text: "my father", Parent: true}, {ID: "coach", Text: "my coach"}},
	By:    []lesson.PlanPart{{ID: "talk", Text: "talking"}},
	Start: []lesson.PlanPart{{ID: "tell", Text: "Can I tell you something?"}},
}

func TestPlan(t *testing.T) {
	whole := play.Plan{When: "threat", First: "mum", Second: "coach", By: "talk", Start: "tell"}
	for _, c := range []struct {
		change func(*play.Plan)
		want   error
	}{
		{func(p *play.Plan) {}, nil},
		{func(p *play.Plan) { p.Start = "" }, nil}, // The learner's own words.
		{func(p *play.Plan) { p.Second = "dad" }, play.ErrOnlyParents},
		{func(p *play.Plan) { p.Second = "mum" }, play.ErrSamePerson},
		{func(p *play.Plan) { p.When = "rain" }, play.ErrNoSuchPart},
		{func(p *play.Plan) { p.By = "" }, play.ErrNoSuchPart},
		{func(p *play.Plan) { p.Start = "hello" }, play.ErrNoSuchPart},
	} {
		p := whole
		c.change(&p)
		if got := p.Whole(planWords); !errors.Is(got, c.want) {
			t.Errorf("%+v: %v, want %v", p, got, c.want)
		}
	}
	for _, first := range planWords.People {
		for _, second := range play.Seconds(planWords, first.ID) {
			p := whole
			p.First, p.Second = first.ID, second.ID
			if err := p.Whole(planWords); err != nil {
				t.Errorf("%s and %s are offered, and %v", first.ID, second.ID, err)
			}
		}
	}
}

// TestRetrace checks that Retrace with a run's own traces returns to its state, for random runs.
func TestRetrace(t *testing.T) {
	all := lessons(t)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(all).Draw(t, "lesson")
		r := play.Start(l, 3)
		for range rapid.IntRange(0, 30).Draw(t, "moves") {
			if r.Turn() == play.End {
				break
			}
			var err error
			switch r.Turn() {
			case play.Choose:
				r, err = r.Choose(rapid.SampledFrom(r.Open()).Draw(t, "choice"))
			case play.Go:
				r, err = r.Go()
			case play.Answer:
				r, err = r.Answer(0, play.Half)
			case play.Say:
				r, err = r.Said([]string{"decline"})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		traces := r.Traces()
		back, whole := play.Retrace(l, 9, traces)
		if !whole || back.State() != r.State() || back.Turn() != r.Turn() || len(back.Actions()) != len(r.Actions()) {
			t.Fatalf("stands in %q, not in %q", back.Scene().ID, r.Scene().ID)
		}
		// Broken traces still give a run.
		if len(traces) > 0 {
			i := rapid.IntRange(0, len(traces)-1).Draw(t, "broken")
			traces[i].Pick, traces[i].To, traces[i].Said = 99, "nowhere", []string{"x"}
			traces[i].Turn = play.Turn(rapid.IntRange(0, 9).Draw(t, "turn"))
			if back, whole := play.Retrace(l, 9, traces); whole && traces[i].Turn != play.Say {
				t.Fatalf("stands in %q after a broken trace", back.Scene().ID)
			}
		}
	})
}

func TestTurnText(t *testing.T) {
	for _, turn := range []play.Turn{play.Choose, play.Go, play.Answer, play.Say, play.End} {
		name, err := turn.MarshalText()
		var back play.Turn
		if err != nil || back.UnmarshalText(name) != nil || back != turn {
			t.Errorf("%d: %s %v %d", turn, name, err, back)
		}
	}
	if _, err := play.Turn(9).MarshalText(); err == nil {
		t.Error("turn 9 has a name")
	}
}

// TestWays checks that every scene of a lesson is on its map, and exactly once not as Repeated.
func TestWays(t *testing.T) {
	for _, l := range lessons(t) {
		r := play.Start(l, 1)
		ways := play.Map(l, r.Scenes())
		for i := range l.Scenes {
			n := 0
			for _, w := range ways {
				if w.Scene == i && !w.Repeated {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: %q stands on the map %d times", l.ID, l.Scenes[i].ID, n)
			}
		}
		if !ways[0].Visited || ways[0].Depth != 0 || slices.IndexFunc(ways[1:], func(w play.MapLine) bool {
			return w.Visited
		}) >= 0 {
			t.Errorf("%s: %+v", l.ID, ways[:2])
		}
	}
}
