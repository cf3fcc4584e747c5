package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/room"
)

// student is one seat in a class.
type student interface {
	// answer gives the i-th answer to the open question and returns when it was on the screen.
	answer(q room.Question, i int) (time.Time, error)
	// news returns when the screen has changed last.
	news() time.Time
	close()
}

// clock is when something happened last.
type clock struct{ nanos atomic.Int64 }

func (c *clock) set()           { c.nanos.Store(time.Now().UnixNano()) }
func (c *clock) get() time.Time { return time.Unix(0, c.nanos.Load()) }

// quiet is how long a screen has to stay unchanged to be taken for finished.
const quiet = 400 * time.Millisecond

// errLate is returned for an answer that was not on the screen before the next one
// was due.
var errLate = errors.New("late")

// settled waits until a screen has changed after begin and is finished, and returns
// when its last byte came, or errLate.
func (c *clock) settled(begin time.Time) (time.Time, error) {
	for {
		time.Sleep(quiet / 4)
		switch last := c.get(); {
		case last.After(begin) && time.Since(last) >= quiet:
			return last, nil
		case time.Since(begin) > answerEvery-quiet:
			return begin.Add(answerEvery), errLate
		}
	}
}

// browser is a student whose browser runs our script: one connection for the news
// of the desk, one for the answers.
type browser struct {
	host, cookie  string
	conn, line    net.Conn
	r             *bufio.Reader
	desk          clock
	first, hungUp chan struct{}
}

// sitBrowser joins a class with a browser on device i.
func sitBrowser(s *school, i int) (student, error) {
	b := &browser{host: s.at, first: make(chan struct{}), hungUp: make(chan struct{})}
	var err error
	if b.conn, err = dialFrom(i, s.at); err != nil {
		return nil, err
	}
	b.r = bufio.NewReader(b.conn)
	_, head, err := b.ask(http.MethodPost, "/join", url.Values{"code": {s.code}, "as": {"seat"}})
	if err != nil {
		return nil, err
	}
	b.cookie, _, _ = strings.Cut(head.Get("Set-Cookie"), ";")
	if body, _, err := b.ask(http.MethodGet, "/seat", nil); err != nil || !strings.Contains(body, "You&#39;re in") {
		return nil, fmt.Errorf("no seat: %w %s", err, body)
	}
	if b.line, err = dialFrom(i, s.at); err != nil {
		return nil, err
	}
	if _,
		err := fmt.Fprintf(b.line, "GET /live HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n",
		b.host, b.cookie); err != nil {
		return nil, err
	}
	go b.listen()
	select {
	case <-b.first:
		return b, nil
	case <-b.hungUp:
		return nil, errors.New("the line to the desk is cut")
	case <-time.After(20 * time.Second):
		return nil, errors.New("there is no news of the desk")
	}
}

func dialFrom(i int, to string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(device(i))}, Timeout: 20 * time.Second}
	return d.Dial("tcp", to)
}

// listen notes when there is news.
func (b *browser) listen() {
	defer close(b.hungUp)
	lines := bufio.NewReaderSize(b.line, 1<<10)
	for heard := false; ; {
		line, err := lines.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
		if string(line) == "event: now\n" {
			if b.desk.set(); !heard {
				heard = true
				close(b.first)
			}
		}
	}
}

// ask sends a request and returns the page.
func (b *browser) ask(method, path string, form url.Values) (string, http.Header, error) {
	body := form.Encode()
	_, err := fmt.Fprintf(b.conn, "%s %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\nX-Fragment: 1\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		method, path, b.host, b.host, b.cookie, len(body), body)
	if err != nil {
		return "", nil, err
	}
	resp, err := http.ReadResponse(b.r, nil)
	if err != nil {
		return "", nil, err
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 400 {
		err = fmt.Errorf("%s: %s", path, resp.Status)
	}
	return string(page), resp.Header, err
}

func (b *browser) answer(q room.Question, i int) (time.Time, error) {
	page, _, err := b.ask(http.MethodPost, "/answer",
		url.Values{"scene": {q.Scene}, "pick": {fmt.Sprint(q.Options[i%2].Pick)}})
	at := time.Now()
	if err == nil && !strings.Contains(page, "Your answer is in.") {
		err = fmt.Errorf("not taken: %s", page)
	}
	return at, err
}

func (b *browser) news() time.Time { return b.desk.get() }

func (b *browser) close() {
	_ = b.conn.Close()
	_ = b.line.Close()
}

// terminal is a student over SSH.
type terminal struct {
	t    *classtest.Terminal
	last clock
}

// sitTerminal joins a class with a terminal on device i.
func sitTerminal(s *school, i int) (student, error) {
	conn, err := dialFrom(i, s.ssh)
	if err != nil {
		return nil, err
	}
	t := &terminal{}
	if t.t, err = classtest.Watch(conn, s.ssh, s.code, 80, 24, t); err != nil {
		return nil, err
	}
	begin := time.Now()
	for t.last.get().Before(begin) {
		if time.Since(begin) > 20*time.Second {
			return nil, errors.New("nothing is drawn")
		}
		time.Sleep(10 * time.Millisecond)
	}
	return t, nil
}

// Write notes when something has come.
func (t *terminal) Write(p []byte) (int, error) {
	t.last.set()
	return len(p), nil
}

func (t *terminal) answer(_ room.Question, i int) (time.Time, error) {
	begin := time.Now()
	if err := t.t.Press(fmt.Sprint(i%2 + 1)); err != nil {
		return begin, err
	}
	return t.last.settled(begin)
}

func (t *terminal) news() time.Time { return t.last.get() }

func (t *terminal) close() { _ = t.t.Client.Close() }

// process is a student who has a process and a pseudo-terminal of their own, which
// is how ttyd and gotty serve a program to many. What these add, a web server and a
// terminal in the page, is not counted here.
type process struct {
	c    *console
	last clock
}

// sitProcess starts wayout for a learner alone, goes to the first choice, and stops the process.
func sitProcess(p program, home string) (*process, error) {
	c, err := startIn(p, home, false)
	if err != nil {
		return nil, err
	}
	c.patience = 30 * time.Second // Two hundred of them are slow to begin.
	s := &process{c: c}
	if err := c.walk(toChoice); err != nil {
		c.close()
		return nil, err
	}
	go func() {
		for range c.out {
			s.last.set()
		}
	}()
	// It is stopped until all have started: two hundred that run leave no time to start in.
	return s, c.cmd.Process.Signal(syscall.SIGSTOP)
}

// answer moves between two choices: a learner alone has no class to answer in.
func (p *process) answer(_ room.Question, i int) (time.Time, error) {
	begin := time.Now()
	if _, err := p.c.tty.WriteString(upAndDown(i)); err != nil {
		return begin, err
	}
	return p.last.settled(begin)
}

func (p *process) news() time.Time { return p.last.get() }

func (p *process) close() { p.c.close() }
