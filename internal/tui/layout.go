package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// smallestWidth and smallestHeight are the size in cells below which a screen is a
// single line; the keys still work.
const smallestWidth, smallestHeight = 20, 5

// layout is a screen before it is fitted to the terminal: a line on top, a body
// that may be longer than the room for it, a panel that is always seen, and
// the hints at the bottom.
type layout struct {
	title  string // After "wayout" on the top line.
	status string // At the right end of the top line.
	below  string // In the row below the top line, where there is room for one.
	body   []string
	panel  []string
	hints  []action
	top    int  // First line of the body that is shown, if pinned.
	pinned bool // Whether the body is shown from top, or from its end.
	side   []string
	cursor *place
	clicks []click
}

// click is a piece of the body, or of the panel, that does something when it is
// clicked.
type click struct {
	from, to int // Lines; to is not included.
	panel    bool
	msg      tea.Msg
}

// until returns the click with its end at this line, which is not included.
func (c click) until(line int) click {
	c.to = line
	return c
}

// place is a cell of the panel (or of the body, if it is not in the panel).
type place struct {
	x, y  int
	panel bool
}

// fit draws a layout at the size of the terminal. No line is wider, and there
// are never more lines than rows.
func (e look) fit(l layout) frame {
	if e.w < smallestWidth || e.h < smallestHeight {
		return frame{lines: []string{ansi.Truncate(e.words.T("tui.toosmall"), max(e.w, 0), "")}}
	}
	col := e.column()
	left := (e.w - col) / 2
	wide := e.w >= wideWidth && len(l.side) > 0
	if wide {
		left = max((e.w-col-e.sideWidth()-6)/2, 1)
	}
	hints, buttons := e.hintLine(l.hints, col)
	head, foot := 1, append(e.told(), hints)
	if e.roomy() {
		head, foot = 2, append([]string{""}, foot...)
	}
	rows := e.h - head - len(foot)
	panel := l.panel
	if len(panel) > rows {
		e.cuts("%d lines of a panel in %d rows", len(panel), rows)
		panel = panel[len(panel)-rows:]
	}
	room := rows - len(panel)
	shown, first := window(l, room)
	top, more := e.head(l, l.body[first+len(shown):], col)
	lines := append(make([]string, 0, e.h), top...)
	bodyAt := len(lines)
	lines = append(lines, shown...)
	panelAt := len(lines)
	lines = append(lines, panel...)
	sides := margins(lines, bodyAt, panelAt, more)
	for len(lines) < e.h-len(foot) {
		lines = append(lines, "")
	}
	lines = append(lines, foot...)
	f := frame{lines: e.indent(lines, left)}
	sides.put(f.lines, left, e.w)
	for _, b := range buttons {
		f.hits = append(f.hits, hit{x: left + b.x, w: b.w, y: e.h - 1, h: 1, msg: b.msg})
	}
	for _, c := range l.clicks {
		at, least, most := bodyAt-first, bodyAt, panelAt
		if c.panel {
			at, least, most = panelAt-(len(l.panel)-len(panel)), panelAt, panelAt+len(panel)
		}
		if y, end := max(at+c.from, least), min(at+c.to, most); y < end {
			f.hits = append(f.hits, hit{x: left, w: col, y: y, h: end - y, msg: c.msg})
		}
	}
	if wide {
		e.beside(f.lines, l.side, left+col+6, head)
	}
	// Without a cursor of its own, a page is read from its first line with words. The cursor
	// stands in the margin there, so that it covers no letter.
	f.cursor = cursorAt(max(left-1, 0), bodyAt+firstWords(shown))
	if c := l.cursor; c != nil {
		y := bodyAt + c.y - first
		if c.panel {
			y = panelAt + c.y - (len(l.panel) - len(panel))
		}
		if x := left + c.x; y >= 0 && y < e.h && x < e.w {
			f.cursor = cursorAt(x, y)
		}
	}
	return f
}

// wideWidth is the width in cells from which a column fits beside the text.
const wideWidth = 110

// sideWidth returns the width of the column beside the text, in cells. It takes what the text leaves,
// since a content note is long, but no more than reads well.
func (e look) sideWidth() int { return min(max(e.w-e.column()-12, 30), 36) }

// window returns the lines of the body that are shown in room rows, and the
// index of the first.
func window(l layout, room int) ([]string, int) {
	room = max(room, 0)
	first := max(len(l.body)-room, 0)
	if l.pinned {
		first = min(max(l.top, 0), first)
	}
	return l.body[first:min(first+room, len(l.body))], first
}

// head returns the top line, and an empty row below it where there is room. If a page that is read
// from its top goes on below, the line says so, and more is true: nobody should take it for the whole.
func (e look) head(l layout, below []string, col int) (lines []string, more bool) {
	if more = l.pinned && l.status == "" && hasText(below); more {
		l.status = e.theme.muted.Render(e.words.T("tui.below"))
	}
	if lines = []string{e.topLine(l, col)}; e.roomy() {
		lines = append(lines, l.below)
	}
	return lines, more
}

// firstWords returns the index of the first line that isn't blank, or 0.
func firstWords(lines []string) int {
	return max(slices.IndexFunc(lines, func(l string) bool { return hasText([]string{l}) }), 0)
}

// hasText reports whether any of the lines isn't blank.
func hasText(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.TrimSpace(ansi.Strip(l)) != "" })
}

func (e look) topLine(l layout, col int) string {
	name := e.theme.title.Render("wayout")
	if l.title != "" {
		name += e.theme.muted.Render(" · ") + e.theme.text.Render(l.title)
	}
	gap := col - ansi.StringWidth(name) - ansi.StringWidth(l.status)
	if gap < 1 && l.status == "" {
		return ansi.Truncate(name, col, "…")
	}
	if gap < 1 { // The title is cut, since the learner knows it.
		name, gap = ansi.Truncate(name, max(col-ansi.StringWidth(l.status)-2, 0), "…"), 2
	}
	return name + strings.Repeat(" ", gap) + l.status
}

// button is a hint that can be clicked.
type button struct {
	x, w int
	msg  tea.Msg
}

// told returns what stands above the hints, in at most three lines: why the last key
// did nothing, or else the notice, marked with "!".
func (e look) told() (lines []string) {
	switch {
	case e.why != "":
		lines = wrap(e.theme.strong, e.why, e.column())
	case e.notice != "":
		lines = wrap(e.theme.risky, "! "+e.notice, e.column())
	}
	return lines[:min(len(lines), 3)]
}

// hintLine names as many keys as fit, and returns those that can be clicked. Leaving
// is always named last, and help before it unless the terminal is narrow.
func (e look) hintLine(hints []action, col int) (string, []button) {
	var shown []key.Binding
	width := 0
	fixed := []key.Binding{e.keys.help, e.keys.leave}
	hints = slices.Clone(hints)
	for i, a := range hints { // A screen may have words of its own for the key of help.
		if a.Help().Key == fixed[0].Help().Key {
			fixed[0], hints[i].aside = a.Binding, true
		}
	}
	if e.w < 60 {
		fixed = fixed[1:]
	}
	for i, b := range fixed {
		fixed[i], _ = e.named(b)
		b = fixed[i]
		width += ansi.StringWidth(hint(b)) + 3
	}
	for _, b := range hints {
		if b.off != "" && !b.still || b.aside {
			continue
		}
		var works bool
		if b.Binding, works = e.named(b.Binding); !works {
			continue
		}
		if w := ansi.StringWidth(hint(b.Binding)) + 3; width+w <= col+3 {
			width += w
			shown = append(shown, b.Binding)
		}
	}
	var parts []string
	var buttons []button
	x := 0
	for _, b := range append(shown, fixed...) {
		w := ansi.StringWidth(hint(b))
		parts = append(parts, e.theme.strong.Render(b.Help().Key)+" "+e.theme.muted.Render(b.Help().Desc))
		if msg, ok := pressOf(b); ok && x+w <= col {
			buttons = append(buttons, button{x: x, w: w, msg: msg})
		}
		x += w + 3
	}
	return ansi.Truncate(strings.Join(parts, "   "), col, ""), buttons
}

func hint(b key.Binding) string { return b.Help().Key + " " + b.Help().Desc }

// indent moves lines to the column and cuts what is too wide.
func (e look) indent(lines []string, left int) []string {
	pad := strings.Repeat(" ", left)
	for i, l := range lines {
		if l == "" {
			continue
		}
		if n := left + ansi.StringWidth(l); n > e.w {
			e.cuts("a line of %d cells: %q", n, l)
		}
		lines[i] = ansi.Truncate(pad+l, e.w, "")
	}
	if len(lines) > e.h {
		e.cuts("%d lines", len(lines))
		lines = lines[:e.h]
	}
	return lines
}

// cuts reports what does not fit, to tests. Every line is made for the room it has: what
// is cut is lost to the learner.
func (e look) cuts(format string, args ...any) {
	if e.cut != nil {
		e.cut(fmt.Sprintf(format, args...))
	}
}

// beside writes the side column into lines, with its upper left corner at cell x of row y.
func (e look) beside(lines, side []string, x, y int) {
	for i, s := range side {
		if y+i >= len(lines)-1 {
			return
		}
		gap := x - ansi.StringWidth(lines[y+i])
		if s == "" || gap < 1 {
			continue
		}
		air := blankBeside(s) // The text on the left has its own; see sides.
		lines[y+i] = ansi.Truncate(lines[y+i]+strings.Repeat(" ", gap-1)+air+s+air, e.w, "")
	}
}

// wrap breaks words into lines of at most width cells, in one style. Without words it returns no
// line.
func wrap(style lipgloss.Style, words string, width int) []string {
	if words == "" {
		return nil
	}
	var lines []string
	for l := range strings.SplitSeq(ansi.Wrap(words, max(width, 1), ""), "\n") {
		lines = append(lines, style.Render(strings.TrimRight(l, " ")))
	}
	return lines
}

func widest(lines []string) int { return lipgloss.Width(strings.Join(lines, "\n")) }

// prefixed puts first in front of the first line, and further in front of the others.
func prefixed(lines []string, first, further string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = first + l
		first = further
	}
	return out
}

// barred puts a coloured bar before each line, and a background behind them if the theme has
// one. The lines must be three cells narrower than the column.
func (e look) barred(lines []string, style lipgloss.Style, col int) []string {
	bar := style.Render("┃") + "  "
	return e.on(e.theme.colors.band, prefixed(lines, bar, bar), col)
}
