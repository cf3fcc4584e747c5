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
const frameTime = time.Second / 30

// key prints the time from a key to the frame that shows what it did: in a bare
// program that counts keys, and in wayout going up and down between the choices
// of a chat, at its beginning and after a whole lesson. The pauses between keys
// vary, so that keys don't keep step with the frames.
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
	fmt.Printf("%-18s %8s %8s %8s %10s\n", "", "p50 ms", "p99 ms", "worst", "frames p99")
	for _, test := range tests {
		took, err := pressing(test.p, dir, test.to, test.key)
		if err != nil {
			return fmt.Errorf("%s: %w", test.name, err)
		}
		slices.Sort(took)
		p99 := took[len(took)*99/100]
		fmt.Printf("%-18s %8.1f %8.1f %8.1f %10.2f\n", test.name, ms(took[len(took)/2]), ms(p99), ms(took[len(took)-1]),
			float64(p99)/float64(frameTime))
		if test.name != "bare" {
			fmt.Printf("%s: p99 within two frames: %s\n", test.name, verdict(p99 <= 2*frameTime))
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

// pressing starts a program, takes steps, presses keys, and returns how long each took to change the screen.
func pressing(p program, home string, to []step, key func(int) string) ([]time.Duration, error) {
	c, err := startIn(p, home, true)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if _, err := c.until(func(s string) bool { return drawn(s, p.markers) }); err != nil {
		return nil, err
	}
	if err := c.walk(to); err != nil {
		return nil, err
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
			return nil, err
		}
		at, err := c.until(func(screen string) bool { return screen != before })
		if err != nil {
			return nil, err
		}
		took = append(took, at.Sub(begin))
	}
	return took, nil
}
