//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"os"
	"syscall"

	"github.com/charmbracelet/x/termios"
)

// atOnce has a terminal hand on ctrl+x as it is pressed, and not when enter is: it ends
// a line, and all the rest of the line's editing stays as it is. The function returned
// gives the terminal back.
func atOnce(f *os.File) (back func()) {
	fd := int(f.Fd())
	was, err := termios.GetTermios(fd)
	if err != nil {
		return func() {}
	}
	set := func(end uint8) {
		// Else it waits for enter.
		_ = termios.SetTermios(fd, uint32(was.Ispeed), uint32(was.Ospeed), map[termios.CC]uint8{termios.EOL: end}, nil,
			nil, nil, nil)
	}
	const ctrlX = 0x18
	end := was.Cc[syscall.VEOL]
	set(ctrlX)
	return func() { set(end) }
}
