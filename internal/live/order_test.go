package live

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"wayout/internal/room"
	"wayout/internal/store"
)

// TestOrderIsNotDecodedHere checks that the machine on which an order was given keeps the
// class that the order made instead of decoding what it has stored, and that a machine that
// reads the class from the store gets an equal one.
func TestOrderIsNotDecodedHere(t *testing.T) {
	ctx := context.Background()
	r, kept := testRoom(t)
	for _, c := range []room.Command{{Verb: room.SetHeadcount, Number: 24}, {Verb: room.Start}, {Verb: room.Next},
		{Verb: room.Next}} {
		if err := r.Order(ctx, c); err != nil {
			t.Fatalf("%s: %v", c.Verb, err)
		}
	}
	for range 30 {
		if r.Order(ctx, room.Command{Verb: room.Ask}) == nil {
			break
		}
		if err := r.Order(ctx, room.Command{Verb: room.Next}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Order(ctx, room.Command{Verb: room.Show}); err != nil {
		t.Fatal(err)
	}
	v, _ := r.View("")
	if len(v.Class.Results()) != 1 {
		t.Fatalf("%d results", len(v.Class.Results()))
	}
	if err := r.Order(ctx, room.Command{Verb: room.Lock}); err != nil {
		t.Fatal(err)
	}
	next, _ := r.View("")
	if &v.Class.Results()[0] != &next.Class.Results()[0] {
		t.Error("the class was decoded again")
	}
	value, rev, err := kept.Get(ctx, r.ID()+classKey)
	if err != nil || rev != next.Rev {
		t.Fatalf("revision %d is stored and %d is shown, %v", rev, next.Rev, err)
	}
	var record classRecord
	if err := json.Unmarshal(value, &record); err != nil {
		t.Fatal(err)
	}
	there, err := room.DecodeClass(r.Lesson(), record.Class)
	if err != nil || !bytes.Equal(there.Encode(), next.Class.Encode()) {
		t.Errorf("another machine reads %s and this one has %s, %v", there.Encode(), next.Class.Encode(), err)
	}
}

// TestSetClassKeepsTheLater checks that an earlier revision never replaces a later one, even
// if this machine hears of the later one first.
func TestSetClassKeepsTheLater(t *testing.T) {
	r, _ := testRoom(t)
	before, _ := r.View("")
	if err := r.Order(context.Background(), room.Command{Verb: room.Lock}); err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	r.setClass(before.Class, "", before.Rev)
	r.setSeats(seatList{}, r.seatsRevision, r.made)
	r.mu.Unlock()
	if v, _ := r.View(""); !v.Class.Locked() || v.Seats != 30 {
		t.Errorf("locked %t, %d seats: the earlier revision has won", v.Class.Locked(), v.Seats)
	}
}

// testRoom returns a room with thirty seats, and its store.
func testRoom(t *testing.T) (*Room, store.Store) {
	t.Helper()
	kept, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kept.Close)
	h, err := Open(context.Background(), Options{Store: kept, Lessons: findLesson(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	l, err := h.Lesson("the-countdown")
	if err != nil {
		t.Fatal(err)
	}
	r, _, _, err := h.Make(context.Background(), l, 30, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, kept
}
