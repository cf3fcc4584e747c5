package limits

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// How many wrong codes are answered without delay. If half of a class of 40 mistypes, some
// wait a few seconds for "no class has this code"; no one waits with the right code.
const (
	WrongCodesEach  = 10 // A minute, by address: a school often has one.
	WrongCodesInAll = 60 // A minute, in total.
	MaxWrongCodes   = 5  // In one connection over SSH.
	forgetIn        = time.Minute
	slowFor         = 3 * time.Second // How long the answer to a wrong code beyond that is delayed.
	mostSlow        = 512             // Delayed answers at the same time.
	mostAddrs       = 4096            // Addresses that are counted at the same time.
)

// GuessLimiter delays the answers to wrong codes. The code is always checked first, and a
// right one is let in at once: if a limit refused codes, anyone could lock out a class by
// typing ten wrong codes at the school's address.
//
// So the limiter doesn't bound guessing. A client that hangs up when no answer has come within
// a moment has still tried a code, and a refusal to check would be distinguishable from a
// right code as well. What bounds guessing is the length of the code (see JoinLength in package codes,
// which assumes every request that the machine can answer). The delay bounds work: each wrong
// code of a client that waits costs it a connection for three seconds, and connections are
// bounded by [Listener].
//
// Browsers, SSH and the key of the staff have a limiter each, so that pupils' typing errors
// delay no teacher. Addresses are kept for a minute, in memory.
type GuessLimiter struct {
	mu    sync.Mutex
	since time.Time
	each  map[netip.Addr]int
	all   int
	slow  int // Answers that are being delayed.

	now   func() time.Time
	after func(time.Duration) <-chan time.Time
	told  func() // Called for each wrong code, or nil.
}

// NewGuessLimiter returns a limiter. Told is called for each wrong code; it may be nil.
func NewGuessLimiter(told func()) *GuessLimiter {
	return &GuessLimiter{each: make(map[netip.Addr]int), now: time.Now, after: time.After, told: told}
}

// Wrong counts a wrong code and, after many, waits before it returns. It reports whether it
// has waited.
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

// WaitWith replaces time.After, with which the limiter waits.
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

// count counts a wrong code and returns what its answer waits for, or nil.
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

// networkOf returns what identifies the network of an address. With IPv6 one device has 2^64
// addresses of its own.
func networkOf(a netip.Addr) netip.Addr {
	if p, err := a.Prefix(64); err == nil && a.Is6() {
		return p.Addr()
	}
	return a
}
