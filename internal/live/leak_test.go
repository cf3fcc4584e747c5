package live

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/store"
)

// stuckStore blocks every write while it is stuck, until the context of the write ends.
type stuckStore struct {
	store.Store
	stuck   atomic.Bool
	waiting atomic.Int64
}

func (s *stuckStore) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	if s.stuck.Load() {
		s.waiting.Add(1)
		<-ctx.Done()
		return 0, ctx.Err()
	}
	return s.Store.Put(ctx, key, value, rev)
}

// ours returns the goroutines that run code of this package, without the tests.
func ours() (all []string) {
	buf := make([]byte, 4<<20)
	for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if strings.Contains(g, "internal/live.(*") {
			all = append(all, g)
		}
	}
	return all
}

// findLesson returns a function that finds a lesson of the course by its id.
func findLesson(t *testing.T) func(id string) (*lesson.Lesson, error) {
	t.Helper()
	c := coursetest.Course(t)
	return func(id string) (*lesson.Lesson, error) {
		l, _, err := c.Lesson(id)
		return l, err
	}
}

// TestCloseEndsEverything closes a registry while seats, a desk, someone who joins and
// the presence check wait for a store that no longer answers: every goroutine has ended
// when Close returns, and every caller that waited gets an error.
func TestCloseEndsEverything(t *testing.T) {
	find := findLesson(t)
	memory, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(memory.Close)
	var ahead atomic.Int64
	kept := &stuckStore{Store: memory}
	h, err := Open(context.Background(), Options{Store: kept, Lessons: find, Now: func() time.Time {
		return time.Now().Add(time.Duration(ahead.Load()))
	}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := find("the-countdown")
	if err != nil {
		t.Fatal(err)
	}
	r, _, _, err := h.Make(context.Background(), l, 30, nil)
	if err != nil {
		t.Fatal(err)
	}
	var seats []string
	for range 5 {
		secret := codes.Secret()
		if err := r.Join(context.Background(), secret, false); err != nil {
			t.Fatal(err)
		}
		seats = append(seats, r.SeatName(secret))
	}
	kept.stuck.Store(true)
	told := make(chan error, 3)
	leaving := r.Leave(seats[0])
	go func() { told <- leaving.Wait() }()
	go func() { told <- r.Join(context.Background(), codes.Secret(), false) }()
	go func() { told <- r.Order(context.Background(), room.Command{Verb: room.Start}) }()
	ahead.Store(int64(time.Hour))
	h.Sweep(true) // Every seat is absent by now, and must be marked so.
	classtest.Until(t, 5*time.Second, "everybody waits for the store", func() bool {
		return kept.waiting.Load() >= 3+4
	})
	if len(ours()) == 0 {
		t.Fatal("nothing is going on: this proves nothing")
	}
	begun := time.Now()
	h.Close()
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %v to close", took)
	}
	for _, g := range ours() {
		if !strings.Contains(g, "live.TestCloseEndsEverything") { // Those of the test itself.
			t.Errorf("left:\n%s", g)
		}
	}
	for range 2 { // Not the order: it has its own context.
		if err := <-told; !errors.Is(err, store.ErrUnreachable) {
			t.Errorf("somebody who waited is told: %v", err)
		}
	}
	if err := r.Leave(seats[1]).Soon(); !errors.Is(err, store.ErrUnreachable) {
		t.Errorf("after the end a seat is told: %v", err)
	}
	if err := r.Join(context.Background(), codes.Secret(), false); !errors.Is(err, store.ErrUnreachable) {
		t.Errorf("after the end somebody who joins is told: %v", err)
	}
}
