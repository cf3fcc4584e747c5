package serve

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	proxyproto "github.com/pires/go-proxyproto"
	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/limits"
	"wayout/internal/live"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/sshd"
	"wayout/internal/store"
	"wayout/internal/web"
)

// quietClass returns a class without a network, for a synctest bubble.
func quietClass(t *testing.T, m material) *class {
	t.Helper()
	return quietClassOf(t, m, "hold-my-phone")
}

func quietClassOf(t *testing.T, m material, id string) *class {
	t.Helper()
	store, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	registry, err := live.Open(context.Background(), live.Options{Store: store, Lessons: m.lesson})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	t.Cleanup(registry.Close)
	c := &class{t: t, registry: registry, store: store,
		site: NewPageServer(registry, m.pages, PageOptions{Hosts: []string{"127.0.0.1"}})}
	l, err := m.lesson(id)
	if err != nil {
		t.Fatal(err)
	}
	if c.room, c.code, c.key, err = registry.Make(context.Background(), l, 64, nil); err != nil {
		t.Fatal(err)
	}
	return c
}

// take takes a seat in a class without a network.
func (c *class) take(projector bool) (cookie, seat string) {
	c.t.Helper()
	secret := codes.Secret()
	if err := c.room.Join(context.Background(), secret, projector); err != nil {
		c.t.Fatal(err)
	}
	return cookieName + "=" + c.room.ID() + "." + secret, c.room.SeatName(secret)
}

// stream records the events that a client is sent, and when.
type stream struct {
	header http.Header
	news   []string
	at     []time.Time
	sizes  []int
}

func (s *stream) Header() http.Header              { return s.header }
func (s *stream) WriteHeader(int)                  {}
func (s *stream) Flush()                           {}
func (s *stream) SetWriteDeadline(time.Time) error { return nil }
func (s *stream) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte("event: now")) {
		s.news, s.at, s.sizes = append(s.news, string(p)), append(s.at, time.Now()), append(s.sizes, len(p))
	}
	return len(p), nil
}

// TestProjectorBeat lets ten people answer one after the other: the projector and the desk
// are told every [live.CountsEvery], and only if their screen changes. A seat that hasn't
// answered is told nothing.
func TestProjectorBeat(t *testing.T) {
	m := open(t)
	synctest.Test(t, func(t *testing.T) {
		c := quietClass(t, m)
		begun := time.Now()
		cookie, _ := c.take(true)
		var seats []string
		for range 10 {
			_, seat := c.take(false)
			seats = append(seats, seat)
		}
		q := c.toQuestion()
		c.order(room.Ask)
		ctx, stop := context.WithCancel(context.Background())
		projector, desk := &stream{header: http.Header{}}, &stream{header: http.Header{}}
		pupil := &stream{header: http.Header{}}
		own, _ := c.take(false)
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/live", nil).WithContext(ctx)
		r.Header.Set("Cookie", cookie)
		go c.site.withSeat(c.site.live)(projector, r)
		looks := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/live", nil).WithContext(ctx)
		looks.Header.Set("Cookie", own)
		go c.site.withSeat(c.site.live)(pupil, looks)
		go c.site.deskLive(desk, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil).WithContext(ctx), c.room)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		was, told := [2]int{len(projector.news), len(desk.news)}, len(pupil.news)
		for i, seat := range seats {
			time.Sleep(700*time.Millisecond + time.Duration(i)*13*time.Millisecond)
			if err := c.room.Answer(seat, q.Scene, q.Options[i%2].Pick).Soon(); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		stop()
		synctest.Wait()
		for i, s := range []*stream{projector, desk} {
			all := s.news[was[i]:]
			if len(all) != 2 { // Five have answered; ten.
				t.Errorf("line %d was told %d times", i, len(all))
			}
			for n, at := range s.at[was[i]:] {
				if off := at.Sub(begun) % live.CountsEvery; off != 0 {
					t.Errorf("line %d was told %v after the beat", i, off)
				}
				if n > 0 && all[n] == all[n-1] {
					t.Errorf("line %d was told the same twice", i)
				}
			}
		}
		if n := len(pupil.news); told == 0 || n != told {
			t.Errorf("a participant was told %d times while the others answered", n-told)
		}
		// An order of the facilitator shows at once.
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.site.withSeat(c.site.live)(projector, r.WithContext(context.WithoutCancel(ctx)))
		}()
		synctest.Wait()
		time.Sleep(123 * time.Millisecond)
		n, now := len(projector.news), time.Now()
		c.order(room.Close)
		synctest.Wait()
		if len(projector.news) != n+1 || !projector.at[n].Equal(now) {
			t.Error("the lead's order waits for the beat")
		}
		close(c.site.stop)
		<-done
	})
}

// eager is a pipe whose writes return before they are read, as on a network.
type eager struct {
	net.Conn
	out chan []byte
}

func (e eager) Write(p []byte) (int, error) {
	e.out <- bytes.Clone(p)
	return len(p), nil
}

// TestTwoMinutesOverSSH takes nearly two minutes to compare the fingerprint and type the code,
// which is allowed; a client that takes longer, or sends nothing, is disconnected.
func TestTwoMinutesOverSSH(t *testing.T) {
	m := open(t)
	key, _, err := sshd.HostKey("")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		c := quietClass(t, m)
		s, err := sshd.New(c.registry, sshd.Options{Course: m.course, Help: m.help, Settings: settings.BuiltIn(),
			HostKey: key})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		dial := func() net.Conn {
			here, there := net.Pipe()
			go s.ServeConn(there)
			out := make(chan []byte, 100)
			go func() {
				for p := range out {
					_, _ = here.Write(p)
				}
			}()
			return eager{here, out}
		}
		for _, try := range []struct {
			compares, types time.Duration
			in              bool
		}{{time.Second, 11 * time.Second, true}, {40 * time.Second, 70 * time.Second, true},
			{0, 115 * time.Second, true}, {30 * time.Second, 100 * time.Second, false}, {130 * time.Second, 0, false}} {
			conn := dial()
			client, channels, requests, err := gossh.NewClientConn(conn, "x", &gossh.ClientConfig{User: "x",
				HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { time.Sleep(try.compares); return nil },
				Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, questions []string,
					_ []bool) ([]string, error) {
					time.Sleep(try.types)
					return []string{c.code}, nil
				})}})
			if (err == nil) != try.in {
				t.Errorf("%v to compare and %v to type: %v", try.compares, try.types, err)
			}
			if err == nil {
				go gossh.DiscardRequests(requests)
				go func() {
					for ch := range channels {
						_ = ch.Reject(gossh.Prohibited, "")
					}
				}()
				_ = client.Close()
			}
			_ = conn.Close()
			close(conn.(eager).out)
		}
		for _, says := range []string{"", "SSH-2.0-x\r\n"} {
			conn, begun := dial(), time.Now()
			_, _ = io.WriteString(conn, says)
			_, _ = io.Copy(io.Discard, conn)
			if took := time.Since(begun); took > sshd.GreetWithin {
				t.Errorf("who says %q is let go after %v", says, took)
			}
			_ = conn.Close()
			close(conn.(eager).out)
		}
		synctest.Wait()
		if n := s.Connections(); n != 0 {
			t.Errorf("%d connections are left", n)
		}
	})
}

// idle opens a connection that sends says, and then nothing more.
func (c *class) idle(addr, says string) net.Conn {
	c.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(addr)}, Timeout: 5 * time.Second}
	conn, err := d.Dial("tcp", c.host())
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = conn.Close() })
	_, _ = io.WriteString(conn, says)
	return conn
}

// cut reports whether the other end has closed a connection.
func cut(conn net.Conn) bool {
	_ = conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := io.Copy(io.Discard, conn)
	return err == nil || !errors.Is(err, context.DeadlineExceeded) && !isTimeout(err)
}

func isTimeout(err error) bool {
	var late net.Error
	return errors.As(err, &late) && late.Timeout()
}

// TestIdleConnections opens more connections than a school's address may have, some silent
// and some that have asked for a page: pupils with a seat stay, and newcomers get in at
// once.
func TestIdleConnections(t *testing.T) {
	c := newClass(t, 200, PageOptions{})
	seated := c.listener()
	var early []*classtest.Browser
	for range 5 {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(c.code); err != nil {
			t.Fatal(err)
		}
		early = append(early, b)
	}
	var silent []net.Conn
	for i := range 2 * limits.MaxUnseatedEach {
		says := ""
		if i%2 > 0 {
			says = fmt.Sprintf("GET / HTTP/1.1\r\nHost: %s\r\n\r\n", c.host())
		}
		silent = append(silent, c.idle("127.0.0.1", says))
	}
	for i := range 40 {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(c.code); err != nil {
			t.Fatalf("pupil %d, who comes: %v", i, err)
		}
	}
	for i, b := range early {
		if _, body, err := b.Get("/seat"); err != nil || !strings.Contains(body, "You&#39;re in") {
			t.Errorf("pupil %d, who was in: %v", i, err)
		}
	}
	for len(seated.news) > 0 {
		<-seated.news
	}
	c.order(room.Start)
	select {
	case <-seated.news:
	case <-seated.done:
		t.Error("the line of a seat was cut")
	case <-time.After(5 * time.Second):
		t.Error("the line of a seat says nothing")
	}
	if !cut(silent[0]) {
		t.Error("the oldest of the silent ones is open")
	}
	if n := c.site.conns.UnseatedAt(netip.MustParseAddr("127.0.0.1")); n > limits.MaxUnseatedEach {
		t.Errorf("%d strangers are at one address", n)
	}
}

// TestLinesOfASeat opens stream after stream with one seat: the newest stay open, and so do
// the streams of other seats.
func TestLinesOfASeat(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	other := c.listener()
	b := classtest.NewBrowser(c.at)
	b.HTTP.Timeout = 0
	if err := b.Join(c.code); err != nil {
		t.Fatal(err)
	}
	var lines []*bufio.Reader
	for range 3 * live.MaxViewers {
		resp, err := b.HTTP.Get(c.at + "/live")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		line := bufio.NewReader(resp.Body)
		if said, err := line.ReadString('\n'); said != "event: now\n" {
			t.Fatalf("%q %v", said, err)
		}
		lines = append(lines, line)
	}
	open := func() int { return c.room.Load().Watching }
	classtest.Until(t, 5*time.Second, "the oldest lines let go", func() bool { return open() == live.MaxViewers+1 })
	for _, old := range lines[:2*live.MaxViewers] {
		if _, err := io.Copy(io.Discard, old); err != nil {
			t.Error("an old line ends with", err)
		}
	}
	for len(other.news) > 0 {
		<-other.news
	}
	c.order(room.Start)
	<-other.news
}

// TestHostHeaderFillsNothing asks for a projector's page with as many host headers as
// there are ports: none of those pages is cached.
func TestHostHeaderFillsNothing(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	b := classtest.NewBrowser(c.at)
	if status, _, err := b.Post("/join", url.Values{"code": {c.code}, "as": {"projector"}}); err != nil ||
		status != http.StatusOK {
		t.Fatal(status, err)
	}
	at, _ := url.Parse(c.at)
	cookie := b.HTTP.Jar.Cookies(at)[0].String()
	handler := c.site.handler()
	ask := func(i int) {
		r := httptest.NewRequest(http.MethodPost, "/answer", strings.NewReader("scene=x&pick=1"))
		r.Host = []string{fmt.Sprint("127.0.0.1:", i), fmt.Sprint("LOCALHOST:", i),
			fmt.Sprintf("LocalHost:%05d", i)}[i%3]
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Origin", "http://"+r.Host)
		r.Header.Set("X-Fragment", "1")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "svg") {
			t.Fatal(w.Code, w.Body.String())
		}
	}
	ask(1)
	grown := growth(func() {
		for i := range 1500 {
			ask(i)
		}
	})
	c.site.mu.Lock()
	defer c.site.mu.Unlock()
	if len(c.site.cache) > 4 {
		t.Errorf("%d pages are kept", len(c.site.cache))
	}
	t.Logf("the heap grew by %d KiB", grown>>10)
	if grown > 16<<20 {
		t.Errorf("the heap grew by %d KiB", grown>>10)
	}
}

// TestDrawnPagesAreBounded checks that the cache keeps at most maxCached pages.
func TestDrawnPagesAreBounded(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	_, seat := c.take(false)
	c.toQuestion()
	v, _ := c.room.View(seat)
	for i := range 4 * maxCached {
		v.Rev = uint64(i)
		if src := c.site.fragment(c.room, v, c.site.joinInfo(httptest.NewRequest(http.MethodGet, "/", nil),
			c.room)); len(src) == 0 {
			t.Fatal("nothing is drawn")
		}
	}
	if len(c.site.cache) > maxCached {
		t.Errorf("%d pages are kept", len(c.site.cache))
	}
}

// lengths returns how many bytes a form and its reply are.
func (c *class) lengths(cookie, path, body string, script bool) [2]int {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Host = "127.0.0.1"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", cookie)
	r.Header.Set("Origin", "http://127.0.0.1")
	if script {
		r.Header.Set("X-Fragment", "1")
	}
	w := httptest.NewRecorder()
	c.site.handler().ServeHTTP(w, r)
	if script && w.Code == http.StatusOK {
		return [2]int{len(body), w.Body.Len()}
	}
	if w.Code != http.StatusSeeOther {
		c.t.Fatalf("%s %s: %d %s", path, body, w.Code, w.Body.String())
	}
	r = httptest.NewRequest(http.MethodGet, w.Header().Get("Location"), nil)
	r.Host = "127.0.0.1"
	r.Header.Set("Cookie", cookie)
	w = httptest.NewRecorder()
	c.site.handler().ServeHTTP(w, r)
	return [2]int{len(body), w.Body.Len()}
}

// buttons returns what the forms of a page send: one for each button, or for each of
// the answers to choose from.
func buttons(page, name string) []string {
	var all []string
	for _, part := range strings.Split(page, `name="`+name+`" value="`)[1:] {
		value, _, _ := strings.Cut(part, `"`)
		all = append(all, value)
	}
	return all
}

// page returns the page of a seat.
func (c *class) page(cookie string) string {
	c.t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/seat", nil)
	r.Host = "127.0.0.1"
	r.Header.Set("Cookie", cookie)
	c.site.handler().ServeHTTP(w, r)
	return w.Body.String()
}

// moves are what a learner can send at their own pace, without going back.
func (c *class) moves(cookie, seat string) []string {
	c.t.Helper()
	v, _ := c.room.View(seat)
	kind, more := "", ""
	switch v.Seat.Run(c.room.Lesson()).Turn() {
	case play.Choose:
		kind = "choose"
	case play.Answer:
		kind, more = "answer", "&how=2"
	case play.Say:
		kind = "skip"
	case play.Go:
		kind = "go"
	}
	var all []string
	if kind != "" {
		for _, value := range buttons(c.page(cookie), kind) {
			all = append(all, kind+"="+value+more)
		}
	}
	return all
}

// TestLengthsSayNothing votes for each option of each question, and takes every choice at
// its own pace: requests and replies have the same length whatever was chosen, with and
// without our script.
func TestLengthsSayNothing(t *testing.T) {
	for _, script := range []bool{true, false} {
		c := newClass(t, 5000, PageOptions{})
		unsure := 0
		same := func(what string, sent []string, all [][2]int) {
			t.Helper()
			for i, l := range all {
				if sent[i] == web.Unsure || strings.Contains(sent[i], "="+web.Unsure) {
					unsure++
				}
				if l != all[0] {
					t.Errorf("script %v, %s: %q lengths %v", script, what, sent, all)
					return
				}
			}
		}
		questions := map[string]bool{}
		c.toQuestion()
		for range 60 {
			v, _ := c.room.View("")
			q := v.Class.Question().Scene
			if q != "" && !questions[q] && c.room.Order(context.Background(), room.Command{Verb: room.Ask}) == nil {
				questions[q] = true
				cookie, _ := c.take(false)
				picks := buttons(c.page(cookie), "pick")
				var all [][2]int
				for _, pick := range picks {
					cookie, _ := c.take(false)
					all = append(all, c.lengths(cookie, "/answer", "scene="+q+"&pick="+pick, script))
				}
				same("a vote in "+q, picks, all)
				c.order(room.Close)
			}
			verb := room.Next
			if v.Class.Question().Scene != "" {
				verb = room.Choose
			}
			if c.room.Order(context.Background(), room.Command{Verb: verb, Number: 1}) != nil &&
				c.room.Order(context.Background(), room.Command{Verb: room.Next}) != nil {
				break
			}
		}
		if len(questions) < 3 || unsure == 0 {
			t.Errorf("%d questions, %d times unsure", len(questions), unsure)
		}
		unsure = 0
		c.order(room.OwnPace)
		ways, steps := [][]string{nil}, 0
		for ; len(ways) > 0 && steps < 60; steps++ {
			var next [][]string
			for _, way := range ways {
				walk := func() (cookie, seat string) {
					cookie, seat = c.take(false)
					for at, move := range way {
						c.lengths(cookie, "/step", fmt.Sprintf("at=%d&%s", at, move), script)
					}
					return cookie, seat
				}
				cookie, seat := walk()
				moves := c.moves(cookie, seat)
				var all [][2]int
				for _, move := range moves {
					cookie, _ := walk()
					all = append(all, c.lengths(cookie, "/step", fmt.Sprintf("at=%d&%s", len(way), move), script))
					next = append(next, append(way[:len(way):len(way)], move))
				}
				same(fmt.Sprint("move ", steps+1), moves, all)
			}
			ways = nil
			for i := 0; i < len(next); i += max(1, len(next)/2) { // Follow only a few of them.
				ways = append(ways, next[i])
			}
		}
		if steps < 8 || unsure == 0 {
			t.Errorf("only %d moves, %d times unsure", steps, unsure)
		}
	}
}

// TestEventLengths checks that events are padded, too, although JSON escapes some characters.
func TestEventLengths(t *testing.T) {
	text := make([]byte, 5000)
	_, _ = rand.Read(text)
	for _, n := range []int{0, 1, 100, 2000, 5000} {
		if got := len(paddedEvent(plainJSON(strings.Repeat(`<p class="x">`, n/20)), 0, true)); got != padOwn {
			t.Errorf("%d bytes are sent as %d", n, got)
		}
		if got := len(paddedPage(text[:n], 0, true)); got != padOwn {
			t.Errorf("%d bytes are sent as %d", n, got)
		}
		if got := len(paddedPage(text[:n], 0, false)); got%padTogether != 0 {
			t.Errorf("%d bytes are sent as %d", n, got)
		}
	}
	if got := len(paddedPage(bytes.Repeat([]byte("a"), padOwn), 0, true)); got != 2*padOwn {
		t.Errorf("a long page is %d", got)
	}
}

// TestOwnPaceFits plays each lesson several times at its own pace, on different paths: no page
// is longer than padOwn, so that no length reveals the path.
func TestOwnPaceFits(t *testing.T) {
	m := open(t)
	longest, runs := 0, 12
	if testing.Short() {
		runs = 3
	}
	for _, e := range m.course.Lessons {
		c := quietClassOf(t, m, e.ID)
		c.order(room.Start)
		c.order(room.OwnPace)
		random := mathrand.New(mathrand.NewPCG(1, 2))
		for range runs {
			_, seat := c.take(false)
			for ended := false; !ended; {
				v, _ := c.room.View(seat)
				n := len(paddedPage(c.site.fragment(c.room, v, web.JoinInfo{}), 0, true))
				if longest = max(longest, len(c.site.fragment(c.room, v, web.JoinInfo{}))); n != padOwn {
					t.Fatalf("%s: a page of %d bytes is sent as %d", e.ID, longest, n)
				}
				err := c.room.Step(seat, len(v.Seat.Actions), func(run play.Run) (play.Run, error) {
					switch run.Turn() {
					case play.Choose:
						return run.Choose(run.Open()[random.IntN(len(run.Open()))])
					case play.Answer:
						return run.Answer(random.IntN(len(run.Scene().Check.Options)), play.Sure)
					case play.Say:
						return run.Said(nil)
					default:
						return run.Go()
					}
				}).Soon()
				ended = err != nil
			}
		}
	}
	t.Logf("the longest page has %d bytes", longest)
}

// TestStreamLengths follows the streams of seats that answer, and that go on at their own
// pace, each on a different path: the length of an event reveals nothing.
func TestStreamLengths(t *testing.T) {
	m := open(t)
	synctest.Test(t, func(t *testing.T) {
		c := quietClass(t, m)
		ctx, stop := context.WithCancel(context.Background())
		var streams []*stream
		var seats []string
		for range 3 {
			cookie, seat := c.take(false)
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/live", nil).WithContext(ctx)
			r.Header.Set("Cookie", cookie)
			s := &stream{header: http.Header{}}
			go c.site.withSeat(c.site.live)(s, r)
			streams, seats = append(streams, s), append(seats, seat)
		}
		synctest.Wait()
		q := c.toQuestion()
		c.order(room.Ask)
		synctest.Wait()
		for i, seat := range seats {
			if err := c.room.Answer(seat, q.Scene, q.Options[i].Pick).Soon(); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		// One event may stand for several changes, depending on timing, so each stream has its own count.
		var together []int
		for _, s := range streams {
			together = append(together, len(s.sizes))
		}
		c.order(room.OwnPace)
		for i, seat := range seats {
			for range 6 {
				v, _ := c.room.View(seat)
				if err := c.room.Step(seat, len(v.Seat.Actions), func(run play.Run) (play.Run, error) {
					if run.Turn() == play.Choose {
						return run.Choose(run.Open()[i%len(run.Open())])
					}
					return run.Go()
				}).Soon(); err != nil {
					break // A question or the end: stop here.
				}
				synctest.Wait()
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		synctest.Wait()
		for i, s := range streams {
			if len(s.sizes) < together[i]+2 || together[i] < 2 {
				t.Errorf("seat %d was told %d times, %d of them together", i, len(s.sizes), together[i])
			}
			for n, size := range s.sizes {
				if size%padTogether != 0 || n > together[i] && size != padOwn { // The first events close the question.
					t.Errorf("seat %d, event %d has %d bytes", i, n, size)
				}
			}
		}
	})
}

// TestProxyHeaders checks that the address of a terminal is taken from the PROXY header of a
// declared proxy, in either version, and from no one else.
func TestProxyHeaders(t *testing.T) {
	m := open(t)
	c := newClass(t, 64, PageOptions{})
	key, _, err := sshd.HostKey("")
	if err != nil {
		t.Fatal(err)
	}
	s, err := sshd.New(c.registry, sshd.Options{Course: m.course, Help: m.help, Settings: settings.BuiltIn(),
		HostKey: key, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.8/32")}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close(); <-done })
	client := &net.TCPAddr{IP: net.ParseIP("192.0.2.7"), Port: 4711}
	header := func(version byte) []byte {
		var b bytes.Buffer
		if _, err := proxyproto.HeaderProxyFromAddrs(version, client,
			&net.TCPAddr{IP: net.ParseIP("192.0.2.1"), Port: 22}).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, try := range []struct {
		via    string
		header []byte
		in     bool
		counts string
	}{
		{"127.0.0.8", header(1), true, "192.0.2.7"},
		{"127.0.0.8", header(2), true, "192.0.2.7"},
		{"127.0.0.8", []byte("PROXY UNKNOWN\r\n"), true, "127.0.0.8"},
		{"127.0.0.8", nil, true, "127.0.0.8"}, // A forwarded connection without a header.
		{"127.0.0.8", []byte("PROXY nonsense\r\n"), false, ""},
		{"127.0.0.9", header(1), true, "127.0.0.9"}, // Not a declared proxy: SSH ignores the line.
		{"127.0.0.9", header(2), false, ""},
		{"127.0.0.9", nil, true, "127.0.0.9"},
	} {
		dial := func(code string) error {
			d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(try.via)}, Timeout: 5 * time.Second}
			conn, err := d.Dial("tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_, _ = conn.Write(try.header)
			r, err := classtest.SitDownOn(conn, l.Addr().String(), code)
			if err == nil {
				err = r.Sees("You're in.")
			}
			return err
		}
		if err := dial(c.code); (err == nil) != try.in {
			t.Errorf("through %s with %q: %v", try.via, try.header, err)
		}
		if !try.in {
			continue
		}
		wrong, addresses := s.Guesses().Counted(netip.MustParseAddr(try.counts))
		if wrong > 0 {
			addresses-- // The proxy's own address was counted already.
		}
		_ = dial("ZZZZZZZZZZ")
		if now, all := s.Guesses().Counted(netip.MustParseAddr(try.counts)); now != wrong+1 || all != addresses+1 {
			t.Errorf("through %s with %q, a wrong code is not counted for %v", try.via, try.header, try.counts)
		}
	}
}
