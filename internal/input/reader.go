package input

import (
	"io"
	"slices"
	"sync"
	"time"
)

// mostWaiting is how many pieces may wait for the reader of the keys; then the
// terminal waits.
const mostWaiting = 4 << 10

// Reader reads the keys of a terminal. It implements [io.Reader]: what it hands on in
// one Read begins and ends between keys, where the buffer takes a whole one.
type Reader struct {
	src  io.Reader
	stop func() // Has a Read of src return; nil where nothing can.
	done chan struct{}

	mu    sync.Mutex // Guards what follows.
	more  *sync.Cond
	keys  framer
	ready [][]byte
	err   error
	shut  bool
	timer *time.Timer
}

// New returns the keys of a terminal that is read from src, up to its end. Close ends
// it; a Read of src that is under way then ends when its owner closes src.
func New(src io.Reader) *Reader { return start(src, nil) }

func start(src io.Reader, stop func()) *Reader {
	r := &Reader{src: src, stop: stop, done: make(chan struct{})}
	r.more = sync.NewCond(&r.mu)
	go r.pump()
	return r
}

// Typing says whether text is typed now: then a paste is text, and q is a letter.
func (r *Reader) Typing(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys.typing = on
}

// Places returns where the terminal has said that its cursor is, row and column from 1,
// as often as it was asked.
func (r *Reader) Places() [][2]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.keys.places)
}

// pump takes what comes in, up to the end of the terminal or of the reader.
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

// take puts pieces where they are read from, and has the clock looked at where the next
// depends on it. The lock is held.
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

// Close ends the reader: what is not yet read is lost, and where the terminal can be
// left in peace, no further byte is taken from it.
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
