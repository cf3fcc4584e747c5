package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/desk"
	"wayout/internal/room"
	"wayout/internal/store"
)

// counting is a store that counts the writes of each key, and may be slow.
type counting struct {
	store.Store
	mu     sync.Mutex
	writes map[string]int
	slow   func(key string) time.Duration
}

func newCounting(t testing.TB) *counting {
	t.Helper()
	store, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &counting{Store: store, writes: make(map[string]int)}
}

// Put counts what was written.
func (s *counting) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	if s.slow != nil {
		time.Sleep(s.slow(key))
	}
	rev, err := s.Store.Put(ctx, key, value, rev)
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.writes[key]++
	}
	return rev, err
}

// written returns how often seats were written in total.
func (s *counting) written() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, times := range s.writes {
		if strings.Contains(key, seatPart) {
			n += times
		}
	}
	return n
}

// TestTwoAnswersInOneRead sends two answers in one read over SSH, 300 times: the last
// answer counts.
func TestTwoAnswersInOneRead(t *testing.T) {
	store := newCounting(t)
	c := newClassIn(t, store, 64, PageOptions{}, time.Now)
	at, _ := c.shell(open(t))
	const seats, rounds = 10, 30
	var all []*classtest.Terminal
	for range seats {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		sees(t, r, "You're in.")
		all = append(all, r)
	}
	q := c.toQuestion()
	c.order(room.Ask)
	for _, r := range all {
		sees(t, r, "Nobody sees who chose what")
	}
	wrong := 0
	for i := range rounds {
		keys := "12"
		if i%2 == 1 {
			keys = "21"
		}
		before := store.written()
		for _, r := range all {
			if err := r.Press(keys); err != nil {
				t.Fatal(err)
			}
		}
		classtest.Until(t, 10*time.Second, "both answers of each to be written", func() bool {
			return store.written() >= before+2*seats
		})
		if got := c.counts(q); got[1-i%2] != seats {
			wrong += seats - got[1-i%2]
		}
	}
	if wrong != 0 {
		t.Errorf("of %d times the last answer did not count in %d", seats*rounds, wrong)
	}
}

// TestTwoAnswersInALine sends two answers to a seat without a terminal, in one write and
// in two: the last one counts.
func TestTwoAnswersInALine(t *testing.T) {
	store := newCounting(t)
	c := newClassIn(t, store, 64, PageOptions{}, time.Now)
	at, _ := c.shell(open(t))
	r, err := classtest.Listen(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Client.Close()
	sees(t, r, "You're in.")
	q := c.toQuestion()
	c.order(room.Ask)
	sees(t, r, "Type a number")
	for _, lines := range []string{"1\n2\n", "2\n1\n", "1\n1\n2\n", "2\r\n1\r\n"} {
		before, want := store.written(), strings.Fields(lines)
		if err := r.Press(lines); err != nil {
			t.Fatal(err)
		}
		classtest.Until(t, 10*time.Second, fmt.Sprintf("the answers of %q to be written", lines), func() bool {
			return store.written() >= before+len(want)
		})
		if got := c.counts(q); got[want[len(want)-1][0]-'1'] != 1 {
			t.Errorf("%q: counted are %v", lines, got)
		}
	}
}

// TestTwoOrdersAtOnce has two desks give an order at the same moment, 400 times: exactly
// those that were confirmed are carried out, and a desk whose order was dropped is told.
func TestTwoOrdersAtOnce(t *testing.T) {
	const rounds = 400
	store := newCounting(t)
	store.slow = func(string) time.Duration {
		return time.Millisecond
	} // A store across a network takes at least this long.
	c := newClassIn(t, store, 64, PageOptions{Staff: strings.Repeat("k", 32)}, time.Now)
	far := c.farDesk()
	defer far.Close()
	near := desk.NewLocal(context.Background(), c.room)
	defer near.Close()
	c.order(room.Start)
	lost := 0
	for _, verb := range []room.Verb{room.Lock, room.Blank} {
		state := func() bool {
			v, _ := c.room.View("")
			if verb == room.Blank {
				return v.Class.Talk().Blank()
			}
			return v.Class.Locked()
		}
		for i := range rounds / 2 {
			was, desks := state(), []desk.Desk{near, near, far}[i%2:i%2+2]
			var errs [2]error
			var at sync.WaitGroup
			for n, d := range desks {
				at.Go(func() { errs[n] = d.Order(room.Command{Verb: verb}) })
			}
			at.Wait()
			followed := 0
			for _, err := range errs {
				switch {
				case err == nil:
					followed++
				case errors.Is(err, room.ErrConflict):
					lost++
				default:
					t.Fatal(err)
				}
			}
			if followed == 0 || (state() != was) != (followed%2 == 1) {
				t.Fatalf("%s, round %d: %d were said to be followed, and that is not how it stands: %v", verb, i,
					followed, errs)
			}
		}
	}
	t.Logf("of %d orders %d were not followed, and said so", 2*rounds, lost)
}

// farDesk returns a desk of the class over the network.
func (c *class) farDesk() *desk.Remote {
	c.t.Helper()
	d, err := desk.Resume(context.Background(), desk.Credentials{At: c.at + "/staff/rooms/" + c.room.ID(), Key: c.key},
		c.room.Lesson())
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

// TestOrderWhoseAnswerIsLost checks that an order that was stored, but whose reply was lost,
// isn't carried out a second time when it is sent again.
func TestOrderWhoseAnswerIsLost(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	c.order(room.Start)
	name := codes.Secret()
	for range 3 {
		if err := c.room.Execute(context.Background(), name, room.Command{Verb: room.Lock}); err != nil {
			t.Fatal(err)
		}
		if v, _ := c.room.View(""); !v.Class.Locked() {
			t.Fatal("it was followed twice")
		}
	}
}

// TestTwoTapsInABrowser taps two answers in one event of a page, on a network on which the
// first is slower: the last one counts.
func TestTwoTapsInABrowser(t *testing.T) {
	browser := browsertest.Open(t)
	c := newClass(t, 64, PageOptions{})
	at, _ := url.Parse(c.at)
	var posts atomic.Int64
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(at)
		r.Out.Host = r.In.Host
	}, FlushInterval: -1}
	slow := httpServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/answer" && posts.Add(1)%2 == 1 {
			time.Sleep(60 * time.Millisecond) // The network's latency, not a wait of the test.
		}
		proxy.ServeHTTP(w, r)
	}))
	v := newVisitor(t, browser, slow)
	v.run(chromedp.Navigate(slow+"/"), browsertest.Type("#code", c.code),
		browsertest.Enter("#code", `document.getElementById("now")`))
	q := c.toQuestion()
	c.order(room.Ask)
	v.run(chromedp.WaitVisible(`button[name="pick"]`))
	for i := range 30 {
		first, last := q.Options[i%2].Pick, q.Options[1-i%2].Pick
		before := posts.Load()
		v.run(
			chromedp.Evaluate(
				fmt.Sprintf(
					`[%d, %d].forEach((n) => document.querySelector('button[name="pick"][value="' + n + '"]').click())`,
					first, last), nil))
		classtest.Until(t, 10*time.Second, "both to be sent", func() bool { return posts.Load() >= before+2 })
		v.run(chromedp.WaitVisible(fmt.Sprintf(`button[aria-pressed="true"][value="%d"]`, last)))
		classtest.Until(t, 10*time.Second, "nothing to be on its way", func() bool {
			return c.room.Load().Writing == 0
		})
		if got := c.counts(q); got[1-i%2] != 1 {
			t.Fatalf("round %d: counted are %v", i, got)
		}
	}
}

// httpServer serves a handler until the test ends, and returns its address.
func httpServer(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.CloseClientConnections)
	return s.URL
}
