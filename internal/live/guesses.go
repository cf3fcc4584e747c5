package live

import (
	"maps"
	"sync"
	"time"
)

// guesses counts the wrong codes of the last ten minutes, for the desks.
type guesses struct {
	mu    sync.Mutex
	each  map[int64]int // By the minute, in Unix time.
	shown int           // The number that the desks were last told.
}

// guessesCount is how many minutes a guess counts.
const guessesCount = 10

// guessSteps are the numbers that a desk is told. Fewer than ten are taken for typing errors,
// and rounding to steps keeps one pupil's wrong code from being noticed.
var guessSteps = []int{10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000}

// add counts n more and reports whether that is news for the desks.
func (g *guesses) add(now time.Time, n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.each[now.Unix()/60] += n
	was := g.shown
	g.shown = g.step(now)
	return g.shown != was
}

// steps returns the number of wrong codes, rounded down to a step; 0 for few.
func (g *guesses) steps(now time.Time) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.step(now)
}

// step does the work of steps, and removes the minutes that are too old. The lock must be held.
func (g *guesses) step(now time.Time) int {
	maps.DeleteFunc(g.each, func(minute int64, _ int) bool { return now.Unix()/60-minute >= guessesCount })
	all, step := 0, 0
	for _, n := range g.each {
		all += n
	}
	for _, s := range guessSteps {
		if all >= s {
			step = s
		}
	}
	return step
}
