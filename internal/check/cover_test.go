package check

import (
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// comesAbout plays actions and returns the things that they cover. It uses package play
// directly, and shares only the names of things with [Cover].
func comesAbout(t testing.TB, l *lesson.Lesson, moves []play.Action) map[string]bool {
	t.Helper()
	met := make(map[string]bool)
	run := play.Start(l, 1)
	enter := func() {
		s, scene := run.State(), run.Scene()
		for _, c := range play.Conditions(scene) {
			met[fmt.Sprint("asks ", scene.ID, c.Fact, c.Scene,
				run.Game().Holds(s, lesson.Cond{Fact: c.Fact, Scene: c.Scene}))] = true
		}
		told, _ := run.Game().Tell(s)
		for _, b := range told {
			for _, p := range b.Text {
				met[fmt.Sprint("tells ", p.Pos)] = true
			}
		}
	}
	enter()
	for i, m := range moves {
		scene, onward, before := run.Scene(), run.Onward(), len(run.Beats())
		next, err := run.Resume([]play.Action{m})
		if err != nil {
			t.Fatalf("move %d in %s: %v", i, scene.ID, err)
		}
		switch {
		case m.Turn == play.Choose:
			met[fmt.Sprint("takes ", scene.ID, m.Pick)] = true
		case m.Turn == play.Go:
			met[fmt.Sprint("goes ", scene.ID, onward.Pos)] = true
		case m.Turn == play.Say:
			met[fmt.Sprint("says ", scene.ID, m.Said)] = true
		}
		for _, b := range next.Beats()[before:] {
			if b.Block != nil && b.Step == run.Step() {
				for _, p := range b.Block.Text {
					met[fmt.Sprint("tells ", p.Pos)] = true
				}
			}
		}
		if run = next; m.Turn == play.Choose || m.Turn == play.Go {
			enter()
		}
	}
	if run.Turn() != play.End {
		t.Errorf("a run stops in %s", run.Scene().ID)
	}
	return met
}

// wanted returns the things that can be covered in a lesson, over every state.
func wanted(l *lesson.Lesson) map[string]bool {
	g, _ := visit(l)
	all := make(map[string]bool)
	for i, s := range g.states {
		scene := g.scene(i)
		for _, c := range play.Conditions(scene) {
			all[fmt.Sprint("asks ", scene.ID, c.Fact, c.Scene,
				g.game.Holds(s, lesson.Cond{Fact: c.Fact, Scene: c.Scene}))] = true
		}
		tell := func(blocks []lesson.Block) {
			for _, b := range blocks {
				for _, p := range b.Text {
					all[fmt.Sprint("tells ", p.Pos)] = true
				}
			}
		}
		tell(g.told(i))
		for at, e := range g.on(i) {
			tell(g.reaction(at))
			switch {
			case e.pick >= 0:
				all[fmt.Sprint("takes ", scene.ID, e.pick)] = true
			case e.pick < onward:
				all[fmt.Sprint("says ", scene.ID, []string{g.move(e).Name})] = true
			case scene.Rehearsal != nil && scene.Rehearsal.Branches():
				all[fmt.Sprint("says ", scene.ID, []string(nil))] = true
			}
		}
	}
	return all
}

// TestCover checks that the runs of a covering cover everything, that each run is needed,
// and that there are at most a tenth more runs than the bound.
func TestCover(t *testing.T) {
	files, _ := shippedFiles()
	sources := map[string]string{"the example": example(t)}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(f)] = string(src)
	}
	var took time.Duration
	for name, src := range sources {
		l := parse(t, "a.md", src)
		start := time.Now()
		c := Cover(l)
		took += time.Since(start)
		missing := wanted(l)
		named := 0
		for n, r := range c.Runs {
			if len(r.Covers) == 0 {
				t.Errorf("%s: run %d is there for nothing", name, n)
			}
			named += len(r.Covers)
			for what := range comesAbout(t, l, r.Moves) {
				delete(missing, what)
			}
		}
		for what := range missing {
			t.Errorf("%s: %s never comes about", name, what)
		}
		if named != c.Things || c.Bound < 1 || 10*len(c.Runs) > 11*c.Bound {
			t.Errorf("%s: %d runs, at least %d are needed; %d of %d things are named", name, len(c.Runs), c.Bound,
				named, c.Things)
		}
		t.Logf("%s: %d runs, bound %d, %d things", name, len(c.Runs), c.Bound, c.Things)
	}
	t.Logf("all in %v", took)
}

// TestCoverBound compares the bound with the smallest possible number of walks, found by
// trying all sets of walks, in small lessons with cycles and conditions.
func TestCoverBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := randomLesson(t)
		for i := range l.Scenes {
			l.Scenes[i].Check = nil // A check without options can't be answered.
		}
		g, _ := visit(l)
		c := &coverer{g: g, index: make(map[thing]int32)}
		c.gather()
		out := Cover(l)
		if len(out.Runs) == 0 || out.Things != len(c.things) {
			t.Fatalf("%d runs, %d things of %d", len(out.Runs), out.Things, len(c.things))
		}
		if len(c.things) > 14 {
			t.Skip("too much to try all")
		}
		sets := make(map[uint]bool)
		mask := func(things []int32) (m uint) {
			for _, i := range things {
				m |= 1 << i
			}
			return m
		}
		var walk func(i int32, m uint, left int)
		walk = func(i int32, m uint, left int) {
			m |= mask(c.ofView[g.view[i]])
			if len(g.out(int(i))) == 0 {
				sets[m] = true
			}
			for e := g.first[i]; e < g.first[i+1] && left > 0; e++ {
				walk(g.edges[e].to, m|mask(c.ofEdge(e)), left-1)
			}
		}
		walk(0, 0, 8)
		fewest := fewestSets(sets, uint(1)<<len(c.things)-1)
		if fewest > 0 && out.Bound > fewest {
			t.Fatalf("%d walks have everything, and the bound is %d", fewest, out.Bound)
		}
	})
}

// fewestSets returns the smallest number of sets that together have all bits, or 0 for none.
func fewestSets(sets map[uint]bool, all uint) int {
	ring := map[uint]bool{0: true}
	for n := 1; n <= bits.OnesCount(all); n++ {
		next := make(map[uint]bool)
		for a := range ring {
			for b := range sets {
				next[a|b] = true
			}
		}
		if next[all] {
			return n
		}
		ring = next
	}
	return 0
}

// TestCoverIsSteady checks that the same lesson gives the same runs, in the same order.
func TestCoverIsSteady(t *testing.T) {
	l := parse(t, "a.md", example(t))
	a, b := Cover(l), Cover(l)
	if !slices.EqualFunc(a.Runs, b.Runs, func(x, y Proofread) bool { return slices.Equal(x.Covers, y.Covers) }) {
		t.Error("two coverings of one lesson differ")
	}
}

// TestWayTo checks that replaying the actions of WayTo leads to the scene.
func TestWayTo(t *testing.T) {
	l := parse(t, "a.md", example(t))
	s := Explore(l)
	for i := range l.Scenes {
		scene := l.Scenes[i].ID
		run, err := play.Replay(l, 1, s.WayTo(scene))
		if err != nil || run.Scene().ID != scene {
			t.Errorf("the way to %s leads to %s: %v", scene, run.Scene().ID, err)
		}
	}
	if way := s.WayTo("nowhere"); way != nil {
		t.Errorf("%v leads nowhere", way)
	}
}
