package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"syscall"
)

// output is standard output for every command. It remembers the first error, so that
// commands needn't check each print: a full disk is always reported at the end. After an
// error nothing more is written, and a command that is waiting is told to stop.
type output struct {
	w    io.Writer
	stop func(error) // Called once, with the error.

	mu  sync.Mutex
	err error
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		o.err = err
		o.stop(err)
	}
	return n, err
}

// failed returns the first error of standard output, or nil.
func (o *output) failed() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// unwritten returns the error of a command whose output couldn't be written.
func unwritten(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err // The path is /dev/stdout, which the user hasn't typed.
	}
	return environment("", fmt.Errorf("can't write the output: %w", err))
}

// hungUp reports whether the reader of the output has closed it, as head does, which isn't an
// error to report. On Unix a signal usually ends the program before that.
func hungUp(err error) bool {
	if errors.Is(err, io.ErrClosedPipe) || errors.Is(err, syscall.EPIPE) {
		return true
	}
	var no syscall.Errno
	return windows && errors.As(err, &no) && (no == brokenPipe || no == pipeClosing || no == pipeAlone)
}

// The errors of Windows for a pipe that no one reads any more. Go's EPIPE is none of them
// (learn.microsoft.com, System Error Codes).
const (
	brokenPipe  syscall.Errno = 109 // ERROR_BROKEN_PIPE
	pipeClosing syscall.Errno = 232 // ERROR_NO_DATA
	pipeAlone   syscall.Errno = 233 // ERROR_PIPE_NOT_CONNECTED
)
