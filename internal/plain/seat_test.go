package plain

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/room"
)

// page collects the output of a seat, and lets a test wait for it.
type page struct {
	mu   sync.Mutex
	more *sync.Cond
	text bytes.Buffer
}

func newPage() *page {
	p := &page{}
	p.more = sync.NewCond(&p.mu)
	return p
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.more.Broadcast()
	return p.text.Write(b)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// waitFor waits until words have been told this many times.
func (p *page) waitFor(t testing.TB, words string, times int) {
	t.Helper()
	// Poll until the words are there.
	for end := time.Now().Add(10 * time.Second); strings.Count(p.String(),
		words) < times; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never says %q in\n%s", words, p.String())
		}
	}
}

// classroom is a class with one seat in it, in this renderer.
type classroom struct {
	t       testing.TB
	l       *lesson.Lesson
	class   room.Class
	ballot  *room.Ballot
	news    chan room.View
	in      *io.PipeWriter
	out     *page
	done    chan error
	answers []int
}

func newClassroom(t testing.TB) *classroom {
	o := options(t)
	o.Clears = true
	l := open(t, o, "the-countdown")
	in, typed := io.Pipe()
	c := &classroom{t: t, l: l, class: room.NewClass(room.NewTalk(l, room.Seed)), ballot: room.NewBallot(),
		news: make(chan room.View), in: typed, out: newPage(), done: make(chan error, 1)}
	c.ballot.Put("me", 1, room.Seat{})
	go func() {
		c.done <- Sit(in, c.out, l, o, SeatOptions{
			News:   func() (room.View, bool) { v, ok := <-c.news; return v, ok },
			Answer: func(_ string, pick int) error { c.answers = append(c.answers, pick); return nil },
		})
		in.Close()
	}()
	t.Cleanup(func() { typed.Close(); close(c.news) })
	return c
}

// order carries out orders of the facilitator, and gives the seat the news.
func (c *classroom) order(verbs ...room.Verb) {
	c.t.Helper()
	for _, v := range verbs {
		next, err := c.class.Do(room.Command{Verb: v, Number: 25}, c.ballot)
		if err != nil {
			c.t.Fatal(v, err)
		}
		c.class = next
	}
	v, _ := room.NewView(c.class, c.ballot, "me")
	c.news <- v
}

func (c *classroom) ask() room.Question {
	c.t.Helper()
	c.order(room.Start)
	for c.class.Question().Scene == "" {
		c.order(room.Next)
	}
	c.order(room.Ask)
	c.out.waitFor(c.t, "Type a number. Nobody sees", 1)
	return c.class.Question()
}

// left waits for the end of the seat.
func (c *classroom) left() {
	c.t.Helper()
	select {
	case err := <-c.done:
		if err != nil {
			c.t.Fatal(err)
		}
	case <-time.After(10 * time.Second):
		c.t.Fatalf("still there:\n%s", c.out)
	}
}

// TestSeatCutAtEveryByte answers a question by a script that arrives in two pieces, cut at
// every byte: each line counts once, in order, wherever the cut is.
func TestSeatCutAtEveryByte(t *testing.T) {
	const script = "?\nh\nzebra\n9\n1\r\n2\r3\n\n1\n\x18"
	for cut := range len(script) + 1 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			t.Parallel()
			c := newClassroom(t)
			q := c.ask()
			for _, piece := range []string{script[:cut], script[cut:]} {
				if piece != "" {
					_, _ = io.WriteString(c.in, piece)
				}
			}
			c.left()
			if want := []int{q.Options[0].Pick, q.Options[1].Pick, q.Options[2].Pick,
				q.Options[0].Pick}; !slices.Equal(c.answers, want) {
				t.Errorf("%v were answered, want %v", c.answers, want)
			}
			out := c.out.String()
			// It asks again after "zebra", 9 and the empty line, but not after half of a line end.
			for want, times := range map[string]int{"Kids Helpline": 1, "Please type a number from 1 to": 3} {
				if n := strings.Count(out, want); n != times {
					t.Errorf("says %q %d times, and not %d", want, n, times)
				}
			}
			if !strings.HasSuffix(out, ClearAll+"\n") || strings.Contains(out, "zebra") {
				t.Errorf("it ends with %q", out[max(len(out)-80, 0):])
			}
		})
	}
}

// TestSeatBeforeNews types before there is news of the class.
func TestSeatBeforeNews(t *testing.T) {
	const script = "1\n?\n\nh\nx\n"
	for cut := range len(script) + 1 {
		c := newClassroom(t)
		_, _ = io.WriteString(c.in, script[:cut])
		_, _ = io.WriteString(c.in, script[cut:]+"q\n")
		c.left()
		if out := c.out.String(); !strings.Contains(out, "You're in. It starts soon.") ||
			!strings.Contains(out, "still on this screen") || len(c.answers) > 0 {
			t.Errorf("cut at %d: %v\n%s", cut, c.answers, out)
		}
	}
}

// TestSeatIsCalledBack goes at its own pace, is called back in the middle of a line, and again
// when the class ends.
func TestSeatIsCalledBack(t *testing.T) {
	c := newClassroom(t)
	q := c.ask()
	c.order(room.Close, room.OwnPace)
	c.out.waitFor(t, "at your own pace", 1)
	_, _ = io.WriteString(c.in, "\n")
	c.out.waitFor(t, "3. "+q.Options[2].Words, 3)
	_, _ = io.WriteString(c.in, "1") // Half a line.
	c.order(room.OwnPace)
	c.order(room.Ask)
	c.out.waitFor(t, "Type a number. Nobody sees", 2)
	_, _ = io.WriteString(c.in, "\n")
	c.out.waitFor(t, "You chose", 1)
	if !slices.Equal(c.answers, []int{q.Options[0].Pick}) {
		t.Errorf("%v were answered", c.answers)
	}
	c.order(room.Close, room.OwnPace)
	c.out.waitFor(t, "at your own pace", 2)
	_, _ = io.WriteString(c.in, "\n")
	c.out.waitFor(t, "3. "+q.Options[2].Words, 5)
	c.order(room.End)
	c.left()
}
