package serve

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// memory is a [Store] in this process. There is nothing to replicate here, and a
// server that could do it would be a third of the program (design.md: under 30 MB) with
// doors of its own (trust.md 1.3).
type memory struct {
	mu       sync.Mutex
	rev      uint64
	kept     map[string]kept
	size     int // Bytes of all keys and values.
	watchers map[*watcher]bool

	once   sync.Once
	closed chan struct{}
}

// kept is what is there under a key.
type kept struct {
	value []byte // Nobody changes it.
	rev   uint64
}

// watcher is somebody who is told. What waits for it is bounded by how far a reader in
// the same process can be behind.
type watcher struct {
	news []entry
	more chan struct{} // Has something when there is news.
}

var (
	errTooLarge  = errors.New("more than may be kept of one class or one seat")
	errStoreFull = errors.New("more than may be kept in all")
)

func newMemory() *memory {
	return &memory{kept: make(map[string]kept), watchers: make(map[*watcher]bool), closed: make(chan struct{})}
}

// Close forgets everything.
func (s *memory) Close() {
	s.once.Do(func() {
		close(s.closed)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.kept, s.size = nil, 0
	})
}

// Alone reports that the state is in this process only.
func (s *memory) Alone() bool { return true }

// Reached reports whether it is open.
func (s *memory) Reached() bool {
	select {
	case <-s.closed:
		return false
	default:
		return true
	}
}

// ready returns why nothing can be asked of it now, or nil.
func (s *memory) ready(ctx context.Context) error {
	if !s.Reached() {
		return ErrNoStore
	}
	return ctx.Err()
}

func (s *memory) put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	was, there := s.kept[key]
	if was.rev != rev {
		return 0, errStale
	}
	grown := len(value) - len(was.value)
	if !there {
		grown += len(key)
	}
	switch {
	case len(value) > mostValue:
		return 0, errTooLarge
	case grown > 0 && s.size+grown > mostKept:
		return 0, errStoreFull
	}
	s.rev++
	s.size += grown
	s.kept[key] = kept{value: append([]byte{}, value...), rev: s.rev}
	s.tell(entry{key: key, value: s.kept[key].value, rev: s.rev})
	return s.rev, nil
}

// tell tells whoever watches. The lock must be held.
func (s *memory) tell(e entry) {
	for w := range s.watchers {
		w.news = append(w.news, e)
		select {
		case w.more <- struct{}{}:
		default:
		}
	}
}

func (s *memory) get(ctx context.Context, key string) ([]byte, uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return nil, 0, err
	}
	k := s.kept[key]
	return k.value, k.rev, nil
}

func (s *memory) last(context.Context) uint64 { return 0 }

func (s *memory) remove(ctx context.Context, key string, rev uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if rev == 0 || s.kept[key].rev != rev {
		return errStale
	}
	s.drop(key)
	s.rev++
	s.tell(entry{key: key, rev: s.rev})
	return nil
}

func (s *memory) forget(ctx context.Context, prefix string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	for _, e := range s.inOrder() {
		if strings.HasPrefix(e.key, prefix) {
			s.drop(e.key)
			s.rev++
			s.tell(entry{key: e.key, rev: s.rev})
		}
	}
	return nil
}

// inOrder returns everything in the order in which it was written. The lock must be
// held.
func (s *memory) inOrder() []entry {
	all := make([]entry, 0, len(s.kept))
	for key, k := range s.kept {
		all = append(all, entry{key: key, value: k.value, rev: k.rev})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.rev, b.rev) })
	return all
}

// drop takes a key away. The lock must be held.
func (s *memory) drop(key string) {
	s.size -= len(key) + len(s.kept[key].value)
	delete(s.kept, key)
}

func (s *memory) watch(ctx context.Context, ready chan<- struct{}, f func(entry)) error {
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
			return ErrNoStore
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
