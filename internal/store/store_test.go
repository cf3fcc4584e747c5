package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wayout/internal/classtest"
	"wayout/internal/storetest"
)

// inNATS returns a store in a NATS server of its own.
func inNATS(t *testing.T) Store {
	t.Helper()
	s, err := Open(context.Background(), Options{URL: storetest.NATS(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// told records what a watcher was told, as lines.
type told struct {
	mu    sync.Mutex
	lines []string
	last  uint64
}

func (w *told) take(e Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, fmt.Sprintf("%s %d %q %v", e.Key, e.Revision, e.Value, e.Value == nil))
	w.last = e.Revision
}

// upTo waits until a revision was told, and returns everything told so far.
func (w *told) upTo(t *testing.T, rev uint64) []string {
	t.Helper()
	classtest.Until(t, 5*time.Second, "news", func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.last >= rev })
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.lines)
}

// newest returns the last line about each key, in order.
func newest(lines []string) (all []string) {
	for i, l := range lines {
		key, _, _ := strings.Cut(l, " ")
		if !slices.ContainsFunc(lines[i+1:], func(later string) bool { return strings.HasPrefix(later, key+" ") }) {
			all = append(all, l)
		}
	}
	return all
}

// within reports whether all contains every line of some, in the same order.
func within(all, some []string) bool {
	for _, l := range all {
		if len(some) > 0 && some[0] == l {
			some = some[1:]
		}
	}
	return len(some) == 0
}

// TestStoresAlike does the same to a store in memory and to one in NATS: they return the
// same, count the same revisions, and tell watchers the same in the same order, except
// values that were replaced before they were sent, which NATS leaves out.
func TestStoresAlike(t *testing.T) {
	ctx := context.Background()
	here := newMemory()
	t.Cleanup(here.Close)
	both := []Store{here, inNATS(t)}
	room := 0
	rapid.Check(t, func(rt *rapid.T) {
		room++ // Each round has its own keys; revisions go on.
		watching, stop := context.WithCancel(ctx)
		defer stop()
		var news [2]told
		var all sync.WaitGroup
		defer all.Wait()
		defer stop()
		watch := func(w *[2]told) {
			for i, s := range both {
				ready := make(chan struct{})
				all.Go(func() { _ = s.Watch(watching, ready, w[i].take) })
				<-ready
				w[i].mu.Lock()
				// Only one of the stores tells of earlier removals; leave them out.
				w[i].lines = slices.DeleteFunc(w[i].lines, func(l string) bool { return l[len(l)-4:] == "true" })
				w[i].mu.Unlock()
			}
		}
		watch(&news)
		revs := map[string][]uint64{}
		var last uint64
		var err error
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			key := fmt.Sprintf("r%d.%s", room, rapid.SampledFrom([]string{"lead", "seat.a", "seat.b", "seat.c"}).
				Draw(rt, "key"))
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				prefix := rapid.SampledFrom([]string{"r%d.", "r%d.seat."}).Draw(rt, "prefix")
				for _, s := range both {
					if err := s.RemoveAll(ctx, fmt.Sprintf(prefix, room)); err != nil {
						rt.Fatal(err)
					}
				}
			case 1:
				on := uint64(0)
				if known := revs[key]; len(known) > 0 {
					on = known[rapid.IntRange(0, len(known)-1).Draw(rt, "which")]
				}
				if on == 0 {
					continue
				}
				aerr, berr := both[0].Remove(ctx, key, on), both[1].Remove(ctx, key, on)
				if (aerr == nil) != (berr == nil) || aerr != nil &&
					!(errors.Is(aerr, ErrStale) && errors.Is(berr, ErrStale)) {
					rt.Fatalf("remove %s on %d: %v, in NATS %v", key, on, aerr, berr)
				}
			case 2:
				a, arev, aerr := both[0].Get(ctx, key)
				b, brev, berr := both[1].Get(ctx, key)
				if !bytes.Equal(a, b) || arev != brev || aerr != nil || berr != nil {
					rt.Fatalf("get %s: %q %d %v, in NATS %q %d %v", key, a, arev, aerr, b, brev, berr)
				}
			default:
				on := rapid.SampledFrom(append([]uint64{0, 0}, revs[key]...)).Draw(rt, "on")
				if known := revs[key]; len(known) > 0 && rapid.Bool().Draw(rt, "newest") {
					on = known[len(known)-1]
				}
				value := []byte(rapid.StringN(0, 20, 40).Draw(rt, "value"))
				arev, aerr := both[0].Put(ctx, key, value, on)
				brev, berr := both[1].Put(ctx, key, value, on)
				if arev != brev || (aerr == nil) != (berr == nil) ||
					aerr != nil && !(errors.Is(aerr, ErrStale) && errors.Is(berr, ErrStale)) {
					rt.Fatalf("put %s on %d: %d %v, in NATS %d %v", key, on, arev, aerr, brev, berr)
				}
				if aerr == nil {
					revs[key] = append(revs[key], arev)
				}
			}
		}
		for _, s := range both { // A last write to wait for.
			if last, err = s.Put(ctx, fmt.Sprintf("r%d.over", room), nil, 0); err != nil {
				rt.Fatal(err)
			}
		}
		a, b := news[0].upTo(t, last), news[1].upTo(t, last)
		if !slices.Equal(newest(a), newest(b)) || !within(a, b) {
			rt.Fatalf("told\n%q\nin NATS\n%q", a, b)
		}
		var late [2]told
		watch(&late)
		if a, b := late[0].upTo(t, last), late[1].upTo(t, last); !slices.Equal(a, b) {
			rt.Fatalf("one who comes late is told\n%q\nin NATS\n%q", a, b)
		}
	})
}

// TestStoreBounds checks that a store refuses more than its limits.
func TestStoreBounds(t *testing.T) {
	ctx := context.Background()
	s := newMemory()
	defer s.Close()
	if _, err := s.Put(ctx, "a.seat", make([]byte, MaxValue+1), 0); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a giant seat: %v", err)
	}
	n := 0
	for ; ; n++ {
		if _, err := s.Put(ctx, fmt.Sprintf("a.seat.%d", n), make([]byte, MaxValue), 0); errors.Is(err, ErrFull) {
			break
		} else if err != nil || n > maxTotal/MaxValue {
			t.Fatal(n, err)
		}
	}
	_, rev, _ := s.Get(ctx, "a.seat.0")
	if _, err := s.Put(ctx, "a.seat.0", []byte("less"), rev); err != nil {
		t.Errorf("what becomes smaller: %v", err)
	}
	if err := s.RemoveAll(ctx, "a."); err != nil || s.size != 0 || len(s.values) != 0 {
		t.Errorf("%d bytes under %d keys are left: %v", s.size, len(s.values), err)
	}
	s.Close()
	if _, err := s.Put(ctx, "a.lead", nil, 0); !errors.Is(err, ErrUnreachable) || s.Reachable() {
		t.Errorf("a closed store takes things: %v", err)
	}
}
