package sshd

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// rowsOf returns the rows of a terminal, without trailing spaces.
func rowsOf(em *vt.Emulator, h int) []string {
	all := strings.Split(em.String(), "\n")
	for i := range all {
		all[i] = strings.TrimRight(all[i], " ")
	}
	for len(all) < h {
		all = append(all, "")
	}
	return all
}

// aLine draws a line such as our screens have: words, wide letters and styles, up to the
// last column.
func aLine(w int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		wide := 0
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			word := rapid.SampledFrom([]string{"a", "word", " ", "   ", "é", "字", "한", "▸ ", "╭──╮",
				strings.Repeat("x", w)}).Draw(t, "word")
			word = ansi.Truncate(word, w-wide, "")
			wide += ansi.StringWidth(word)
			switch rapid.IntRange(0, 3).Draw(t, "style") {
			case 0:
				word = "\x1b[1;38;2;200;30;30m" + word + "\x1b[m"
			case 1:
				word = "\x1b[48;5;17m" + word + "\x1b[0m"
			}
			b.WriteString(word)
		}
		return b.String()
	})
}

// TestPainter paints random frames in windows of random sizes: each time the terminal
// shows the frame as if it had been empty before.
func TestPainter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
		em := vt.NewEmulator(w, h)
		defer em.Close()
		p := &painter{out: em, colors: colorprofile.ANSI256, w: w, h: h}
		var lines []string
		for range rapid.IntRange(1, 12).Draw(t, "frames") {
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 0: // Another window size.
				w, h = rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
				em.Resize(w, h)
				_, _ = em.Write([]byte("\x1b[Ha terminal puts lines elsewhere")) // Terminals differ in how.
				p.resize(w, h)
				lines = rapid.SliceOfN(aLine(w), 0, h).Draw(t, "lines")
			case 1, 2: // Another page.
				lines = rapid.SliceOfN(aLine(w), 0, h+2).Draw(t, "lines")
			default: // Another line.
				lines = append([]string{}, lines...)
				if len(lines) > 0 {
					lines[rapid.IntRange(0, len(lines)-1).Draw(t, "at")] = aLine(w).Draw(t, "line")
				}
			}
			v := tea.NewView(strings.Join(lines, "\n"))
			if rapid.Bool().Draw(t, "cursor") {
				v.Cursor = tea.NewCursor(rapid.IntRange(0, w-1).Draw(t, "x"), rapid.IntRange(0, h-1).Draw(t, "y"))
			}
			p.paint(v)
			got := rowsOf(em, h)
			for y := range h {
				if want := strings.TrimRight(ansi.Strip(lineAt(lines, y)), " "); got[y] != want {
					t.Fatalf("%d by %d, line %d: %q, want %q", w, h, y, got[y], want)
				}
			}
			if at := em.CursorPosition(); v.Cursor != nil && (at.X != v.Cursor.X || at.Y != v.Cursor.Y) {
				t.Fatalf("the cursor is at %v, not at %v", at, v.Cursor.Position)
			}
		}
	})
}

// TestPainterKeepsLinesApart paints on a terminal that draws every letter twice as wide
// as we expect: what doesn't fit is cut, and no other line moves.
func TestPainterKeepsLinesApart(t *testing.T) {
	em := vt.NewEmulator(10, 4)
	defer em.Close()
	p := &painter{out: em, colors: colorprofile.ASCII, w: 20, h: 4}
	long := strings.Repeat("w", 20)
	p.paint(tea.NewView("first\nsecond\nthird\n" + long))
	p.paint(tea.NewView(long + "\nsecond\nthird\n" + long))
	got := rowsOf(em, 4)
	if want := long[:10]; got[0] != want || got[1] != "second" || got[2] != "third" || got[3] != want {
		t.Errorf("%q", got)
	}
}

// TestPainterSendsLittle checks that only the lines that have changed are sent.
func TestPainterSendsLittle(t *testing.T) {
	var out bytes.Buffer
	p := &painter{out: &out, colors: colorprofile.ASCII, w: 40, h: 10}
	frame := func(lines ...string) string {
		out.Reset()
		p.paint(tea.NewView(strings.Join(lines, "\n")))
		return out.String()
	}
	if first := frame("one", "two"); !strings.HasPrefix(first, takesScreen) {
		t.Errorf("the screen is not taken: %q", first)
	}
	if again := frame("one", "two"); again != "" {
		t.Errorf("the same frame sends %q", again)
	}
	if got, want := frame("one", "\x1b[1;31mthree\x1b[m"),
		"\x1b[2;1H\x1b[1mthree\x1b[m\x1b[m\x1b[K\x1b[?25l"; got != want {
		t.Errorf("one line sends %q, want %q", got, want)
	}
	out.Reset()
	p.close()
	if out.String() != p.emptied()+givesBack {
		t.Errorf("it ends with %q", out.String())
	}
}

// TestPainterAsksForTheKeyboard checks that the terminal is asked once to report when its window
// loses the keyboard, only while that matters, and that a covered window has no title.
func TestPainterAsksForTheKeyboard(t *testing.T) {
	var out bytes.Buffer
	p := &painter{out: &out, colors: colorprofile.ASCII, w: 40, h: 10}
	sends := func(asks bool, title string) string {
		out.Reset()
		v := tea.NewView("a page")
		v.ReportFocus, v.WindowTitle = asks, title
		p.paint(v)
		return out.String()
	}
	for i, c := range []struct {
		asks  bool
		title string
		want  []string
	}{
		{true, "wayout", []string{"\x1b[?1004h", "\x1b]2;wayout\x07"}}, {true, "wayout", nil},
		{true, "", []string{"\x1b]2;\x07"}}, {false, "", []string{"\x1b[?1004l"}}, {false, "", nil},
		{true, "wayout", []string{"\x1b[?1004h"}},
	} {
		got := sends(c.asks, c.title)
		if c.want == nil && got != "" {
			t.Errorf("%d sends %q", i, got)
		}
		for _, w := range c.want {
			if strings.Count(got, w) != 1 {
				t.Errorf("%d sends %q, without %q", i, got, w)
			}
		}
	}
	out.Reset()
	if p.close(); !strings.HasPrefix(out.String(), "\x1b[?1004l") {
		t.Errorf("it ends with %q", out.String())
	}
}

// TestPainterLeavesNoHistory paints on a terminal that has no alternate screen and keeps
// a screen that is erased all at once, as tmux does: none of our lines gets into its history.
func TestPainterLeavesNoHistory(t *testing.T) {
	var out bytes.Buffer
	p := &painter{out: &out, colors: colorprofile.ASCII, w: 40, h: 10}
	p.paint(tea.NewView("a lesson"))
	p.resize(30, 8)
	p.paint(tea.NewView("another page"))
	p.close()
	_, ours, _ := strings.Cut(out.String(), "a lesson")
	if strings.Contains(ours, "\x1b[2J") || strings.Contains(ours, "\x1b[J") || strings.Contains(ours, "\n") {
		t.Errorf("%q", ours)
	}
}

// allowed matches all that may be sent to a terminal: text, styles, and the painter's own
// sequences.
var allowed = regexp.MustCompile(
	`^(?:[^\x00-\x1f\x7f-\x{9f}]|\x1b\[[0-9;:]*m|\x1b\[\d+;\d+H|\x1b\[H|\x1b\[[0-9]*[JK]|\x1b\[\?(?:25|7|1049)[hl]|\x1b\]2;(?:wayout)?\x07)*$`)

// TestPainterIsAWall checks that sequences that must never reach a terminal are left out.
func TestPainterIsAWall(t *testing.T) {
	for _, evil := range []string{"\x1b]52;c;aGk=\x07", "\x1b]0;title\x07", "\x1b]8;;http://x\x07link\x1b]8;;\x07",
		"\x1bPq#0;2;0;0;0\x1b\\", "\x1b_Gf=24\x1b\\", "\x1b[21t", "\x1b[6n", "\x1b[2J", "\x1b[?1049l", "\x1b[?1003h",
		"\u009b31m", "\u009d52;c;aGk=\u009c", "\x9b31m", "\x1bc", "\x1b#8", "\a", "\b", "\v", "\f", "\x0e", "\x00",
		"\x7f", "\r", "\x1b[200~", "\x1b", "\xff\xfe", "\x1b[?2026h", "\x1b[1;1H"} {
		var out bytes.Buffer
		p := &painter{out: &out, colors: colorprofile.TrueColor, w: 80, h: 3}
		p.paint(tea.NewView("a" + evil + "b\n" + evil + "\nc"))
		p.close()
		if !utf8.ValidString(out.String()) || !allowed.MatchString(out.String()) {
			t.Errorf("%q lets through %q", evil, out.String())
		}
	}
}

// FuzzPainter checks that only what is allowed is sent, whatever a frame holds.
func FuzzPainter(f *testing.F) {
	f.Add("a\x1b]52;c;aGk=\x07b\nc", 20, 5)
	f.Fuzz(func(t *testing.T, content string, w, h int) {
		w, h = max(min(w, mostCols), 1), max(min(h, mostRows), 1)
		var out bytes.Buffer
		p := &painter{out: &out, colors: colorprofile.TrueColor, w: w, h: h}
		p.paint(tea.NewView(content))
		if !utf8.ValidString(out.String()) || !allowed.MatchString(out.String()) {
			t.Fatalf("%q", out.String())
		}
	})
}
