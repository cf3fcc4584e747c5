package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keys is how often a key is pressed in each program.
const keys = 400

// frameTime is the time between two frames of wayout; see internal/tui.
const frameTime = time.Second / 60

// key prints the time from a key to the frame that shows what it did: in a bare
// program that counts keys, and in wayout going up and down between the choices
// of a chat, at its beginning and after a whole lesson. The pauses between keys
// vary, so that keys don't keep step with the frames. Then it prints how much of a
// core each takes while no key is pressed.
func key(dir string) error {
	lesson, err := playing(dir)
	if err != nil {
		return err
	}
	lesson.markers = []string{"Goal"}
	tests := []struct {
		name string
		p    program
		to   []step
		key  func(i int) string
	}{
		{"bare", program{name: "bare", argv: []string{filepath.Join(dir, "bare")}, markers: []string{"bare footer"}},
			nil, func(int) string {
				return "k"
			}},
		{"wayout", lesson, toChoice, upAndDown},
		{"wayout, long chat", lesson, append(toChoice[:len(toChoice):len(toChoice)], toLastChoice...), upAndDown},
	}
	fmt.Printf("key to frame, 80 x 24, n = %d; a frame is %.1f ms\n", keys, ms(frameTime))
	fmt.Printf("%-18s %8s %8s %8s %10s %8s\n", "", "p50 ms", "p99 ms", "worst", "frames p99", "idle %")
	for _, test := range tests {
		took, idle, err := pressing(test.p, dir, test.to, test.key)
		if err != nil {
			return fmt.Errorf("%s: %w", test.name, err)
		}
		slices.Sort(took)
		p99 := took[len(took)*99/100]
		fmt.Printf("%-18s %8.1f %8.1f %8.1f %10.2f %8.2f\n", test.name, ms(took[len(took)/2]), ms(p99),
			ms(took[len(took)-1]), float64(p99)/float64(frameTime), 100*idle)
		if test.name != "bare" {
			fmt.Printf("%s: p99 within two frames: %s; idle under half a percent of a core: %s\n", test.name,
				verdict(p99 <= 2*frameTime), verdict(idle < 0.005))
		}
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// step is a key, and the text to wait for before it.
type step struct{ text, key string }

// toChoice reads the countdown to its first choice.
var toChoice = []step{{"Goal", "\r"}, {"you still up", "\r"}, {"Put the phone down", ""}}

// toLastChoice goes on to its last choice, by the way with the most text.
var toLastChoice = []step{
	{"Pay once", "1"}, {"What can he do now", "\r"}, {"Delete the whole chat", "1"}, {"looks at the phone", "\r"},
	{"Find the words", "\r"}, {"Nothing you type", "\t"}, {"It could sound", "\r"}, {"1  Nobody tonight", "1"},
	{"1  Aunt Dee, at breakfast", ""},
}

func upAndDown(i int) string {
	if i%2 == 0 {
		return "\x1b[B"
	}
	return "\x1b[A"
}

// walk takes steps: it waits for the text of each, and then presses its key.
func (c *console) walk(to []step) error {
	for _, s := range to {
		if !strings.Contains(c.em.String(), s.text) {
			if _, err := c.until(func(screen string) bool { return strings.Contains(screen, s.text) }); err != nil {
				return err
			}
		}
		if _, err := c.tty.WriteString(s.key); err != nil {
			return err
		}
	}
	return nil
}

// pressing starts a program, takes steps, presses keys, and returns how long each took to change the screen, and
// the part of a core that the program takes afterwards.
func pressing(p program, home string, to []step, key func(int) string) ([]time.Duration, float64, error) {
	c, err := startIn(p, home, true)
	if err != nil {
		return nil, 0, err
	}
	defer c.close()
	if _, err := c.until(func(s string) bool { return drawn(s, p.markers) }); err != nil {
		return nil, 0, err
	}
	if err := c.walk(to); err != nil {
		return nil, 0, err
	}
	time.Sleep(200 * time.Millisecond) // Prose that is still being drawn must not count as the effect of a key.
	for len(c.out) > 0 {
		_, _ = c.em.Write(<-c.out)
	}
	var took []time.Duration
	for i := range keys {
		time.Sleep(time.Duration(20+i*7%23) * time.Millisecond)
		before := c.em.String()
		begin := time.Now()
		if _, err := c.tty.WriteString(key(i)); err != nil {
			return nil, 0, err
		}
		at, err := c.until(func(screen string) bool { return screen != before })
		if err != nil {
			return nil, 0, err
		}
		took = append(took, at.Sub(begin))
	}
	idle, err := c.idle()
	return took, idle, err
}

// rests is how long an idle program is measured: the system counts its time in steps of 10 ms.
const rests = 20 * time.Second

// idle returns the part of a core that the program takes while nothing is asked of it.
func (c *console) idle() (float64, error) {
	time.Sleep(2 * time.Second) // For what the last key has begun.
	pid := []int{c.cmd.Process.Pid}
	before, err := cpu(pid)
	if err != nil {
		return 0, err
	}
	from := time.Now()
	time.Sleep(rests)
	after, err := cpu(pid)
	return float64(after-before) / float64(time.Since(from)), err
}
