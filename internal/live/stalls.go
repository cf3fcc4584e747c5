package live

import (
	"context"
	"sync/atomic"
	"time"
)

// stallClock notices that this process was stopped for a while: by somebody, by a
// machine that froze, by a lid that was closed. What it was about to do then may be
// out of date by now, although nothing says so.
type stallClock struct {
	begun     time.Time
	last      atomic.Int64 // When it was felt last, in nanoseconds since begun.
	lastStall atomic.Int64 // When the last gap was over.
}

const (
	stallTick  = 100 * time.Millisecond
	stallAfter = time.Second     // Longer than any busy machine makes it wait.
	wary       = 2 * time.Second // How long after a gap a request may be an old one.
	secondLook = 150 * time.Millisecond
)

func newStallClock() *stallClock {
	p := &stallClock{begun: time.Now()}
	p.lastStall.Store(int64(-wary) - 1)
	return p
}

func (p *stallClock) now() int64 { return int64(time.Since(p.begun)) }

// run beats until the context ends.
func (p *stallClock) run(ctx context.Context) {
	tick := time.NewTicker(stallTick)
	defer tick.Stop()
	for {
		p.tick()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *stallClock) tick() {
	now := p.now()
	if now-p.last.Load() > int64(stallAfter) {
		p.lastStall.Store(now)
	}
	p.last.Store(now)
}

// missed reports whether there was a gap since a moment, which is one that now has
// returned.
func (p *stallClock) missed(since int64) bool {
	return p.now()-p.last.Load() > int64(stallAfter) || p.lastStall.Load() >= since
}

// stale waits a moment where this process was stopped just now, and reports whether
// whoever asked has gone meanwhile, and asks elsewhere.
func (p *stallClock) stale(ctx context.Context) bool {
	if !p.missed(p.now() - int64(wary)) {
		return false
	}
	select {
	case <-ctx.Done():
	case <-time.After(secondLook):
	}
	return ctx.Err() != nil
}
