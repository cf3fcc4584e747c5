package live

import (
	"context"
	"encoding/json"
	"net/netip"
	"slices"
	"time"

	"wayout/internal/room"
)

// Who is present. A seat is present while one of its event streams or its terminal is open,
// and for a while after its last request. Presence is written only when it changes: a seat
// that goes silent is marked absent, and one that shows a sign of life is marked present.
//
// A seat is marked absent only if it is present at no machine. So every [AnnounceEvery] each
// machine writes one small record for each class, with the seats that are present there.
const (
	PresentFor      = 45 * time.Second // With our script, which polls or keeps a stream open.
	PresentForPlain = 3 * time.Minute  // Without the script there is no request while a participant reads.
	presenceEvery   = 5 * time.Second  // How often a machine looks for seats that have gone silent.
	AnnounceEvery   = 15 * time.Second // How often a machine tells the others who is present at it.
	KeepLeftSeatFor = time.Minute      // How long the cookie of a seat that was given up still opens it.
	presenceWithin  = 5 * time.Second  // How long a write about presence may take.
	shortName       = 12               // Letters of a seat's name, enough to tell the seats of a class apart.
)

// presentHere says which seats are present at one machine.
type presentHere struct {
	Seats []string `json:"seats,omitempty"` // The first letters of their names.
	Desk  bool     `json:"desk,omitempty"`  // A desk listens there.

	at time.Time // When we read it.
}

// Seen notes that a seat has sent a request. With scripted set, our script sent it, and the
// seat counts as absent after [PresentFor] of silence, not [PresentForPlain].
func (r *Room) Seen(seat string, scripted bool) {
	now := r.registry.now()
	r.mu.Lock()
	r.touched = now
	m, _, ok := r.ballot.Seat(seat)
	if !ok || m.Gone {
		r.mu.Unlock()
		return
	}
	r.heard[seat], r.asked[seat] = now, now
	if scripted {
		r.scripted[seat] = true
	}
	r.confirm(seat, now)
	r.mu.Unlock()
	if m.Away { // Queued before whatever the request is about to change.
		r.Update(seat, true, returned) // The next request tries again.
	}
}

func returned(_ room.Class, m room.Seat) (room.Seat, error) {
	if !m.Away {
		return m, ErrUnchanged
	}
	return m.Returned(), nil
}

// window is how long a seat counts as present after its last request. The lock must be held.
func (r *Room) window(seat string) time.Duration {
	if r.scripted[seat] {
		return PresentFor
	}
	return PresentForPlain
}

// streams returns the seats whose stream or terminal is open at this machine, "" for the desk.
// The lock must be held.
func (r *Room) streams() map[string]bool {
	open := make(map[string]bool, len(r.viewers))
	for v := range r.viewers {
		open[v.seat] = true
	}
	return open
}

// others returns the first letters of the names of the seats that are present at other
// machines, according to their latest records. The lock must be held.
func (r *Room) others(now time.Time) map[string]bool {
	names := make(map[string]bool)
	for _, there := range r.elsewhere {
		if now.Sub(there.at) < PresentFor {
			for _, name := range there.Seats {
				names[name] = true
			}
		}
	}
	return names
}

func short(seat string) string { return seat[:min(len(seat), shortName)] }

// checkPresence checks who is present, and writes what has changed. With well false, this
// machine was stopped or can't reach the store, so it can't know: it writes nothing, and every
// seat gets its full time again to show a sign of life.
func (r *Room) checkPresence(now time.Time, well bool) {
	r.mu.Lock()
	if r.ended || r.lesson == nil || r.class.Phase() == room.Ended {
		r.mu.Unlock()
		return
	}
	here, silent, back, gone := r.countPresent(now, well)
	anybody := here.Desk || len(here.Seats) > 0
	if anybody || !well {
		r.touched = now
	}
	r.forgetAddresses(now)
	r.mu.Unlock()
	if !well {
		return
	}
	for _, seat := range back {
		r.Update(seat, true, returned) // The next check tries again.
	}
	for _, seat := range silent {
		r.silence(seat)
	}
	if len(gone) > 0 {
		r.clear(gone)
	}
	if anybody && !r.registry.store.Local() {
		r.tellOthers(here, now)
	}
}

// countPresent returns who is present at this machine, the seats that have gone silent or come
// back, and those that were given up a while ago, with their revisions. The lock must be held.
func (r *Room) countPresent(now time.Time, well bool) (here presentHere, silent, back []string,
	gone map[string]uint64) {
	open, others := r.streams(), r.others(now)
	here.Desk = open[""]
	gone = make(map[string]uint64)
	for _, seat := range r.ballot.Names() {
		m, rev, _ := r.ballot.Seat(seat)
		if m.Gone {
			if now.Sub(r.heard[seat]) >= KeepLeftSeatFor && r.queues[seat] == nil {
				gone[seat] = rev
			}
			continue
		}
		if !well && !m.Away {
			r.heard[seat] = now
		}
		asked, ok := r.asked[seat]
		if open[seat] {
			r.confirm(seat, now)
		}
		is := open[seat] || ok && now.Sub(asked) < r.window(seat)
		if is {
			here.Seats = append(here.Seats, short(seat))
		}
		is = is || others[short(seat)] || !m.Away && now.Sub(r.heard[seat]) < r.window(seat)
		switch {
		case is && m.Away:
			back = append(back, seat)
		case !is && !m.Away:
			silent = append(silent, seat)
		}
	}
	return here, silent, back, gone
}

// clear removes seats that were given up a while ago, so that a client that keeps joining and
// leaving doesn't fill the store.
func (r *Room) clear(gone map[string]uint64) {
	r.registry.background(presenceWithin, func(ctx context.Context) {
		for seat, rev := range gone {
			_ = r.registry.store.Remove(ctx, r.id+seatKey+seat, rev) // The next check tries again.
		}
	})
}

// silence marks a seat absent, unless it has shown a sign of life before that is written.
func (r *Room) silence(seat string) {
	r.registry.background(presenceWithin, func(ctx context.Context) {
		_, err := r.write(ctx, seat, true, 0, func(_ room.Class, m room.Seat) (room.Seat, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			if m.Away || r.streams()[seat] || r.registry.now().Sub(r.heard[seat]) < r.window(seat) {
				return m, ErrUnchanged
			}
			return m.Silent(), nil
		})
		if err == nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.notifyCounts(seat)
		}
	})
}

// tellOthers tells the other machines which seats are present here.
func (r *Room) tellOthers(here presentHere, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Sub(r.toldAt) < AnnounceEvery {
		return
	}
	r.toldAt = now
	value, err := json.Marshal(here)
	if err != nil {
		return
	}
	r.registry.background(presenceWithin, func(ctx context.Context) {
		key := r.id + presenceKey + r.registry.name // No other machine writes this key.
		if _, rev, err := r.registry.store.Get(ctx, key); err == nil {
			_, _ = r.registry.store.Put(ctx, key, value, rev) // If this fails, the next record is sent soon.
		}
	})
}

// applyPresence takes another machine's record of the seats present there. The lock must be held.
func (r *Room) applyPresence(machine string, value []byte) {
	var there presentHere
	if machine == r.registry.name || json.Unmarshal(value, &there) != nil {
		return
	}
	there.at = r.registry.now()
	r.elsewhere[machine] = there
	for _, u := range slices.Clone(r.unconfirmed) {
		if slices.Contains(there.Seats, short(u.seat)) {
			r.confirm(u.seat, there.at)
		}
	}
}

// HeardFromOthers returns when this machine last read another machine's record of presence.
func (r *Room) HeardFromOthers() (last time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, there := range r.elsewhere {
		if there.at.After(last) {
			last = there.at
		}
	}
	return last
}

// forgetAddresses forgets the addresses of those who joined a while ago. The lock must be
// held.
func (r *Room) forgetAddresses(now time.Time) {
	for i, u := range r.unconfirmed {
		if now.Sub(u.at) >= addressFor {
			r.unconfirmed[i].from = netip.Addr{}
		}
	}
	for from, l := range r.joins {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(r.joins, from)
		}
	}
}
