package input

import (
	"io"
	"slices"
	"sync"
	"time"
)

// mostWaiting is how many pieces may wait for Read; beyond that, no more is read from
// the terminal.
const mostWaiting = 4 << 10

// Reader reads the keys of a terminal. It implements [io.Reader]: one Read returns whole
// keys, unless the buffer is too small for the first of them.
type Reader struct {
	src  io.Reader
	stop func() // Makes a blocked Read of src return; nil if nothing can.
	done chan struct{}

	mu    sync.Mutex // Guards what follows.
	more  *sync.Cond
	keys  framer
	ready [][]byte
	err   error
	shut  bool
	timer *time.Timer
}

// New returns a Reader of the keys that come from src, up to its end. Close ends the
// Reader, but a Read of src that is under way ends only when the owner closes src.
func New(src io.Reader) *Reader { return start(src, nil) }

func start(src io.Reader, stop func()) *Reader {
	r := &Reader{src: src, stop: stop, done: make(chan struct{})}
	r.more = sync.NewCond(&r.mu)
	go r.pump()
	return r
}

// Typing says whether text is typed now: if so, a paste is handed on, and q is only a letter.
func (r *Reader) Typing(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys.typing = on
}

// Places returns the answers of the terminal to where its cursor is, each as row and
// column from 1.
func (r *Reader) Places() [][2]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.keys.places)
}

// pump reads from the terminal, up to its end or that of the reader.
func (r *Reader) pump() {
	defer close(r.done)
	buf := make([]byte, 1<<10)
	for {
		n, err := r.src.Read(buf)
		r.mu.Lock()
		for len(r.ready) > mostWaiting && !r.shut {
			r.more.Wait()
		}
		r.take(r.keys.feed(buf[:n], time.Now()))
		if err != nil {
			r.take(r.keys.quiet(time.Now().Add(wholeWithin))) // Nothing more will come.
			r.err = err
		}
		shut := r.shut
		r.more.Broadcast()
		r.mu.Unlock()
		if err != nil || shut {
			return
		}
	}
}

// take queues pieces for Read, and sets a timer if the next piece depends on a silence.
// The lock must be held.
func (r *Reader) take(pieces [][]byte) {
	r.ready = append(r.ready, pieces...)
	if r.timer != nil {
		r.timer.Stop()
	}
	if at := r.keys.deadline(); !at.IsZero() && !r.shut {
		r.timer = time.AfterFunc(time.Until(at), func() {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.take(r.keys.quiet(time.Now()))
			r.more.Broadcast()
		})
	}
}

// Read implements [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.ready) == 0 && r.err == nil && !r.shut {
		r.more.Wait()
	}
	switch {
	case r.shut:
		return 0, io.EOF
	case len(r.ready) == 0:
		return 0, r.err
	}
	n := 0
	for len(r.ready) > 0 && (n == 0 || n+len(r.ready[0]) <= len(p)) {
		c := copy(p[n:], r.ready[0])
		if n += c; c < len(r.ready[0]) {
			r.ready[0] = r.ready[0][c:]
			break
		}
		r.ready = r.ready[1:]
	}
	r.more.Broadcast()
	return n, nil
}

// Close ends the reader. What is not yet read is lost. If the reader was opened with
// [Open], no byte is taken from the terminal after Close has returned.
func (r *Reader) Close() error {
	r.mu.Lock()
	r.shut = true
	if r.timer != nil {
		r.timer.Stop()
	}
	r.more.Broadcast()
	r.mu.Unlock()
	if r.stop != nil {
		r.stop()
		<-r.done
	}
	return nil
}
