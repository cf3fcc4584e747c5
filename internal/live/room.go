package live

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"wayout/internal/codes"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/store"
)

// Room is one class, as this machine runs it.
type Room struct {
	registry *Registry
	id       string

	mu            sync.Mutex
	lesson        *lesson.Lesson // Nil until the class was read from the store.
	class         room.Class
	revision      uint64 // Of the class.
	lastOrder     string // The name of the order that made this revision.
	ordered       *ordered
	desk          string // The hash of the desk's key.
	made          time.Time
	ballot        *room.Ballot
	queues        map[string]*queue // By seat: changes that aren't stored yet.
	viewers       map[*Viewer]bool
	watched       uint64 // How many viewers there have ever been.
	countsPending bool   // A timer is running, after which viewers are told the counts.
	ended         bool
	touched       time.Time // When anyone in the class was last active, as far as this machine knows.

	// Taking seats: see seats.go.
	seats         seatList
	seatsRevision uint64
	waiting       []*JoinRequest
	joining       int // Requests that wait, and those that are being written.
	registering   bool
	unconfirmed   []unconfirmed // Oldest first.
	joins         map[netip.Addr]*rate.Limiter

	// Who is present: see presence.go.
	heard     map[string]time.Time // By seat: its last sign of life, at any machine.
	asked     map[string]time.Time // By seat: its last request to this machine.
	scripted  map[string]bool      // Seats whose page runs our script.
	elsewhere map[string]presentHere
	toldAt    time.Time // When this machine last told the others.
}

// Viewer watches a room. Its channel C holds something when there is news; one piece of news
// stands for all news before it, so that a slow viewer doesn't hold up the others.
type Viewer struct {
	C      chan struct{}
	Over   chan struct{} // Closed when newer viewers of the same seat have replaced it.
	counts bool          // The viewer is also told when counts change.
	seat   string
	nr     uint64 // A later viewer has a higher number.
}

// CountsEvery is how often counts are announced, at fixed times that don't depend on who
// answers. News just after each answer would tell anyone who can see the projector's
// connection, or the length of what it receives, that the person who has just tapped has
// answered.
const CountsEvery = 2 * time.Second

// MaxViewers is how many viewers a seat may have at the same time, and mostOfDesk how many the
// desk may have: a page may be open twice, or have just been reloaded. The newest viewers stay.
// Together with the limit on seats, this bounds what a class costs.
const (
	MaxViewers = 4
	mostOfDesk = 8
)

// Watch adds a viewer of a seat, "" for the desk. With counts set, the viewer is also told when
// counts change. [Room.Unwatch] removes it.
func (r *Room) Watch(seat string, counts bool) *Viewer {
	v := &Viewer{C: make(chan struct{}, 1), counts: counts, seat: seat, Over: make(chan struct{})}
	v.C <- struct{}{} // The present state is news to a new viewer.
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

// dropOldest removes the oldest viewer of a seat that can't have another. The lock must be held.
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
		close(oldest.Over) // It is no longer among the viewers, so this happens once.
	}
}

// Unwatch removes a viewer. The seat stays present for a while, in case its page is reloading.
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

// notifyAll tells every viewer. The lock must be held.
func (r *Room) notifyAll() { r.notify(func(*Viewer) bool { return true }) }

// notify tells the viewers for which a condition holds. The lock must be held.
func (r *Room) notify(is func(*Viewer) bool) {
	for v := range r.viewers {
		if is(v) {
			v.notify()
		}
	}
}

// notifySeat tells the viewers of a seat; "" stands for the desks. The lock must be held.
func (r *Room) notifySeat(seat string) { r.notify(func(v *Viewer) bool { return v.seat == seat }) }

// notifyCounts tells the viewers of a seat at once, and those of the counts at the next
// multiple of [CountsEvery]. The lock must be held.
func (r *Room) notifyCounts(seat string) {
	r.notifySeat(seat)
	if r.countsPending {
		return
	}
	r.countsPending = true
	time.AfterFunc(CountsEvery-time.Duration(r.registry.stalls.now())%CountsEvery, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.countsPending = false
		r.notify(func(v *Viewer) bool { return v.counts })
	})
}

// apply takes one entry of the store, whose key ends in kind.
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
	if machine, ok := strings.CutPrefix(kind, presenceKey); ok {
		r.applyPresence(machine, e.Value)
		return
	}
	switch kind {
	case classKey:
		r.applyClass(e)
		return
	case seatListKey:
		var list seatList
		if e.Value == nil || json.Unmarshal(e.Value, &list) == nil {
			r.setSeats(list, e.Revision, now)
		}
		return
	}
	seat, ok := strings.CutPrefix(kind, seatKey)
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

// setSeats sets the list of seats, unless a later revision is known already. The lock
// must be held.
func (r *Room) setSeats(list seatList, revision uint64, now time.Time) {
	if revision <= r.seatsRevision {
		return
	}
	r.seats, r.seatsRevision = list, revision
	for _, seat := range list.Taken {
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

// applyClass takes a state of the class from the store. The lock must be held.
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
			return // A room of another service, or of another version of this program.
		}
		r.lesson = l
	}
	if o := r.ordered; o != nil && bytes.Equal(o.value, e.Value) { // The store was quicker than [Room.execute].
		r.setClass(o.class, o.name, e.Revision)
		return
	}
	class, err := room.DecodeClass(r.lesson, record.Class)
	if err != nil {
		r.lesson = nil
		return
	}
	r.desk, r.made = record.Desk, time.Unix(record.Made, 0)
	r.setClass(class, record.By, e.Revision)
}

// ordered is the last state of the class that this machine wrote, or tried to. The store may report it
// before it confirms it, and then it isn't decoded.
type ordered struct {
	name  string // Of the order.
	value []byte // As stored.
	class room.Class
}

// setClass sets the class to the result of an order, unless a later revision is known
// already. The lock must be held.
func (r *Room) setClass(class room.Class, order string, revision uint64) {
	if revision <= r.revision {
		return
	}
	r.class, r.lastOrder, r.revision = class, order, revision
	r.notifyAll()
}

// usable reports whether the class was read from the store and hasn't ended.
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

// expired reports whether the class has been empty for longer than keepFor, or is older than
// longestClass, so that everything about it must be removed.
func (r *Room) expired(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.made.Unix() > 0 && now.Sub(r.made) > longestClass
	return old || !r.touched.IsZero() && now.Sub(r.touched) > keepFor
}

// ID returns the name of the room: a random hash, which opens nothing.
func (r *Room) ID() string { return r.id }

// Tally calls f with the ballot, which doesn't change meanwhile.
func (r *Room) Tally(f func(*room.Ballot)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.ballot)
}

// Load is how busy a room is at one moment.
type Load struct {
	Watching int // Viewers.
	Writing  int // Seats with a write that isn't stored yet.
	Joining  int // Requests for a seat that aren't answered yet.
}

// Load returns how busy the room is.
func (r *Room) Load() Load {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Load{Watching: len(r.viewers), Writing: len(r.queues), Joining: r.joining}
}

// Lesson returns the lesson of the room.
func (r *Room) Lesson() *lesson.Lesson {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lesson
}

// View returns what a seat may know, or the desk, whose seat is "". It reports false if the
// seat isn't taken or the room has ended.
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
		v.Guesses = r.registry.guesses.steps(r.registry.now())
	}
	return v, ok
}

// SeatName returns the name of the seat that a secret opens.
func (r *Room) SeatName(token string) string { return codes.Hash("seat", r.id+" "+token) }

// Seat returns the name of the seat that a secret opens, and whether it is taken.
func (r *Room) Seat(ctx context.Context, token string) (string, bool) {
	seat := r.SeatName(token)
	_, ok := r.View(seat)
	if !ok && r.SeatRevision(seat) == 0 && r.registry.fetch(ctx, r.id, seatKey+seat) {
		_, ok = r.View(seat)
	}
	return seat, ok
}

// SeatRevision returns the latest known revision of a seat; 0 for an unknown one.
func (r *Room) SeatRevision(seat string) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, rev, _ := r.ballot.Seat(seat)
	return rev
}

// How long a write may take.
const (
	shownWithin = 250 * time.Millisecond // How long a screen waits for the store.
	goOnFor     = 30 * time.Second       // How long a write is retried.
	tryAgain    = 100 * time.Millisecond
)

// ErrUnchanged ends a write that would change nothing.
var ErrUnchanged = errors.New("nothing changes")

// Update queues a change of a seat and returns at once. The change writes what f makes of the
// seat; f may be called several times, each time with the seat's latest state. Changes of a seat
// are written in the order in which they were made, so that a participant who changes their mind
// while the store is slow isn't counted with their first answer.
//
// The change is dropped if the store was lost, or so slow that the view has said "on its way",
// and the seat was changed at another machine meanwhile: the participant has gone on there,
// and a late write must not undo that. With force set, as for leaving, it is written even then.
func (r *Room) Update(seat string, force bool, f edit) Pending {
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

// edit changes a seat. The error [ErrUnchanged] says that there is nothing to write.
type edit func(room.Class, room.Seat) (room.Seat, error)

// change is one edit of a seat that waits to be written.
type change struct {
	edit     edit
	force    bool      // Write it even if the seat was changed meanwhile.
	follows  bool      // It was queued while another change of the seat was on its way.
	revision uint64    // The seat's revision when this was queued.
	deadline time.Time // When to give up.
	done     Pending
}

// queue holds the changes of one seat, which one goroutine writes in order. Each seat has its
// own, so that a delayed write doesn't hold up other seats.
type queue struct {
	changes []change // Those that wait.
	size    int      // Those that wait, and the one being written.
}

// MaxPendingWrites is how many changes of a seat may be queued: more than tapping can cause,
// and few enough that no client fills the memory while the store is lost.
const MaxPendingWrites = 32

// closedContext returns a context that has ended, for requests to a registry that is closed.
// There is no caller's context to derive it from.
func closedContext() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// writeQueue writes the changes of a seat until none is left.
func (r *Room) writeQueue(ctx context.Context, seat string, q *queue) {
	var stored uint64 // The revision that the previous change wrote; 0 if it was lost.
	for left := 1; left > 0; {
		r.mu.Lock()
		c := q.changes[0]
		q.changes = q.changes[1:]
		r.mu.Unlock()
		var base uint64
		if c.follows {
			base = cmp.Or(stored, c.revision)
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

// writeChange writes one change, if its deadline allows.
func (r *Room) writeChange(ctx context.Context, seat string, base uint64, c change) (uint64, error) {
	ctx, cancel := context.WithDeadline(ctx, c.deadline)
	defer cancel()
	if ctx.Err() != nil {
		return 0, store.ErrUnreachable
	}
	return r.write(ctx, seat, c.force, base, c.edit)
}

// Pending delivers the result of a queued change, once.
type Pending chan error

// failed is the result of a change that was not queued.
func failed(err error) Pending {
	done := make(Pending, 1)
	done <- err
	return done
}

// Soon waits for the result, but no longer than a screen may wait, a quarter of a second; after
// that it returns nil, and the view says that the change is on its way. If the seat was changed
// at another machine instead, Soon returns nil, too: the page shows the seat's present state.
func (b Pending) Soon() error {
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

// Wait waits for the result, however long it takes.
func (b Pending) Wait() error { return <-b }

// errMoved is the result of a change to a seat that was changed at another machine.
var errMoved = errors.New("the seat has moved on elsewhere")

// write writes what an edit makes of a seat and returns the seat's new revision, 0 if the
// write was lost. If base isn't 0, the seat must still have that revision, or the error is
// errMoved. If base is 0, the seat must stay as it was only once the write has been delayed.
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
				return 0, ErrNoSeat // It was given up and removed.
			}
			if m, bad := room.DecodeSeat(value); err == nil && bad == nil {
				r.mu.Lock()
				r.ballot.Put(seat, rev, m)
				r.mu.Unlock()
				continue
			}
		}
		heldUp = true
		if !pause(ctx, tryAgain) {
			return 0, store.ErrUnreachable
		}
	}
}

// pause waits, and reports false if the context ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// snapshot returns the class and a seat as they are now.
func (r *Room) snapshot(seat string) (room.Class, room.Seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, _, _ := r.ballot.Seat(seat)
	return r.class, m
}

// Answer queues a seat's answer to a scene's question. It may be changed while the question is
// open. The error is [ErrNotNow] or [ErrNoSeat].
func (r *Room) Answer(seat, scene string, pick int) Pending {
	// The question must be open when the answer comes. One that the store takes only after the question
	// has been closed stays with the seat, and may miss the count; see freeze.
	if c, m := r.snapshot(seat); !c.Takes(scene) || m.Projector || !offers(c.Question(), scene, pick) {
		return failed(ErrNotNow)
	}
	// It is written even if it changes nothing: another machine may be about to write an
	// earlier answer, and must find that this one came later.
	return r.Update(seat, false, func(_ room.Class, m room.Seat) (room.Seat, error) {
		return m.WithAnswer(scene, pick), nil
	})
}

// offers reports whether q is the question of a scene and has the option pick.
func offers(q room.Question, scene string, pick int) bool {
	return q.Scene == scene && slices.ContainsFunc(q.Options, func(o room.Option) bool { return o.Pick == pick })
}

// Step takes one action in a seat's own run. At is how many actions the participant had taken
// when the page was made, so that a form sent twice takes effect once. The error is
// [ErrNotNow], [ErrNoSeat], or that of the action.
func (r *Room) Step(seat string, at int, f func(play.Run) (play.Run, error)) Pending {
	l := r.Lesson()
	if c, _ := r.snapshot(seat); !c.TakesRuns() {
		return failed(ErrNotNow)
	}
	return r.Update(seat, false, func(c room.Class, m room.Seat) (room.Seat, error) {
		if at != len(m.Actions) {
			return m, ErrUnchanged
		}
		run, err := f(m.Run(l))
		if err != nil {
			return m, err
		}
		return m.WithRun(c, run)
	})
}

// Keep queues a run that was played in a terminal, as [Room.Step] does for a page.
func (r *Room) Keep(seat string, run play.Run) Pending {
	return r.Update(seat, false, func(c room.Class, m room.Seat) (room.Seat, error) {
		if !c.TakesRuns() {
			return m, ErrUnchanged
		}
		return m.WithRun(c, run)
	})
}

// MakeProjector makes a seat a projector, whose viewer is told the counts from then on.
func (r *Room) MakeProjector(seat string, v *Viewer) Pending {
	r.mu.Lock()
	v.counts = true
	r.mu.Unlock()
	return r.Update(seat, true, func(_ room.Class, m room.Seat) (room.Seat, error) {
		m.Projector = true
		return m, nil
	})
}

// Leave gives up a seat and removes its answers. Answers that were counted when a question was
// closed stay counted.
func (r *Room) Leave(seat string) Pending {
	return r.Update(seat, true, func(_ room.Class, m room.Seat) (room.Seat, error) {
		return m.Left(), nil
	})
}

// Order carries out an order of the facilitator, and returns once it is stored. The error is
// one of [room.Class.Do], [room.ErrConflict] if another order was stored at the same moment
// and this one wasn't, or [store.ErrUnreachable].
func (r *Room) Order(ctx context.Context, order room.Command) error {
	return r.Execute(ctx, codes.Secret(), order)
}

// Execute carries out an order that has a unique name. If the order was stored but the reply
// was lost, the name identifies the order when it is sent again.
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

// execute applies an order to the present state of the class and stores the result.
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
		r.mu.Lock()
		r.ordered = &ordered{name, value, next}
		r.mu.Unlock()
		now, err := r.registry.store.Put(ctx, r.id+classKey, value, rev)
		if err == nil {
			r.mu.Lock()
			r.touched = r.registry.now()
			r.setClass(next, name, now) // When the store reports this revision later, it's not news.
			r.mu.Unlock()
			if order.Verb == room.End {
				time.AfterFunc(linger, r.forget)
			}
			return nil
		}
		if errors.Is(err, store.ErrStale) {
			if value, rev, err := r.registry.store.Get(ctx, r.id+classKey); err == nil && rev > 0 {
				r.apply(classKey, store.Entry{Value: value, Revision: rev})
				if r.changedBy(class, name) && !Repeatable(order.Verb) {
					return room.ErrConflict // The facilitator has to look before the next order.
				}
				continue
			}
		}
		lost = true
		if !pause(ctx, tryAgain) {
			return store.ErrUnreachable
		}
	}
}

// changedBy reports whether the class has changed by an order other than the one with this
// name.
func (r *Room) changedBy(was room.Class, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lastOrder != name && !bytes.Equal(was.Encode(), r.class.Encode())
}

// Fulfilled reports whether an order has taken effect already, judging by the error when it is
// given again.
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

// Repeatable reports whether an order means the same if another order comes first. "Next"
// doesn't: given twice, it goes two slides on.
func Repeatable(v room.Verb) bool {
	switch v {
	case room.End, room.Freeze, room.Close, room.Show, room.ForceBlank, room.SetHeadcount:
		return true
	}
	return false
}

// freeze stops answers and waits until this machine knows every answer that was stored before
// that. The next count is then complete, whichever machine took the answers.
func (r *Room) freeze(ctx context.Context) error {
	if err := r.execute(ctx, codes.Secret(), room.Command{Verb: room.Freeze}); err != nil &&
		!errors.Is(err, room.ErrNothing) {
		return err
	}
	r.mu.Lock()
	rev := r.revision
	r.mu.Unlock()
	for r.registry.lastSeen.Load() < rev {
		if !pause(ctx, 2*time.Millisecond) {
			return store.ErrUnreachable
		}
	}
	return nil
}

// linger is how long the last screen of a class stays after the class has ended.
const linger = time.Minute

// forget removes everything that the store keeps of the room. It doesn't wait for the store.
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

// Report returns what may be kept of the class. The error is [room.ErrNotOver] until it ends.
func (r *Room) Report() (room.Report, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.class.Report()
}
