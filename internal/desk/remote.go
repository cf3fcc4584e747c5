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
	at     string // The address of the room.
	key    string
	lesson *lesson.Lesson
	http   *http.Client
	news   chan room.View
	after  atomic.Uint64 // The revision of the last order.
	orders queue
	stop   context.CancelFunc

	listening sync.WaitGroup
}

// openRemote returns the desk of a room, with a connection on which it hears how the class
// stands.
func openRemote(ctx context.Context, at, key string, client *http.Client, l *lesson.Lesson) *Remote {
	ctx, stop := context.WithCancel(ctx)
	d := &Remote{at: at, key: key, lesson: l, http: client, news: make(chan room.View, 1), stop: stop}
	d.orders.start(ctx)
	d.listening.Go(func() { d.listen(ctx) })
	return d
}

// Open makes a room at a service and returns its desk and the join code. The error says what
// the service says.
func Open(ctx context.Context, service, key string, l *lesson.Lesson, seats int, script []room.Command) (*Remote,
	string, error) {
	if err := CheckAddress(service); err != nil {
		return nil, "", err
	}
	client := &http.Client{CheckRedirect: staysHere}
	service = strings.TrimRight(service, "/")
	body, err := json.Marshal(Request{l.ID, seats, script})
	if err != nil {
		return nil, "", err
	}
	try, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var made Created
	if err := call(try, client, http.MethodPost, service+"/staff/rooms", key, nil, body, &made); err != nil {
		return nil, "", fmt.Errorf("make a room: %w", err)
	}
	return openRemote(ctx, service+"/staff/rooms/"+made.Room, made.Key, client, l), made.Code, nil
}

// call sends a request to a service. The error is one of [Refusals], or says what the service
// says.
func call(ctx context.Context, client *http.Client, method, url, key string, says map[string]string, body []byte,
	into any) error {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	for name, value := range says {
		req.Header.Set(name, value)
	}
	resp, err := client.Do(req)
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
		_ = json.Unmarshal(data, &why) // A proxy may say it in another format.
		if known := Refusals[why.Why]; known != nil {
			return known
		}
		return &statusError{resp.StatusCode, cmp.Or(why.Why, resp.Status)}
	}
	return json.Unmarshal(data, into)
}

// refused reports whether a service has answered with a refusal, so that asking again is of no
// use.
func refused(err error) bool {
	for _, known := range Refusals {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// statusError is what a service or its proxy has answered.
type statusError struct {
	status int
	why    string
}

func (e *statusError) Error() string { return "the service says: " + e.why }

// Give queues orders; see [Desk].
func (d *Remote) Give(orders ...room.Command) (wait func() error) {
	return d.orders.give(d.order, orders)
}

// Order gives an order and waits until it is followed.
func (d *Remote) Order(c room.Command) error { return d.Give(c)() }

// says returns the headers of a request: the revision of the last order, and the name of this
// one, "" for none.
func (d *Remote) says(order string) map[string]string {
	return map[string]string{AfterHeader: strconv.FormatUint(d.after.Load(), 10), OrderHeader: order}
}

// orderWithin is how long an order is tried.
const orderWithin = 15 * time.Second

// order sends an order. A service of several machines may lose it; then it is sent again, if
// that means the same.
func (d *Remote) order(ctx context.Context, c room.Command) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, orderWithin)
	defer cancel()
	for name, lost := codes.Secret(), false; ; {
		try, stop := context.WithTimeout(ctx, 6*time.Second)
		var done Executed
		err := call(try, d.http, http.MethodPost, d.at+"/order", d.key, d.says(name), body, &done)
		stop()
		if err == nil {
			d.after.Store(done.Rev)
		}
		var said *statusError
		switch errors.As(err, &said); {
		case err == nil || lost && live.Fulfilled(c.Verb, err):
			return nil // The lost one was followed after all.
		case said != nil && said.status == http.StatusTooManyRequests: // The service didn't look at it.
		case refused(err) || said != nil && said.status < 500 || !live.Repeatable(c.Verb):
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

// MoreSeats opens more seats; see [live.Room.MoreSeats].
func (d *Remote) MoreSeats() (wait func() (int, error)) { return d.count(AddSeats) }

// RemoveIdle gives up the seats that are absent; see [live.Room.RemoveIdle].
func (d *Remote) RemoveIdle() (wait func() (int, error)) { return d.count(RemoveIdleSeats) }

// NewCode replaces the join code; see [live.Room.NewCode].
func (d *Remote) NewCode() (wait func() (string, error)) {
	done := d.seats(ReplaceCode)
	return func() (string, error) {
		result, err := done()
		return result.Code, err
	}
}

// count queues an order about the seats whose result is a number.
func (d *Remote) count(do string) (wait func() (int, error)) {
	done := d.seats(do)
	return func() (int, error) {
		result, err := done()
		return result.Count, err
	}
}

// seats queues an order about the seats behind the orders before it.
func (d *Remote) seats(do string) (wait func() (SeatsResult, error)) {
	return ask(&d.orders, func(ctx context.Context) (SeatsResult, error) { return d.askSeats(ctx, do) })
}

// askSeats sends an order about the seats once: sent twice it would be followed twice.
func (d *Remote) askSeats(ctx context.Context, do string) (SeatsResult, error) {
	var done SeatsResult
	ctx, cancel := context.WithTimeout(ctx, orderWithin)
	defer cancel()
	body, err := json.Marshal(SeatsOrder{do})
	if err != nil {
		return done, err
	}
	err = call(ctx, d.http, http.MethodPost, d.at+"/seats", d.key, d.says(""), body, &done)
	return done, err
}

// News waits for news and returns how the class stands; false when there won't be any more.
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
		err := call(try, d.http, http.MethodGet, d.at+"/report", d.key, d.says(""), nil, &r)
		stop()
		if err == nil || refused(err) || ctx.Err() != nil {
			return r, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(deskRetry):
		}
	}
}

// Close leaves the desk, and returns once its orders and its connection have ended. The
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
	for {
		if d.follow(ctx) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(deskRetry):
		}
	}
}

// deskRetry is how long a desk waits before it tries again.
const deskRetry = 100 * time.Millisecond

// longestLine is how long one connection is used, which is longer than any class.
const longestLine = 25 * time.Hour

// silence is how long a connection may say nothing before it counts as dead.
const silence = 3 * Beat

// follow reads from one connection. It returns true where the room is gone.
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

// lost waits a moment before a room that a machine doesn't know counts as gone, because that
// machine may only just have started.
func (d *Remote) lost(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Second):
	}
	var r room.Report
	err := call(ctx, d.http, http.MethodGet, d.at+"/report", d.key, nil, nil, &r)
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
	case <-d.news: // News that hasn't been read is out of date.
	default:
	}
	d.news <- v
}
