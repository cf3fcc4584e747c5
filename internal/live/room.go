package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"wayout/internal/codes"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/store"
)

// Room is one class, as this machine knows it.
type Room struct {
	registry *Registry
	id       string

	mu            sync.Mutex
	lesson        *lesson.Lesson // Nil until the lead is known.
	class         room.Class
	revision      uint64 // Of the class.
	lastOrder     string // The order that has led to it.
	desk          string // The hashed key.
	made          time.Time
	ballot        *room.Ballot
	queues        map[string]*queue // Of the seats with a change that isn't stored yet.
	viewers       map[*Viewer]bool
	watched       uint64 // How many viewers there have been.
	countsPending bool   // Whoever watches the counts will be told soon.
	ended         bool
	touched       time.Time // When somebody of the class was active last, as far as this machine knows.

	// Taking seats: see seats.go.
	seats         seatList
	seatsRevision uint64
	waiting       []*JoinRequest
	joining       int // Those who wait, and those who are being written.
	registering   bool
	unconfirmed   []unconfirmed // The oldest first.
	joins         map[netip.Addr]*rate.Limiter

	// Who is present: see presence.go.
	heard     map[string]time.Time // By seat: its last sign of life, wherever it was given.
	asked     map[string]time.Time // By seat: its last request to this machine.
	scripted  map[string]bool      // Seats whose page runs our script.
	elsewhere map[string]presentHere
	toldAt    time.Time // When we have told the others.
}

// Viewer is somebody who watches a room. C has something when there is news; one
// piece of news covers all before it, so that nobody who is slow holds up the rest.
type Viewer struct {
	C      chan struct{}
	counts bool // Also of how many have answered.
	seat   string
	nr     uint64        // The later one has the higher number.
	over   chan struct{} // Closed when it was let go for newer ones of its seat.
}

// Over is closed when the viewer was let go for newer ones of its seat.
func (v *Viewer) Over() <-chan struct{} { return v.over }

// CountsEvery is the beat on which counts are told. It is the class's and not that of
// whoever answers: news a moment after each answer would tell whoever sees the line of
// a projector, or its length, that the person who has just tapped has answered.
const CountsEvery = 2 * time.Second

// How many may watch at the same time for one seat, and for the desk: a page that was
// opened twice, and one that has just been loaded again. The newest ones stay. With as
// many seats as a class has, this bounds what all of it costs.
const (
	MaxViewers = 4
	mostOfDesk = 8
)

// Watch begins to watch. With counts set the viewer is told of them too. Unwatch
// ends it.
func (r *Room) Watch(seat string, counts bool) *Viewer {
	v := &Viewer{C: make(chan struct{}, 1), counts: counts, seat: seat, over: make(chan struct{})}
	v.C <- struct{}{} // What is there now is news.
	r.mu.Lock()
	r.dropOldest(seat)
	r.watched++
	v.nr = r.watched
	r.viewers[v] = true
	r.touched = r.registry.now()
	r.mu.Unlock()
	if seat != "" {
		r.Seen(seat, true)
	}
	return v
}

// dropOldest lets the oldest viewer of a seat go where there are as many as may be. The
// lock must be held.
func (r *Room) dropOldest(seat string) {
	var oldest *Viewer
	n, most := 0, MaxViewers
	if seat == "" {
		most = mostOfDesk
	}
	for v := range r.viewers {
		if v.seat != seat {
			continue
		}
		if n++; oldest == nil || v.nr < oldest.nr {
			oldest = v
		}
	}
	if n >= most {
		delete(r.viewers, oldest)
		close(oldest.over) // It is a viewer no more, so that this happens once.
	}
}

// Unwatch ends a watch. The seat stays present for as long as a page takes to load
// again.
func (r *Room) Unwatch(v *Viewer) {
	now := r.registry.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.viewers, v)
	r.touched = now
	if v.seat != "" {
		r.heard[v.seat], r.asked[v.seat] = now, now
	}
}

func (v *Viewer) notify() {
	select {
	case v.C <- struct{}{}:
	default:
	}
}

// notifyAll tells everybody. The lock must be held.
func (r *Room) notifyAll() {
	for v := range r.viewers {
		v.notify()
	}
}

// notifyDesks tells the desks alone.
func (r *Room) notifyDesks() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for v := range r.viewers {
		if v.seat == "" {
			v.notify()
		}
	}
}

// notifyCounts tells a seat of itself at once, and whoever watches the counts on the
// next beat. The lock must be held.
func (r *Room) notifyCounts(seat string) {
	for v := range r.viewers {
		if v.seat == seat {
			v.notify()
		}
	}
	if r.countsPending {
		return
	}
	r.countsPending = true
	time.AfterFunc(CountsEvery-time.Duration(r.registry.stalls.now())%CountsEvery, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.countsPending = false
		for v := range r.viewers {
			if v.counts {
				v.notify()
			}
		}
	})
}

// apply takes news from the store.
func (r *Room) apply(kind string, e store.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.registry.now()
	if e.Written.IsZero() || e.Written.After(now) {
		e.Written = now
	}
	if e.Written.After(r.touched) {
		r.touched = e.Written
	}
	if machine, ok := cutPrefix(kind, presenceKey); ok {
		r.applyPresence(machine, e.Value)
		return
	}
	switch kind {
	case classKey:
		r.applyClass(e)
		return
	case registryKey:
		r.applySeats(e, now)
		return
	}
	seat, ok := cutPrefix(kind, seatKey)
	if !ok {
		return
	}
	if e.Value == nil {
		r.drop(seat)
		return
	}
	if m, err := room.DecodeSeat(e.Value); err == nil && r.ballot.Put(seat, e.Revision, m) {
		if !m.Away {
			r.heard[seat] = now
		}
		r.notifyCounts(seat)
	}
}

// applySeats takes which seats are taken. The lock must be held.
func (r *Room) applySeats(e store.Entry, now time.Time) {
	var g seatList
	if e.Revision <= r.seatsRevision || e.Value != nil && json.Unmarshal(e.Value, &g) != nil {
		return
	}
	r.seats, r.seatsRevision = g, e.Revision
	for _, seat := range g.Taken {
		if _, ok := r.heard[seat]; !ok {
			r.heard[seat] = now
		}
	}
	r.notifyCounts("") // The desk is shown how many seats there are.
}

// drop forgets a seat that was given up. The lock must be held.
func (r *Room) drop(seat string) {
	r.ballot.Drop(seat)
	delete(r.heard, seat)
	delete(r.asked, seat)
	delete(r.scripted, seat)
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) <= len(prefix) || s[:len(prefix)] != prefix {
		return "", false
	}
	return s[len(prefix):], true
}

// applyClass takes what the lead has decided. The lock must be held.
func (r *Room) applyClass(e store.Entry) {
	if e.Revision <= r.revision {
		return
	}
	if e.Value == nil {
		r.revision, r.ended = e.Revision, true
		r.notifyAll()
		return
	}
	var record classRecord
	if json.Unmarshal(e.Value, &record) != nil {
		return
	}
	if r.lesson == nil || r.lesson.ID != record.Lesson {
		l, err := r.registry.lessons(record.Lesson)
		if err != nil {
			return // A room of another service, or of another version of us.
		}
		r.lesson = l
	}
	class, err := room.DecodeClass(r.lesson, record.Class)
	if err != nil {
		r.lesson = nil
		return
	}
	r.class, r.revision, r.lastOrder, r.desk, r.made = class, e.Revision, record.By, record.Desk,
		time.Unix(record.Made, 0)
	r.notifyAll()
}

// usable reports whether the room can be used.
func (r *Room) usable() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lesson != nil && !r.ended
}

func (r *Room) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	r.notifyAll()
}

// expired reports whether nobody has been in the class for so long, or it is so old, that
// everything about it may go.
func (r *Room) expired(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.made.Unix() > 0 && now.Sub(r.made) > longestClass
	return old || !r.touched.IsZero() && now.Sub(r.touched) > keepFor
}

// ID returns the name of the room, which gives nothing away.
func (r *Room) ID() string { return r.id }

// Tally calls f with the ballot, while nobody changes it.
func (r *Room) Tally(f func(*room.Ballot)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.ballot)
}

// Load is how much a room has to do at a moment.
type Load struct {
	Watching int // Viewers.
	Writing  int // Seats with a write on its way.
	Joining  int // Those who wait for a seat.
}

// Load returns how much the room has to do.
func (r *Room) Load() Load {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Load{Watching: len(r.viewers), Writing: len(r.queues), Joining: r.joining}
}

// Lesson returns the lesson that the room takes.
func (r *Room) Lesson() *lesson.Lesson {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lesson
}

// View returns what a seat is to be shown, or the desk, whose seat is "". It is
// false for a seat that is not taken, and where the room is gone.
func (r *Room) View(seat string) (room.View, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.lesson == nil {
		return room.View{}, false
	}
	v, ok := room.NewView(r.class, r.ballot, seat)
	v.Rev, v.Late = r.revision, r.queues[seat] != nil
	if seat == "" {
		v.Seats, v.Taken, v.Idle = r.seats.Seats, r.ballot.Taken(), len(r.ballot.Silent())
		v.Guesses = r.registry.guesses.steps()
	}
	return v, ok
}

// SeatName returns the name of the seat that a token opens.
func (r *Room) SeatName(token string) string { return codes.Hash("seat", r.id+" "+token) }

// Seat returns the name of the seat that a token opens, and whether it is taken.
func (r *Room) Seat(ctx context.Context, token string) (string, bool) {
	seat := r.SeatName(token)
	_, ok := r.View(seat)
	if !ok && r.SeatRevision(seat) == 0 && r.registry.fetch(ctx, r.id, seatKey+seat) {
		_, ok = r.View(seat)
	}
	return seat, ok
}

// SeatRevision returns the one of the last word of a seat, 0 for one that is not known.
func (r *Room) SeatRevision(seat string) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, rev, _ := r.ballot.Seat(seat)
	return rev
}

// The patience of a write.
const (
	shownWithin = 250 * time.Millisecond // A screen waits no longer for the store.
	goOnFor     = 30 * time.Second       // A write is tried again and again.
	tryAgain    = 100 * time.Millisecond
)

// ErrUnchanged ends a write that would change nothing.
var ErrUnchanged = errors.New("nothing changes")

// Update writes what f makes of a seat. It returns as soon as it is stored, and
// within a quarter of a second in any case: then the view says that it is on its
// way. f may be called several times, with what the seat is by then. What a seat does
// is written in the order in which it did it, so that nobody who changes their mind
// while the store is slow is counted with what they thought first.
//
// Where the store was lost meanwhile, or so slow that the view has said that it is on
// its way, and the seat has moved on elsewhere, nothing is written: the learner has
// gone on at another machine, and what comes late must not undo that. With force set,
// such as for leaving, it is written all the same.
func (r *Room) Update(seat string, force bool, f edit) error {
	return r.enqueue(seat, force, f).soon()
}

// edit makes something of a seat. The error [ErrUnchanged] says that there is nothing to
// write.
type edit func(room.Class, room.Seat) (room.Seat, error)

// change is one edit of a seat that was asked for.
type change struct {
	edit     edit
	force    bool      // It is written whatever the seat has become meanwhile.
	follows  bool      // It was asked for while another one of the seat was on its way.
	revision uint64    // Of the seat when it was asked for.
	deadline time.Time // When it is given up.
	done     Pending
}

// queue is the changes of one seat, which one goroutine writes in their order. Each seat
// has its own, so that a write that is held up keeps no other seat waiting.
type queue struct {
	changes []change // Those that wait.
	size    int      // With the one that is being written.
}

// MaxPendingWrites is how many changes of a seat may be on their way: more than a finger
// can ask for, and few enough that nobody fills our memory while the store is lost.
const MaxPendingWrites = 32

// enqueue queues a change of a seat and returns at once.
func (r *Room) enqueue(seat string, force bool, f edit) Pending {
	c := change{edit: f, force: force, deadline: time.Now().Add(goOnFor), done: make(Pending, 1)}
	r.mu.Lock()
	q := r.queues[seat]
	if q == nil {
		q = &queue{}
		r.queues[seat] = q
	}
	if q.size >= MaxPendingWrites {
		r.mu.Unlock()
		return failed(store.ErrUnreachable)
	}
	c.follows = q.size > 0
	_, c.revision, _ = r.ballot.Seat(seat)
	q.changes = append(q.changes, c)
	q.size++
	r.mu.Unlock()
	if !c.follows && !r.registry.background(0, func(ctx context.Context) { r.writeQueue(ctx, seat, q) }) {
		r.writeQueue(closedContext(), seat, q)
	}
	return c.done
}

// closedContext returns a context that has ended, for what is asked of a registry that
// is closed.
func closedContext() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// writeQueue writes the changes of a seat until there is none left.
func (r *Room) writeQueue(ctx context.Context, seat string, q *queue) {
	var stored uint64 // The revision that the change before has left; 0 where it was lost.
	for left := 1; left > 0; {
		r.mu.Lock()
		c := q.changes[0]
		q.changes = q.changes[1:]
		r.mu.Unlock()
		var base uint64
		if c.follows {
			if base = stored; base == 0 {
				base = c.revision
			}
		}
		var err error
		stored, err = r.writeChange(ctx, seat, base, c)
		r.mu.Lock()
		if q.size--; q.size == 0 {
			delete(r.queues, seat)
		}
		left = q.size
		r.notifyCounts(seat)
		r.mu.Unlock()
		c.done <- err
	}
}

// writeChange writes one change, as long as there is time for it.
func (r *Room) writeChange(ctx context.Context, seat string, base uint64, c change) (uint64, error) {
	ctx, cancel := context.WithDeadline(ctx, c.deadline)
	defer cancel()
	if ctx.Err() != nil {
		return 0, store.ErrUnreachable
	}
	return r.write(ctx, seat, c.force, base, c.edit)
}

// Pending is a change that was taken down. It has what came of it, once.
type Pending chan error

// failed is a change that was not taken down.
func failed(err error) Pending {
	done := make(Pending, 1)
	done <- err
	return done
}

// soon waits for what came of it, and no longer than a screen waits. A seat that has
// moved on elsewhere is shown what counts, which is nothing that went wrong.
func (b Pending) soon() error {
	wait := time.NewTimer(shownWithin)
	defer wait.Stop()
	select {
	case err := <-b:
		if errors.Is(err, errMoved) {
			return nil
		}
		return err
	case <-wait.C:
		return nil
	}
}

// Wait waits for what came of it, however long that takes.
func (b Pending) Wait() error { return <-b }

// errMoved is what comes of a change of a seat that has moved on elsewhere meanwhile.
var errMoved = errors.New("the seat has moved on elsewhere")

// write writes what an edit makes of a seat and returns the revision that the seat has
// then, 0 where the write was lost. With a base the seat must still have that revision,
// or else it has moved on elsewhere. Without one that is asked only once the write was
// held up.
func (r *Room) write(ctx context.Context, seat string, force bool, base uint64, f edit) (uint64, error) {
	heldUp, ticks, started := base > 0, r.registry.stalls.now(), time.Now()
	for {
		r.mu.Lock()
		m, rev, ok := r.ballot.Seat(seat)
		class, gone := r.class, r.ended
		r.mu.Unlock()
		if !ok || gone || m.Gone {
			return 0, ErrNoSeat
		}
		if !heldUp {
			base = rev
		} else if rev != base && !force {
			return 0, errMoved
		}
		next, err := f(class, m)
		if errors.Is(err, ErrUnchanged) {
			return rev, nil
		} else if err != nil {
			return rev, err
		}
		confirmed, err := r.registry.store.Put(ctx, r.id+seatKey+seat, next.Encode(), rev)
		if err == nil {
			r.mu.Lock()
			r.ballot.Put(seat, confirmed, next)
			r.mu.Unlock()
			return confirmed, nil
		}
		if errors.Is(err, store.ErrStale) {
			heldUp = heldUp || r.registry.stalls.missed(ticks) || time.Since(started) > shownWithin
			value, rev, err := r.registry.store.Get(ctx, r.id+seatKey+seat)
			if err == nil && rev == 0 {
				return 0, ErrNoSeat // It was given up, and forgotten.
			}
			if m, bad := room.DecodeSeat(value); err == nil && bad == nil {
				r.mu.Lock()
				r.ballot.Put(seat, rev, m)
				r.mu.Unlock()
				continue
			}
		}
		heldUp = true
		select {
		case <-ctx.Done():
			return 0, store.ErrUnreachable
		case <-time.After(tryAgain):
		}
	}
}

// snapshot returns the class and what a seat is at this moment.
func (r *Room) snapshot(seat string) (room.Class, room.Seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, _, _ := r.ballot.Seat(seat)
	return r.class, m
}

// Answer takes a seat's answer to a scene's question. It may be changed as long as
// the question is open. The error is [ErrNotNow] or [ErrNoSeat].
func (r *Room) Answer(seat, scene string, pick int) error {
	return r.BeginAnswer(seat, scene, pick).soon()
}

// BeginAnswer takes an answer down to be written and returns at once.
func (r *Room) BeginAnswer(seat, scene string, pick int) Pending {
	// It counts when it was given, however long the store takes.
	if c, m := r.snapshot(seat); !c.Takes(scene) || m.Projector || !offers(c.Question(), scene, pick) {
		return failed(ErrNotNow)
	}
	// It is written also where it changes nothing: another machine may be about to
	// write what the learner thought before, and must find that they have answered since.
	return r.enqueue(seat, false, func(_ room.Class, m room.Seat) (room.Seat, error) {
		return m.WithAnswer(scene, pick), nil
	})
}

// offers reports whether a question of a scene has an option.
func offers(q room.Question, scene string, pick int) bool {
	if q.Scene != scene {
		return false
	}
	for _, o := range q.Options {
		if o.Pick == pick {
			return true
		}
	}
	return false
}

// Step moves a seat on at its own pace. At is how many moves the learner has seen
// made: a page that was sent twice moves once. The error is [ErrNotNow],
// [ErrNoSeat], or that of the move.
func (r *Room) Step(seat string, at int, f func(play.Run) (play.Run, error)) error {
	l := r.Lesson()
	if c, _ := r.snapshot(seat); !c.TakesRuns() {
		return ErrNotNow
	}
	return r.Update(seat, false, func(c room.Class, m room.Seat) (room.Seat, error) {
		if at != len(m.Actions) {
			return m, ErrUnchanged
		}
		run, err := f(m.Run(l, room.Seed))
		if err != nil {
			return m, err
		}
		return m.WithRun(c, run)
	})
}

// Keep keeps a run that was played elsewhere, as Step does.
func (r *Room) Keep(seat string, run play.Run) error { return r.BeginKeep(seat, run).soon() }

// BeginKeep takes a run down to be kept and returns at once.
func (r *Room) BeginKeep(seat string, run play.Run) Pending {
	return r.enqueue(seat, false, func(c room.Class, m room.Seat) (room.Seat, error) {
		if !c.TakesRuns() {
			return m, ErrUnchanged
		}
		return m.WithRun(c, run)
	})
}

// MakeProjector makes a seat that of a projector, whose viewer is told of the counts
// from then on.
func (r *Room) MakeProjector(seat string, v *Viewer) Pending {
	r.mu.Lock()
	v.counts = true
	r.mu.Unlock()
	return r.enqueue(seat, true, func(_ room.Class, m room.Seat) (room.Seat, error) {
		m.Projector = true
		return m, nil
	})
}

// Leave gives a seat up. It takes its answers with it; what was counted before, when
// its question was closed, stays counted.
func (r *Room) Leave(seat string) error { return r.leave(seat).soon() }

// leave takes down that a seat is given up.
func (r *Room) leave(seat string) Pending {
	return r.enqueue(seat, true, func(_ room.Class, m room.Seat) (room.Seat, error) {
		return m.Left(), nil
	})
}

// Order follows an order of the lead. It returns once the order is stored. The
// error is one of [room.Class.Do], [room.ErrConflict] where another order was stored at
// the same moment and this one was not, or [store.ErrUnreachable].
func (r *Room) Order(ctx context.Context, order room.Command) error {
	return r.Execute(ctx, codes.Secret(), order)
}

// Execute follows an order that has a name of its own: one that was stored, and whose
// answer got lost on the way back, is known by it when it is given again.
func (r *Room) Execute(ctx context.Context, name string, order room.Command) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r.mu.Lock()
	closes, done := r.class.Closes(order), r.lastOrder == name
	r.mu.Unlock()
	if closes && !done {
		if err := r.freeze(ctx); err != nil {
			return err
		}
	}
	return r.execute(ctx, name, order)
}

// execute follows an order as things stand.
func (r *Room) execute(ctx context.Context, name string, order room.Command) error {
	for lost := false; ; {
		r.mu.Lock()
		class, rev, by := r.class, r.revision, r.lastOrder
		record := classRecord{Lesson: r.lesson.ID, Desk: r.desk, Made: r.made.Unix(), By: name}
		next, err := class.Do(order, r.ballot)
		r.mu.Unlock()
		if by == name || lost && Fulfilled(order.Verb, err) {
			return nil // It was stored after all.
		} else if err != nil {
			return err
		}
		record.Class = next.Encode()
		value, err := json.Marshal(record)
		if err != nil {
			return err
		}
		now, err := r.registry.store.Put(ctx, r.id+classKey, value, rev)
		if err == nil {
			r.apply(classKey, store.Entry{Value: value, Revision: now})
			if order.Verb == room.End {
				time.AfterFunc(linger, r.forget)
			}
			return nil
		}
		if errors.Is(err, store.ErrStale) {
			if value, rev, err := r.registry.store.Get(ctx, r.id+classKey); err == nil && rev > 0 {
				r.apply(classKey, store.Entry{Value: value, Revision: rev})
				if r.changedBy(class, name) && !Repeatable(order.Verb) {
					return room.ErrConflict // The lead looks before the next order.
				}
				continue
			}
		}
		lost = true
		select {
		case <-ctx.Done():
			return store.ErrUnreachable
		case <-time.After(tryAgain):
		}
	}
}

// changedBy reports whether the class is another one than it was, by an order that was not
// the one with this name.
func (r *Room) changedBy(was room.Class, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lastOrder != name && !bytes.Equal(was.Encode(), r.class.Encode())
}

// Fulfilled reports whether what an order was to bring about is there, by what is said of
// the order when it is given once more.
func Fulfilled(v room.Verb, err error) bool {
	switch v {
	case room.Close:
		return errors.Is(err, room.ErrNothing)
	case room.Show:
		return errors.Is(err, room.ErrShown)
	case room.End:
		return errors.Is(err, room.ErrOver)
	}
	return false
}

// Repeatable reports whether an order means the same whatever happened just before it.
// "Next" does not: given twice, it goes two pages on.
func Repeatable(v room.Verb) bool {
	switch v {
	case room.End, room.Freeze, room.Close, room.Show, room.ForceBlank, room.SetHeadcount:
		return true
	}
	return false
}

// freeze has no more answers taken and waits until this machine has been told of
// every answer that was stored before that, so that what is counted next is complete,
// wherever it was answered.
func (r *Room) freeze(ctx context.Context) error {
	if err := r.execute(ctx, codes.Secret(), room.Command{Verb: room.Freeze}); err != nil &&
		!errors.Is(err, room.ErrNothing) {
		return err
	}
	r.mu.Lock()
	rev := r.revision
	r.mu.Unlock()
	for r.registry.lastSeen.Load() < rev {
		select {
		case <-ctx.Done():
			return store.ErrUnreachable
		case <-time.After(2 * time.Millisecond):
		}
	}
	return nil
}

// linger is how long the last screen of a class stays.
const linger = time.Minute

// forget takes everything about the room away. What fails is tried again when the room
// is swept.
func (r *Room) forget() {
	r.registry.background(10*time.Second, func(ctx context.Context) {
		r.mu.Lock()
		code := r.seats.Code
		r.mu.Unlock()
		_ = r.registry.store.RemoveAll(ctx, r.id+".")
		if code != "" {
			_ = r.registry.store.RemoveAll(ctx, code+".")
		}
	})
}

// Report returns what may be kept of the class. The error is [room.ErrNotOver].
func (r *Room) Report() (room.Report, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.class.Report()
}
