package main

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// deadline is how long a program may take to draw what is waited for.
const deadline = time.Second

// console is a program in a terminal of 80 by 24.
type console struct {
	cmd *exec.Cmd
	tty *os.File
	em  *vt.Emulator
	out chan []byte

	patience time.Duration // How long it may take to draw what is waited for.
}

// startIn starts a program in a terminal; answers says whether the terminal answers what it is asked.
func startIn(p program, home string, answers bool) (*console, error) {
	c := &console{cmd: exec.Command(p.argv[0], p.argv[1:]...), em: vt.NewEmulator(80, 24), out: make(chan []byte, 64),
		patience: deadline}
	c.cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + home, "PATH=" + os.Getenv("PATH"),
		"LANG=C.UTF-8"}
	var err error
	if c.tty, err = pty.StartWithSize(c.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		return nil, err
	}
	go func() { // Hands on what the terminal answers.
		buf := make([]byte, 256)
		for {
			n, err := c.em.Read(buf)
			if err != nil {
				return
			}
			if answers {
				_, _ = c.tty.Write(buf[:n])
			}
		}
	}()
	go func() {
		for {
			buf := make([]byte, 32<<10)
			n, err := c.tty.Read(buf)
			if n > 0 {
				c.out <- buf[:n]
			}
			if err != nil {
				close(c.out)
				return
			}
		}
	}()
	return c, nil
}

func (c *console) close() {
	_ = c.cmd.Process.Kill()
	_ = c.tty.Close()
	_ = c.cmd.Wait()
	_ = c.em.Close()
}

// until waits until the screen is as wanted, and returns when the bytes that
// made it so were read.
func (c *console) until(holds func(screen string) bool) (time.Time, error) {
	for timeout := time.After(c.patience); ; {
		select {
		case b, ok := <-c.out:
			if !ok {
				return time.Time{}, errors.New("it ended before it had drawn anything")
			}
			at := time.Now()
			_, _ = c.em.Write(b)
			if holds(c.em.String()) {
				return at, nil
			}
		case <-timeout:
			return time.Time{}, errors.New("nothing was drawn within " + c.patience.String() + "; the screen:\n" +
				c.em.String())
		}
	}
}

// firstFrame starts a program in a terminal and returns how long it takes until
// its markers are all on the screen.
func firstFrame(p program, home string, answers bool) (time.Duration, error) {
	begin := time.Now()
	c, err := startIn(p, home, answers)
	if err != nil {
		return 0, err
	}
	defer c.close()
	at, err := c.until(func(screen string) bool { return drawn(screen, p.markers) })
	return at.Sub(begin), err
}

func drawn(screen string, markers []string) bool {
	return !slices.ContainsFunc(markers, func(m string) bool { return !strings.Contains(screen, m) })
}
