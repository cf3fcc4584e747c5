package pace

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// screen is what a program has written.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// word is a message, and a program that shows the last one.
type word string

// slow takes longer than a program keeps its rate.
const slow word = "eee"

func (w word) Init() tea.Cmd { return nil }
func (w word) View() tea.View {
	return tea.NewView(string(w))
}

func (w word) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if next, ok := msg.(word); ok {
		if next == slow {
			time.Sleep(2 * after)
		}
		return next, nil
	}
	return w, nil
}

// until waits for a condition.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: never", what)
		}
	}
}

// A program rests when nothing happens to it, and what comes then is painted at its rate, not at
// that of a program at rest. It fails with a version of the library whose ticker isn't found.
func TestProgramsRest(t *testing.T) {
	const perSecond = 100
	p, out := New(perSecond), &screen{}
	in, keyboard := io.Pipe()
	defer keyboard.Close()
	var program *tea.Program
	program = tea.NewProgram(p.Seen(word("first"), &program), tea.WithFPS(perSecond), tea.WithInput(in),
		tea.WithOutput(out),
		tea.WithEnvironment([]string{"TERM=xterm"}), tea.WithWindowSize(20, 4), tea.WithoutSignals(),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			p.Message(program)
			return msg
		}))
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	resting := func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.resting
	}
	until(t, "the first frame", func() bool { return strings.Contains(out.String(), "first") })
	soon := 0
	for _, next := range []word{"aaa", "bbb", "ccc", "ddd", "eee"} {
		until(t, "rest", resting)
		sent := time.Now()
		program.Send(next)
		until(t, string(next), func() bool { return strings.Contains(out.String(), string(next)) })
		if took := time.Since(sent); took < rest/2 || next == slow && took < rest/2+2*after {
			soon++
		}
	}
	if soon < 3 { // At rest, half of them would wait for longer. One may be late on a busy machine.
		t.Errorf("%d of 5 words were painted within half a look of a program at rest", soon)
	}
	program.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p.Stop()
	p.Message(program)
	p.slowDown()
	if p.timer.Stop() {
		t.Error("a pace that has been stopped slows down again")
	}
}

func TestNoProgramHasNoTicker(t *testing.T) {
	if tickerOf(nil) != nil || tickerOf(tea.NewProgram(word(""))) != nil {
		t.Error("a ticker was found before the library had made it")
	}
}
