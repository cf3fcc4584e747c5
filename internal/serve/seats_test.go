package serve

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/desk"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
	"wayout/internal/storetest"
)

// clock is a clock that the test sets forward.
type clock struct{ ahead atomic.Int64 }

func (k *clock) now() time.Time              { return time.Now().Add(time.Duration(k.ahead.Load())) }
func (k *clock) forward(by time.Duration)    { k.ahead.Add(int64(by)) }
func (c *class) taken() (taken, idle int)    { v, _ := c.room.View(""); return v.Taken, v.Idle }
func (c *class) in() int                     { v, _ := c.room.View(""); return v.In }
func newClock() *clock                       { return &clock{} }
func form(code, as string) url.Values        { return url.Values{"code": {code}, "as": {as}} }
func (c *class) browser() *classtest.Browser { return classtest.NewBrowser(c.at) }

// post sends the form of the join page without following the redirect.
func (c *class) post(cookies []*http.Cookie) (status int, set []*http.Cookie) {
	c.t.Helper()
	return c.postBy(http.DefaultTransport, cookies)
}

// postBy is post over a given transport.
func (c *class) postBy(by http.RoundTripper, cookies []*http.Cookie) (status int, set []*http.Cookie) {
	c.t.Helper()
	req, _ := http.NewRequest(http.MethodPost, c.at+"/join", strings.NewReader(form(c.code, "seat").Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", c.at)
	for _, k := range cookies {
		req.AddCookie(k)
	}
	resp, err := by.RoundTrip(req)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode, resp.Cookies()
}

// ticketed returns the cookies of a browser that has loaded the join page.
func (c *class) ticketed() []*http.Cookie {
	c.t.Helper()
	b := c.browser()
	defer b.HTTP.CloseIdleConnections()
	if _, _, err := b.Get("/"); err != nil {
		c.t.Fatal(err)
	}
	at, _ := url.Parse(c.at)
	return b.HTTP.Jar.Cookies(at)
}

// TestOneBrowserOneSeat lets a browser join again: after Back, with a form that is sent
// twice at once, as the projector, and after it has left and kept its cookie. It gets the
// same seat each time, with its answers, and a new seat in another class.
func TestOneBrowserOneSeat(t *testing.T) {
	c := newClass(t, 2, PageOptions{})
	b := c.browser()
	if err := b.Join(c.code); err != nil {
		t.Fatal(err)
	}
	if err := c.browser().Join(c.code); err != nil { // The class is full from here on.
		t.Fatal(err)
	}
	c.toQuestion()
	c.order(room.Ask)
	if err := b.Vote(1); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := b.Join(c.code); err != nil {
			t.Fatal("Back, and in again:", err)
		}
	}
	_, body, err := b.Get("/seat")
	if n, _ := c.taken(); n != 2 || err != nil || !strings.Contains(body, `aria-pressed="true"`) {
		t.Errorf("%d seats are taken; the answer is gone from %s", n, body)
	}
	for _, as := range []string{"projector", "seat"} {
		if status, _, err := b.Post("/join", form(c.code, as)); err != nil || status != http.StatusOK {
			t.Errorf("joining again as %s: %d %v", as, status, err)
		}
		if n, _ := c.taken(); n != 2 || (c.in() == 1) != (as == "projector") {
			t.Errorf("as %s: %d seats are taken, %d are in", as, n, c.in())
		}
	}
	at, _ := url.Parse(c.at)
	kept := b.HTTP.Jar.Cookies(at)
	if status, _, err := b.Post("/leave", nil); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	if n, _ := c.taken(); n != 1 {
		t.Errorf("%d seats are taken after somebody has left", n)
	}
	if status, _ := c.post(kept); status != http.StatusSeeOther {
		t.Errorf("a browser that has kept its cookie comes back: %d", status)
	}
	if n, _ := c.taken(); n != 2 || c.in() != 2 {
		t.Errorf("%d seats are taken, %d are in after it has come back", n, c.in())
	}

	twice := newClass(t, 12, PageOptions{})
	cookies := twice.ticketed()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if status, _ := twice.post(cookies); status != http.StatusSeeOther {
				t.Errorf("a form that is sent twice: %d", status)
			}
		})
	}
	all.Wait()
	if n, _ := twice.taken(); n != 1 {
		t.Errorf("a form that was sent eight times at once has taken %d seats", n)
	}
	forged := *cookies[0]
	forged.Value = strings.Repeat("a", 32) + forged.Value[32:]
	if _, set := twice.post([]*http.Cookie{&forged}); len(set) == 0 ||
		strings.Contains(set[0].Value, strings.Repeat("a", 32)) {
		t.Error("a ticket that is not ours opens a seat of its own choice")
	}

	// In another class it gets another seat, and gives up the one it had.
	other := *twice
	if other.room, other.code, other.key, err = twice.registry.Make(context.Background(), twice.room.Lesson(), 12,
		nil); err != nil {
		t.Fatal(err)
	}
	was, _ := twice.taken()
	moving := twice.browser()
	for _, c := range []*class{twice, &other} {
		if err := moving.Join(c.code); err != nil {
			t.Fatal(err)
		}
	}
	if here, _ := other.taken(); here != 1 {
		t.Errorf("%d seats of the other class are taken", here)
	}
	if n, _ := twice.taken(); n != was {
		t.Errorf("somebody who has gone to another class has kept the seat: %d are taken, and %d before", n, was)
	}
}

// TestOneClientCanNotTakeAllSeats lets one client join until the class is full, in every
// way that a client can, before a class of thirty joins from the same address.
func TestOneClientCanNotTakeAllSeats(t *testing.T) {
	floods := map[string]func(c *class) func() int{
		"without cookies": func(c *class) func() int { return func() int { status, _ := c.post(nil); return status } },
		"with its cookies": func(c *class) func() int {
			b := c.browser()
			return func() int { _ = b.Join(c.code); return http.StatusSeeOther }
		},
		"with a new ticket each time": func(c *class) func() int {
			return func() int { status, _ := c.post(c.ticketed()); return status }
		},
		"as many browsers that are closed again": func(c *class) func() int {
			return func() int {
				b := c.browser()
				defer b.HTTP.CloseIdleConnections()
				_ = b.Join(c.code)
				return http.StatusSeeOther
			}
		},
		"looking at each seat as our script does": func(c *class) func() int {
			return func() int {
				status, set := c.post(c.ticketed())
				for _, path := range []string{"/seat", "/live"} {
					ctx, hangUp := context.WithCancel(context.Background())
					req, _ := http.NewRequestWithContext(ctx, http.MethodGet, c.at+path, nil)
					req.Header.Set("X-Fragment", "1")
					for _, k := range set {
						req.AddCookie(k)
					}
					if resp, err := http.DefaultTransport.RoundTrip(req); err == nil {
						hangUp()
						_ = resp.Body.Close()
					}
					hangUp()
				}
				return status
			}
		},
		"joining and leaving": func(c *class) func() int {
			return func() int {
				status, set := c.post(nil)
				req, _ := http.NewRequest(http.MethodPost, c.at+"/leave", nil)
				req.Header.Set("Origin", c.at)
				for _, k := range set {
					req.AddCookie(k)
				}
				if resp, err := http.DefaultTransport.RoundTrip(req); err == nil {
					_ = resp.Body.Close()
				}
				return status
			}
		},
	}
	for name, flood := range floods {
		for _, seats := range []int{30, live.DefaultSeats} {
			t.Run(fmt.Sprint(name, ", ", seats, " seats"), func(t *testing.T) {
				k := newClock()
				c := newClassIn(t, storeAt(t, ""), seats, PageOptions{}, k.now)
				step := flood(c)
				for range seats + 20 {
					if status := step(); status == http.StatusTooManyRequests {
						k.forward(time.Second)
					}
				}
				k.forward(live.GracePeriod) // Of the flood's seats; the class then joins at once.
				n, _ := c.taken()
				if name != "with its cookies" {
					n = 0 // All of the flood's seats may be displaced.
				}
				for i := range min(30, seats-n) {
					b := c.browser()
					if err := b.Join(c.code); err != nil {
						t.Fatalf("pupil %d: %v", i, err)
					}
					if _, body, _ := b.Get("/seat"); !strings.Contains(body, "You&#39;re in") {
						t.Fatalf("pupil %d has lost the seat again", i)
					}
				}
				if n > 1 {
					t.Errorf("one browser has %d seats", n)
				}
				classtest.Until(t, 5*time.Second, "no more seats are taken than there are", func() bool {
					n, _ := c.taken()
					return n <= seats
				})
			})
		}
	}
}

// TestFloodBesideTheClass floods a class of thirty that has joined, from its own address and
// from two others, until all seats are taken and beyond: no one in the class loses a seat.
func TestFloodBesideTheClass(t *testing.T) {
	k := newClock()
	c := newClassIn(t, storeAt(t, ""), live.DefaultSeats, PageOptions{}, k.now)
	var class []*listener
	for range 30 {
		class = append(class, c.listener())
	}
	flood := func(by http.RoundTripper, times int) {
		for range times {
			if status, _ := c.postBy(by, c.ticketed()); status == http.StatusTooManyRequests {
				k.forward(time.Second)
			}
		}
	}
	flood(http.DefaultTransport, 200)
	k.forward(live.GracePeriod)
	flood(http.DefaultTransport, 100)
	for _, other := range []string{"127.0.6.1", "127.0.6.2"} {
		by := from(other)
		flood(by, 60)
		k.forward(live.GracePeriod)
		flood(by, 60)
		by.CloseIdleConnections()
	}
	for i, l := range class {
		if _, body, err := l.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
			t.Fatalf("pupil %d is put out of the seat: %v %s", i, err, body)
		}
	}
	classtest.Until(t, 5*time.Second, "no more seats are taken than there are", func() bool {
		n, _ := c.taken()
		return n <= live.DefaultSeats
	})
}

// TestFloodLeavesSeats lets one client join as often as it likes, as a new browser each
// time: there are seats left for those who come from elsewhere at the same moment.
func TestFloodLeavesSeats(t *testing.T) {
	k := newClock() // This clock stands still.
	c := newClassIn(t, storeAt(t, ""), live.DefaultSeats, PageOptions{}, k.now)
	for range live.DefaultSeats + 20 {
		_, _ = c.post(c.ticketed())
	}
	for i := range 20 {
		b := c.browser()
		b.HTTP.Transport = from("127.0.6.3")
		if err := b.Join(c.code); err != nil {
			t.Fatalf("pupil %d: %v", i, err)
		}
		if _, body, err := b.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
			t.Fatalf("pupil %d is not in: %v", i, err)
		}
		b.HTTP.CloseIdleConnections()
	}
}

// TestJoiningIsPaced joins and leaves without a pause from one address: beyond what a
// class needs, joining slows down there, and clients from elsewhere don't wait.
func TestJoiningIsPaced(t *testing.T) {
	m := open(t)
	synctest.Test(t, func(t *testing.T) {
		c := quietClass(t, m)
		join := func(from string) {
			t.Helper()
			secret := codes.Secret()
			if err := c.room.Enter(context.Background(), live.JoinRequest{Secret: secret,
				From: netip.MustParseAddr(from)}); err != nil {
				t.Fatal(err)
			}
			if err := c.room.Leave(c.room.SeatName(secret)).Soon(); err != nil {
				t.Fatal(err)
			}
		}
		took := func(times int, from string) time.Duration {
			begin := time.Now()
			for range times {
				join(from)
			}
			return time.Since(begin)
		}
		if d := took(2*64, "192.0.2.1"); d > time.Second {
			t.Errorf("a class that joins twice takes %v", d)
		}
		if d := took(100, "192.0.2.1"); d < 2*time.Second {
			t.Errorf("a hundred more took no longer than %v", d)
		}
		if d := took(40, "192.0.2.2"); d > time.Second {
			t.Errorf("another class takes %v", d)
		}
	})
}

// TestBurst lets a class of forty behind one address join in the same second.
func TestBurst(t *testing.T) {
	c := newClass(t, live.DefaultSeats, PageOptions{})
	begun := time.Now()
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			if err := c.browser().Join(c.code); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	t.Logf("forty were in after %v", time.Since(begun).Round(time.Millisecond))
	if c.in() != 40 {
		t.Errorf("%d of forty are in", c.in())
	}
}

// TestLeavingFreesTheSeat joins and leaves more often than there are seats.
func TestLeavingFreesTheSeat(t *testing.T) {
	k := newClock()
	c := newClassIn(t, storeAt(t, ""), 12, PageOptions{}, k.now)
	for i := range 60 {
		b := c.browser()
		if err := b.Join(c.code); err != nil {
			t.Fatalf("visit %d: %v", i, err)
		}
		if i%2 == 0 { // Quick exit, and back.
			if _, _, err := b.Post("/leave", nil); err != nil {
				t.Fatal(err)
			}
			if err := b.Join(c.code); err != nil {
				t.Fatalf("visit %d, after quick exit: %v", i, err)
			}
		}
		if n, _ := c.taken(); n != 1 || c.in() != 1 {
			t.Fatalf("%d seats are taken, %d are in", n, c.in())
		}
		if _, _, err := b.Post("/leave", nil); err != nil {
			t.Fatal(err)
		}
		if n, _ := c.taken(); n != 0 || c.in() != 0 {
			t.Fatalf("%d seats are taken, %d are in after everybody has left", n, c.in())
		}
	}
	for range 12 {
		if err := c.browser().Join(c.code); err != nil {
			t.Fatal("twelve seats are not free:", err)
		}
	}
	if err := c.browser().Join(c.code); err == nil {
		t.Error("thirteen are in twelve seats")
	}
	k.forward(live.KeepLeftSeatFor + time.Second)
	c.registry.Sweep(true)
	classtest.Until(t, 5*time.Second, "nothing left of those who came and went", func() bool {
		return len(keysIn(t, c.store)) == 12+3
	})
}

// TestClosedBrowsers closes browsers without leaving: with and without our script, their
// seats soon no longer count as "in", so that everyone has answered. They keep their answers
// until they come back, and make room only if the class is full.
func TestClosedBrowsers(t *testing.T) {
	k := newClock()
	c := newClassIn(t, storeAt(t, ""), 4, PageOptions{}, k.now)
	stays, closes := c.listener(), c.listener()
	plain := c.browser()
	if err := plain.Join(c.code); err != nil {
		t.Fatal(err)
	}
	q := c.toQuestion()
	c.order(room.Ask)
	for _, b := range []*classtest.Browser{stays.Browser, plain} {
		if err := b.Vote(0); err != nil {
			t.Fatal(err)
		}
	}
	closes.HTTP.CloseIdleConnections()
	closes.close()
	classtest.Until(t, 5*time.Second, "the stream is closed", func() bool {
		return c.room.Load().Watching == 1
	})
	is := func(in int, everybody bool) {
		t.Helper()
		c.registry.Sweep(true)
		classtest.Until(t, 5*time.Second, fmt.Sprintf("%d in, everybody has answered: %v", in, everybody), func() bool {
			v, _ := c.room.View("")
			return v.In == in && v.AllAnswered == everybody
		})
	}
	k.forward(live.PresentFor - 5*time.Second)
	is(3, false) // The page is loaded again.
	k.forward(6 * time.Second)
	is(2, true)
	k.forward(live.PresentForPlain)
	is(1, true)
	if taken, idle := c.taken(); taken != 3 || idle != 2 {
		t.Errorf("%d seats are taken, %d of them idle", taken, idle)
	}
	_, body, err := plain.Get("/seat")
	if err != nil || !strings.Contains(body, `aria-pressed="true"`) {
		t.Errorf("somebody who comes back has lost the answer: %v %s", err, body)
	}
	is(2, true)
	if v, _ := c.room.View(""); v.Answered != room.Steps(2) || c.answered(q) != 2 {
		t.Error("an answer is not counted again")
	}
	k.forward(live.ReplaceIdleAfter)
	is(1, true)
	for i := range 3 { // One seat was free; the other two belong to closed browsers.
		if err := c.browser().Join(c.code); err != nil {
			t.Fatalf("newcomer %d of a class with idle seats: %v", i, err)
		}
	}
	if err := c.browser().Join(c.code); err == nil {
		t.Error("a full class takes one more")
	}
	if _, body, _ := stays.Get("/seat"); !strings.Contains(body, `id="live"`) {
		t.Error("somebody who is there was put out")
	}
}

// heldStore holds back every write until held is closed.
type heldStore struct {
	store.Store
	held chan struct{}
	puts atomic.Int64
}

func (s *heldStore) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	s.puts.Add(1)
	select {
	case <-s.held:
		return s.Store.Put(ctx, key, value, rev)
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// TestSeatLimitIsWritten lets sixty join five seats at once, while the store is slow and
// at two machines of one service: exactly five have a seat.
func TestSeatLimitIsWritten(t *testing.T) {
	join := func(t *testing.T, hold func(reached func() bool), rooms ...*live.Room) {
		var in, full atomic.Int64
		var all sync.WaitGroup
		for i := range 60 {
			all.Go(func() {
				switch err := rooms[i%len(rooms)].Join(context.Background(), codes.Secret(), false); {
				case err == nil:
					in.Add(1)
				case errors.Is(err, live.ErrFull):
					full.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		hold(func() bool {
			n := 0
			for _, r := range rooms {
				n += r.Load().Joining
			}
			return n == 60
		})
		all.Wait()
		if in.Load() != 5 || full.Load() != 55 {
			t.Errorf("%d have joined five seats, %d were told that it is full", in.Load(), full.Load())
		}
		for _, r := range rooms {
			classtest.Until(t, 5*time.Second, "five seats are taken", func() bool {
				v, _ := r.View("")
				return v.Taken == 5
			})
		}
	}
	t.Run("slow", func(t *testing.T) {
		s := &heldStore{Store: storeAt(t, ""), held: make(chan struct{})}
		close(s.held)
		c := newClassIn(t, s, 5, PageOptions{}, time.Now)
		s.held = make(chan struct{})
		before := s.puts.Load()
		join(t, func(reached func() bool) {
			classtest.Until(t, 5*time.Second, "everybody is waiting", func() bool {
				return reached() || s.puts.Load()-before == 60
			})
			close(s.held)
		}, c.room)
	})
	t.Run("two machines", func(t *testing.T) {
		a, b := twoMachines(t, 5, time.Now)
		join(t, func(func() bool) {}, a.room, b.Room)
	})
}

// storeAt opens a store, "" for one in this process.
func storeAt(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// keysIn returns the keys that a store holds.
func keysIn(t testing.TB, s store.Store) map[string]bool {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	all, ready, over := make(map[string]bool), make(chan struct{}), make(chan error, 1)
	go func() { over <- s.Watch(ctx, ready, func(e store.Entry) { all[e.Key] = e.Value != nil }) }()
	select {
	case <-ready:
		stop()
	case err := <-over:
		t.Fatal(err)
	}
	<-over
	maps.DeleteFunc(all, func(_ string, there bool) bool { return !there })
	return all
}

// deafStore doesn't report changes to a class's list of seats while it is deaf. The entries that
// it reports have times of the test's clock.
type deafStore struct {
	store.Store
	deaf atomic.Bool
	now  func() time.Time
}

func (s *deafStore) Watch(ctx context.Context, ready chan<- struct{}, f func(store.Entry)) error {
	return s.Store.Watch(ctx, ready, func(e store.Entry) {
		e.Written = s.now()
		if !s.deaf.Load() || !strings.HasSuffix(e.Key, registryPart) {
			f(e)
		}
	})
}

// machine is a class as another machine of the service knows it.
type machine struct {
	*live.Room
	registry *live.Registry
	store    *deafStore
}

// twoMachines returns a class at one machine of a service, and the same class at another.
func twoMachines(t *testing.T, seats int, now func() time.Time) (*class, machine) {
	t.Helper()
	url := storetest.NATS(t)
	c := newClassIn(t, storeAt(t, url), seats, PageOptions{}, now)
	other := &deafStore{Store: storeAt(t, url), now: now}
	registry, err := live.Open(context.Background(), live.Options{Store: other, Lessons: c.registry.Lesson, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	r, err := registry.Find(context.Background(), c.code)
	if err != nil {
		t.Fatal(err)
	}
	return c, machine{r, registry, other}
}

// TestNewCode replaces the join code: everyone who has joined stays, and the old code stops
// working at once, even at a machine that hasn't heard of the change.
func TestNewCode(t *testing.T) {
	ctx := context.Background()
	c, there := twoMachines(t, live.DefaultSeats, time.Now)
	b := c.browser()
	if err := b.Join(c.code); err != nil {
		t.Fatal(err)
	}
	there.store.deaf.Store(true) // It no longer hears of changes to the list of seats.
	code, err := c.room.NewCode(ctx)
	if err != nil || code == c.code || codes.Parse(code) == "" {
		t.Fatal(code, err)
	}
	if !there.AcceptsCode(c.code) {
		t.Fatal("the other machine has heard of it: this proves nothing")
	}
	if err := there.Enter(ctx, live.JoinRequest{Secret: codes.Secret(), Code: c.code}); !errors.Is(err,
		live.ErrNoRoom) {
		t.Errorf("the old code at a machine that has not heard of the new one: %v", err)
	}
	for _, h := range []*live.Registry{c.registry, there.registry} {
		if _, err := h.Find(ctx, c.code); !errors.Is(err, live.ErrNoRoom) {
			t.Errorf("the old code is found: %v", err)
		}
		if r, err := h.Find(ctx, code); err != nil || r.ID() != c.room.ID() {
			t.Errorf("the new code: %v", err)
		}
	}
	if _, body, err := b.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
		t.Errorf("somebody who was in is out: %v %s", err, body)
	}
	if err := c.browser().Join(c.code); err == nil {
		t.Error("the old code lets in")
	}
	if err := c.browser().Join(code); err != nil {
		t.Error(err)
	}
}

// TestFacilitatorHasTheSeats adds seats and removes the idle ones, from a desk in this
// process and from one over the network.
func TestFacilitatorHasTheSeats(t *testing.T) {
	for _, far := range []bool{false, true} {
		k := newClock()
		c := newClassIn(t, storeAt(t, ""), 2, PageOptions{Staff: "a key of the staff"}, k.now)
		var d desk.Desk = desk.NewLocal(context.Background(), c.room)
		if far {
			l, _ := c.registry.Lesson("hold-my-phone")
			booked, code, err := desk.Open(context.Background(), c.at, "a key of the staff", l, 2, nil)
			if err != nil {
				t.Fatal(err)
			}
			d, c.code = booked, code
			if c.room, err = c.registry.Find(context.Background(), code); err != nil {
				t.Fatal(err)
			}
		}
		defer d.Close()
		if _, err := d.RemoveIdle()(); !errors.Is(err, room.ErrNothing) {
			t.Errorf("nobody is idle: %v", err)
		}
		stays, gone := c.listener(), c.browser()
		if err := gone.Join(c.code); err != nil {
			t.Fatal(err)
		}
		if err := c.browser().Join(c.code); err == nil {
			t.Fatal("three are in two seats")
		}
		if n, err := d.MoreSeats()(); err != nil || n != 2+live.SeatsAdded {
			t.Errorf("%d seats: %v", n, err)
		}
		if err := c.browser().Join(c.code); err != nil {
			t.Errorf("more seats are open: %v", err)
		}
		k.forward(live.PresentForPlain)
		c.registry.Sweep(true)
		classtest.Until(t, 5*time.Second, "two are idle", func() bool { _, idle := c.taken(); return idle == 2 })
		if n, err := d.RemoveIdle()(); err != nil || n != 2 {
			t.Errorf("%d removed: %v", n, err)
		}
		if taken, idle := c.taken(); taken != 1 || idle != 0 {
			t.Errorf("%d seats are taken, %d of them idle", taken, idle)
		}
		if _, body, _ := gone.Get("/seat"); !strings.Contains(body, "This class is over") {
			t.Error("a seat that was removed is still there")
		}
		if err := gone.Join(c.code); err != nil {
			t.Errorf("whoever was removed joins again: %v", err)
		}
		if _, body, _ := stays.Get("/seat"); !strings.Contains(body, "You&#39;re in") {
			t.Error("somebody who is there was removed")
		}
		old := c.code
		code, err := d.NewCode()()
		if err != nil {
			t.Fatal(err)
		}
		if c.browser().Join(old) == nil || c.browser().Join(code) != nil {
			t.Error("the code was not replaced")
		}
	}
}

// TestOneLifetime lets hours pass in a class, in memory and in NATS: while a desk or a seat
// is present, everything is kept, a quiet seat's answer too, and the class can be ended.
// When no one has been present for two hours, nothing is left.
func TestOneLifetime(t *testing.T) {
	for name, store := range map[string]func() store.Store{"memory": func() store.Store {
		return storeAt(t, "")
	}, "NATS": func() store.Store {
		return storeAt(t, storetest.NATS(t))
	}} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			k := newClock()
			c := newClassIn(t, store(), 12, PageOptions{}, k.now)
			q := c.toQuestion()
			c.order(room.Ask)
			secret := codes.Secret()
			if err := c.room.Join(ctx, secret, false); err != nil {
				t.Fatal(err)
			}
			seat := c.room.SeatName(secret)
			if err := c.room.Answer(seat, q.Scene, 1).Soon(); err != nil {
				t.Fatal(err)
			}
			pass := func(hours int) {
				for range 12 * hours {
					k.forward(5 * time.Minute)
					c.registry.Sweep(true)
				}
			}
			answered := func() bool {
				v, ok := c.room.View(seat)
				pick, picked := v.Pick(q.Scene)
				_, rev, err := c.store.Get(ctx, c.room.ID()+seatPart+seat)
				return ok && picked && pick == 1 && err == nil && rev > 0
			}
			there := desk.NewLocal(context.Background(), c.room)
			pass(5)
			if !answered() {
				t.Error("the answer of a quiet seat is gone while the desk is there")
			}
			there.Close()
			pass(1)
			c.order(room.Close)
			pass(1)
			c.room.Seen(seat, false)
			pass(1)
			if !answered() {
				t.Error("the answer of a quiet seat is gone while its class is active")
			}
			// The last write may be reported late, and then counts as written in that hour. So
			// let an hour pass only now and then, as often as it takes, but less than a day.
			looks, hours := 0, 0
			classtest.Until(t, 20*time.Second, "everything is forgotten when nobody was there for two hours",
				func() bool {
					if looks++; looks%20 == 1 && hours < 12 {
						hours++
						pass(1)
					}
					_, lead, _ := c.store.Get(ctx, c.room.ID()+leadPart)
					_, mark, _ := c.store.Get(ctx, c.room.ID()+seatPart+seat)
					_, list, _ := c.store.Get(ctx, c.room.ID()+registryPart)
					_, code, _ := c.store.Get(ctx, codes.Hash("code", c.code)+codePart)
					_, err := c.registry.Find(ctx, c.code)
					return lead+mark+list+code == 0 && errors.Is(err, live.ErrNoRoom)
				})

			next, code, _, err := c.registry.Make(ctx, c.room.Lesson(), 12, nil)
			if err != nil {
				t.Fatal(err)
			}
			quiet := desk.NewLocal(context.Background(), next)
			defer quiet.Close()
			k.forward(time.Second)
			for range 2*60 + 10 {
				k.forward(time.Minute)
				c.registry.Sweep(true)
			}
			if err := quiet.Order(room.Command{Verb: room.End}); err != nil {
				t.Errorf("ending a class after two hours and ten minutes: %v", err)
			}
			old, _, _, err := c.registry.Make(ctx, c.room.Lesson(), 12, nil)
			if err != nil {
				t.Fatal(err)
			}
			left := desk.NewLocal(context.Background(), old) // A window that no one closes.
			defer left.Close()
			pass(25)
			if _, ok := old.View(""); ok {
				t.Error("a class is kept for ever by a window that is left open")
			}
			_ = code
		})
	}
}

// TestPresenceOfSeveralMachines holds a stream open at one machine: the seat counts as
// present at the other while the first says so, and as absent once the first is dead.
func TestPresenceOfSeveralMachines(t *testing.T) {
	k := newClock()
	c, there := twoMachines(t, 12, k.now)
	l := c.listener()
	classtest.Until(t, 5*time.Second, "the seat is known there", func() bool {
		v, _ := there.View("")
		return v.In == 1
	})
	in := func() int { v, _ := there.View(""); return v.In }
	for range 20 {
		k.forward(live.AnnounceEvery)
		before := there.HeardFromOthers()
		c.registry.Sweep(true)
		classtest.Until(t, 5*time.Second, "news of who is present", func() bool {
			return there.HeardFromOthers().After(before)
		})
		there.registry.Sweep(true)
		if in() != 1 {
			t.Fatal("a seat whose stream is open is not in")
		}
	}
	classtest.Until(t, 5*time.Second, "a write about presence is rare", func() bool {
		_, rev, err := c.store.Get(context.Background(), c.room.ID()+seatPart+c.seats()[0])
		return err == nil && rev < 10
	})
	k.forward(live.PresentFor + time.Second) // The first machine no longer says who is present.
	there.registry.Sweep(false)              // This machine may be the one that is cut off.
	if in() != 1 {
		t.Error("a machine that has lost the others takes everybody for absent")
	}
	k.forward(live.PresentForPlain)
	there.registry.Sweep(true)
	classtest.Until(t, 5*time.Second, "the seat of a dead machine is absent", func() bool { return in() == 0 })
	c.registry.Sweep(true) // The first machine wasn't dead after all.
	classtest.Until(t, 5*time.Second, "the seat is back", func() bool { return in() == 1 })
	if _, body, err := l.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
		t.Error("the seat is lost", err, body)
	}
}

// TestQuietMachineKeepsTheClass has a whole class at one machine for three hours: another
// machine, where no one is, hears of them and keeps the class.
func TestQuietMachineKeepsTheClass(t *testing.T) {
	k := newClock()
	c, there := twoMachines(t, 12, k.now)
	c.listener()
	for range 3 * 12 {
		k.forward(5 * time.Minute)
		before := there.HeardFromOthers()
		c.registry.Sweep(true)
		classtest.Until(t, 5*time.Second, "news of who is present", func() bool {
			return there.HeardFromOthers().After(before)
		})
		there.registry.Sweep(true)
		if _, ok := there.View(""); !ok {
			t.Fatal("a machine where nobody is has ended a class that goes on at another one")
		}
	}
}

// TestTerminalSeats leaves over SSH, which frees the seat, and cuts the connection, which
// keeps it for a while.
func TestTerminalSeats(t *testing.T) {
	k := newClock()
	c := newClassIn(t, storeAt(t, ""), 1, PageOptions{}, k.now)
	at, _ := c.shell(open(t))
	sit := func() *classtest.Terminal {
		t.Helper()
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Client.Close() })
		sees(t, r, "You're in.")
		return r
	}
	for range 3 {
		if err := sit().Press("\x18"); err != nil { // ctrl+x
			t.Fatal(err)
		}
		classtest.Until(t, 5*time.Second, "the seat is free", func() bool { n, _ := c.taken(); return n == 0 })
	}
	_ = sit().Client.Close()
	classtest.Until(t, 5*time.Second, "the line is cut", func() bool {
		return c.room.Load().Watching == 0
	})
	if n, _ := c.taken(); n != 1 {
		t.Error("a line that is cut gives the seat up")
	}
	k.forward(live.PresentFor)
	c.registry.Sweep(true)
	classtest.Until(t, 5*time.Second, "nobody is in", func() bool { return c.in() == 0 })
	k.forward(live.ReplaceIdleAfter)
	sit()
}
