package serve

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

// Desk is where a class is led from: in the process that has the room, or over the
// network, with the room's key.
type Desk struct {
	room   *live.Room // Nil for one over the network.
	viewer *live.Viewer

	at     string // The address of the room.
	key    string
	lesson *lesson.Lesson
	http   *http.Client
	news   chan room.View
	after  atomic.Uint64   // The revision of the last order.
	ctx    context.Context // Of the line to the service, which Close ends.
	stop   context.CancelFunc
	orders outbox
}

// LeadHere returns the desk of a room in this process.
func LeadHere(r *live.Room) *Desk {
	ctx, stop := context.WithCancel(context.Background())
	return &Desk{room: r, viewer: r.Watch("", true), ctx: ctx, stop: stop}
}

// Book makes a room at a service and returns its desk and the code of the class.
// The error says what the service says.
func Book(ctx context.Context, service, key string, l *lesson.Lesson, seats int, script []room.Command) (*Desk, string, error) {
	if err := CheckAddress(service); err != nil {
		return nil, "", err
	}
	client := &http.Client{CheckRedirect: staysHere}
	service = strings.TrimRight(service, "/")
	body, err := json.Marshal(wantedRoom{l.ID, seats, script})
	if err != nil {
		return nil, "", err
	}
	ctx2, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var made madeRoom
	if err := call(ctx2, client, http.MethodPost, service+"/staff/rooms", key, nil, body, &made); err != nil {
		return nil, "", fmt.Errorf("make a room: %w", err)
	}
	d := &Desk{at: service + "/staff/rooms/" + made.Room, key: made.Key, lesson: l, http: client, news: make(chan room.View, 1)}
	d.ctx, d.stop = context.WithCancel(ctx)
	go d.listen()
	return d, made.Code, nil
}

// call asks a service for something. The error is one of the refusals, or says
// what the service says.
func call(ctx context.Context, client *http.Client, method, url, key string, says map[string]string, body []byte, into any) error {
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
		var why refusal
		_ = json.Unmarshal(data, &why) // A proxy may say it in another way.
		if known := refusals[why.Why]; known != nil {
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
	for _, known := range refusals {
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

// Give takes orders down and returns at once. They are followed in the order in which
// they were given, and of those given together none after one that was refused. What
// it returns waits for what came of these: an order that was not followed says why.
func (d *Desk) Give(orders ...room.Command) (wait func() error) {
	return d.orders.put(func() error {
		for _, c := range orders {
			if err := d.order(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Order gives an order and waits until it is followed.
func (d *Desk) Order(c room.Command) error { return d.Give(c)() }

// says is what the desk says of itself and of an order, "" for none.
func (d *Desk) says(order string) map[string]string {
	return map[string]string{afterHeader: strconv.FormatUint(d.after.Load(), 10), orderHeader: order}
}

// order gives an order. A service of several machines may lose one: the order is
// given again where it means the same.
func (d *Desk) order(c room.Command) error {
	if d.room != nil {
		return d.room.Order(d.ctx, c)
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(d.ctx, 15*time.Second)
	defer cancel()
	for name, lost := codes.Secret(), false; ; {
		try, stop := context.WithTimeout(ctx, 6*time.Second)
		var done followed
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
func (d *Desk) MoreSeats() (int, error) {
	if d.room != nil {
		return d.room.MoreSeats(d.ctx)
	}
	done, err := d.seats(doMore)
	return done.Count, err
}

// RemoveIdle gives up the seats that nobody is in; see [live.Room.RemoveIdle].
func (d *Desk) RemoveIdle() (int, error) {
	if d.room != nil {
		return d.room.RemoveIdle(d.ctx)
	}
	done, err := d.seats(doRemove)
	return done.Count, err
}

// NewCode replaces the join code and returns the new one; see [live.Room.NewCode].
func (d *Desk) NewCode() (string, error) {
	if d.room != nil {
		return d.room.NewCode(d.ctx)
	}
	done, err := d.seats(doCode)
	return done.Code, err
}

// seats wants something done about the seats, once: given twice it would be done twice.
func (d *Desk) seats(do string) (seatsDone, error) {
	var done seatsDone
	body, err := json.Marshal(seatOrder{do})
	if err != nil {
		return done, err
	}
	ctx, cancel := context.WithTimeout(d.ctx, 15*time.Second)
	defer cancel()
	err = call(ctx, d.http, http.MethodPost, d.at+"/seats", d.key, d.says(""), body, &done)
	return done, err
}

// News waits for news and returns how the class stands; false when there will be
// none any more.
func (d *Desk) News() (room.View, bool) {
	if d.room != nil {
		select {
		case <-d.ctx.Done():
			return room.View{}, false
		case <-d.viewer.C:
			return d.room.View("")
		}
	}
	v, ok := <-d.news
	return v, ok
}

// Report returns what may be kept of the class.
func (d *Desk) Report() (room.Report, error) {
	if d.room != nil {
		return d.room.Report()
	}
	ctx, cancel := context.WithTimeout(d.ctx, 15*time.Second)
	defer cancel()
	var r room.Report
	for {
		try, stop := context.WithTimeout(ctx, 6*time.Second)
		err := call(try, d.http, http.MethodGet, d.at+"/report", d.key, d.says(""), nil, &r)
		stop()
		if err == nil || refused(err) || ctx.Err() != nil {
			return r, err
		}
		time.Sleep(deskRetry)
	}
}

// Close leaves the desk. The class goes on without one.
func (d *Desk) Close() {
	d.stop()
	if d.room != nil {
		d.room.Unwatch(d.viewer)
	}
}

// listen keeps a line to the service open, to whatever machine of it, until the
// desk is left or the room is gone.
func (d *Desk) listen() {
	defer close(d.news)
	for d.ctx.Err() == nil {
		if d.follow() {
			return
		}
		select {
		case <-d.ctx.Done():
		case <-time.After(deskRetry):
		}
	}
}

// deskRetry is how long a desk waits before it asks again.
const deskRetry = 100 * time.Millisecond

// silence is how long a line may say nothing before it is taken for dead.
const silence = 3 * beatEvery

// follow follows one line. It returns true where the room is gone.
func (d *Desk) follow() bool {
	ctx, cancel := context.WithCancel(d.ctx)
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
func (d *Desk) lost() bool {
	time.Sleep(time.Second)
	var r room.Report
	err := call(d.ctx, d.http, http.MethodGet, d.at+"/report", d.key, nil, nil, &r)
	var said *statusError
	return errors.As(err, &said) && said.status == http.StatusForbidden
}

func (d *Desk) hear(data []byte) {
	var n deskNews
	if json.Unmarshal(data, &n) != nil {
		return
	}
	class, err := room.DecodeClass(d.lesson, n.Class)
	if err != nil {
		return
	}
	v := room.View{Class: class, Rev: n.Rev, In: n.In, Answered: n.Answered, Everybody: n.Everybody, Seats: n.Seats, Taken: n.Taken, Idle: n.Idle, Guesses: n.Guesses}
	select {
	case <-d.news: // What nobody has taken is out of date.
	default:
	}
	d.news <- v
}
