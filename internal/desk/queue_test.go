package desk

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// TestQueue checks that jobs run in order, that too many are refused, and that no job is lost.
func TestQueue(t *testing.T) {
	var o queue
	o.start(t.Context())
	hold, begun := make(chan struct{}), make(chan struct{})
	first := o.put(func(context.Context) error { close(begun); <-hold; return nil })
	<-begun
	var done []int
	var waits []func() error
	for i := range maxJobs {
		waits = append(waits, o.put(func(context.Context) error {
			done = append(done, i)
			return errors.New(fmt.Sprint(i))
		}))
	}
	refused := o.put(func(context.Context) error { t.Error("done although it was refused"); return nil })
	if err := refused(); !errors.Is(err, errBusy) {
		t.Errorf("one too many: %v", err)
	}
	close(hold)
	if err := first(); err != nil {
		t.Error(err)
	}
	for i, wait := range waits {
		if err := wait(); err == nil || err.Error() != fmt.Sprint(i) {
			t.Errorf("job %d came to %v", i, err)
		}
	}
	for i, n := range done {
		if i != n {
			t.Fatalf("done in the order %v", done)
		}
	}
}
