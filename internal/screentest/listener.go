package screentest

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Listener is a terminal as a simple screen reader has it. Between the program and the
// terminal stands a filter that drops colours and attributes and doesn't let the cursor be
// hidden. It reads what it is sent since the last key, with every run of blanks as one, and
// the line that the cursor stands on; what was on the screen before it doesn't read again.
type Listener struct {
	*Terminal
	parser *ansi.Parser
	rest   []byte // Of a sequence that isn't whole yet.
	pieces []piece
	title  string
}

// piece is what was written without moving the cursor.
type piece struct {
	y, end int
	text   string
	last   string // The letter at its end.
}

// NewListener returns a terminal of w by h cells that is listened to.
func NewListener(t Tester, w, h int) *Listener {
	return &Listener{Terminal: New(t, w, h), parser: ansi.NewParser()}
}

// Run starts a program in the terminal; it is ended with the test.
func (l *Listener) Run(m tea.Model, opts ...tea.ProgramOption) {
	l.Terminal.Run(m, append(opts, tea.WithOutput(l))...)
}

// Press presses keys, by their names or as they are. What was heard before them is over.
func (l *Listener) Press(names ...string) {
	l.Forget()
	l.Terminal.Press(names...)
}

// Forget begins to listen anew, as at a key.
func (l *Listener) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pieces = nil
}

// Heard returns what was read since the last key, as lines.
func (l *Listener) Heard() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	for i := range l.pieces {
		switch {
		case i == 0:
		case l.pieces[i].y == l.pieces[i-1].y:
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(l.pieces[i].text)
	}
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if line = collapsed(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Line returns the line that the cursor stands on.
func (l *Listener) Line() string {
	lines := l.Screen().Lines()
	l.mu.Lock()
	defer l.mu.Unlock()
	return collapsed(lines[l.em.CursorPosition().Y])
}

// Title returns the title of the window. It comes with the frame that it belongs to.
func (l *Listener) Title() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.title
}

func collapsed(line string) string { return strings.Join(strings.Fields(line), " ") }

// Write listens to what a program draws, and draws what is left of it.
func (l *Listener) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	data := append(l.rest, p...)
	for len(data) > 0 {
		seq, width, n, state := ansi.DecodeSequence(data, ansi.NormalState, l.parser)
		if n == 0 || state != ansi.NormalState {
			break // The rest is on its way.
		}
		data = data[n:]
		if err := l.take(string(seq), width); err != nil {
			return 0, err
		}
	}
	l.rest = append([]byte(nil), data...)
	return len(p), nil
}

// take takes one letter or one sequence.
func (l *Listener) take(seq string, width int) error {
	final, csi := seq[len(seq)-1], strings.HasPrefix(seq, "\x1b[")
	switch {
	case width > 0:
		at := l.em.CursorPosition()
		l.hear(at.X, at.Y, seq, width)
	case csi && final == 'm' && !strings.ContainsAny(seq, "?>"), seq == ansi.ResetModeTextCursorEnable:
		return nil
	case csi && final == 'b' && len(l.pieces) > 0: // The last letter, so often.
		if n, err := strconv.Atoi(seq[2 : len(seq)-1]); err == nil {
			at := l.em.CursorPosition()
			l.hear(at.X, at.Y, strings.Repeat(l.pieces[len(l.pieces)-1].last, n), n)
		}
	case strings.HasPrefix(seq, "\x1b]2;"):
		l.title = strings.TrimRight(seq[4:], "\a\x1b\\")
	}
	_, err := l.em.Write([]byte(seq))
	return err
}

// hear takes down what is written at a cell.
func (l *Listener) hear(x, y int, text string, width int) {
	if n := len(l.pieces); n == 0 || l.pieces[n-1].y != y || l.pieces[n-1].end != x {
		l.pieces = append(l.pieces, piece{y: y})
	}
	p := &l.pieces[len(l.pieces)-1]
	p.text += text
	p.end = x + width
	if width == 1 {
		p.last = text
	}
}
