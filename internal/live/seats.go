package live

import (
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"wayout/internal/codes"
	"wayout/internal/room"
	"wayout/internal/store"
)

// seatList says which seats of a class are taken, how many there may be, and which join code
// is valid. The store keeps it under one key, and each change names the revision that it
// replaces. So when two machines give away the last seat, the store refuses one of them, and
// a replaced code lets no one in, even at a machine that hasn't heard of the new one yet.
type seatList struct {
	Code  string   `json:"code"` // The hash of the join code.
	Seats int      `json:"seats"`
	Taken []string `json:"taken,omitempty"` // Seats that were given up are removed with the next change.
}

// The limits on joining. All of a school comes from one address, so a limit by address can't
// tell a class from one pupil who joins forty times. What the client does next can: a browser
// opens its event stream and keeps it open, or sends another request later. Until then a seat
// is unconfirmed. The unconfirmed seats of an address are limited, and the oldest makes room
// for the next, as with half-open TCP connections: a flood displaces only its own seats.
const (
	burst            = 40              // Seats an address may take at once: a whole class that joins.
	joinsEach        = 20              // Seats a second for an address, after its first 2*seats+burst.
	confirmAfter     = 5 * time.Second // A request this late confirms a seat; an earlier one may be a redirect.
	GracePeriod      = 5 * time.Second // In a full class an unconfirmed seat is safe for this long.
	addressFor       = time.Minute     // An address is forgotten after this long.
	ReplaceIdleAfter = 5 * time.Minute // In a full class a seat absent for this long makes room.
	joinWithin       = 5 * time.Second // How long a join may wait for its turn, and for the store.
	SeatsAdded       = 10              // How many seats [Room.MoreSeats] adds.
)

// How many seats a room has.
const (
	DefaultSeats = 64   // A class, its latecomers, its reloaded browsers and a projector.
	MaxSeats     = 5000 // An assembly.
)

// JoinRequest asks for a seat.
type JoinRequest struct {
	Secret    string // A random secret, which opens the seat from then on.
	Projector bool   // Take the seat as a projector.
	Code      string // The join code, checked again when the seat is written; "" for no check.
	From      netip.Addr
	Ticket    bool // The client has a ticket of our join page.

	seat string
	done chan error
}

// unconfirmed is a seat that has shown no sign of life since it was taken.
type unconfirmed struct {
	seat   string
	from   netip.Addr
	ticket bool
	at     time.Time
}

// unconfirmedEach is how many unconfirmed seats an address may have: enough for a class of
// forty, and never all seats of a larger one.
func unconfirmedEach(seats int) int { return max(burst, seats*5/8) }

// Join takes a seat and returns once it is stored. The secret is random and known only to its
// owner; if it already opens a seat, Join keeps that seat. With projector set, the seat is a
// projector. The error is [ErrLocked], [ErrFull] or [store.ErrUnreachable].
func (r *Room) Join(ctx context.Context, secret string, projector bool) error {
	return r.Enter(ctx, JoinRequest{Secret: secret, Projector: projector})
}

// Enter takes a seat as [Room.Join] does. Its error may also be [ErrNoRoom], if the code was
// replaced meanwhile, or [ErrTooFast].
func (r *Room) Enter(ctx context.Context, e JoinRequest) error {
	e.seat, e.done = r.SeatName(e.Secret), make(chan error, 1)
	r.mu.Lock()
	m, _, known := r.ballot.Seat(e.seat)
	locked := r.class.Locked()
	r.mu.Unlock()
	if known && !m.Gone {
		r.Seen(e.seat, false)
		if m.Projector == e.Projector {
			return nil
		}
		return r.Update(e.seat, true, func(_ room.Class, m room.Seat) (room.Seat, error) {
			m.Projector = e.Projector
			return m, nil
		}).Soon()
	}
	if locked {
		return ErrLocked
	}
	if err := r.waitTurn(ctx, e.From); err != nil {
		return err
	}
	// A browser that gives up now must not leave a seat that is listed but not stored.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), joinWithin)
	defer cancel()
	if err := r.register(&e); err != nil {
		return err
	}
	return r.storeSeat(ctx, e)
}

// waitTurn limits how often one address takes seats, including seats that were given up again.
// It delays a request rather than refusing it, because a flood comes from the same address as
// the rest of the class; only a wait longer than joinWithin is refused.
func (r *Room) waitTurn(ctx context.Context, from netip.Addr) error {
	if !from.IsValid() {
		return nil
	}
	r.mu.Lock()
	l := r.joins[from]
	if l == nil {
		l = rate.NewLimiter(joinsEach, 2*r.seats.Seats+burst)
		r.joins[from] = l
	}
	now := r.registry.now()
	turn := l.ReserveN(now, 1)
	wait := turn.DelayFrom(now)
	if wait > joinWithin {
		turn.CancelAt(now)
	}
	r.mu.Unlock()
	if wait > joinWithin || !pause(ctx, wait) {
		return ErrTooFast
	}
	return nil
}

// register adds a seat to the list of seats. Requests that arrive while the store is busy are
// written together, so that a class that joins at once waits for two writes and not for
// thirty.
func (r *Room) register(e *JoinRequest) error {
	r.mu.Lock()
	r.waiting = append(r.waiting, e)
	r.joining++
	begin := !r.registering
	r.registering = true
	r.mu.Unlock()
	if begin && !r.registry.background(0, r.registerWaiting) {
		r.registerWaiting(closedContext()) // A closed registry starts no goroutine: refuse them here.
	}
	err := <-e.done
	r.mu.Lock()
	r.joining--
	r.mu.Unlock()
	return err
}

func (r *Room) registerWaiting(ctx context.Context) {
	for {
		r.mu.Lock()
		all := r.waiting
		r.waiting = nil
		r.registering = len(all) > 0
		r.mu.Unlock()
		if len(all) == 0 {
			return
		}
		r.registerAll(ctx, all)
	}
}

// registerAll decides on all waiting requests and writes the list of seats.
func (r *Room) registerAll(ctx context.Context, all []*JoinRequest) {
	var p admission
	err := r.rewrite(ctx, func(g seatList) (next seatList, changed, refused bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		p = r.admitAll(g, all)
		return p.seatList, p.changed, p.refused
	})
	if err == nil {
		r.mu.Lock()
		r.unconfirmed = slices.DeleteFunc(r.unconfirmed, func(u unconfirmed) bool {
			return !slices.Contains(p.Taken, u.seat)
		})
		r.unconfirmed = append(r.unconfirmed, p.unconfirmed[p.old:]...)
		r.mu.Unlock()
	}
	for i, e := range all {
		if err != nil {
			e.done <- err
			continue
		}
		e.done <- p.errs[i]
	}
	for _, seat := range p.displaced {
		r.Leave(seat) // Even if this fails, the seat is off the list.
	}
}

// rewrite changes the list of seats with f, and tries again until the change is stored. If f
// refuses a request, the list is read again first, because another machine may have changed
// it. The error wraps [store.ErrUnreachable], and [ErrNoRoom] if the class is gone.
func (r *Room) rewrite(ctx context.Context, f func(seatList) (next seatList, changed, refused bool)) (err error) {
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	defer func() {
		if err != nil {
			err = errors.Join(store.ErrUnreachable, err)
		}
	}()
	fresh := r.registry.store.Local()
	for {
		r.mu.Lock()
		old, rev := r.seats, r.seatsRevision
		r.mu.Unlock()
		next, changed, refused := f(old)
		if (rev == 0 || refused) && !fresh {
			fresh = true
			// Another machine may have freed a seat a moment ago.
			r.registry.Await(ctx, r.registry.store.LastRevision(ctx))
			r.registry.fetch(ctx, r.id, seatListKey)
			continue
		}
		if !changed {
			return nil
		}
		value, err := json.Marshal(next)
		if err != nil {
			return err
		}
		now, err := r.registry.store.Put(ctx, r.id+seatListKey, value, rev)
		if err == nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.touched = r.registry.now()
			r.setSeats(next, now, r.touched)
			return nil
		}
		if errors.Is(err, store.ErrStale) {
			value, rev, err := r.registry.store.Get(ctx, r.id+seatListKey)
			if err == nil && rev == 0 {
				return ErrNoRoom
			}
			if err == nil {
				r.apply(seatListKey, store.Entry{Value: value, Revision: rev})
				continue
			}
		}
		if !pause(ctx, tryAgain) {
			return ctx.Err()
		}
	}
}

// admission is the decision on the waiting requests.
type admission struct {
	seatList
	changed, refused bool
	errs             []error
	unconfirmed      []unconfirmed
	old              int // How many of the unconfirmed were there before these requests.
	displaced        []string
}

// admitAll decides on the waiting requests. The lock must be held.
func (r *Room) admitAll(g seatList, all []*JoinRequest) admission {
	p := admission{seatList: g, errs: make([]error, len(all)), unconfirmed: slices.Clone(r.unconfirmed)}
	p.Taken = slices.DeleteFunc(slices.Clone(g.Taken), func(seat string) bool {
		m, _, ok := r.ballot.Seat(seat)
		return ok && m.Gone
	})
	p.unconfirmed = slices.DeleteFunc(p.unconfirmed, func(u unconfirmed) bool {
		return !slices.Contains(p.Taken, u.seat)
	})
	p.old = len(p.unconfirmed)
	now := r.registry.now()
	for i, e := range all {
		switch {
		case e.Code != "" && codes.Hash("code", e.Code) != g.Code:
			p.errs[i] = ErrNoRoom
		case slices.Contains(p.Taken, e.seat):
			continue
		default:
			p.errs[i] = p.admit(r, e, now)
		}
		if p.errs[i] != nil {
			p.refused = true
			continue
		}
		p.changed = true
		if e.From.IsValid() {
			p.unconfirmed = append(p.unconfirmed, unconfirmed{e.seat, e.From, e.Ticket, now})
		}
	}
	return p
}

// admit gives a seat to one request, and takes it from an unconfirmed seat if none is free.
// Seats given in the same admission are after p.old in the unconfirmed ones, and are safe.
func (p *admission) admit(r *Room, e *JoinRequest, now time.Time) error {
	instead := -1
	mine := 0
	for _, u := range p.unconfirmed {
		if u.from == e.From && e.From.IsValid() {
			mine++
		}
	}
	open := r.streams()
	old := p.unconfirmed[:p.old]
	switch {
	case mine >= unconfirmedEach(p.Seats):
		instead = slices.IndexFunc(old, func(u unconfirmed) bool { return u.from == e.From && !open[u.seat] })
		if instead < 0 {
			return ErrTooFast
		}
	case len(p.Taken) < p.Seats:
	default:
		instead = slices.IndexFunc(old, func(u unconfirmed) bool {
			return !open[u.seat] && (now.Sub(u.at) >= GracePeriod || e.Ticket && !u.ticket)
		})
		if instead < 0 {
			return p.replace(r, e, now)
		}
	}
	if instead >= 0 {
		gone := p.unconfirmed[instead].seat
		p.unconfirmed = slices.Delete(p.unconfirmed, instead, instead+1)
		p.old--
		p.displace(gone)
	}
	p.Taken = append(p.Taken, e.seat)
	return nil
}

// replace gives a request a seat that has been absent for [ReplaceIdleAfter].
func (p *admission) replace(r *Room, e *JoinRequest, now time.Time) error {
	for _, seat := range p.Taken {
		m, _, ok := r.ballot.Seat(seat)
		heard, known := r.heard[seat]
		if (!ok || m.Away) && known && now.Sub(heard) >= ReplaceIdleAfter {
			p.displace(seat)
			p.Taken = append(p.Taken, e.seat)
			return nil
		}
	}
	return ErrFull
}

func (p *admission) displace(seat string) {
	p.Taken = slices.DeleteFunc(p.Taken, func(s string) bool { return s == seat })
	p.displaced = append(p.displaced, seat)
}

// storeSeat stores a seat that is on the list.
func (r *Room) storeSeat(ctx context.Context, e JoinRequest) error {
	m := room.Seat{Projector: e.Projector}
	for {
		r.mu.Lock()
		_, rev, _ := r.ballot.Seat(e.seat)
		r.mu.Unlock()
		now, err := r.registry.store.Put(ctx, r.id+seatKey+e.seat, m.Encode(), rev)
		if err == nil {
			r.put(e.seat, now, m)
			return r.checkDisplaced(e.seat)
		}
		if errors.Is(err, store.ErrStale) {
			value, rev, err := r.registry.store.Get(ctx, r.id+seatKey+e.seat)
			if was, bad := room.DecodeSeat(value); err == nil && bad == nil && rev > 0 {
				if r.put(e.seat, rev, was); !was.Gone {
					return nil // The same browser has asked twice.
				}
				continue
			}
		}
		if !pause(ctx, tryAgain) {
			return errors.Join(store.ErrUnreachable, err)
		}
	}
}

// checkDisplaced returns [ErrTooFast] if the seat was displaced before it was stored.
func (r *Room) checkDisplaced(seat string) error {
	r.mu.Lock()
	there := slices.Contains(r.seats.Taken, seat)
	r.mu.Unlock()
	if there {
		return nil
	}
	return errors.Join(ErrTooFast, r.Leave(seat).Soon())
}

// put takes a seat that was stored into the ballot.
func (r *Room) put(seat string, rev uint64, m room.Seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ballot.Put(seat, rev, m) {
		if !m.Away {
			r.heard[seat] = r.registry.now()
		}
		r.notifyCounts(seat)
	}
}

// AcceptsCode reports whether a join code is the valid one.
func (r *Room) AcceptsCode(code string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seats.Code != "" && r.seats.Code == codes.Hash("code", code)
}

// confirm notes a sign of life of a seat. It has no effect within confirmAfter of joining: a
// client that joins in a loop sends such a request, too. The lock must be held.
func (r *Room) confirm(seat string, now time.Time) {
	r.unconfirmed = slices.DeleteFunc(r.unconfirmed, func(u unconfirmed) bool {
		return u.seat == seat && now.Sub(u.at) >= confirmAfter
	})
}

// MoreSeats adds [SeatsAdded] seats and returns how many there are then. The error is
// [room.ErrNothing] if there are [MaxSeats] already, or [store.ErrUnreachable].
func (r *Room) MoreSeats(ctx context.Context) (int, error) {
	seats, full := 0, false
	err := r.rewrite(ctx, func(g seatList) (next seatList, changed, refused bool) {
		full = g.Seats >= MaxSeats
		g.Seats = min(g.Seats+SeatsAdded, MaxSeats)
		seats = g.Seats
		return g, !full, false
	})
	switch {
	case err != nil:
		return 0, err
	case full:
		return seats, room.ErrNothing
	}
	return seats, nil
}

// RemoveIdle gives up every absent seat and returns how many there were, or
// [room.ErrNothing]. A participant who comes back to such a seat has to join again.
func (r *Room) RemoveIdle(ctx context.Context) (int, error) {
	var idle []string
	err := r.rewrite(ctx, func(g seatList) (next seatList, changed, refused bool) {
		idle = r.idle()
		g.Taken = slices.DeleteFunc(slices.Clone(g.Taken), func(seat string) bool {
			return slices.Contains(idle, seat)
		})
		return g, len(idle) > 0, false
	})
	switch {
	case err != nil:
		return 0, err
	case len(idle) == 0:
		return 0, room.ErrNothing
	}
	for _, seat := range idle {
		if err := r.Leave(seat).Soon(); err != nil && !errors.Is(err, ErrNoSeat) {
			return 0, err
		}
	}
	return len(idle), nil
}

// idle returns the seats that are absent.
func (r *Room) idle() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.ballot.Silent()
	for _, seat := range r.seats.Taken { // A machine may have listed the seat and died before storing it.
		if _, _, ok := r.ballot.Seat(seat); !ok && r.registry.now().Sub(r.heard[seat]) > joinWithin {
			all = append(all, seat)
		}
	}
	return all
}

// NewCode replaces the join code and returns the new one. From then on the old code lets no
// one in, at any machine; everyone who has joined stays.
func (r *Room) NewCode(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	code := codes.New(codes.JoinLength)
	if err := r.registry.index(ctx, code, r.id); err != nil {
		return "", errors.Join(store.ErrUnreachable, err)
	}
	old := ""
	err := r.rewrite(ctx, func(g seatList) (next seatList, changed, refused bool) {
		old, g.Code = g.Code, codes.Hash("code", code)
		return g, true, false
	})
	if err != nil {
		return "", err
	}
	_ = r.registry.store.RemoveAll(ctx, old+".") // If this fails, the list of seats still refuses the old code.
	return code, nil
}
