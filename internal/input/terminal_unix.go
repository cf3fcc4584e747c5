//go:build unix

package input

import (
	"fmt"
	"os"

	"github.com/muesli/cancelreader"
)

// Terminal is the keys of a terminal of this machine. It has the methods by which the
// library knows one, to turn its echo off.
type Terminal struct {
	*Reader
	f *os.File
}

// Open returns the keys of a terminal. Close leaves the file open, and what is typed
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
