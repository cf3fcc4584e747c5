package desk

import (
	"context"

	"wayout/internal/live"
	"wayout/internal/room"
)

// Desk is where a class is led from.
type Desk interface {
	// Give takes orders down and returns at once. They are followed in the order in which
	// they were given, and of those given together none after one that was refused. What
	// it returns waits for what came of these: an order that was not followed says why.
	Give(orders ...room.Command) (wait func() error)
	// Order gives an order and waits until it is followed.
	Order(c room.Command) error
	// MoreSeats opens more seats and returns how many there are then.
	MoreSeats() (int, error)
	// RemoveIdle gives up the seats that nobody is in, and returns how many there were.
	RemoveIdle() (int, error)
	// NewCode replaces the join code and returns the new one.
	NewCode() (string, error)
	// News waits for news and returns how the class stands; false when there will be none
	// any more.
	News() (room.View, bool)
	// Report returns what may be kept of the class. The error is [room.ErrNotOver] before
	// its end.
	Report() (room.Report, error)
	// Close leaves the desk. The class goes on without one.
	Close()
}

// Local is the desk of a room in this process.
type Local struct {
	room   *live.Room
	viewer *live.Viewer
	orders queue
	do     func(func(context.Context) error) error // With a context that ends with the desk.
	stop   context.CancelFunc
	done   <-chan struct{} // Closed when the desk is left.
}

// NewLocal returns the desk of a room in this process.
func NewLocal(ctx context.Context, r *live.Room) *Local {
	ctx, stop := context.WithCancel(ctx)
	return &Local{room: r, viewer: r.Watch("", true), stop: stop, done: ctx.Done(),
		do: func(f func(context.Context) error) error {
			return f(ctx)
		}}
}

// Give takes orders down; see [Desk].
func (d *Local) Give(orders ...room.Command) (wait func() error) {
	return d.orders.give(func(c room.Command) error {
		return d.do(func(ctx context.Context) error { return d.room.Order(ctx, c) })
	}, orders)
}

// Order gives an order and waits until it is followed.
func (d *Local) Order(c room.Command) error { return d.Give(c)() }

// MoreSeats opens more seats; see [live.Room.MoreSeats].
func (d *Local) MoreSeats() (n int, err error) {
	err = d.do(func(ctx context.Context) error { n, err = d.room.MoreSeats(ctx); return err })
	return n, err
}

// RemoveIdle gives up the seats that nobody is in; see [live.Room.RemoveIdle].
func (d *Local) RemoveIdle() (n int, err error) {
	err = d.do(func(ctx context.Context) error { n, err = d.room.RemoveIdle(ctx); return err })
	return n, err
}

// NewCode replaces the join code; see [live.Room.NewCode].
func (d *Local) NewCode() (code string, err error) {
	err = d.do(func(ctx context.Context) error { code, err = d.room.NewCode(ctx); return err })
	return code, err
}

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
func (d *Local) Report() (room.Report, error) { return d.room.Report() }

// Close leaves the desk. The class goes on without one.
func (d *Local) Close() {
	d.stop()
	d.room.Unwatch(d.viewer)
}
