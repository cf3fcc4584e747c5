package tui

import (
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"wayout/internal/screentest"
)

// listener is a terminal as a simple screen reader has it. A filter between the program and
// the terminal drops colours and attributes and doesn't let the cursor be hidden. The listener
// reads what was sent since the last key, with every run of blanks as one, and the line that
// the cursor stands on. It doesn't read again what was on the screen before.
type listener struct {
	*screentest.Terminal
	parser *ansi.Parser
	rest   []byte // The beginning of an unfinished sequence.
	pieces []piece
	title  string
}

// piece is a text that was written without moving the cursor in between.
type piece struct {
	y, end int
	text   string
	last   string // The last letter of text.
}

// newListener returns a terminal of w by h cells that is listened to.
func newListener(t testing.TB, w, h int) *listener {
	return &listener{Terminal: screentest.New(t, w, h), parser: ansi.NewParser()}
}

// Run starts a program in the terminal; the end of the test ends it.
func (l *listener) Run(m tea.Model, opts ...tea.ProgramOption) {
	l.Terminal.Run(m, append(opts, tea.WithOutput(l))...)
}

// Press presses keys, given by name or as text, and forgets what was heard before.
func (l *listener) Press(names ...string) {
	l.Forget()
	l.Terminal.Press(names...)
}

// Forget drops what was heard so far, as a key does.
func (l *listener) Forget() {
	l.With(func(*vt.Emulator) { l.pieces = nil })
}

// Heard returns what was read since the last key, as lines.
func (l *listener) Heard() string {
	var b strings.Builder
	l.With(func(*vt.Emulator) {
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
	})
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if line = collapsed(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Line returns the line that the cursor stands on.
func (l *listener) Line() string {
	lines, y := l.Screen().Lines(), 0
	l.With(func(em *vt.Emulator) { y = em.CursorPosition().Y })
	return collapsed(lines[y])
}

// Title returns the title of the window. It comes with the frame that it belongs to.
func (l *listener) Title() (title string) {
	l.With(func(*vt.Emulator) { title = l.title })
	return title
}

func collapsed(line string) string { return strings.Join(strings.Fields(line), " ") }

// Write listens to what a program draws, and passes the filtered rest to the terminal.
func (l *listener) Write(p []byte) (_ int, err error) {
	l.With(func(em *vt.Emulator) {
		data := append(l.rest, p...)
		for len(data) > 0 && err == nil {
			seq, width, n, state := ansi.DecodeSequence(data, ansi.NormalState, l.parser)
			if n == 0 || state != ansi.NormalState {
				break // The rest comes with the next write.
			}
			data = data[n:]
			err = l.take(em, string(seq), width)
		}
		l.rest = append([]byte(nil), data...)
	})
	return len(p), err
}

// take takes one letter or one sequence.
func (l *listener) take(em *vt.Emulator, seq string, width int) error {
	final, csi := seq[len(seq)-1], strings.HasPrefix(seq, "\x1b[")
	switch {
	case width > 0:
		at := em.CursorPosition()
		l.hear(at.X, at.Y, seq, width)
	case csi && final == 'm' && !strings.ContainsAny(seq, "?>"), seq == ansi.ResetModeTextCursorEnable:
		return nil
	case csi && final == 'b' && len(l.pieces) > 0: // Repeats the last letter.
		if n, err := strconv.Atoi(seq[2 : len(seq)-1]); err == nil {
			at := em.CursorPosition()
			l.hear(at.X, at.Y, strings.Repeat(l.pieces[len(l.pieces)-1].last, n), n)
		}
	case strings.HasPrefix(seq, "\x1b]2;"):
		l.title = strings.TrimRight(seq[4:], "\a\x1b\\")
	}
	_, err := em.Write([]byte(seq))
	return err
}

// hear records what is written at a cell.
func (l *listener) hear(x, y int, text string, width int) {
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

// TestListener checks that a listener reads what was sent since the last key, in the order in
// which it was sent, and the line of the cursor, which can't be hidden.
func TestListener(t *testing.T) {
	l := newListener(t, 40, 6)
	for _, sent := range []string{"\x1b]2;here\x07\x1b[?25l\x1b[1;31mone    two\x1b[m\x1b[3;5Hthr", "ee\x1b[",
		"3;20Hfour", "\x1b[5;1Hx\x1b[4b"} {
		if _, err := l.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := l.Heard(), "one two\nthree four\nxxxxx"; got != want {
		t.Errorf("heard is %q, not %q", got, want)
	}
	var hidden bool
	l.With(func(em *vt.Emulator) { hidden = em.CursorHidden() })
	if got := l.Line(); got != "xxxxx" || hidden || l.Title() != "here" {
		t.Errorf("the line is %q, the cursor hidden %v, the title %q", got, hidden, l.Title())
	}
	if c := l.Screen().Cell(0, 0); c.Content != "o" || c.Style.Fg != nil || c.Style.Attrs != 0 {
		t.Errorf("a letter has a style: %+v", c)
	}
	l.Forget()
	if _, err := l.Write([]byte("\x1b[1;5Htwice\x1b[3;1H")); err != nil {
		t.Fatal(err)
	}
	if got, line := l.Heard(), l.Line(); got != "twice" || line != "three four" {
		t.Errorf("after a key heard is %q, and the line %q", got, line)
	}
}
