package desk

import (
	"errors"
	"sync"

	"wayout/internal/room"
)

// queue carries out what one session asks for, one after the other, in the order in
// which it was asked: of two keys that come in one read the last is done last. Asking
// never waits, so that a screen that asks goes on.
type queue struct {
	mu      sync.Mutex
	jobs    []job
	working bool
}

// job is something that was asked for, and where what came of it goes.
type job struct {
	do   func() error
	done chan error
}

// maxJobs is how much may wait: more than a finger asks for before it looks.
const maxJobs = 32

// errBusy is what comes of a job that an outbox had no place for.
var errBusy = errors.New("too much is on its way already")

// put takes a job down. What it returns waits for what came of it, and can be called
// once.
func (o *queue) put(do func() error) (wait func() error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.jobs) >= maxJobs {
		return func() error { return errBusy }
	}
	j := job{do, make(chan error, 1)}
	o.jobs = append(o.jobs, j)
	if !o.working {
		o.working = true
		go o.work()
	}
	return func() error { return <-j.done }
}

// work does what there is to do.
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

// give takes orders down, which are followed one after the other until one is refused.
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
