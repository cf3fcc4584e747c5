package desk

import (
	"context"
	"errors"
	"sync"

	"wayout/internal/room"
)

// queue runs the jobs of one desk one after the other, in the order in which they were queued,
// even if two key presses arrive in one read. Queueing a job never blocks, so that the screen
// stays responsive.
type queue struct {
	mu      sync.Mutex
	jobs    []job
	closed  bool
	more    chan struct{} // Holds a value if there may be more jobs.
	running sync.WaitGroup
}

// job is work to do, and where its result goes.
type job struct {
	do   func(context.Context) error
	done chan error
}

// start runs the jobs until the context ends.
func (o *queue) start(ctx context.Context) {
	o.more = make(chan struct{}, 1)
	o.running.Go(func() { o.work(ctx) })
}

// maxJobs is how many jobs may wait: more than anyone asks for without looking at the screen.
const maxJobs = 32

// errBusy is the result of a job for which the queue had no room.
var errBusy = errors.New("too much is on its way already")

// put queues a job. The function that it returns waits for the result, and may be called once.
func (o *queue) put(do func(context.Context) error) (wait func() error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return func() error { return context.Canceled }
	}
	if len(o.jobs) >= maxJobs {
		return func() error { return errBusy }
	}
	j := job{do, make(chan error, 1)}
	o.jobs = append(o.jobs, j)
	select {
	case o.more <- struct{}{}:
	default: // work will look for jobs anyway.
	}
	return func() error { return <-j.done }
}

// work runs jobs until the context ends, and then refuses those that are left.
func (o *queue) work(ctx context.Context) {
	for {
		o.mu.Lock()
		if len(o.jobs) > 0 {
			j := o.jobs[0]
			o.jobs = o.jobs[1:]
			o.mu.Unlock()
			j.done <- j.do(ctx)
			continue
		}
		o.closed = ctx.Err() != nil
		closed := o.closed
		o.mu.Unlock()
		if closed {
			return
		}
		select {
		case <-o.more:
		case <-ctx.Done():
		}
	}
}

// give queues orders as one job, which carries them out until one is refused.
func (o *queue) give(order func(context.Context, room.Command) error, orders []room.Command) (wait func() error) {
	return o.put(func(ctx context.Context) error {
		for _, c := range orders {
			if err := order(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask queues a job that returns a value.
func ask[T any](o *queue, do func(context.Context) (T, error)) (wait func() (T, error)) {
	var value T
	done := o.put(func(ctx context.Context) (err error) {
		value, err = do(ctx)
		return err
	})
	return func() (T, error) {
		err := done()
		return value, err
	}
}
