package progress

import (
	"os"
	"slices"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestPractiseGetsHarder checks that practice begins with two rounds and has one more each time
// up to five, that it repeats stories in which the line gave in, and which situation is due.
func TestPractiseGetsHarder(t *testing.T) {
	c := coursetest.Shipped(t)
	all, err := c.Practise()
	if err != nil || len(all) != 4 {
		t.Fatal(len(all), err)
	}
	refuse := all[0]
	clk := &clock{monday}
	b := opened(t, Options{Dir: t.TempDir(), Today: clk.today})
	gave := ""
	for n, want := range []int{2, 3, 4, 5, 5} {
		if due := b.PractiseDue([]string{"refuse", "tell"}); n == 1 && due != "tell" {
			t.Errorf("due is %s", due)
		}
		rounds := b.Rounds(refuse.Situation, refuse.Stories)
		if len(rounds) != want || gave != "" && rounds[0].ID != gave {
			t.Fatalf("time %d: %d rounds, the first is %s, gave in at %s", n, len(rounds), rounds[0].ID, gave)
		}
		run := play.Start(c.Spar(refuse, rounds, ""), 1)
		gave = rounds[1].ID
		for run.Turn() != play.End {
			var next play.Run
			switch said := []string{"decline"}; {
			case run.Turn() == play.Say && run.Scene().ID == gave:
				next, err = run.Said([]string{"agree"})
			case run.Turn() == play.Say:
				next, err = run.Said(said)
			default:
				next, err = run.Go()
			}
			run = do(t, b, next, err)
		}
		clk.day++
	}
	// A learner who blocks the other person gets no further round.
	run := play.Start(c.Spar(refuse, b.Rounds(refuse.Situation, refuse.Stories), ""), 1)
	next, _ := run.Said([]string{"block"})
	if next, err = next.Go(); err != nil || next.Turn() != play.End {
		t.Errorf("after leaving: %v in %s", err, next.Scene().ID)
	}
	if !slices.ContainsFunc(run.Scene().Rehearsal.Moves, func(m lesson.Move) bool { return m.Name == "leave" }) {
		t.Error("nobody can leave")
	}
}

// TestFineOrOffIsNeverKept checks that Keep takes nothing of a chat of the game into the
// record.
func TestFineOrOffIsNeverKept(t *testing.T) {
	dir := t.TempDir()
	b := opened(t, Options{Dir: dir, Today: func() Day { return 1 }})
	l := &lesson.Lesson{Session: lesson.FineOrOff, Head: lesson.Head{ID: "fine-or-off"},
		Scenes: []lesson.Scene{{ID: "a", Onward: &lesson.Choice{To: 1}}, {ID: "b"}}}
	run := play.Start(l, 1)
	b.Keep(run)
	next, err := run.Go()
	if err != nil {
		t.Fatal(err)
	}
	b.Keep(next)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("kept: %v %v", files, err)
	}
}
