//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"os"
	"syscall"

	"github.com/charmbracelet/x/termios"
)

// atOnce makes a terminal pass on ctrl+x when it is pressed, without enter, by making it
// end a line. All other line editing stays as it is. The function back restores the
// terminal.
func atOnce(f *os.File) (back func()) {
	fd := int(f.Fd())
	was, err := termios.GetTermios(fd)
	if err != nil {
		return func() {}
	}
	set := func(end uint8) {
		// If this fails, ctrl+x needs enter.
		_ = termios.SetTermios(fd, uint32(was.Ispeed), uint32(was.Ospeed), map[termios.CC]uint8{termios.EOL: end}, nil,
			nil, nil, nil)
	}
	const ctrlX = 0x18
	end := was.Cc[syscall.VEOL]
	set(ctrlX)
	return func() { set(end) }
}
