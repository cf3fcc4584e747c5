package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// memory is a [Store] in this process. It isn't an embedded NATS server because nothing needs to
// be replicated, and such a server would make the program half as large again and open ports.
type memory struct {
	mu       sync.Mutex
	rev      uint64
	values   map[string]stored
	size     int // Bytes of all keys and values.
	watchers map[*watcher]bool

	once   sync.Once
	closed chan struct{}
}

// stored is a value and its revision.
type stored struct {
	value []byte // Never changed in place.
	rev   uint64
}

// watcher receives what is written. Its queue has no limit, because a reader in the same
// process doesn't fall far behind.
type watcher struct {
	news []Entry
	more chan struct{} // Holds a value if there is news.
}

var (
	// ErrTooLarge is returned for a value of more than [MaxValue].
	ErrTooLarge = errors.New("more than may be kept of one class or one seat")
	// ErrFull is returned if the store would hold more than it may.
	ErrFull = errors.New("more than may be kept in all")
)

func newMemory() *memory {
	return &memory{values: make(map[string]stored), watchers: make(map[*watcher]bool), closed: make(chan struct{})}
}

// Close closes the store and drops everything in it.
func (s *memory) Close() {
	s.once.Do(func() {
		close(s.closed)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.values, s.size = nil, 0
	})
}

// Local returns true: the state is in this process only.
func (s *memory) Local() bool { return true }

// Reachable reports whether the store is open.
func (s *memory) Reachable() bool {
	select {
	case <-s.closed:
		return false
	default:
		return true
	}
}

// ready returns why the store can't be used now, or nil.
func (s *memory) ready(ctx context.Context) error {
	if !s.Reachable() {
		return ErrUnreachable
	}
	return ctx.Err()
}

func (s *memory) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	was, there := s.values[key]
	if was.rev != rev {
		return 0, ErrStale
	}
	grown := len(value) - len(was.value)
	if !there {
		grown += len(key)
	}
	switch {
	case len(value) > MaxValue:
		return 0, ErrTooLarge
	case grown > 0 && s.size+grown > maxTotal:
		return 0, ErrFull
	}
	s.rev++
	s.size += grown
	s.values[key] = stored{value: append([]byte{}, value...), rev: s.rev}
	s.tell(Entry{Key: key, Value: s.values[key].value, Revision: s.rev})
	return s.rev, nil
}

// tell queues an entry for every watcher. The lock must be held.
func (s *memory) tell(e Entry) {
	for w := range s.watchers {
		w.news = append(w.news, e)
		select {
		case w.more <- struct{}{}:
		default:
		}
	}
}

func (s *memory) Get(ctx context.Context, key string) ([]byte, uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return nil, 0, err
	}
	k := s.values[key]
	return k.value, k.rev, nil
}

func (s *memory) LastRevision(context.Context) uint64 { return 0 }

func (s *memory) Remove(ctx context.Context, key string, rev uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if rev == 0 || s.values[key].rev != rev {
		return ErrStale
	}
	s.drop(key)
	return nil
}

func (s *memory) RemoveAll(ctx context.Context, prefix string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	for _, e := range s.inOrder() {
		if strings.HasPrefix(e.Key, prefix) {
			s.drop(e.Key)
		}
	}
	return nil
}

// inOrder returns all entries in the order in which they were written. The lock must be held.
func (s *memory) inOrder() []Entry {
	all := make([]Entry, 0, len(s.values))
	for key, k := range s.values {
		all = append(all, Entry{Key: key, Value: k.value, Revision: k.rev})
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Revision, b.Revision) })
	return all
}

// drop removes a key, and tells every watcher. The lock must be held.
func (s *memory) drop(key string) {
	s.size -= len(key) + len(s.values[key].value)
	delete(s.values, key)
	s.rev++
	s.tell(Entry{Key: key, Revision: s.rev})
}

func (s *memory) Watch(ctx context.Context, ready chan<- struct{}, f func(Entry)) error {
	w := &watcher{more: make(chan struct{}, 1)}
	s.mu.Lock()
	if err := s.ready(ctx); err != nil {
		s.mu.Unlock()
		return err
	}
	was := s.inOrder()
	s.watchers[w] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, w)
	}()
	for _, e := range was {
		f(e)
	}
	close(ready)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.closed:
			return ErrUnreachable
		case <-w.more:
		}
		s.mu.Lock()
		news := w.news
		w.news = nil
		s.mu.Unlock()
		for _, e := range news {
			f(e)
		}
	}
}
