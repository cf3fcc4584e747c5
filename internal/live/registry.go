package live

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"wayout/internal/codes"
	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/store"
)

// Errors of coming in and of giving orders.
var (
	ErrNoRoom  = errors.New("no class has this code")
	ErrLocked  = errors.New("nobody can join this class any more")
	ErrFull    = errors.New("this class is full")
	ErrTooFast = errors.New("too many are joining at once")
	ErrNoSeat  = errors.New("this seat is not taken")
	ErrNotNow  = errors.New("this can't be answered now")
)

// Options say what a registry of rooms works with.
type Options struct {
	Store   store.Store
	Lessons func(id string) (*lesson.Lesson, error) // Finds a lesson by its id.
	Now     func() time.Time                        // Nil for time.Now.
	Log     *slog.Logger                            // Of faults, never of people; nil for none.
}

// Registry is the rooms of a service, as this machine knows them. Any machine serves
// any seat of any room: what one of them is told goes through the [store.Store] to all.
type Registry struct {
	store    store.Store
	lessons  func(id string) (*lesson.Lesson, error)
	lastSeen atomic.Uint64 // The last revision that the store has told.
	received atomic.Uint64 // How many pieces of news it has told.
	stop     func()
	within   func(time.Duration) (context.Context, context.CancelFunc) // For what goes on beside a request.
	working  sync.Mutex                                                // Guards closed.
	closed   bool
	work     sync.WaitGroup // What the registry has set going.
	stalls   *stallClock
	now      func() time.Time
	log      *slog.Logger
	name     string        // Of this machine, among the others; it means nothing.
	guesses  guesses       // Wrong codes, at this machine.
	asking   *rate.Limiter // Of the store, for what this machine doesn't know.

	mu    sync.Mutex
	rooms map[string]*Room
	codes map[string]string // The names of rooms by their hashed join codes, old ones too.
	lost  time.Time         // Since when the store can't be reached.
}

// classRecord is what the store keeps of a room, besides its seats.
type classRecord struct {
	Lesson string          `json:"lesson"`
	Desk   string          `json:"desk"` // The hashed key of the desk.
	Made   int64           `json:"made"` // In seconds.
	Class  json.RawMessage `json:"class"`
	By     string          `json:"by,omitempty"` // The order that has led here; see [Room.Order].
}

// The parts of the store's keys behind the name of a room.
const (
	classKey    = ".lead"
	seatKey     = ".seat."
	registryKey = ".registry"
	presenceKey = ".present."
	codeKey     = ".code" // Behind a hashed join code: the name of its room.
)

// How long a class is kept: all of it until nobody has been there for two hours,
// neither a desk nor a seat, and then nothing. A store doesn't forget it part by part:
// an answer that was given early would be gone before its class.
const (
	keepFor      = 2 * time.Hour
	longestClass = 24 * time.Hour // A page that somebody left open keeps it no longer.
)

// Open opens the rooms that a store knows.
func Open(ctx context.Context, o Options) (*Registry, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	// A write that was begun goes on while the service drains: it ends with Close.
	whole, end := context.WithCancel(context.WithoutCancel(ctx))
	ctx, cancel := context.WithCancel(ctx)
	stop := func() { cancel(); end() }
	within := func(d time.Duration) (context.Context, context.CancelFunc) {
		if d == 0 {
			return context.WithCancel(whole)
		}
		return context.WithTimeout(whole, d)
	}
	h := &Registry{store: o.Store, lessons: o.Lessons, stop: stop, within: within, rooms: make(map[string]*Room),
		codes: make(map[string]string), stalls: newStallClock(), now: o.Now, log: o.Log, name: codes.Secret(),
		asking: rate.NewLimiter(asksUnknown, asksUnknown)}
	h.work.Go(func() { h.stalls.run(ctx) })
	h.work.Go(func() { h.sweepRegularly(ctx) })
	ready := make(chan struct{})
	h.work.Go(func() { h.listen(ctx, ready) })
	select {
	case <-ready:
		return h, nil
	case <-time.After(15 * time.Second):
		h.Close()
		return nil, store.ErrUnreachable
	}
}

// listen takes what the store tells, for as long as the registry is open.
func (h *Registry) listen(ctx context.Context, ready chan<- struct{}) {
	var once sync.Once
	for ctx.Err() == nil {
		told := h.store.LastRevision(ctx) // What was there before we listened, we are told.
		line, hang := context.WithCancel(ctx)
		opened := make(chan struct{})
		var checks sync.WaitGroup
		checks.Go(func() {
			defer hang()
			if h.awaitReplay(line, opened) {
				h.sawRevision(told)
				once.Do(func() { close(ready) })
				h.awaitSilence(line)
			}
		})
		_ = h.store.Watch(line, opened, h.apply) // Whatever it was, the next one tells all again.
		hang()
		checks.Wait()
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// The patience with a line that says nothing although there is news.
const (
	askEvery   = 500 * time.Millisecond
	deafAfter  = 3               // Times.
	openWithin = 2 * time.Second // Until the next piece of what was there before.
)

// awaitReplay waits until everything was told that was there when a line was opened. It is
// false where the line is over, or where a NATS server has died before it was done:
// then nothing more comes.
func (h *Registry) awaitReplay(line context.Context, opened <-chan struct{}) bool {
	tick := time.NewTicker(openWithin)
	defer tick.Stop()
	for was := h.received.Load(); ; {
		select {
		case <-opened:
			return true
		case <-line.Done():
			return false
		case <-tick.C:
		}
		now := h.received.Load()
		if now == was {
			return false
		}
		was = now
	}
}

// awaitSilence returns where the store has news again and again that we are not told: a
// NATS server that died takes the line with it, and the library notices late.
func (h *Registry) awaitSilence(line context.Context) {
	if h.store.Local() {
		<-line.Done()
		return
	}
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for missed := 0; missed < deafAfter; {
		was := h.lastSeen.Load()
		last := h.store.LastRevision(line)
		select {
		case <-line.Done():
			return
		case <-tick.C:
		}
		if now := h.lastSeen.Load(); now < last && now == was {
			missed++
		} else {
			missed = 0
		}
	}
}

// sweepRegularly looks who is present, and which classes are over, for as long as the registry is
// open.
func (h *Registry) sweepRegularly(ctx context.Context) {
	tick := time.NewTicker(presenceEvery)
	defer tick.Stop()
	for since := h.stalls.now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			stopped := h.stalls.missed(since)
			if stopped {
				h.log.Warn("this process was stopped for more than a second")
			}
			well := h.Healthy() && !stopped
			since = h.stalls.now()
			h.Sweep(well)
			h.Guessed(0) // Those of ten minutes ago no longer count.
		}
	}
}

// Sweep looks who is present in every class, and forgets the classes that are over.
// Well is false where this machine was stopped meanwhile or has lost the others.
func (h *Registry) Sweep(well bool) {
	h.mu.Lock()
	all := slices.Collect(maps.Values(h.rooms))
	h.mu.Unlock()
	now := h.now()
	for _, r := range all {
		r.checkPresence(now, well)
	}
	if well {
		h.endIdle(now)
	}
}

// Close leaves the rooms, and returns once everything that the registry has set going
// has ended. What was not stored by then is lost. The store goes on.
func (h *Registry) Close() {
	h.working.Lock()
	h.closed = true
	h.working.Unlock()
	h.stop()
	h.work.Wait()
}

// background runs f beside what goes on. The context of f ends after a time, 0 for none,
// and when the registry is closed. It is false, and f isn't called, where the registry is
// closed already.
func (h *Registry) background(within time.Duration, f func(context.Context)) bool {
	h.working.Lock()
	defer h.working.Unlock()
	if h.closed {
		return false
	}
	h.work.Go(func() {
		ctx, cancel := h.within(within)
		defer cancel()
		f(ctx)
	})
	return true
}

// room returns the room of a name, new where there is none yet.
func (h *Registry) room(id string) *Room {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[id]
	if r == nil {
		r = &Room{registry: h, id: id, ballot: room.NewBallot(), viewers: make(map[*Viewer]bool),
			queues: make(map[string]*queue),
			joins:  make(map[netip.Addr]*rate.Limiter), heard: make(map[string]time.Time),
			asked: make(map[string]time.Time), scripted: make(map[string]bool), elsewhere: make(map[string]presentHere)}
		h.rooms[id] = r
	}
	return r
}

// endIdle forgets classes in which nobody has been for a while, with everything that
// the store keeps of them, all at once.
func (h *Registry) endIdle(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, r := range h.rooms {
		if r.expired(now) {
			delete(h.rooms, id)
			maps.DeleteFunc(h.codes, func(_, of string) bool { return of == id })
			r.close()
			r.forget()
		}
	}
}

// apply takes one piece of news.
func (h *Registry) apply(e store.Entry) {
	h.received.Add(1)
	h.applyPart(e)
	h.sawRevision(e.Revision)
}

// applyPart takes a part of a room, whether it was told in its turn or asked for.
func (h *Registry) applyPart(e store.Entry) {
	id, rest, ok := strings.Cut(e.Key, ".")
	switch {
	case ok && "."+rest == codeKey:
		h.setCode(id, string(e.Value))
	case ok && (e.Value != nil || h.knows(id)):
		h.room(id).apply("."+rest, e)
	}
}

// sawRevision notes that everything up to a revision was told.
func (h *Registry) sawRevision(rev uint64) {
	for old := h.lastSeen.Load(); rev > old && !h.lastSeen.CompareAndSwap(old, rev); old = h.lastSeen.Load() {
	}
}

// Lesson finds a lesson by its id.
func (h *Registry) Lesson(id string) (*lesson.Lesson, error) { return h.lessons(id) }

// Local reports whether this machine is the only one.
func (h *Registry) Local() bool { return h.store.Local() }

// Outdated reports whether a request is one that was made before this process was
// stopped for a while, and whose client has gone since. It may wait a moment to see.
func (h *Registry) Outdated(ctx context.Context) bool { return h.stalls.stale(ctx) }

// Healthy reports whether this machine can serve seats: the store has been reached
// within the last two seconds.
func (h *Registry) Healthy() bool {
	reachable := h.store.Reachable()
	h.mu.Lock()
	since, now := h.lost, time.Now()
	switch {
	case reachable:
		h.lost = time.Time{}
	case since.IsZero():
		h.lost = now
	}
	h.mu.Unlock()
	switch { // Not with the lock: whoever reads the log may be slow.
	case reachable && !since.IsZero():
		h.log.Warn("the store can be reached again", "after", now.Sub(since).Round(time.Second))
	case !reachable && since.IsZero():
		h.log.Error("the store can't be reached")
	}
	return reachable || since.IsZero() || now.Sub(since) < 2*time.Second
}

// Find returns the room that a code opens.
func (h *Registry) Find(ctx context.Context, code string) (*Room, error) {
	if code == "" {
		return nil, ErrNoRoom
	}
	hash := codes.Hash("code", code)
	h.mu.Lock()
	id := h.codes[hash]
	h.mu.Unlock()
	if id == "" && h.fetch(ctx, hash, codeKey) {
		h.mu.Lock()
		id = h.codes[hash]
		h.mu.Unlock()
	}
	r, err := h.Lookup(ctx, id)
	if err != nil {
		return nil, err
	}
	if !r.AcceptsCode(code) && (!h.fetch(ctx, id, registryKey) || !r.AcceptsCode(code)) {
		return nil, ErrNoRoom // It is an old one.
	}
	return r, nil
}

// setCode notes which room a join code was made for; "" forgets it.
func (h *Registry) setCode(hash, id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if id == "" {
		delete(h.codes, hash)
		return
	}
	h.codes[hash] = id
}

// knows reports whether this machine has a room of a name.
func (h *Registry) knows(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[id] != nil
}

// index stores which room a join code is made for.
func (h *Registry) index(ctx context.Context, code, id string) error {
	hash := codes.Hash("code", code)
	if _, err := h.store.Put(ctx, hash+codeKey, []byte(id), 0); err != nil {
		return err
	}
	h.setCode(hash, id)
	return nil
}

// Lookup returns a room by its name. One that this machine has not been told of yet
// may be there all the same: another machine may have made it just now.
func (h *Registry) Lookup(ctx context.Context, id string) (*Room, error) {
	h.mu.Lock()
	r := h.rooms[id]
	h.mu.Unlock()
	if r == nil && codes.IsSecret(id) && h.fetch(ctx, id, classKey) {
		r = h.room(id)
	}
	if r == nil || !r.usable() {
		return nil, ErrNoRoom
	}
	return r, nil
}

// asksUnknown is how often a second the store is asked for what this machine doesn't
// know. It is told of everything within milliseconds and asks for what was made just
// now; guessers must not have it ask a thousand times as often.
const asksUnknown = 100

// Guessed counts n more wrong codes and tells the desks where there is something new
// to see.
func (h *Registry) Guessed(n int) {
	if !h.guesses.add(n) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.notifyDesks()
	}
}

// looks is how often the store is asked for what this machine has not been told,
// 50 ms apart: of three machines that keep it the slowest may answer.
const looks = 3

// fetch asks the store for a part of a room, and reports whether there is one. In
// one process everything is told at once, and there is nothing to ask for.
func (h *Registry) fetch(ctx context.Context, id, part string) bool {
	if h.store.Local() || !h.asking.Allow() {
		return false
	}
	for range looks {
		if value, rev, err := h.store.Get(ctx, id+part); err == nil && rev > 0 {
			h.applyPart(store.Entry{Key: id + part, Value: value, Revision: rev})
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
	return false
}

// awaitWithin is how long a machine is waited for that has not been told yet what
// another one has stored.
const awaitWithin = time.Second

// Await waits until this machine has been told of a revision, so that whoever has
// just been answered by another machine is not shown how it was before.
func (h *Registry) Await(ctx context.Context, rev uint64) {
	ctx, cancel := context.WithTimeout(ctx, awaitWithin)
	defer cancel()
	for h.lastSeen.Load() < rev {
		select {
		case <-ctx.Done():
			return
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// Make makes a room for a lesson. Whoever has the key can lead it, whoever has the
// code can come in. Script is followed by the lead, or nil.
func (h *Registry) Make(ctx context.Context, l *lesson.Lesson, seats int, script []room.Command) (r *Room, code,
	key string, err error) {
	code, key = codes.New(codes.JoinLength), codes.Secret()
	talk := room.NewTalk(l, room.Seed)
	if script != nil {
		talk = talk.WithScript(script)
	}
	id, now := codes.Hash("room", codes.Secret()), h.now()
	record, err := json.Marshal(classRecord{Lesson: l.ID, Desk: codes.Hash("desk", key), Made: now.Unix(),
		Class: room.NewClass(talk).Encode()})
	if err != nil {
		return nil, "", "", err
	}
	list, err := json.Marshal(seatList{Code: codes.Hash("code", code), Seats: seats})
	if err != nil {
		return nil, "", "", err
	}
	var revs [2]uint64
	for i, part := range []store.Entry{{Key: id + registryKey, Value: list}, {Key: id + classKey, Value: record}} {
		if revs[i], err = h.store.Put(ctx, part.Key, part.Value, 0); err != nil {
			return nil, "", "", fmt.Errorf("make a room: %w", err)
		}
	}
	if err := h.index(ctx, code, id); err != nil {
		return nil, "", "", fmt.Errorf("make a room: %w", err)
	}
	r = h.room(id)
	r.apply(registryKey, store.Entry{Value: list, Revision: revs[0]})
	r.apply(classKey, store.Entry{Value: record, Revision: revs[1]})
	if !r.usable() {
		return nil, "", "", errors.New("make a room: its lesson is not one of this machine")
	}
	return r, code, key, nil
}

// IsDeskKey reports whether a key is that of the room's desk.
func (r *Room) IsDeskKey(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return subtle.ConstantTimeCompare([]byte(codes.Hash("desk", key)), []byte(r.desk)) == 1
}

// FindReturn returns the room in which a seat's way back leads to a seat.
func (h *Registry) FindReturn(code string) (*Room, bool) {
	if len(code) != codes.ReturnLength {
		return nil, false
	}
	h.mu.Lock()
	var all []*Room
	for _, r := range h.rooms {
		all = append(all, r)
	}
	h.mu.Unlock()
	for _, r := range all {
		if _, ok := r.View(r.SeatName(code)); ok {
			return r, true
		}
	}
	return nil, false
}
