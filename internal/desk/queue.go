package desk

import (
	"context"
	"errors"
	"sync"

	"wayout/internal/room"
)

// queue runs the jobs of one desk one after the other, in the order in which they were put: of
// two keys that arrive in one read the last is carried out last. Putting a job never waits, so
// that a screen stays responsive.
type queue struct {
	mu      sync.Mutex
	jobs    []job
	working bool
	closed  bool
	running sync.WaitGroup
}

// job is work to do, and where its result goes.
type job struct {
	do   func() error
	done chan error
}

// maxJobs is how many jobs may wait: more than anyone asks for before looking.
const maxJobs = 32

// errBusy is the result of a job for which the queue had no room.
var errBusy = errors.New("too much is on its way already")

// put queues a job. The function that it returns waits for the result, and may be called once.
func (o *queue) put(do func() error) (wait func() error) {
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
	if !o.working {
		o.working = true
		o.running.Go(o.work)
	}
	return func() error { return <-j.done }
}

// close refuses further jobs, and returns once those that were put have ended.
func (o *queue) close() {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	o.running.Wait()
}

// work runs jobs until none is left.
func (o *queue) work() {
	for {
		o.mu.Lock()
		if len(o.jobs) == 0 {
			o.working = false
			o.mu.Unlock()
			return
		}
		j := o.jobs[0]
		o.jobs = o.jobs[1:]
		o.mu.Unlock()
		j.done <- j.do()
	}
}

// give queues orders, which are followed one after the other until one is refused.
func (o *queue) give(order func(room.Command) error, orders []room.Command) (wait func() error) {
	return o.put(func() error {
		for _, c := range orders {
			if err := order(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask queues a job that returns a value. Run calls the job with a context.
func ask[T any](o *queue, run func(func(context.Context) error) error, do func(context.Context) (T, error)) (
	wait func() (T, error)) {
	var value T
	done := o.put(func() error {
		return run(func(ctx context.Context) (err error) {
			value, err = do(ctx)
			return err
		})
	})
	return func() (T, error) {
		err := done()
		return value, err
	}
}
