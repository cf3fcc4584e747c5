package desk

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wayout/internal/codes"
	"wayout/internal/lesson"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
	"wayout/internal/text"
)

// Remote is the desk of a room at a service, or in another program of this computer.
type Remote struct {
	service
	lesson *lesson.Lesson
	news   chan room.View
	after  atomic.Uint64 // The revision that the last order made.
	orders queue
	stop   context.CancelFunc

	listening sync.WaitGroup
}

// openRemote returns the desk of a room, and opens the connection on which it gets the state of
// the class.
func openRemote(ctx context.Context, s service, l *lesson.Lesson) *Remote {
	ctx, stop := context.WithCancel(ctx)
	d := &Remote{service: s, lesson: l, news: make(chan room.View, 1), stop: stop}
	d.orders.start(ctx)
	d.listening.Go(func() { d.listen(ctx) })
	return d
}

// Open makes a room at a service and returns its desk and the join code. The error has the
// service's reason.
func Open(ctx context.Context, at, key string, l *lesson.Lesson, seats int, script []room.Command) (*Remote,
	string, error) {
	if err := CheckAddress(at); err != nil {
		return nil, "", err
	}
	s := service{strings.TrimRight(at, "/") + "/staff/rooms", key, &http.Client{CheckRedirect: staysHere}}
	try, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var made Created
	if err := s.call(try, "", nil, Request{l.ID, seats, script}, &made); err != nil {
		return nil, "", fmt.Errorf("make a room: %w", err)
	}
	s.at, s.key = s.at+"/"+made.Room, made.Key
	return openRemote(ctx, s, l), made.Code, nil
}

// service is an address of a service, such as that of a room, with the key and a client.
type service struct {
	at, key string
	http    *http.Client
}

// call gets a path of a service, or posts a body to it if that isn't nil, and decodes the reply.
// The error is one of [Refusals], or a statusError with the service's reason.
func (s service) call(ctx context.Context, path string, says map[string]string, body, into any) error {
	method, src := http.MethodGet, []byte{}
	if body != nil {
		var err error
		if src, err = json.Marshal(body); err != nil {
			return err
		}
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, s.at+path, bytes.NewReader(src))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	for name, value := range says {
		req.Header.Set(name, value)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, 4*store.MaxValue))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return &statusError{resp.StatusCode, "it is at another address: " + text.Line(resp.Header.Get("Location"), 200)}
	}
	if resp.StatusCode >= 400 {
		var why Refusal
		_ = json.Unmarshal(data, &why) // A proxy may reply in another format.
		if known := Refusals[why.Why]; known != nil {
			return known
		}
		return &statusError{resp.StatusCode, cmp.Or(why.Why, resp.Status)}
	}
	return json.Unmarshal(data, into)
}

// statusError is an error reply of a service or its proxy.
type statusError struct {
	status int
	why    string
}

func (e *statusError) Error() string { return "the service says: " + e.why }

// Give queues orders; see [Desk].
func (d *Remote) Give(orders ...room.Command) (wait func() error) {
	return d.orders.give(d.order, orders)
}

// Order gives an order and waits until it is carried out.
func (d *Remote) Order(c room.Command) error { return d.Give(c)() }

// says returns the headers of a request: the revision that the last order made, and the name of
// this order, "" for none.
func (d *Remote) says(order string) map[string]string {
	return map[string]string{AfterHeader: strconv.FormatUint(d.after.Load(), 10), OrderHeader: order}
}

// orderWithin is how long an order is retried.
const orderWithin = 15 * time.Second

// order sends an order. A service of several machines may lose it; then it is sent again, unless
// it could take effect twice.
func (d *Remote) order(ctx context.Context, c room.Command) error {
	ctx, cancel := context.WithTimeout(ctx, orderWithin)
	defer cancel()
	for name, lost := codes.Secret(), false; ; {
		try, stop := context.WithTimeout(ctx, 6*time.Second)
		var done Executed
		err := d.call(try, "/order", d.says(name), c, &done)
		stop()
		if err == nil {
			d.after.Store(done.Rev)
		}
		var said *statusError
		switch errors.As(err, &said); {
		case err == nil || lost && live.Fulfilled(c.Verb, err):
			return nil // The order whose reply was lost was carried out after all.
		case said != nil && said.status == http.StatusTooManyRequests: // The service refused it unread: send it again.
		case RefusalOf(err) != "" || said != nil && said.status < 500 || !live.Repeatable(c.Verb):
			return err
		default:
			lost = true
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(deskRetry):
		}
	}
}

// MoreSeats adds seats; see [live.Room.MoreSeats].
func (d *Remote) MoreSeats() (wait func() (int, error)) { return d.count(AddSeats) }

// RemoveIdle gives up the seats that are absent; see [live.Room.RemoveIdle].
func (d *Remote) RemoveIdle() (wait func() (int, error)) { return d.count(RemoveIdleSeats) }

// NewCode replaces the join code; see [live.Room.NewCode].
func (d *Remote) NewCode() (wait func() (string, error)) {
	return ask(&d.orders, func(ctx context.Context) (string, error) {
		done, err := d.seats(ctx, ReplaceCode)
		return done.Code, err
	})
}

// count queues an order about the seats whose result is a number.
func (d *Remote) count(do string) (wait func() (int, error)) {
	return ask(&d.orders, func(ctx context.Context) (int, error) {
		done, err := d.seats(ctx, do)
		return done.Count, err
	})
}

// seats sends an order about the seats without retrying: sent twice it would take effect twice.
func (d *Remote) seats(ctx context.Context, do string) (done SeatsResult, err error) {
	ctx, cancel := context.WithTimeout(ctx, orderWithin)
	defer cancel()
	err = d.call(ctx, "/seats", d.says(""), SeatsOrder{do}, &done)
	return done, err
}

// News waits for news and returns the state of the class; false when there won't be any more.
func (d *Remote) News() (room.View, bool) {
	v, ok := <-d.news
	return v, ok
}

// Report returns what may be kept of the class.
func (d *Remote) Report(ctx context.Context) (room.Report, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	var r room.Report
	for {
		try, stop := context.WithTimeout(ctx, 6*time.Second)
		err := d.call(try, "/report", d.says(""), nil, &r)
		stop()
		if err == nil || RefusalOf(err) != "" || ctx.Err() != nil {
			return r, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(deskRetry):
		}
	}
}

// Close closes the desk, and returns once its orders and its connection have ended. The
// class goes on without a desk.
func (d *Remote) Close() {
	d.stop()
	d.orders.running.Wait()
	d.listening.Wait()
}

// listen keeps a connection to any machine of the service open, until the desk is closed or
// the room is gone.
func (d *Remote) listen(ctx context.Context) {
	defer close(d.news)
	for !d.follow(ctx) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(deskRetry):
		}
	}
}

// deskRetry is how long a desk waits before it tries again.
const deskRetry = 100 * time.Millisecond

// longestLine is how long one connection may last, which is longer than any class.
const longestLine = 25 * time.Hour

// silence is how long a connection may be silent before it counts as dead.
const silence = 3 * Beat

// follow reads the state of the class from one connection. It returns true if the room is gone.
func (d *Remote) follow(ctx context.Context) bool {
	whole := ctx
	ctx, cancel := context.WithTimeout(ctx, longestLine)
	defer cancel()
	dead := time.AfterFunc(silence, cancel)
	defer dead.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.at+"/live", nil)
	if err != nil {
		return true
	}
	req.Header.Set("Authorization", "Bearer "+d.key)
	resp, err := d.http.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return resp.StatusCode == http.StatusForbidden && d.lost(whole)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 4*store.MaxValue)
	event := ""
	for lines.Scan() {
		dead.Reset(silence)
		line := lines.Text()
		if e, ok := strings.CutPrefix(line, "event: "); ok {
			event = e
			continue
		}
		data, ok := strings.CutPrefix(line, "data: ")
		switch {
		case ok && event == "gone":
			return true
		case ok && event == "now":
			d.hear([]byte(data))
		}
	}
	return false
}

// lost reports whether a room that a machine doesn't know is gone. It waits a moment and asks
// again, because that machine may only just have started.
func (d *Remote) lost(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Second):
	}
	var r room.Report
	err := d.call(ctx, "/report", nil, nil, &r)
	said, ok := errors.AsType[*statusError](err)
	return ok && said.status == http.StatusForbidden
}

func (d *Remote) hear(data []byte) {
	var n Status
	if json.Unmarshal(data, &n) != nil {
		return
	}
	class, err := room.DecodeClass(d.lesson, n.Class)
	if err != nil {
		return
	}
	v := room.View{Class: class, Rev: n.Rev, In: n.In, Answered: n.Answered, AllAnswered: n.Everybody, Seats: n.Seats,
		Taken: n.Taken, Idle: n.Idle, Guesses: n.Guesses}
	select {
	case <-d.news: // Drop unread news, which is out of date.
	default:
	}
	d.news <- v
}
