package desk

import (
	"context"

	"wayout/internal/live"
	"wayout/internal/room"
)

// Desk leads a class. It is what a facilitator's screen works with.
type Desk interface {
	// Give queues orders and returns at once. They are carried out in the order in which they
	// were given; if one is refused, the rest of the same call is dropped. The function that
	// Give returns waits for the result, and returns why an order was refused.
	Give(orders ...room.Command) (wait func() error)
	// Order gives an order and waits until it is carried out.
	Order(c room.Command) error
	// MoreSeats queues a request for more seats, in order with other orders, as RemoveIdle and
	// NewCode do. The function that it returns waits, and returns how many seats there are then.
	MoreSeats() (wait func() (int, error))
	// RemoveIdle gives up the seats that are absent; wait returns how many there were.
	RemoveIdle() (wait func() (int, error))
	// NewCode replaces the join code; wait returns the new one.
	NewCode() (wait func() (string, error))
	// News waits for news and returns the state of the class; false when there won't be any
	// more news.
	News() (room.View, bool)
	// Report returns what may be kept of the class. The error is [room.ErrNotOver] before its
	// end.
	Report(ctx context.Context) (room.Report, error)
	// Close closes the desk. The class goes on without a desk.
	Close()
}

// Local is the desk of a room in this process.
type Local struct {
	room   *live.Room
	viewer *live.Viewer
	orders queue
	stop   context.CancelFunc
	done   <-chan struct{} // Closed when the desk is closed.
}

// NewLocal returns the desk of a room in this process.
func NewLocal(ctx context.Context, r *live.Room) *Local {
	ctx, stop := context.WithCancel(ctx)
	d := &Local{room: r, viewer: r.Watch("", true), stop: stop, done: ctx.Done()}
	d.orders.start(ctx)
	return d
}

// Give queues orders; see [Desk].
func (d *Local) Give(orders ...room.Command) (wait func() error) {
	return d.orders.give(d.room.Order, orders)
}

// Order gives an order and waits until it is carried out.
func (d *Local) Order(c room.Command) error { return d.Give(c)() }

// MoreSeats adds seats; see [live.Room.MoreSeats].
func (d *Local) MoreSeats() (wait func() (int, error)) { return ask(&d.orders, d.room.MoreSeats) }

// RemoveIdle gives up the seats that are absent; see [live.Room.RemoveIdle].
func (d *Local) RemoveIdle() (wait func() (int, error)) { return ask(&d.orders, d.room.RemoveIdle) }

// NewCode replaces the join code; see [live.Room.NewCode].
func (d *Local) NewCode() (wait func() (string, error)) { return ask(&d.orders, d.room.NewCode) }

// News waits for news; see [Desk].
func (d *Local) News() (room.View, bool) {
	select {
	case <-d.done:
		return room.View{}, false
	case <-d.viewer.C:
		return d.room.View("")
	}
}

// Report returns what may be kept of the class.
func (d *Local) Report(context.Context) (room.Report, error) { return d.room.Report() }

// Close closes the desk, and returns once its orders have ended. The class goes on without
// a desk.
func (d *Local) Close() {
	d.stop()
	d.room.Unwatch(d.viewer)
	d.orders.running.Wait()
}
