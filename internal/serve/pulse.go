package serve

import (
	"context"
	"sync/atomic"
	"time"
)

// pulse notices that this process was stopped for a while: by somebody, by a
// machine that froze, by a lid that was closed. What it was about to do then may be
// out of date by now, although nothing says so.
type pulse struct {
	begun time.Time
	last  atomic.Int64 // When it was felt last, in nanoseconds since begun.
	gap   atomic.Int64 // When the last gap was over.
}

const (
	pulseEvery = 100 * time.Millisecond
	pulseGap   = time.Second     // Longer than any busy machine makes it wait.
	wary       = 2 * time.Second // How long after a gap a request may be an old one.
	secondLook = 150 * time.Millisecond
)

func newPulse() *pulse {
	p := &pulse{begun: time.Now()}
	p.gap.Store(int64(-wary) - 1)
	return p
}

func (p *pulse) now() int64 { return int64(time.Since(p.begun)) }

// beat beats until the context ends.
func (p *pulse) beat(ctx context.Context) {
	tick := time.NewTicker(pulseEvery)
	defer tick.Stop()
	for {
		p.feel()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *pulse) feel() {
	now := p.now()
	if now-p.last.Load() > int64(pulseGap) {
		p.gap.Store(now)
	}
	p.last.Store(now)
}

// missed reports whether there was a gap since a moment, which is one that now has
// returned.
func (p *pulse) missed(since int64) bool {
	return p.now()-p.last.Load() > int64(pulseGap) || p.gap.Load() >= since
}

// stale waits a moment where this process was stopped just now, and reports whether
// whoever asked has gone meanwhile, and asks elsewhere.
func (p *pulse) stale(ctx context.Context) bool {
	if !p.missed(p.now() - int64(wary)) {
		return false
	}
	select {
	case <-ctx.Done():
	case <-time.After(secondLook):
	}
	return ctx.Err() != nil
}
