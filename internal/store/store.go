package store

import (
	"context"
	"errors"
	"time"
)

// Store keeps values by key. Every write gets a revision, higher than all before it, and
// names the revision of its key that it replaces. Of two writes that replace the same
// revision, one is stored and the other is refused.
type Store interface {
	// Close closes the store. A local store drops everything.
	Close()
	// Local reports whether the state is in this process only.
	Local() bool
	// Reachable reports whether the store can be reached now.
	Reachable() bool

	// Put writes a value in place of a revision, 0 for a new key, and returns the new
	// revision. The error is [ErrStale] if the key has another revision by now.
	Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error)
	// Get returns a value and its revision, which is 0 if there is no value.
	Get(ctx context.Context, key string) ([]byte, uint64, error)
	// LastRevision returns the revision of the latest write to any key, or 0 if it isn't
	// known. A local store may return 0, because its watchers hear of a write at once.
	LastRevision(ctx context.Context) uint64
	// Remove removes a key if it has this revision, or returns [ErrStale].
	Remove(ctx context.Context, key string, rev uint64) error
	// RemoveAll removes every key with a prefix, which must end with a full stop.
	RemoveAll(ctx context.Context, prefix string) error
	// Watch calls f with every stored entry and then with every change, in the order of the
	// writes, until the context ends. A value that was replaced before it was sent may be left
	// out. Watch closes ready once f was called with everything that was stored at the start.
	Watch(ctx context.Context, ready chan<- struct{}, f func(Entry)) error
}

// The limits of what is kept, in memory only.
const (
	maxTotal = 128 << 20 // Bytes of all keys and values.
	// MaxValue is the most bytes that a value may have.
	MaxValue = 512 << 10 // Bytes of one class or one seat.
)

// orphansFor is how long a cluster keeps entries when no machine is left to remove them:
// longer than any class lasts.
const orphansFor = 25 * time.Hour

// Options say where the state is kept.
type Options struct {
	URL   string // Of a NATS cluster; "" keeps everything in this process and opens no port.
	Creds string // A file with credentials for it, or "".
}

// Errors of a store.
var (
	// ErrStale is returned for a write that is based on an old revision.
	ErrStale = errors.New("somebody else was faster")
	// ErrUnreachable is returned if the store can't be reached.
	ErrUnreachable = errors.New("this machine can't reach the others")
)

// Entry is a value under a key, or the news that the key was removed.
type Entry struct {
	Key      string
	Value    []byte // Nil if the key was removed.
	Revision uint64
	Written  time.Time // Zero for "just now".
}

// Open opens the store.
func Open(ctx context.Context, o Options) (Store, error) {
	if o.URL == "" {
		return newMemory(), nil
	}
	return openCluster(ctx, o)
}
