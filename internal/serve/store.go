package serve

import (
	"context"
	"errors"
	"time"
)

// Store is where the machines of a service agree on the state of their rooms. Of one
// machine it is the memory of this process; of several it is a NATS cluster, in its
// memory. Both behave alike, which a test holds, so that whoever uses one need not
// know which it is.
//
// Every write has a revision, higher than all before it, and may rest on the one
// before it of the same key: of two that rest on the same one, one is stored.
type Store interface {
	// Close ends it. One in this process forgets everything.
	Close()
	// Alone reports whether the state is in this process only.
	Alone() bool
	// Reached reports whether the store can be reached now.
	Reached() bool

	// put writes a value that rests on a revision, 0 for a new one, and returns its
	// revision. The error is [errStale] where somebody else was faster.
	put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error)
	// get reads a value and its revision; 0 where there is none.
	get(ctx context.Context, key string) ([]byte, uint64, error)
	// last returns the revision of the last thing that was stored, 0 where the store
	// does not say. In one process it need not be asked.
	last(ctx context.Context) uint64
	// remove takes a key away that has a revision. The error is [errStale] where it has
	// another one by now.
	remove(ctx context.Context, key string, rev uint64) error
	// forget takes everything away whose key begins so, up to a full stop.
	forget(ctx context.Context, prefix string) error
	// watch calls f with everything that is there and then with all news, in the order
	// in which it was written, until the context ends. What has been overtaken on its way
	// may be left out. Ready is closed once all that was there has been told.
	watch(ctx context.Context, ready chan<- struct{}, f func(entry)) error
}

// The bounds of what is kept of a class, in memory only.
const (
	mostKept  = 128 << 20 // Bytes in all.
	mostValue = 512 << 10 // Bytes of one class or one seat.
)

// How long a class is kept: all of it until nobody has been there for two hours,
// neither a desk nor a seat, and then nothing. The [Hall] forgets it. A store doesn't
// do so part by part: an answer that was given early would be gone before its class.
const (
	keepFor      = 2 * time.Hour
	longestClass = 24 * time.Hour // A page that somebody left open keeps it no longer.
	orphansFor   = 25 * time.Hour // Where no machine is left to forget it, the cluster does.
)

// StoreOptions say where the state of the rooms is kept.
type StoreOptions struct {
	URL   string // Of a NATS cluster; "" keeps everything in this process, with nothing listening.
	Creds string // A file with credentials for it, or "".
}

// errStale is returned for a write that rests on an old revision.
var errStale = errors.New("somebody else was faster")

// entry is news from the store.
type entry struct {
	key   string
	value []byte // Nil where it was taken away.
	rev   uint64
	at    time.Time // When it was written; zero where it was just now.
}

// OpenStore opens the store.
func OpenStore(ctx context.Context, o StoreOptions) (Store, error) {
	if o.URL == "" {
		return newMemory(), nil
	}
	s, err := openCluster(ctx, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}
