package serve

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/room"
)

// Errors of coming in and of giving orders.
var (
	ErrNoRoom  = errors.New("no class has this code")
	ErrLocked  = errors.New("nobody can join this class any more")
	ErrFull    = errors.New("this class is full")
	ErrNoSeat  = errors.New("this seat is not taken")
	ErrNotNow  = errors.New("this can't be answered now")
	ErrNoStore = errors.New("this machine can't reach the others")
)

// Hall is the rooms of a service, as this machine knows them. Any machine serves
// any seat of any room: what one of them is told goes through the [Store] to all.
type Hall struct {
	store   *Store
	lessons func(id string) (*lesson.Lesson, error)
	seen    atomic.Uint64 // The last revision that the store has told.
	stop    context.CancelFunc
	done    chan struct{}

	mu    sync.Mutex
	rooms map[string]*Room
	lost  time.Time // Since when the store can't be reached.
}

// leadRecord is what the store keeps of a room, besides its seats.
type leadRecord struct {
	Lesson string          `json:"lesson"`
	Desk   string          `json:"desk"`  // The hashed key of the desk.
	Seats  int             `json:"seats"` // How many there may be.
	Class  json.RawMessage `json:"class"`
}

// The parts of the store's keys behind the name of a room.
const (
	leadKey = ".lead"
	seatKey = ".seat."
)

// OpenHall opens the rooms that a store knows. Lessons finds a lesson by its id.
func OpenHall(ctx context.Context, store *Store, lessons func(id string) (*lesson.Lesson, error)) (*Hall, error) {
	ctx, stop := context.WithCancel(ctx)
	h := &Hall{store: store, lessons: lessons, stop: stop, done: make(chan struct{}), rooms: make(map[string]*Room)}
	ready := make(chan struct{})
	go h.listen(ctx, ready)
	select {
	case <-ready:
		return h, nil
	case <-time.After(15 * time.Second):
		h.Close()
		return nil, ErrNoStore
	}
}

// listen takes what the store tells, for as long as the hall is open.
func (h *Hall) listen(ctx context.Context, ready chan<- struct{}) {
	defer close(h.done)
	sweep := time.NewTicker(time.Minute)
	defer sweep.Stop()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-sweep.C:
				h.sweep(time.Now())
			}
		}
	}()
	for ctx.Err() == nil {
		mine := ready
		opened := make(chan struct{})
		if mine != nil {
			go func() {
				select {
				case <-opened:
					close(mine)
				case <-ctx.Done():
				}
			}()
		}
		_ = h.store.watch(ctx, opened, h.take) // Whatever it was, the next one tells all again.
		select {
		case <-opened:
			ready = nil
		default:
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Close leaves the rooms. The store goes on.
func (h *Hall) Close() {
	h.stop()
	<-h.done
}

// room returns the room of a name, new where there is none yet.
func (h *Hall) room(id string) *Room {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[id]
	if r == nil {
		r = &Room{hall: h, id: id, ballot: room.NewBallot(), viewers: make(map[*Viewer]bool), late: make(map[string]int), touched: time.Now()}
		h.rooms[id] = r
	}
	return r
}

// sweep drops rooms that the store has forgotten by now.
func (h *Hall) sweep(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, r := range h.rooms {
		if r.idle(now) > keepFor {
			delete(h.rooms, id)
			r.close()
		}
	}
}

// take takes one piece of news.
func (h *Hall) take(e entry) {
	id, rest, ok := strings.Cut(e.key, ".")
	if ok {
		h.room(id).take("."+rest, e)
	}
	for old := h.seen.Load(); e.rev > old && !h.seen.CompareAndSwap(old, e.rev); old = h.seen.Load() {
	}
}

// Healthy reports whether this machine can serve seats: the store has been reached
// within the last two seconds.
func (h *Hall) Healthy() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.store.Reached() {
		h.lost = time.Time{}
		return true
	}
	if h.lost.IsZero() {
		h.lost = time.Now()
	}
	return time.Since(h.lost) < 2*time.Second
}

// Find returns the room that a code opens.
func (h *Hall) Find(code string) (*Room, error) { return h.named(hashed("room", code)) }

// named returns a room by its name.
func (h *Hall) named(id string) (*Room, error) {
	h.mu.Lock()
	r := h.rooms[id]
	h.mu.Unlock()
	if r == nil || !r.there() {
		return nil, ErrNoRoom
	}
	return r, nil
}

// Make makes a room for a lesson. Whoever has the key can lead it, whoever has the
// code can come in. Script is followed by the lead, or nil.
func (h *Hall) Make(ctx context.Context, l *lesson.Lesson, seats int, script []room.Command) (r *Room, code, key string, err error) {
	code, key = newCode(codeLength), token()
	talk := room.Begin(l, room.Seed)
	if script != nil {
		talk = talk.WithScript(script)
	}
	record, err := json.Marshal(leadRecord{Lesson: l.ID, Desk: hashed("desk", key), Seats: seats, Class: room.Meet(talk).Encode()})
	if err != nil {
		return nil, "", "", err
	}
	id := hashed("room", code)
	rev, err := h.store.put(ctx, id+leadKey, record, 0)
	if err != nil {
		return nil, "", "", fmt.Errorf("make a room: %w", err)
	}
	r = h.room(id)
	r.take(leadKey, entry{key: id + leadKey, value: record, rev: rev})
	if !r.there() {
		return nil, "", "", errors.New("make a room: its lesson is not one of this machine")
	}
	return r, code, key, nil
}

// leads reports whether a key is that of the room's desk.
func (r *Room) leads(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return subtle.ConstantTimeCompare([]byte(hashed("desk", key)), []byte(r.desk)) == 1
}
