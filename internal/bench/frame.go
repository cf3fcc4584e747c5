package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// deadline is how long a program may take to draw anything.
const deadline = time.Second

// firstFrame starts a program in a terminal and returns how long it takes until
// its markers are all on the screen.
func firstFrame(p program, home string, answers bool) (time.Duration, error) {
	cmd := exec.Command(p.argv[0], p.argv[1:]...)
	cmd.Env = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	em := vt.NewEmulator(80, 24)
	begin := time.Now()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		return 0, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
		_ = cmd.Wait()
		_ = em.Close()
	}()
	go func() { // What the terminal answers.
		buf := make([]byte, 256)
		for {
			n, err := em.Read(buf)
			if err != nil {
				return
			}
			if answers {
				_, _ = tty.Write(buf[:n])
			}
		}
	}()
	out := make(chan []byte, 64)
	go func() {
		for {
			buf := make([]byte, 32<<10)
			n, err := tty.Read(buf)
			if n > 0 {
				out <- buf[:n]
			}
			if err != nil {
				close(out)
				return
			}
		}
	}()
	for timeout := time.After(deadline); ; {
		select {
		case b, ok := <-out:
			if !ok {
				return 0, errors.New("it ended before it had drawn anything")
			}
			at := time.Now()
			_, _ = em.Write(b)
			if drawn(em.String(), p.markers) {
				return at.Sub(begin), nil
			}
		case <-timeout:
			return 0, errors.New("nothing was drawn within " + deadline.String() + "; the screen:\n" + em.String())
		}
	}
}

func drawn(screen string, markers []string) bool {
	for _, m := range markers {
		if !strings.Contains(screen, m) {
			return false
		}
	}
	return true
}
