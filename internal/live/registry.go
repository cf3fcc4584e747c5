package live

import (
	"cmp"
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

// Errors of joining and of giving orders.
var (
	ErrNoRoom  = errors.New("no class has this code")
	ErrLocked  = errors.New("nobody can join this class any more")
	ErrFull    = errors.New("this class is full")
	ErrTooFast = errors.New("too many are joining at once")
	ErrNoSeat  = errors.New("this seat is not taken")
	ErrNotNow  = errors.New("this can't be answered now")
)

// Options say what a registry works with.
type Options struct {
	Store   store.Store
	Lessons func(id string) (*lesson.Lesson, error) // Finds a lesson by its id.
	Now     func() time.Time                        // Nil for time.Now.
	Log     *slog.Logger                            // For faults, never about people; nil for none.
}

// Registry holds the rooms of a service, as this machine knows them. Any machine serves any
// seat of any room: a change at one machine reaches the others through the [store.Store].
type Registry struct {
	store    store.Store
	lessons  func(id string) (*lesson.Lesson, error)
	lastSeen atomic.Uint64 // The highest revision that the store has reported.
	received atomic.Uint64 // How many entries the store has reported.
	stop     func()
	jobs     chan job   // Work that no request waits for.
	working  sync.Mutex // Guards closed.
	closed   bool
	work     sync.WaitGroup // Goroutines that the registry has started.
	stalls   *stallClock
	now      func() time.Time
	log      *slog.Logger
	name     string        // Of this machine, to tell it from the others; random.
	guesses  guesses       // Wrong codes at this machine.
	asking   *rate.Limiter // Limits requests to the store for what this machine doesn't know.

	mu    sync.Mutex
	rooms map[string]*Room
	codes map[string]string // The names of rooms by hashed join code, old codes too.
	lost  time.Time         // Since when the store has been out of reach.
}

// classRecord is what the store keeps of a class, besides its seats.
type classRecord struct {
	Lesson string          `json:"lesson"`
	Desk   string          `json:"desk"` // The hash of the desk's key.
	Made   int64           `json:"made"` // Unix time.
	Class  json.RawMessage `json:"class"`
	By     string          `json:"by,omitempty"` // The name of the latest order; see [Room.Execute].
}

// The endings of the store's keys, after the name of a room. They are stored: don't change them.
const (
	classKey    = ".lead"
	seatKey     = ".seat."
	seatListKey = ".registry"
	presenceKey = ".present."
	codeKey     = ".code" // Follows a hashed join code: the name of its room.
)

// How long a class is kept: all of it until no desk and no seat has been present for two
// hours, and then nothing. It must not expire part by part, or an early answer would be gone
// before its class.
const (
	keepFor      = 2 * time.Hour
	longestClass = 24 * time.Hour // The most, even while a page is left open.
)

// Open returns a registry of the rooms that a store knows, once it has read them. The error is
// [store.ErrUnreachable] after 15 seconds.
func Open(ctx context.Context, o Options) (*Registry, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	// A write that has begun goes on while the service drains: it ends with Close.
	whole, end := context.WithCancel(context.WithoutCancel(ctx))
	ctx, cancel := context.WithCancel(ctx)
	stop := func() { cancel(); end() }
	h := &Registry{store: o.Store, lessons: o.Lessons, stop: stop, jobs: make(chan job), rooms: make(map[string]*Room),
		codes: make(map[string]string), stalls: newStallClock(), now: o.Now, log: o.Log, name: codes.Secret(),
		guesses: guesses{each: make(map[int64]int)}, asking: rate.NewLimiter(asksUnknown, asksUnknown)}
	h.work.Go(func() { h.run(whole) })
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

// listen applies what the store reports, for as long as the registry is open.
func (h *Registry) listen(ctx context.Context, ready chan<- struct{}) {
	var once sync.Once
	for ctx.Err() == nil {
		told := h.store.LastRevision(ctx) // What was stored before this is reported first.
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
		_ = h.store.Watch(line, opened, h.apply) // Whatever the error, the next watch reports everything again.
		hang()
		checks.Wait()
		pause(ctx, 200*time.Millisecond)
	}
}

// How long a connection to the store may be silent before it counts as dead.
const (
	askEvery   = 500 * time.Millisecond
	deafAfter  = 3               // Checks in a row with news that wasn't reported.
	openWithin = 2 * time.Second // For the next entry, while stored entries are reported.
)

// awaitReplay waits until the store has reported everything that it held when the connection
// was opened. It reports false if the connection has ended, or if no entry arrives for
// openWithin, because the NATS server has died.
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

// awaitSilence returns when the store has news that isn't reported to us, several times in a
// row. When a NATS server dies, so does the connection, and the library notices that late.
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

// sweepRegularly calls Sweep for as long as the registry is open.
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
			h.Guessed(0) // Guesses of ten minutes ago no longer count.
		}
	}
}

// Sweep checks who is present in every class, and removes the classes that are over. With well
// false, this machine was stopped meanwhile or can't reach the store, and nothing is removed.
func (h *Registry) Sweep(well bool) {
	now := h.now()
	for _, r := range h.all() {
		r.checkPresence(now, well)
	}
	if well {
		h.endIdle(now)
	}
}

// Close closes the registry, and returns once all its goroutines have ended. Changes that
// aren't stored by then are lost. The store stays open.
func (h *Registry) Close() {
	h.working.Lock()
	h.closed = true
	h.working.Unlock()
	h.stop()
	h.work.Wait()
}

// job is work that no request waits for, and how long it may take; 0 is no limit.
type job struct {
	within time.Duration
	do     func(context.Context)
}

// run starts each job in a goroutine of the registry, with a context that ends with the job.
func (h *Registry) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-h.jobs:
			h.work.Go(func() {
				ctx, cancel := ctx, func() {}
				if j.within > 0 {
					ctx, cancel = context.WithTimeout(ctx, j.within)
				}
				defer cancel()
				j.do(ctx)
			})
		}
	}
}

// background runs f in a goroutine of the registry. The context of f ends after the time
// within, unless that is 0, and when the registry is closed. If the registry is closed already,
// background reports false and doesn't call f.
func (h *Registry) background(within time.Duration, f func(context.Context)) bool {
	h.working.Lock()
	defer h.working.Unlock()
	if h.closed {
		return false
	}
	h.jobs <- job{within, f}
	return true
}

// room returns the room with this name, and makes it if there is none.
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

// all returns the rooms that this machine knows.
func (h *Registry) all() []*Room {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Values(h.rooms))
}

// endIdle removes the classes that have been empty for a while, with everything that the store
// keeps of them.
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

// apply applies one entry that the store reports, and notes its revision.
func (h *Registry) apply(e store.Entry) {
	h.received.Add(1)
	h.applyPart(e)
	h.sawRevision(e.Revision)
}

// applyPart applies one part of a room, which the store reported or fetch asked for.
func (h *Registry) applyPart(e store.Entry) {
	id, rest, ok := strings.Cut(e.Key, ".")
	switch {
	case ok && "."+rest == codeKey:
		h.setCode(id, string(e.Value))
	case ok && (e.Value != nil || h.known(id) != nil):
		h.room(id).apply("."+rest, e)
	}
}

// sawRevision notes that everything up to a revision was reported.
func (h *Registry) sawRevision(rev uint64) {
	for old := h.lastSeen.Load(); rev > old && !h.lastSeen.CompareAndSwap(old, rev); old = h.lastSeen.Load() {
	}
}

// Lesson finds a lesson by its id.
func (h *Registry) Lesson(id string) (*lesson.Lesson, error) { return h.lessons(id) }

// Local reports whether this is the only machine.
func (h *Registry) Local() bool { return h.store.Local() }

// Outdated reports whether a request is older than a stall of this process, so that its client
// has gone to another machine. It may wait a moment to find out.
func (h *Registry) Outdated(ctx context.Context) bool { return h.stalls.stale(ctx) }

// Healthy reports whether this machine can serve seats: whether the store has been out of
// reach for less than two seconds.
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
	switch { // Without the lock: a log may be slow.
	case reachable && !since.IsZero():
		h.log.Warn("the store can be reached again", "after", now.Sub(since).Round(time.Second))
	case !reachable && since.IsZero():
		h.log.Error("the store can't be reached")
	}
	return reachable || since.IsZero() || now.Sub(since) < 2*time.Second
}

// Find returns the room that a join code opens. The error is [ErrNoRoom].
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
	if !r.AcceptsCode(code) && (!h.fetch(ctx, id, seatListKey) || !r.AcceptsCode(code)) {
		return nil, ErrNoRoom // The code was replaced.
	}
	return r, nil
}

// setCode notes which room a hashed join code belongs to; the id "" removes the code.
func (h *Registry) setCode(hash, id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if id == "" {
		delete(h.codes, hash)
		return
	}
	h.codes[hash] = id
}

// known returns the room with this name, or nil if this machine has none.
func (h *Registry) known(id string) *Room {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[id]
}

// index stores which room a join code belongs to.
func (h *Registry) index(ctx context.Context, code, id string) error {
	hash := codes.Hash("code", code)
	if _, err := h.store.Put(ctx, hash+codeKey, []byte(id), 0); err != nil {
		return err
	}
	h.setCode(hash, id)
	return nil
}

// Lookup returns a room by its name, or [ErrNoRoom]. It asks the store for a room that this
// machine doesn't know, because another machine may have made it a moment ago.
func (h *Registry) Lookup(ctx context.Context, id string) (*Room, error) {
	r := h.known(id)
	if r == nil && codes.IsSecret(id) && h.fetch(ctx, id, classKey) {
		r = h.room(id)
	}
	if r == nil || !r.usable() {
		return nil, ErrNoRoom
	}
	return r, nil
}

// asksUnknown is how many times a second this machine may ask the store for what it doesn't
// know. The store reports everything within milliseconds, so asking is needed only for what is
// brand new, and people who guess codes must not cause a thousand requests.
const asksUnknown = 100

// Guessed counts n more wrong codes, and tells the desks if the number that they show changes.
func (h *Registry) Guessed(n int) {
	if !h.guesses.add(h.now(), n) {
		return
	}
	for _, r := range h.all() {
		r.mu.Lock()
		r.notifySeat("")
		r.mu.Unlock()
	}
}

// looks is how many times the store is asked for something, 50 ms apart: of the machines that
// hold the store, the one that answers may be behind the others.
const looks = 3

// fetch asks the store for a part of a room, and reports whether there is one. A local store
// reports everything at once, so it isn't asked.
func (h *Registry) fetch(ctx context.Context, id, part string) bool {
	if h.store.Local() || !h.asking.Allow() {
		return false
	}
	for range looks {
		if value, rev, err := h.store.Get(ctx, id+part); err == nil && rev > 0 {
			h.applyPart(store.Entry{Key: id + part, Value: value, Revision: rev})
			return true
		}
		if !pause(ctx, 50*time.Millisecond) {
			return false
		}
	}
	return false
}

// awaitWithin is how long Await waits.
const awaitWithin = time.Second

// Await waits until this machine knows a revision, so that a client whose last request went to
// another machine isn't shown an earlier state. It gives up after awaitWithin.
func (h *Registry) Await(ctx context.Context, rev uint64) {
	ctx, cancel := context.WithTimeout(ctx, awaitWithin)
	defer cancel()
	for h.lastSeen.Load() < rev && pause(ctx, 2*time.Millisecond) {
	}
}

// Make makes a room for a lesson. The key lets a desk lead it, and the code lets people join.
// The talk follows the script, unless that is nil.
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
	for i, part := range []store.Entry{{Key: id + seatListKey, Value: list}, {Key: id + classKey, Value: record}} {
		if revs[i], err = h.store.Put(ctx, part.Key, part.Value, 0); err != nil {
			return nil, "", "", fmt.Errorf("make a room: %w", err)
		}
	}
	if err := h.index(ctx, code, id); err != nil {
		return nil, "", "", fmt.Errorf("make a room: %w", err)
	}
	r = h.room(id)
	r.apply(seatListKey, store.Entry{Value: list, Revision: revs[0]})
	r.apply(classKey, store.Entry{Value: record, Revision: revs[1]})
	if !r.usable() {
		return nil, "", "", errors.New("make a room: its lesson is not one of this machine")
	}
	return r, code, key, nil
}

// IsDeskKey reports whether key is that of the room's desk.
func (r *Room) IsDeskKey(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return subtle.ConstantTimeCompare([]byte(codes.Hash("desk", key)), []byte(r.desk)) == 1
}

// FindReturn returns the room in which a return code opens a seat, and whether there is one.
func (h *Registry) FindReturn(code string) (*Room, bool) {
	if len(code) != codes.ReturnLength {
		return nil, false
	}
	for _, r := range h.all() {
		if _, ok := r.View(r.SeatName(code)); ok {
			return r, true
		}
	}
	return nil, false
}
