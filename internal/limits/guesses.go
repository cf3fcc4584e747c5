package limits

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// How many wrong codes are answered at once. Half of a class of 40 that mistypes waits
// a few seconds for "no class has this code"; nobody waits with the right one.
const (
	WrongCodesEach  = 10 // A minute, by address: a school often has one.
	WrongCodesInAll = 60 // A minute, in total.
	MaxWrongCodes   = 5  // In one connection over SSH.
	forgetIn        = time.Minute
	slowFor         = 3 * time.Second // How long a wrong code beyond that waits for its answer.
	mostSlow        = 512             // Answers that wait at the same time.
	mostAddrs       = 4096            // Addresses that are counted at the same time.
)

// GuessLimiter slows down wrong codes. The code is always checked first, and a right one is
// let in at once: a limit that refuses would let anybody lock out a class by typing
// ten wrong codes at the school's address.
//
// That means the limiter is no bound on guessing. A guesser who hangs up when no answer
// has come within a moment has still tried a code, and one whom we refused to check
// would be told apart from somebody with the right code just the same. What keeps
// guessers out is the length of the code (see codeLength, which counts every request
// that the machine can answer). The delay bounds work: it makes each wrong code of
// somebody who waits cost a connection for three seconds, and connections are bounded
// by [Listener].
//
// Browsers, SSH and the staff's key have a limiter each, so that pupils' typing errors
// slow down no teacher. Addresses are kept for a minute, in memory.
type GuessLimiter struct {
	mu    sync.Mutex
	since time.Time
	each  map[netip.Addr]int
	all   int
	slow  int // Answers that are waiting.

	now   func() time.Time
	after func(time.Duration) <-chan time.Time
	told  func() // Called for each wrong code; nil where nobody wants to know.
}

// NewGuessLimiter returns a limiter. Told is called for each wrong code, or nil.
func NewGuessLimiter(told func()) *GuessLimiter {
	return &GuessLimiter{each: make(map[netip.Addr]int), now: time.Now, after: time.After, told: told}
}

// Wrong counts a wrong code, and where there were many it waits before it returns. It
// reports whether it has waited.
func (g *GuessLimiter) Wrong(ctx context.Context, from netip.Addr) bool {
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

// WaitWith replaces how the answer to a wrong code waits, which is time.After.
func (g *GuessLimiter) WaitWith(after func(time.Duration) <-chan time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.after = after
}

// Counted returns how many wrong codes were counted in this minute for an address, and
// for how many addresses there were any.
func (g *GuessLimiter) Counted(from netip.Addr) (wrong, addresses int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.each[networkOf(from)], len(g.each)
}

// count counts a wrong code and returns what its answer has to wait for, or nil.
func (g *GuessLimiter) count(from netip.Addr) <-chan time.Time {
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
	if g.each[from] <= WrongCodesEach && g.all <= WrongCodesInAll || g.slow >= mostSlow {
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
