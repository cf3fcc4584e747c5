//go:build unix

package input

import (
	"fmt"
	"os"

	"github.com/muesli/cancelreader"
)

// Terminal reads the keys of a terminal on this machine. It has the methods by which the
// library recognises a terminal, so that it turns the echo off.
type Terminal struct {
	*Reader
	f *os.File
}

// Open returns a Terminal that reads from f. Close leaves f open, and leaves what is typed
// from then on to the next program.
func Open(f *os.File) (*Terminal, error) {
	src, err := cancelreader.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read the terminal: %w", err)
	}
	return &Terminal{start(src, func() { src.Cancel() }), f}, nil
}

// Fd returns the descriptor of the terminal.
func (t *Terminal) Fd() uintptr { return t.f.Fd() }

// Write writes to the terminal.
func (t *Terminal) Write(p []byte) (int, error) { return t.f.Write(p) }
