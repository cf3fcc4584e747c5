package live

import (
	"context"
	"errors"
	"testing"
	"time"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/store"
)

// FuzzLead gives a room a class and a seat as another machine could have stored them.
func FuzzLead(f *testing.F) {
	course := coursetest.Course(f)
	find := func(id string) (*lesson.Lesson, error) {
		l, _, err := course.Lesson(id)
		return l, err
	}
	kept, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(kept.Close)
	registry, err := Open(context.Background(), Options{Store: kept, Lessons: find})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(registry.Close)
	l, err := find("the-countdown")
	if err != nil {
		f.Fatal(err)
	}
	made, _, _, err := registry.Make(context.Background(), l, 64, nil)
	if err != nil {
		f.Fatal(err)
	}
	value, _, err := kept.Get(context.Background(), made.ID()+classKey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(value, []byte(`{"picks":{"a":1}}`))
	f.Add([]byte(`{"lesson":"the-countdown","class":{}}`), []byte{})
	rev := uint64(1 << 40)
	f.Fuzz(func(t *testing.T, lead, mark []byte) {
		rev += 2
		h := &Registry{store: kept, lessons: find, rooms: map[string]*Room{}, codes: map[string]string{},
			stalls: registry.stalls, now: time.Now}
		h.apply(store.Entry{Key: "r" + classKey, Value: lead, Revision: rev})
		h.apply(store.Entry{Key: "r" + seatKey + "s", Value: mark, Revision: rev + 1})
		r, err := h.Lookup(context.Background(), "r")
		if errors.Is(err, ErrNoRoom) {
			return
		}
		_, _ = r.View("s")
		_, _ = r.View("")
		_, _ = r.Report()
	})
}
