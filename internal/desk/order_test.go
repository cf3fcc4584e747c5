package desk

import (
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
)

// heldStore holds back the first write of a class until held is closed, and records the
// order in which the parts of a class are written.
type heldStore struct {
	store.Store
	held chan struct{}

	mu    sync.Mutex
	hold  bool
	parts []string
}

func (s *heldStore) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	_, part, _ := strings.Cut(key, ".")
	s.mu.Lock()
	hold := s.hold && part == "lead"
	s.mu.Unlock()
	if hold {
		<-s.held
	}
	s.mu.Lock()
	s.parts = append(s.parts, part)
	s.mu.Unlock()
	return s.Store.Put(ctx, key, value, rev)
}

// TestSeatOrdersKeepTheirPlace gives a slow order and then one about the seats: the second
// is carried out after the first, from a local desk and from a remote one.
func TestSeatOrdersKeepTheirPlace(t *testing.T) {
	c := coursetest.Course(t)
	find := func(id string) (*lesson.Lesson, error) {
		l, _, err := c.Lesson(id)
		return l, err
	}
	l, err := find("the-countdown")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("here", func(t *testing.T) {
		memory, err := store.Open(t.Context(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer memory.Close()
		kept := &heldStore{Store: memory, held: make(chan struct{})}
		h, err := live.Open(t.Context(), live.Options{Store: kept, Lessons: find})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		r, _, _, err := h.Make(t.Context(), l, 30, nil)
		if err != nil {
			t.Fatal(err)
		}
		kept.mu.Lock()
		kept.hold, kept.parts = true, nil
		kept.mu.Unlock()
		d := NewLocal(t.Context(), r)
		defer d.Close()
		waitAll(t, d, func() { close(kept.held) })
		if want := []string{"lead", "registry"}; !slices.Equal(kept.parts, want) {
			t.Errorf("written in the order %q, want %q", kept.parts, want)
		}
	})
	t.Run("far away", func(t *testing.T) {
		held := make(chan struct{})
		var mu sync.Mutex
		var asked []string
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/live":
				<-r.Context().Done()
				return
			case "/order":
				<-held
			}
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, r.URL.Path)
			_, _ = w.Write([]byte("{}"))
		}))
		defer s.Close()
		d := openRemote(t.Context(), service{s.URL, "a key", s.Client()}, l)
		defer d.Close()
		waitAll(t, d, func() { close(held) })
		if want := []string{"/order", "/seats"}; !slices.Equal(asked, want) {
			t.Errorf("asked in the order %q, want %q", asked, want)
		}
	})
}

// waitAll gives an order and, while it is held up, one about the seats.
func waitAll(t *testing.T, d Desk, letGo func()) {
	t.Helper()
	first := d.Give(room.Command{Verb: room.Lock})
	seats := d.MoreSeats()
	letGo()
	if err := first(); err != nil {
		t.Error(err)
	}
	if _, err := seats(); err != nil {
		t.Error(err)
	}
}

// TestCloseEndsTheDesk closes a remote desk while an order and a connection wait for a
// service that doesn't answer: its goroutines have ended when Close returns, and the order
// gets an error.
func TestCloseEndsTheDesk(t *testing.T) {
	var asked atomic.Int64
	held := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked.Add(1)
		<-held
	}))
	defer s.Close()
	defer close(held)
	d := openRemote(t.Context(), service{s.URL, "a key", s.Client()}, &lesson.Lesson{})
	wait := d.Give(room.Command{Verb: room.Lock})
	classtest.Until(t, 5*time.Second, "both have asked", func() bool { return asked.Load() == 2 })
	d.Close()
	buf := make([]byte, 1<<20)
	for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if strings.Contains(g, "desk.(*Remote)") || strings.Contains(g, "desk.(*queue)") {
			t.Errorf("this goroutine has outlived its desk:\n%s", g)
		}
	}
	if err := wait(); err == nil {
		t.Error("the order that was given up counts as followed")
	}
	if err := d.Order(room.Command{Verb: room.Lock}); err == nil {
		t.Error("a closed desk takes an order")
	}
}
