package live

import (
	"sync"
	"time"
)

// guesses counts the wrong codes of the last ten minutes, for the desks.
type guesses struct {
	mu      sync.Mutex
	minutes [10]int
	at      int64            // The latest minute that was counted.
	shown   int              // The step that the desks were told last.
	now     func() time.Time // Nil for time.Now.
}

// guessSteps are the numbers that a desk is told. Fewer than ten are typing errors, and steps
// keep one pupil's wrong code from being noticed.
var guessSteps = []int{10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000}

// add counts n more and reports whether that is news for the desks.
func (g *guesses) add(n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn()
	g.minutes[int(g.at)%len(g.minutes)] += n
	was := g.shown
	g.shown = g.step()
	return g.shown != was
}

// steps returns the number of wrong codes, rounded down to a step; 0 for few.
func (g *guesses) steps() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn()
	return g.step()
}

func (g *guesses) step() int {
	all, step := 0, 0
	for _, n := range g.minutes {
		all += n
	}
	for _, s := range guessSteps {
		if all >= s {
			step = s
		}
	}
	return step
}

// turn forgets the minutes that are too old. The lock must be held.
func (g *guesses) turn() {
	clock := g.now
	if clock == nil {
		clock = time.Now
	}
	now := clock().Unix() / 60
	for ; g.at < now; g.at++ {
		if now-g.at > int64(len(g.minutes)) {
			g.at = now - int64(len(g.minutes))
		}
		g.minutes[int(g.at+1)%len(g.minutes)] = 0
	}
}
