package live

import (
	"testing"
	"time"
)

// TestGuesses checks that desks are told the guesses of the last ten minutes, in steps.
func TestGuesses(t *testing.T) {
	now := time.Unix(0, 0)
	g := &guesses{each: make(map[int64]int)}
	changes := 0
	for range 25 {
		if g.add(now, 1) {
			changes++
		}
		now = now.Add(time.Second)
	}
	if g.steps(now) != 20 || changes != 2 {
		t.Errorf("25 are %d, told %d times", g.steps(now), changes)
	}
	now = now.Add(8 * time.Minute)
	if g.add(now, 0) || g.steps(now) != 20 {
		t.Errorf("after eight minutes: %d", g.steps(now))
	}
	now = now.Add(2 * time.Minute)
	if !g.add(now, 0) || g.steps(now) != 0 {
		t.Errorf("after ten minutes: %d", g.steps(now))
	}
	now = now.Add(1000 * time.Hour)
	g.add(now, 1e6)
	if g.steps(now) != 1e6 {
		t.Errorf("a million are %d", g.steps(now))
	}
}
