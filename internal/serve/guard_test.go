package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/desk"
	"wayout/internal/limits"
	"wayout/internal/room"
)

// noEnd returns a timer that never fires.
func noEnd(time.Duration) <-chan time.Time { return make(chan time.Time) }

// waits replaces the timer of a limiter, and returns a function that counts its waits.
func waits(g *limits.GuessLimiter, after func(time.Duration) <-chan time.Time) func() int {
	var n atomic.Int64
	g.WaitWith(func(d time.Duration) <-chan time.Time { n.Add(1); return after(d) })
	return func() int { return int(n.Load()) }
}

// wrongs sends n wrong codes from an address, each on its own connection, and doesn't
// wait for the replies.
func (c *class) wrongs(ctx context.Context, addr string, n int) {
	form := url.Values{"code": {"ZZZZZZZZZZ"}, "as": {"seat"}}.Encode()
	for range n {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.at+"/join", strings.NewReader(form))
		if err != nil {
			c.t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", c.at)
		go func() {
			if resp, err := (&http.Client{Transport: from(addr)}).Do(req); err == nil {
				_ = resp.Body.Close()
			}
		}()
	}
}

// TestRightCodeIsLetIn lets bullies type wrong codes until every wrong code has to wait,
// at the school's address and at others: the right code still lets a client in at once,
// in a browser and over SSH, and staff with the right key make rooms.
func TestRightCodeIsLetIn(t *testing.T) {
	c := newClass(t, 200, PageOptions{Staff: staffOf(t)})
	waiting := waits(c.site.wrongCodes, noEnd)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	c.wrongs(ctx, "127.0.0.1", 3*limits.WrongCodesEach)
	classtest.Until(t, 10*time.Second, "wrong codes at the school's address that wait", func() bool {
		return waiting() == 2*limits.WrongCodesEach
	})
	for i := range 10 {
		c.wrongs(ctx, fmt.Sprintf("127.0.2.%d", i+1), 9)
	}
	classtest.Until(t, 10*time.Second, "wrong codes everywhere that wait", func() bool {
		return waiting() == 2*limits.WrongCodesEach+120-limits.WrongCodesInAll
	})
	for i := range 70 {
		b := classtest.NewBrowser(c.at)
		if i%2 > 0 {
			b.HTTP.Transport = from("127.0.3.1")
		}
		if err := b.Join(c.code); err != nil {
			t.Fatalf("pupil %d: %v", i, err)
		}
		b.HTTP.CloseIdleConnections()
	}
	if status := c.book(staffOf(t), "127.0.0.1"); status != http.StatusCreated {
		t.Errorf("staff with the right key: %d", status)
	}
	at, _ := c.shell(open(t))
	client, err := classtest.Dial(at, c.code)
	if err != nil {
		t.Fatal("over SSH:", err)
	}
	_ = client.Close()
}

// staffOf returns a staff key for tests.
func staffOf(testing.TB) string { return strings.Repeat("k", 32) }

// book asks for a room and returns the status.
func (c *class) book(key, addr string) int {
	c.t.Helper()
	body, _ := json.Marshal(desk.Request{Lesson: "hold-my-phone"})
	req, err := http.NewRequest(http.MethodPost, c.at+"/staff/rooms", bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := (&http.Client{Transport: from(addr)}).Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// TestHalfAClassMistypes has 35 pupils behind one address, half of whom mistype the code
// once or twice: all of them get in, and the first wrong codes are refused without a wait.
func TestHalfAClassMistypes(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	over := make(chan time.Time)
	close(over)
	waited := waits(c.site.wrongCodes, func(time.Duration) <-chan time.Time { return over })
	for i := range 35 {
		b := classtest.NewBrowser(c.at)
		for range i % 3 {
			status, body, err := b.Post("/join", url.Values{"code": {"ZZZZZZZZZZ"}, "as": {"seat"}})
			if err != nil || status != http.StatusForbidden || !strings.Contains(body, "No class has this code") {
				t.Fatalf("a wrong code: %d %v %s", status, err, body)
			}
		}
		if err := b.Join(c.code); err != nil {
			t.Fatalf("pupil %d: %v", i, err)
		}
		b.HTTP.CloseIdleConnections()
	}
	if n := waited(); n != 34-limits.WrongCodesEach {
		t.Errorf("%d wrong codes of 34 had to wait, not all but %d", n, limits.WrongCodesEach)
	}
	if v, _ := c.room.View(""); v.In != 35 || v.Guesses != 20 {
		t.Errorf("%d are in, and the desk is told of %d wrong codes", v.In, v.Guesses)
	}
}

// TestGuardsOfTheirOwn checks that wrong codes don't slow down staff keys, nor wrong keys
// the codes.
func TestGuardsOfTheirOwn(t *testing.T) {
	c := newClass(t, 64, PageOptions{Staff: staffOf(t)})
	over := make(chan time.Time)
	close(over)
	codes, keys := waits(c.site.wrongCodes, func(time.Duration) <-chan time.Time {
		return over
	}), waits(c.site.wrongKeys, func(time.Duration) <-chan time.Time {
		return over
	})
	for range 2 * limits.WrongCodesEach {
		if status := c.book("nonsense", "127.0.0.1"); status != http.StatusForbidden {
			t.Fatalf("a wrong key: %d", status)
		}
	}
	if codes() != 0 || keys() != limits.WrongCodesEach {
		t.Errorf("%d codes and %d keys waited", codes(), keys())
	}
	if status := c.book(staffOf(t), "127.0.0.1"); status != http.StatusCreated {
		t.Errorf("the right key: %d", status)
	}
	if v, _ := c.room.View(""); v.Guesses != 0 {
		t.Error("wrong keys are shown as guesses of the code")
	}
}

// TestWrongCodesOverSSH types wrong codes over SSH, five in a connection: after many, each
// has to wait, and the right code gets in meanwhile.
func TestWrongCodesOverSSH(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, s := c.shell(open(t))
	over := make(chan time.Time)
	close(over)
	waited := waits(s.Guesses(), func(time.Duration) <-chan time.Time { return over })
	asked := 0
	config := &gossh.ClientConfig{User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second}
	config.Auth = []gossh.AuthMethod{gossh.RetryableAuthMethod(
		gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
			if len(questions) == 0 {
				return nil, nil
			}
			asked++
			return []string{fmt.Sprintf("%010d", asked)}, nil
		}), 1000)}
	for range 4 {
		if client, err := gossh.Dial("tcp", at, config); err == nil {
			_ = client.Close()
			t.Fatal("a wrong code lets in")
		}
	}
	if asked != 4*limits.MaxWrongCodes || waited() != 4*limits.MaxWrongCodes-limits.WrongCodesEach {
		t.Errorf("%d codes were tried in four connections, and %d waited", asked, waited())
	}
	r, err := classtest.SitDown(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Client.Close()
	sees(t, r, "You're in.")
	if v, _ := c.room.View(""); v.Guesses != 20 {
		t.Errorf("the desk is told of %d wrong codes", v.Guesses)
	}
}

// TestForwardedFor checks that the address that the declared proxies have seen counts, in
// however many lines, whatever the client has written before it.
func TestForwardedFor(t *testing.T) {
	s := &PageServer{o: PageOptions{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"),
		netip.MustParsePrefix("2001:db8::/32")}}}
	for _, c := range []struct {
		peer  string
		lines []string
		want  string
	}{
		{"192.0.2.9:1", []string{"198.51.100.1"}, "192.0.2.9"}, // Not a declared proxy.
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"203.0.113.5, 198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"203.0.113.5", "198.51.100.1"}, "198.51.100.1"}, // HAProxy adds a line.
		{"10.0.0.1:1", []string{"203.0.113.5", "198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"203.0.113.5, 198.51.100.1", "10.0.0.3", "10.0.0.2"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"10.0.0.2, 10.0.0.3"}, "10.0.0.2"},
		{"10.0.0.1:1", []string{"203.0.113.5, nonsense"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"203.0.113.5,"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"203.0.113.5", ""}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"10.0.0.1:1", []string{"[2001:db9::1]:4711"}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"2001:db9::1%eth0"}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"[::ffff:10.0.0.1]:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"[2001:db8::1]:1", []string{"203.0.113.5, 198.51.100.1, 2001:db8::2"}, "198.51.100.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Header["X-Forwarded-For"] = c.peer, c.lines
		if got := s.from(r).String(); got != c.want {
			t.Errorf("%s %q: %s, not %s", c.peer, c.lines, got, c.want)
		}
	}
}

// TestCodes holds how codes are grouped, that they are read back, and their length.
func TestCodes(t *testing.T) {
	for n, groups := range map[int]string{codes.JoinLength: "ABC DEFG HJK", codes.ReturnLength: "ABCD EFGH JKMN"} {
		if got := codes.Spaced("ABCDEFGHJKMN"[:n]); got != groups {
			t.Errorf("%q", got)
		}
		if code := codes.New(n); len(code) != n || codes.Parse(strings.ToLower(codes.Spaced(code))) != code {
			t.Errorf("%q is not read again", code)
		}
	}
	if codes.JoinLength < 10 || codes.ReturnLength <= codes.JoinLength {
		t.Error("the lengths don't carry the arithmetic of codeLength")
	}
	c := newClass(t, 64, PageOptions{})
	if len(c.code) != codes.JoinLength {
		t.Errorf("the code is %q", c.code)
	}
}

// TestDeskSeesGuesses follows a desk over the network while someone guesses.
func TestDeskSeesGuesses(t *testing.T) {
	c := newClass(t, 64, PageOptions{Staff: staffOf(t)})
	waits(c.site.wrongCodes, func(time.Duration) <-chan time.Time {
		over := make(chan time.Time)
		close(over)
		return over
	})
	l, err := c.registry.Lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	desk, _, err := desk.Open(context.Background(), c.at, staffOf(t), l, 30, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	news := make(chan room.View)
	go func() {
		defer close(news)
		for v, ok := desk.News(); ok; v, ok = desk.News() {
			news <- v
		}
	}()
	for v := range news { // The state when the desk has connected.
		if v.Guesses == 0 {
			break
		}
	}
	for range 30 {
		b := classtest.NewBrowser(c.at)
		_ = b.Join("ZZZZZZZZZZ")
		b.HTTP.CloseIdleConnections()
	}
	late := time.After(10 * time.Second)
	for {
		select {
		case v := <-news:
			if v.Guesses == 20 {
				return
			}
		case <-late:
			t.Fatal("the desk is not told")
		}
	}
}

// TestDesksAreToldOfGuesses checks that a desk without other news is told once for each step.
func TestDesksAreToldOfGuesses(t *testing.T) {
	m := open(t)
	synctest.Test(t, func(t *testing.T) {
		c := quietClass(t, m)
		desk := c.room.Watch("", true)
		news := func() int {
			synctest.Wait()
			select {
			case <-desk.C:
				return 1
			default:
				return 0
			}
		}
		time.Sleep(time.Minute)
		news()
		c.registry.Guessed(30)
		if news() != 1 {
			t.Error("the desk is not told")
		}
		c.registry.Guessed(1)
		if news() != 0 {
			t.Error("the desk is told within a step")
		}
	})
}
