package desk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
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
	within func(time.Duration) (context.Context, context.CancelFunc) // Both end with the desk.
	stop   context.CancelFunc
	done   <-chan struct{} // Closed when the desk is left.
}

// newRemote returns the desk of a room. Nothing is asked of the service before listen.
func newRemote(ctx context.Context, at, key string, client *http.Client, l *lesson.Lesson) *Remote {
	ctx, stop := context.WithCancel(ctx)
	return &Remote{at: at, key: key, lesson: l, http: client, news: make(chan room.View, 1), stop: stop,
		done:   ctx.Done(),
		within: func(d time.Duration) (context.Context, context.CancelFunc) { return context.WithTimeout(ctx, d) }}
}

// Open makes a room at a service and returns its desk and the code of the class.
// The error says what the service says.
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
	ctx2, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var made Created
	if err := call(ctx2, client, http.MethodPost, service+"/staff/rooms", key, nil, body, &made); err != nil {
		return nil, "", fmt.Errorf("make a room: %w", err)
	}
	d := newRemote(ctx, service+"/staff/rooms/"+made.Room, made.Key, client, l)
	go d.listen()
	return d, made.Code, nil
}

// call asks a service for something. The error is one of the refusals, or says
// what the service says.
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
		_ = json.Unmarshal(data, &why) // A proxy may say it in another way.
		if known := Refusals[why.Why]; known != nil {
			return known
		}
		if why.Why == "" {
			why.Why = resp.Status
		}
		return &statusError{resp.StatusCode, why.Why}
	}
	return json.Unmarshal(data, into)
}

// refused reports whether a service has answered, and won't answer anything else.
func refused(err error) bool {
	for _, known := range Refusals {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// statusError is what a service or its proxy has said.
type statusError struct {
	status int
	why    string
}

func (e *statusError) Error() string { return "the service says: " + e.why }

// Give takes orders down; see [Desk].
func (d *Remote) Give(orders ...room.Command) (wait func() error) {
	return d.orders.give(d.order, orders)
}

// Order gives an order and waits until it is followed.
func (d *Remote) Order(c room.Command) error { return d.Give(c)() }

// says is what the desk says of itself and of an order, "" for none.
func (d *Remote) says(order string) map[string]string {
	return map[string]string{AfterHeader: strconv.FormatUint(d.after.Load(), 10), OrderHeader: order}
}

// order gives an order. A service of several machines may lose one: the order is
// given again where it means the same.
func (d *Remote) order(c room.Command) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	ctx, cancel := d.within(15 * time.Second)
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
			return nil // Where it was lost before, it was followed after all.
		case said != nil && said.status == http.StatusTooManyRequests: // It was not looked at.
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

// MoreSeats opens more seats and returns how many there are then; see [live.Room.MoreSeats].
func (d *Remote) MoreSeats() (int, error) {
	done, err := d.seats(AddSeats)
	return done.Count, err
}

// RemoveIdle gives up the seats that nobody is in; see [live.Room.RemoveIdle].
func (d *Remote) RemoveIdle() (int, error) {
	done, err := d.seats(RemoveIdleSeats)
	return done.Count, err
}

// NewCode replaces the join code and returns the new one; see [live.Room.NewCode].
func (d *Remote) NewCode() (string, error) {
	done, err := d.seats(ReplaceCode)
	return done.Code, err
}

// seats wants something done about the seats, once: given twice it would be done twice.
func (d *Remote) seats(do string) (SeatsResult, error) {
	var done SeatsResult
	body, err := json.Marshal(SeatsOrder{do})
	if err != nil {
		return done, err
	}
	ctx, cancel := d.within(15 * time.Second)
	defer cancel()
	err = call(ctx, d.http, http.MethodPost, d.at+"/seats", d.key, d.says(""), body, &done)
	return done, err
}

// News waits for news and returns how the class stands; false when there will be
// none any more.
func (d *Remote) News() (room.View, bool) {
	v, ok := <-d.news
	return v, ok
}

// Report returns what may be kept of the class.
func (d *Remote) Report() (room.Report, error) {
	ctx, cancel := d.within(15 * time.Second)
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

// Close leaves the desk. The class goes on without one.
func (d *Remote) Close() { d.stop() }

// listen keeps a line to the service open, to whatever machine of it, until the
// desk is left or the room is gone.
func (d *Remote) listen() {
	defer close(d.news)
	for {
		if d.follow() {
			return
		}
		select {
		case <-d.done:
			return
		case <-time.After(deskRetry):
		}
	}
}

// deskRetry is how long a desk waits before it asks again.
const deskRetry = 100 * time.Millisecond

// longestLine is how long one line is kept, longer than any class: then there is a new one.
const longestLine = 25 * time.Hour

// silence is how long a line may say nothing before it is taken for dead.
const silence = 3 * Beat

// follow follows one line. It returns true where the room is gone.
func (d *Remote) follow() bool {
	ctx, cancel := d.within(longestLine)
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
		return resp.StatusCode == http.StatusForbidden && d.lost()
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

// lost waits a moment before a room that a machine does not know is taken for
// gone: it may have been started just now.
func (d *Remote) lost() bool {
	ctx, cancel := d.within(15 * time.Second)
	defer cancel()
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Second):
	}
	var r room.Report
	err := call(ctx, d.http, http.MethodGet, d.at+"/report", d.key, nil, nil, &r)
	var said *statusError
	return errors.As(err, &said) && said.status == http.StatusForbidden
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
	case <-d.news: // What nobody has taken is out of date.
	default:
	}
	d.news <- v
}
