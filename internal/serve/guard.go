package serve

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// How many wrong codes are answered at once. Half of a class of 40 that mistypes waits
// a few seconds for "no class has this code"; nobody waits with the right one.
const (
	wrongEach = 10 // A minute, by address: a school often has one.
	wrongAll  = 60 // A minute, in total.
	wrongConn = 5  // In one connection over SSH.
	forgetIn  = time.Minute
	slowFor   = 3 * time.Second // How long a wrong code beyond that waits for its answer.
	mostSlow  = 512             // Answers that wait at the same time.
	mostAddrs = 4096            // Addresses that are counted at the same time.
)

// guard slows down wrong codes. The code is always checked first, and a right one is
// let in at once: a limit that refuses would let anybody lock out a class by typing
// ten wrong codes at the school's address.
//
// That means the guard is no bound on guessing. A guesser who hangs up when no answer
// has come within a moment has still tried a code, and one whom we refused to check
// would be told apart from somebody with the right code just the same. What keeps
// guessers out is the length of the code (see codeLength, which counts every request
// that the machine can answer). The delay bounds work: it makes each wrong code of
// somebody who waits cost a connection for three seconds, and connections are bounded
// by the gate.
//
// Browsers, SSH and the staff's key have a guard each, so that pupils' typing errors
// slow down no teacher. Addresses are kept for a minute, in memory.
type guard struct {
	mu    sync.Mutex
	since time.Time
	each  map[netip.Addr]int
	all   int
	slow  int // Answers that are waiting.

	now   func() time.Time
	after func(time.Duration) <-chan time.Time
	told  func() // Called for each wrong code; nil where nobody wants to know.
}

func newGuard(told func()) *guard {
	return &guard{each: make(map[netip.Addr]int), now: time.Now, after: time.After, told: told}
}

// wrong counts a wrong code, and where there were many it waits before it returns. It
// reports whether it has waited.
func (g *guard) wrong(ctx context.Context, from netip.Addr) bool {
	if g.told != nil {
		g.told()
	}
	over := g.count(networkOf(from))
	if over == nil {
		return false
	}
	defer func() {
		g.mu.Lock()
		g.slow--
		g.mu.Unlock()
	}()
	select {
	case <-ctx.Done():
	case <-over:
	}
	return true
}

// count counts a wrong code and returns what its answer has to wait for, or nil.
func (g *guard) count(from netip.Addr) <-chan time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.now(); now.Sub(g.since) >= forgetIn {
		g.since, g.all = now, 0
		clear(g.each)
	}
	g.all++
	if _, known := g.each[from]; known || len(g.each) < mostAddrs {
		g.each[from]++
	}
	if g.each[from] <= wrongEach && g.all <= wrongAll || g.slow >= mostSlow {
		return nil
	}
	g.slow++
	return g.after(slowFor)
}

// networkOf returns what stands for whoever is behind an address. With IPv6 a single
// device has 2^64 addresses of its own.
func networkOf(a netip.Addr) netip.Addr {
	if p, err := a.Prefix(64); err == nil && a.Is6() {
		return p.Addr()
	}
	return a
}

// guesses counts the wrong codes of the last ten minutes, for the desks.
type guesses struct {
	mu      sync.Mutex
	minutes [10]int
	at      int64            // The minute that was counted last.
	shown   int              // The step that the desks were told last.
	now     func() time.Time // Nil for time.Now.
}

// guessSteps are what a desk is told. Below ten it is somebody's typing error; steps
// keep a pupil's own wrong code from being seen.
var guessSteps = []int{10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000}

// add counts n more and reports whether the desks have something new to show.
func (g *guesses) add(n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn()
	g.minutes[int(g.at)%len(g.minutes)] += n
	was := g.shown
	g.shown = g.step()
	return g.shown != was
}

// steps returns how many there were at least, in steps; 0 for few.
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

// turn forgets the minutes that are over. The lock must be held.
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
