package sshd

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// painter draws the screens of a seat over SSH. It remembers the lines on the screen, and sends
// those that have changed at once. The library's own renderer sends changes only at its next
// tick, and keeps every cell of two and a half screens: half a MiB for each seat, two thirds of a
// seat's memory.
//
// A line is always drawn whole, from its left edge, with line wrapping off, so that no other line
// moves if a terminal draws a letter wider than we expect. Only text, its colours and the
// sequences in this file are sent.
type painter struct {
	out    io.Writer
	colors colorprofile.Profile
	w, h   int
	lines  []string // The lines on the screen; nil if unknown.
	cursor string   // The last sequence that placed the cursor.
	open   bool     // The terminal shows our screen.
	title  string   // Of the window.
	tells  bool     // The terminal was asked to report when its window loses the keyboard.
}

// The sequences that switch a terminal to our screen and back. Before switching back, the screen
// is emptied; see emptied.
const (
	takesScreen = ansi.SetModeAltScreenSaveCursor + ansi.ResetModeAutoWrap + ansi.ResetStyle +
		ansi.EraseEntireScreen
	givesBack = ansi.CursorHomePosition + ansi.SetModeAutoWrap + ansi.ShowCursor + "\x1b]2;\x07" +
		ansi.ResetModeAltScreenSaveCursor
)

// emptied returns the sequence that empties the screen line by line: some terminals put a screen
// that is erased all at once into their history.
func (p *painter) emptied() string {
	var b strings.Builder
	b.WriteString(ansi.ResetStyle)
	for y := range p.h {
		b.WriteString(ansi.CursorPosition(1, y+1) + ansi.EraseEntireLine)
	}
	return b.String()
}

// resize sets the size of the window, in cells. What the window shows is then unknown.
func (p *painter) resize(w, h int) { p.w, p.h, p.lines, p.cursor = w, h, nil, "" }

// paint draws a frame.
func (p *painter) paint(v tea.View) {
	var b bytes.Buffer
	if !p.open {
		p.open = true
		b.WriteString(takesScreen)
		p.lines = []string{}
	}
	p.window(&b, v)
	lines := strings.Split(v.Content, "\n")
	lines = lines[:min(len(lines), p.h)]
	if p.lines == nil {
		b.WriteString(p.emptied())
	}
	for y := range p.h {
		is, was := lineAt(lines, y), lineAt(p.lines, y)
		if is == was {
			continue
		}
		b.WriteString(ansi.CursorPosition(1, y+1))
		p.line(&b, is)
		b.WriteString(ansi.ResetStyle)
		if ansi.StringWidth(is) < p.w { // After a full line, erasing would remove the last column.
			b.WriteString(ansi.EraseLineRight)
		}
	}
	p.lines = lines
	cursor := ansi.HideCursor
	if c := v.Cursor; c != nil {
		cursor = ansi.CursorPosition(c.X+1, c.Y+1) + ansi.ShowCursor
	}
	if b.Len() > 0 || cursor != p.cursor {
		b.WriteString(cursor)
		p.cursor = cursor
		_, _ = p.out.Write(b.Bytes()) // If the client has gone, the reader notices.
	}
}

// window sets the window's title, and switches reports of the keyboard focus on or off.
func (p *painter) window(b *bytes.Buffer, v tea.View) {
	if v.WindowTitle != p.title {
		p.title = v.WindowTitle
		b.WriteString(ansi.SetWindowTitle(ansi.Strip(p.title)))
	}
	if v.ReportFocus == p.tells {
		return
	}
	if p.tells = v.ReportFocus; p.tells {
		b.WriteString(ansi.SetModeFocusEvent)
	} else {
		b.WriteString(ansi.ResetModeFocusEvent)
	}
}

func lineAt(lines []string, y int) string {
	if y < len(lines) {
		return lines[y]
	}
	return ""
}

// line writes a line in the colours that the terminal has. It leaves out everything that is
// neither text nor a style, as a second check after package text.
func (p *painter) line(b *bytes.Buffer, s string) {
	var clean strings.Builder
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	for state := byte(0); s != ""; {
		parser.Reset() // Otherwise it keeps the last command.
		seq, width, n, next := ansi.DecodeSequence(s, state, parser)
		if utf8.ValidString(seq) && (width > 0 || ansi.HasCsiPrefix(seq) && parser.Command() == 'm') {
			clean.WriteString(seq)
		}
		s, state = s[n:], next
	}
	w := colorprofile.Writer{Forward: b, Profile: p.colors}
	_, _ = w.WriteString(clean.String()) // It writes to memory.
}

// close empties our screen and switches the terminal back.
func (p *painter) close() {
	if !p.open {
		return
	}
	quiet := ""
	if p.tells { // Later reports would be typed into the shell.
		quiet = ansi.ResetModeFocusEvent
	}
	_, _ = io.WriteString(p.out, quiet+p.emptied()+givesBack) // The client may be gone.
}

// painted is a program whose screens a painter draws. The library asks for a view after each
// message and gets an empty one.
type painted struct {
	tea.Model
	p *painter
}

// Update tells the painter of a new size, and passes every message to the program.
func (m painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok && (size.Width != m.p.w || size.Height != m.p.h) {
		m.p.resize(size.Width, size.Height)
	}
	var cmd tea.Cmd
	m.Model, cmd = m.Model.Update(msg)
	return m, cmd
}

// View paints the program's view, and returns an empty one to the library.
func (m painted) View() tea.View {
	m.p.paint(m.Model.View())
	return tea.View{}
}
