package serve

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
)

// host is the host and port of a class's pages.
func (c *class) host() string { return strings.TrimPrefix(c.at, "http://") }

// listener is a seat that follows the event stream, as our script does.
type listener struct {
	*classtest.Browser
	news  chan time.Time // When news has come.
	done  chan struct{}
	close func()
}

func (c *class) listener() *listener {
	c.t.Helper()
	l := &listener{Browser: classtest.NewBrowser(c.at), news: make(chan time.Time, 1000), done: make(chan struct{})}
	l.HTTP.Timeout = 0
	if err := l.Join(c.code); err != nil {
		c.t.Fatal(err)
	}
	resp, err := l.HTTP.Get(c.at + "/live")
	if err != nil {
		c.t.Fatal(err)
	}
	l.close = func() { _ = resp.Body.Close() }
	c.t.Cleanup(l.close)
	go func() {
		defer close(l.done)
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if lines.Text() == "event: now" {
				l.news <- time.Now()
			}
		}
	}()
	<-l.news // The state when it joined.
	return l
}

// stalled returns a connection that has joined the class and then stops reading.
func (c *class) stalled() net.Conn {
	c.t.Helper()
	b := classtest.NewBrowser(c.at)
	if err := b.Join(c.code); err != nil {
		c.t.Fatal(err)
	}
	at, _ := url.Parse(c.at)
	conn, err := net.Dial("tcp", c.host())
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = conn.Close() })
	_ = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", at.Host, b.HTTP.Jar.Cookies(at)[0])
	b.HTTP.CloseIdleConnections()
	return conn
}

// deaf is a connection that stops reading once stopped is set.
type deaf struct {
	net.Conn
	stopped atomic.Bool
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.stopped.Load() {
		time.Sleep(time.Hour)
	}
	return d.Conn.Read(p)
}

// TestClientsThatStopReading lets a quarter of forty clients stop reading: no one else
// waits a second for anything, and clients that don't read are disconnected within
// ten.
func TestClientsThatStopReading(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes fifteen seconds")
	}
	c := newClass(t, 64, PageOptions{})
	at, shell := c.shell(open(t))
	var live []*listener
	for range 25 {
		live = append(live, c.listener())
	}
	var seats []*classtest.Terminal
	for range 5 {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		seats = append(seats, r)
	}
	for range 7 {
		c.stalled()
	}
	var quiet []*classtest.Terminal
	for range 3 {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		line := &deaf{Conn: conn}
		t.Cleanup(func() { _ = conn.Close() })
		r, err := classtest.SitDownOn(line, at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Sees("You're in."); err != nil {
			t.Fatal(err)
		}
		line.stopped.Store(true)
		quiet = append(quiet, r)
	}
	c.toQuestion()
	worst := time.Duration(0)
	begun, letGo := time.Now(), time.Duration(0)
	for i := 0; time.Since(begun) < 12*time.Second; i++ {
		for _, r := range quiet { // Ask for whole screens, which these don't read.
			_ = r.Press([]string{"?", "\x1b"}[i%2])
		}
		for _, l := range live {
			for len(l.news) > 0 {
				<-l.news
			}
		}
		sent := time.Now()
		c.order(room.Blank)
		for n, l := range live {
			select {
			case came := <-l.news:
				worst = max(worst, came.Sub(sent))
			case <-time.After(5 * time.Second):
				t.Fatalf("listener %d hears nothing", n)
			}
		}
		for _, r := range seats { // A key press is answered, too.
			if err := r.Press("?"); err != nil {
				t.Fatal(err)
			}
		}
		if letGo == 0 && shell.Connections() == len(seats) && c.site.conns.Open() <= 2*len(live) {
			letGo = time.Since(begun)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("nobody waited longer than %v; who reads nothing was let go after %v", worst, letGo)
	if worst > time.Second {
		t.Errorf("somebody waited %v", worst)
	}
	if letGo == 0 || letGo > 10*time.Second {
		t.Errorf("%d terminals and %d pages are open; they were let go after %v", shell.Connections(),
			c.site.conns.Open(), letGo)
	}
	for _, r := range seats {
		if strings.TrimSpace(r.Screen()) == "" {
			t.Error("a live terminal shows nothing")
		}
	}
}

// bad are ways in which a client can misbehave, over and over until the test ends.
var bad = []func(c *class, ssh string, r *rand.Rand){
	func(c *class, _ string, _ *rand.Rand) { // Half a request, byte by byte.
		speak(c.host(), func(conn net.Conn) {
			for _, b := range []byte("GET /seat HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ") {
				if _, err := conn.Write([]byte{b}); err != nil {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
		})
	},
	func(c *class, _ string, r *rand.Rand) { // Noise.
		speak(c.host(), func(conn net.Conn) {
			noise := make([]byte, 16<<10)
			for i := range noise {
				noise[i] = byte(r.Uint32())
			}
			_, _ = conn.Write(noise)
		})
	},
	func(c *class, _ string, r *rand.Rand) { // A wrong code.
		b := classtest.NewBrowser(c.at)
		_ = b.Join(fmt.Sprintf("%010d", r.IntN(1e6)))
		b.HTTP.CloseIdleConnections()
	},
	func(c *class, _ string, _ *rand.Rand) { // A form without an end.
		speak(c.host(), func(conn net.Conn) {
			fmt.Fprintf(conn, "POST /join HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\n"+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000000\r\n\r\n", c.host(), c.at)
			for range 200 {
				if _, err := conn.Write(bytes.Repeat([]byte("a"), 1024)); err != nil {
					return
				}
				time.Sleep(5 * time.Millisecond)
			}
		})
	},
	func(_ *class, ssh string, _ *rand.Rand) { // A connection that says nothing.
		speak(ssh, func(conn net.Conn) {
			_ = conn.SetReadDeadline(time.Now().Add(2 * time.Second))
			_, _ = io.Copy(io.Discard, conn)
		})
	},
	func(_ *class, ssh string, _ *rand.Rand) { // A handshake that is abandoned.
		speak(ssh, func(conn net.Conn) {
			_, _ = conn.Write([]byte("SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x14aaaaaaaaaaaaaaaa"))
		})
	},
	func(_ *class, ssh string, r *rand.Rand) { // A wrong code.
		if client, err := classtest.Dial(ssh, fmt.Sprintf("%010d", r.IntN(1e6))); err == nil {
			_ = client.Close()
		}
	},
}

func speak(to string, f func(net.Conn)) {
	conn, err := net.DialTimeout("tcp", to, 2*time.Second)
	if err != nil {
		time.Sleep(50 * time.Millisecond)
		return
	}
	defer conn.Close()
	_ = conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	f(conn)
}

// quickFingers lets everyone answer twenty times, and returns the 99th percentile of how
// long an answer took.
func (c *class) quickFingers(all []*classtest.Browser, q room.Question) time.Duration {
	var mu sync.Mutex
	var took []time.Duration
	var voters sync.WaitGroup
	for i, b := range all {
		voters.Go(func() {
			for n := range 20 {
				begin := time.Now()
				status, _, err := b.Post("/answer", url.Values{"scene": {q.Scene}, "pick": {fmt.Sprint((i + n) % 2)}})
				if err != nil || status != http.StatusOK {
					c.t.Errorf("a good answer: %d %v", status, err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(begin))
				mu.Unlock()
				time.Sleep(150 * time.Millisecond)
			}
		})
	}
	voters.Wait()
	if len(took) != 20*len(all) {
		c.t.Fatalf("%d answers of %d", len(took), 20*len(all))
	}
	slices.Sort(took)
	return took[len(took)*99/100]
}

// TestBadBesideGood lets 500 clients misbehave in all these ways at once, while thirty
// go on with their lesson: 99 of 100 of their answers are taken within 300 ms, which no
// one takes for a fault. The clients and other tests run on this machine, too; a second
// class that no one attacks shows what that alone costs, at the same time.
func TestBadBesideGood(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes ten seconds")
	}
	c, calm := newClass(t, 64, PageOptions{}), newClass(t, 64, PageOptions{})
	ssh, shell := c.shell(open(t))
	good, others := c.crowd(30), calm.crowd(30)
	q, same := c.toQuestion(), calm.toQuestion()
	c.order(room.Ask)
	calm.order(room.Ask)
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for i := range 500 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for ctx.Err() == nil {
				bad[i%len(bad)](c, ssh, r)
			}
		})
	}
	time.Sleep(time.Second)
	var p99, undisturbed time.Duration
	var both sync.WaitGroup
	both.Go(func() { p99 = c.quickFingers(good, q) })
	both.Go(func() { undisturbed = calm.quickFingers(others, same) })
	both.Wait()
	stop()
	all.Wait()
	t.Logf("99 of 100 answers within %v; in a class that nobody attacks within %v", p99, undisturbed)
	if most := 300*time.Millisecond + undisturbed; p99 > most {
		t.Errorf("99 of 100 answers within %v, not %v", p99, most)
	}
	if n := shell.Faults(); n != 0 {
		t.Errorf("%d sessions have failed", n)
	}
	c.order(room.Show)
	v, _ := c.room.View("")
	res, _ := v.Class.Result(q.Scene)
	if fmt.Sprint(res.Groups[0].Count, res.Groups[1].Count) != "15 15" {
		t.Errorf("the result is %+v", res)
	}
}

// growth returns how far the heap grows while f runs, in bytes. It collects often, so that
// garbage doesn't count, and leaves out a tenth of the heap before f, which may be garbage:
// other tests may have left a large heap.
func growth(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc+m.HeapAlloc/10
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	for {
		select {
		case <-done:
			return most - before - before/10
		case <-time.After(time.Millisecond):
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	}
}

// TestGiantWindow asks for windows that would take all memory, at the start and later.
func TestGiantWindow(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, shell := c.shell(open(t))
	r, err := classtest.SitDown(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Client.Close()
	sees(t, r, "You're in.")
	for _, size := range [][2]uint32{{1<<32 - 1, 1<<32 - 1}, {3000, 3000}, {0, 0}, {1 << 31, 1}, {1, 1 << 31},
		{100000, 80}} {
		later := growth(func() {
			if err := r.Resize(size[0], size[1]); err != nil {
				t.Error(err)
			}
			c.order(room.Lock) // The window was applied once this is on the screen.
			c.order(room.Lock)
			time.Sleep(200 * time.Millisecond)
		})
		before := shell.Connections()
		first := growth(func() {
			conn, err := net.Dial("tcp", at)
			if err != nil {
				t.Error(err)
				return
			}
			other, err := classtest.Watch(conn, at, c.code, size[0], size[1], io.Discard)
			if err != nil {
				t.Error(err)
				return
			}
			time.Sleep(200 * time.Millisecond)
			_ = other.Client.Close()
		})
		classtest.Until(t, 5*time.Second, "the other one gone", func() bool { return shell.Connections() == before })
		t.Logf("%d by %d: the heap grew by %d KiB for a window that is there, by %d KiB for a new one", size[0],
			size[1], later>>10, first>>10)
		if max(first, later) > 10<<20 {
			t.Errorf("%d by %d: the heap grew by %d and %d KiB, not under 10 MiB", size[0], size[1], later>>10,
				first>>10)
		}
	}
	_ = r.Resize(80, 24)
	c.order(room.Start)
	sees(t, r, "Before we begin")
}

// TestEndlessPaste pastes without an end: memory doesn't grow, and the others are served.
func TestEndlessPaste(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, _ := c.shell(open(t))
	var all []*classtest.Terminal
	for range 2 {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		sees(t, r, "You're in.")
		all = append(all, r)
	}
	grown := growth(func() {
		end := time.Now().Add(3 * time.Second)
		for _, begin := range []string{"\x1b[200~", "\x1b]52;c;", "\x1bP", "\x1b_"} {
			if all[0].Press(begin) != nil {
				break
			}
		}
		go func() {
			for time.Now().Before(end) && all[0].Press(strings.Repeat("a", 32<<10)) == nil {
			}
		}()
		c.order(room.Start)
		sees(t, all[1], "Before we begin")
		time.Sleep(time.Until(end))
	})
	t.Logf("the heap grew by %d KiB", grown>>10)
	// Two MiB of the growth are the window that SSH gives each channel, at both ends.
	if grown > 10<<20 {
		t.Errorf("the heap grew by %d KiB, not under 10 MiB", grown>>10)
	}
}

// from returns a transport that sends from an address of the loopback interface.
func from(addr string) *http.Transport {
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(addr)}}
	return &http.Transport{DialContext: d.DialContext}
}

// TestForeignPages sends what a page elsewhere could make a browser send: requests by DNS
// rebinding, and forms that were filled in elsewhere.
func TestForeignPages(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	good := c.crowd(1)[0]
	at, _ := url.Parse(c.at)
	cookie := good.HTTP.Jar.Cookies(at)[0].String()
	_, port, _ := net.SplitHostPort(at.Host)
	type attempt struct {
		method, path, host, origin string
		want                       int
	}
	var all []attempt
	for _, host := range []string{"evil.example", "evil.example:" + port, "127.0.0.1.evil.example",
		"localhost.evil.example", "127.0.0.2:" + port, "192.168.1.20:" + port,
		"[::1]:" + port, "0.0.0.0:" + port, "2130706433", "0x7f000001", "127.1", "169.254.169.254", "metadata.internal",
		"127.0.0.1@evil.example"} {
		all = append(all, attempt{"GET", "/seat", host, "", http.StatusMisdirectedRequest},
			attempt{"POST", "/answer", host, "http://" + host, http.StatusMisdirectedRequest})
	}
	for _, origin := range []string{"", "null", "http://evil.example", "https://evil.example",
		"http://127.0.0.1.evil.example", "file://", "chrome-extension://abc", "127.0.0.1", "//127.0.0.1",
		"data://127.0.0.1", "http://evil.example/127.0.0.1", "http://127.0.0.2"} {
		for _, path := range []string{"/answer", "/join", "/leave", "/step"} {
			all = append(all, attempt{"POST", path, at.Host, origin, http.StatusForbidden})
		}
	}
	for _, a := range all {
		conn, err := net.Dial("tcp", at.Host)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nConnection: close\r\n", a.method, a.path, a.host,
			cookie)
		if a.origin != "" {
			fmt.Fprintf(conn, "Origin: %s\r\n", a.origin)
		}
		fmt.Fprint(conn, "Content-Length: 0\r\n\r\n")
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != a.want && resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%+v: %v %v", a, resp, err)
		}
		if err == nil && resp.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%+v: others may read it", a)
		}
		if err == nil && resp.StatusCode == a.want { // The page must say why, not only send a status.
			if said, _ := io.ReadAll(resp.Body); !strings.Contains(string(said), `<p role="alert">`) {
				t.Errorf("%+v is not told what to do: %s", a, said)
			}
		}
		_ = conn.Close()
	}
	if len(all) < 60 {
		t.Errorf("only %d attempts", len(all))
	}
	if _, body, err := good.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
		t.Errorf("the seat is gone: %v %s", err, body)
	}
	resp, err := good.HTTP.Get(c.at + "/seat")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	hearing := strings.Replace(policy, "worker-src 'none'", "worker-src "+c.at+"/hear.js", 1)
	for name, want := range map[string]string{"Content-Security-Policy": hearing + "; form-action 'self'",
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store", "Server": ""} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy allows what is unsafe")
	}
}

// TestSeats checks that no more can join than there are seats.
func TestSeats(t *testing.T) {
	c := newClass(t, 20, PageOptions{})
	in, full := 0, 0
	for range 60 {
		b := classtest.NewBrowser(c.at)
		status, _, err := b.Post("/join", url.Values{"code": {c.code}, "as": {"seat"}})
		b.HTTP.CloseIdleConnections()
		switch {
		case err != nil:
			t.Fatal(err)
		case status == http.StatusOK:
			in++
		case status == http.StatusForbidden:
			full++
		}
	}
	if in != 20 || full != 40 {
		t.Errorf("%d came in, %d were told that it is full", in, full)
	}
}

// TestVotesAtOnce lets two hundred seats answer and change their minds at the same time:
// each counts once, with its last answer.
func TestVotesAtOnce(t *testing.T) {
	c := newClass(t, 256, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	const many = 200
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			token := codes.Secret()
			if err := c.room.Join(context.Background(), token, false); err != nil {
				t.Error(err)
				return
			}
			seat, _ := c.room.Seat(context.Background(), token)
			for n := range 6 {
				if err := c.room.Answer(seat, q.Scene, (i+n)%2).Soon(); err != nil {
					t.Error(err)
				}
			}
			if err := c.room.Answer(seat, q.Scene, i*3/many%2).Soon(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	c.order(room.Show)
	v, _ := c.room.View("")
	res, _ := v.Class.Result(q.Scene)
	var counts []int
	for _, g := range res.Groups {
		counts = append(counts, g.Count)
	}
	want := [2]int{}
	for i := range many {
		want[i*3/many%2]++
	}
	if len(counts) < 2 || counts[0] != want[0] || counts[1] != want[1] {
		t.Errorf("%v were counted, not %v", counts, want)
	}
}

// TestSlowStoreKeepsTheOrder lets someone change their mind while the write of the
// first answer is held up: the last answer counts.
func TestSlowStoreKeepsTheOrder(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	secret := codes.Secret()
	if err := c.room.Join(context.Background(), secret, false); err != nil {
		t.Fatal(err)
	}
	seat, _ := c.room.Seat(context.Background(), secret)
	held := make(chan struct{})
	err := c.room.Update(seat, false, func(_ room.Class, m room.Seat) (room.Seat, error) {
		<-held
		return m.WithAnswer(q.Scene, q.Options[0].Pick), nil
	}).Soon()
	if v, _ := c.room.View(seat); err != nil || !v.Late {
		t.Fatalf("a write that is held up is not on its way: %v %+v", err, v)
	}
	if err := c.room.Answer(seat, q.Scene, q.Options[1].Pick).Soon(); err != nil {
		t.Fatal(err)
	}
	var refused atomic.Int64
	var all sync.WaitGroup
	for range 2 * live.MaxPendingWrites { // Someone keeps pressing.
		all.Go(func() {
			if errors.Is(c.room.Update(seat, false, func(_ room.Class, m room.Seat) (room.Seat, error) {
				return m, live.ErrUnchanged
			}).Soon(), store.ErrUnreachable) {
				refused.Add(1)
			}
		})
	}
	all.Wait()
	if n := refused.Load(); n < live.MaxPendingWrites {
		t.Errorf("writes pile up: %d were refused", n)
	}
	close(held)
	classtest.Until(t, 5*time.Second, "the last answer", func() bool {
		v, _ := c.room.View(seat)
		pick, ok := v.Pick(q.Scene)
		return ok && !v.Late && pick == q.Options[1].Pick
	})
}

// TestLateWriteUndoesNothing delays the write of someone's first answer at one machine
// while they answer at another machine, with the answer they had given before or a new
// one. The late write must not be the one that counts.
func TestLateWriteUndoesNothing(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	registry, err := live.Open(context.Background(), live.Options{Store: c.store, Lessons: c.registry.Lesson})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	there, err := registry.Find(context.Background(), c.code)
	if err != nil {
		t.Fatal(err)
	}
	for first := range 2 {
		secret := codes.Secret()
		if err := c.room.Join(context.Background(), secret, false); err != nil {
			t.Fatal(err)
		}
		seat, _ := c.room.Seat(context.Background(), secret)
		if err := c.room.Answer(seat, q.Scene, q.Options[first].Pick).Soon(); err != nil {
			t.Fatal(err)
		}
		is := func(r *live.Room, pick int) func() bool {
			return func() bool {
				v, _ := r.View(seat)
				got, ok := v.Pick(q.Scene)
				return ok && !v.Late && got == pick
			}
		}
		classtest.Until(t, 5*time.Second, "the first answer", is(there, q.Options[first].Pick))
		held := make(chan struct{})
		if err := c.room.Update(seat, false, func(_ room.Class, m room.Seat) (room.Seat, error) {
			<-held
			return m.WithAnswer(q.Scene, q.Options[2].Pick), nil
		}).Soon(); err != nil {
			t.Fatal(err)
		}
		if err := there.Answer(seat, q.Scene, q.Options[1].Pick).Soon(); err != nil {
			t.Fatal(err)
		}
		close(held)
		classtest.Until(t, 5*time.Second, "the last answer here", is(c.room, q.Options[1].Pick))
		classtest.Until(t, 5*time.Second, "the last answer there", is(there, q.Options[1].Pick))
	}
}

// TestNothingStaysBehind checks that a class leaves no goroutine and no file.
func TestNothingStaysBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", tmp)
	before := runtime.NumGoroutine()
	t.Run("a class", func(t *testing.T) {
		c := newClass(t, 64, PageOptions{})
		at, _ := c.shell(open(t))
		c.listener()
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		sees(t, r, "You're in.")
		c.order(room.End)
		sees(t, r, "This class is over")
	})
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	// The test client's terminal emulator keeps two goroutines.
	classtest.Until(t, 10*time.Second, "goroutines back to where they were", func() bool {
		return runtime.NumGoroutine() <= before+4
	})
	if entries, err := os.ReadDir(tmp); err != nil || len(entries) > 0 {
		t.Errorf("left: %v %v", entries, err)
	}
}

// FuzzSite sends requests of every shape: none gets an internal server error.
func FuzzSite(f *testing.F) {
	c := newClass(f, 64, PageOptions{})
	b := classtest.NewBrowser(c.at)
	if err := b.Join(c.code); err != nil {
		f.Fatal(err)
	}
	at, _ := url.Parse(c.at)
	cookie := b.HTTP.Jar.Cookies(at)[0].String()
	c.order(room.OwnPace)
	handler := c.site.handler()
	for _, seed := range [][3]string{{"POST", "/answer", "scene=sunday-night&pick=1"}, {"POST", "/step", "at=0&go=1"},
		{"POST", "/step", "at=0&choose=9"}, {"GET", "/help?country=XX", ""}, {"GET", "/abc-def", ""},
		{"POST", "/join", "code=%zz&as=projector"}, {"GET", "/seat?after=18446744073709551615", ""},
		{"POST", "/leave", ""}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, method, path, body string) {
		u, err := url.ParseRequestURI(path)
		if err != nil || path == "/live" || strings.HasPrefix(path, "/live?") || u.Path == "/live" {
			return
		}
		req, err := http.NewRequest(method, "http://127.0.0.1"+u.RequestURI(), strings.NewReader(body))
		if err != nil {
			return
		}
		req.Header.Set("Cookie", cookie)
		req.Header.Set("Origin", "http://127.0.0.1")
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := &answerWriter{header: http.Header{}}
		handler.ServeHTTP(w, req)
		if w.status >= 500 {
			t.Fatalf("%s %s %q: %d %s", method, path, body, w.status, w.body.String())
		}
		if strings.Contains(w.header.Get("Content-Type"), "text/html") &&
			w.header.Get("Content-Security-Policy") == "" {
			t.Fatal("a page without a policy")
		}
	})
}

// answerWriter records a response.
type answerWriter struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *answerWriter) Header() http.Header         { return w.header }
func (w *answerWriter) WriteHeader(status int)      { w.status = status }
func (w *answerWriter) Write(p []byte) (int, error) { return w.body.Write(p) }
