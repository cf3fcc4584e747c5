package screentest

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
)

// patience is how long a condition may take. Only failures reach it.
const patience = 10 * time.Second

// Tester is what a terminal needs of a test, or of a program that takes
// pictures.
type Tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Terminal is a terminal in memory with a program in it.
type Terminal struct {
	t    Tester
	mu   sync.Mutex // Guards em: its cells are pointers that outlive its own lock.
	em   *vt.Emulator
	in   *queue
	prog *tea.Program
	done chan error
	end  error
	over bool
}

// New returns a terminal of w by h cells.
func New(t Tester, w, h int) *Terminal {
	term := &Terminal{t: t, em: vt.NewEmulator(w, h), in: newQueue(), done: make(chan error, 1)}
	// With an input that is no tty the renderer expects a line feed to return the
	// carriage. Without LNM, every row would begin further to the right.
	_, _ = term.em.Write([]byte("\x1b[20h"))
	// The emulator answers through a pipe without a buffer while the renderer
	// holds its lock, so something has to read from it all the time.
	go func() {
		buf := make([]byte, 256)
		for {
			n, err := term.em.Read(buf)
			term.in.push(buf[:n])
			if err != nil {
				return
			}
		}
	}()
	return term
}

// Write draws bytes on the screen.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.em.Write(p)
}

// Run starts a program in the terminal; the end of the test ends it.
func (t *Terminal) Run(m tea.Model, opts ...tea.ProgramOption) {
	base := []tea.ProgramOption{
		tea.WithInput(t.in), tea.WithOutput(t), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithWindowSize(t.em.Width(), t.em.Height()), tea.WithoutSignals(), tea.WithFPS(120),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}),
	}
	t.prog = tea.NewProgram(m, append(base, opts...)...)
	go func() {
		_, err := t.prog.Run()
		t.done <- err
	}()
	t.t.Cleanup(func() {
		t.prog.Quit()
		_ = t.WaitExit()
		t.in.close() // The emulator stays open: closing it would race with its reader.
	})
}

// Start calls run, which starts a program with its own options, such as its own reader of
// keys. The program has to end by itself.
func (t *Terminal) Start(run func(in io.Reader, out io.Writer) error) {
	go func() { t.done <- run(t.in, t) }()
	t.t.Cleanup(t.in.close)
}

// WaitExit waits for the program to end and returns its error.
func (t *Terminal) WaitExit() error {
	if t.over {
		return t.end
	}
	select {
	case t.end = <-t.done:
		t.over = true
	case <-time.After(patience):
		t.t.Errorf("the program does not end; the screen:\n%s", t.Screen())
	}
	return t.end
}

// keys are the bytes that a terminal sends for keys with a name.
var keys = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "ctrl+x": "\x18", "ctrl+c": "\x03", "f1": "\x1bOP", "f2": "\x1bOQ",
}

// Press presses keys, given by name or as the bytes that a terminal sends.
func (t *Terminal) Press(names ...string) {
	for _, name := range names {
		if b, ok := keys[name]; ok {
			name = b
		}
		t.in.push([]byte(name))
	}
}

// Type types text.
func (t *Terminal) Type(text string) { t.in.push([]byte(text)) }

// Send sends a message to the program, as the library itself would.
func (t *Terminal) Send(msg tea.Msg) { t.prog.Send(msg) }

// With calls do with the emulator, between two writes of the program.
func (t *Terminal) With(do func(*vt.Emulator)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	do(t.em)
}

// Screen returns a copy of the cells.
func (t *Terminal) Screen() Screen {
	t.mu.Lock()
	defer t.mu.Unlock()
	return copyCells(t.em.Width(), t.em.Height(), t.em.CellAt)
}

// AltScreen reports whether the alternate screen is shown.
func (t *Terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.em.IsAltScreen()
}

// Wait waits until a condition holds and returns the screen on which it did.
func (t *Terminal) Wait(what string, holds func(Screen) bool) Screen {
	t.t.Helper()
	for end := time.Now().Add(patience); ; {
		s := t.Screen()
		if holds(s) {
			return s
		}
		if time.Now().After(end) {
			t.t.Fatalf("waited for %s; the screen:\n%s", what, s)
		}
		time.Sleep(time.Millisecond) // Between two looks; the condition decides.
	}
}

// WaitFor waits until the screen has a text.
func (t *Terminal) WaitFor(text string) Screen {
	t.t.Helper()
	return t.Wait(fmt.Sprintf("%q", text), func(s Screen) bool { return strings.Contains(s.String(), text) })
}

// queue is an input that is never full, so that no key waits for a reader.
type queue struct {
	mu   sync.Mutex
	more *sync.Cond
	buf  []byte
	shut bool
}

func newQueue() *queue {
	q := &queue{}
	q.more = sync.NewCond(&q.mu)
	return q
}

func (q *queue) push(p []byte) {
	q.mu.Lock()
	q.buf = append(q.buf, p...)
	q.mu.Unlock()
	q.more.Broadcast()
}

func (q *queue) close() {
	q.mu.Lock()
	q.shut = true
	q.mu.Unlock()
	q.more.Broadcast()
}

// Read implements [io.Reader]; it waits for bytes.
func (q *queue) Read(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.buf) == 0 && !q.shut {
		q.more.Wait()
	}
	if len(q.buf) == 0 {
		return 0, io.EOF
	}
	n := copy(p, q.buf)
	q.buf = q.buf[n:]
	return n, nil
}
