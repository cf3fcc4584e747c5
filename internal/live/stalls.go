package live

import (
	"context"
	"sync/atomic"
	"time"
)

// stallClock notices that this process was stopped for a while: by a signal, by a machine that
// froze, by a closed lid. Whatever it was about to do may be out of date by then, and nothing
// else would show that.
type stallClock struct {
	begun     time.Time
	last      atomic.Int64 // The latest tick, in nanoseconds since begun.
	lastStall atomic.Int64 // When the latest gap ended.
}

const (
	stallTick  = 100 * time.Millisecond
	stallAfter = time.Second     // Longer than even a busy machine delays a tick.
	wary       = 2 * time.Second // How long after a gap a request may still be an old one.
	secondLook = 150 * time.Millisecond
)

func newStallClock() *stallClock {
	p := &stallClock{begun: time.Now()}
	p.lastStall.Store(int64(-wary) - 1)
	return p
}

func (p *stallClock) now() int64 { return int64(time.Since(p.begun)) }

// run ticks until the context ends.
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

// missed reports whether there was a gap since a moment, given as the value of now at that time.
func (p *stallClock) missed(since int64) bool {
	return p.now()-p.last.Load() > int64(stallAfter) || p.lastStall.Load() >= since
}

// stale reports whether this process was stopped in the last two seconds and the client of a
// request has gone since. It waits for secondLook to see whether the context ends.
func (p *stallClock) stale(ctx context.Context) bool {
	if !p.missed(p.now() - int64(wary)) {
		return false
	}
	pause(ctx, secondLook)
	return ctx.Err() != nil
}
