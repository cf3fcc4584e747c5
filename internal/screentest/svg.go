package screentest

import (
	"cmp"
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The grid of a picture, in SVG units.
const (
	cellWidth, cellHeight = 9, 18
	margin                = 16
)

// SVG returns the screen as a picture, with colours such as "#1E1E1E" for the
// background and for text without one. The same cells make the same bytes.
func (s Screen) SVG(label, ground, ink string) []byte {
	var b strings.Builder
	w, h := s.W*cellWidth+2*margin, s.H*cellHeight+2*margin
	fmt.Fprintf(&b,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" `+
			`role="img" aria-label="%s">`+"\n",
		w, h, w, h, html.EscapeString(label))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="10" fill="%s"/>`+"\n", w, h, ground)
	fmt.Fprintf(&b,
		`<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" `+
			`font-size="15" fill="%s" xml:space="preserve">`+"\n", ink)
	for y := range s.H {
		for x := 0; x < s.W; {
			x = s.run(&b, x, y)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return []byte(b.String())
}

// run writes the cells of equal style from x on, and returns the column after them.
func (s Screen) run(b *strings.Builder, x, y int) int {
	first := s.cells[y][x]
	end := x
	var text, squares strings.Builder
	for end < s.W && sameStyle(s.cells[y][end].Style, first.Style) {
		c := s.cells[y][end]
		if at, high, ok := square(c.Content); ok {
			fmt.Fprintf(&squares, "M%d %dh%dv%dh-%dz", margin+end*cellWidth, margin+y*cellHeight+at, cellWidth, high,
				cellWidth)
			c.Content = ""
		}
		text.WriteString(cmp.Or(c.Content, " "))
		end += max(c.Width, 1)
	}
	s.ground(b, x, end, y, squares.String())
	words := strings.TrimRight(text.String(), " ")
	if strings.TrimSpace(words) == "" {
		return end
	}
	lead := len(words) - len(strings.TrimLeft(words, " "))
	n := len([]rune(words)) - lead
	attrs := fill(first.Style)
	if first.Style.Attrs&uv.AttrBold != 0 {
		attrs += ` font-weight="bold"`
	}
	if first.Style.Attrs&uv.AttrItalic != 0 {
		attrs += ` font-style="italic"`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d"%s>%s</text>`+"\n", margin+(x+lead)*cellWidth,
		margin+y*cellHeight+14,
		n*cellWidth, attrs, html.EscapeString(words[lead:]))
	return end
}

// ground draws the background of a run, and its block characters as squares: fonts leave
// gaps between these, and a code to scan must have none.
func (s Screen) ground(b *strings.Builder, from, to, y int, squares string) {
	style := s.cells[y][from].Style
	if style.Bg != nil {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", margin+from*cellWidth,
			margin+y*cellHeight, (to-from)*cellWidth, cellHeight, hex(style.Bg))
	}
	if squares != "" {
		fmt.Fprintf(b, `<path d="%s"%s/>`+"\n", squares, fill(style))
	}
}

// fill returns the attribute for the colour of text, or "" if it has none of its own.
func fill(style uv.Style) string {
	if style.Fg == nil {
		return ""
	}
	return fmt.Sprintf(` fill="%s"`, hex(style.Fg))
}

// square returns how far below the top of a cell the square of a block character begins,
// and how high it is; false for any other character.
func square(letter string) (at, high int, ok bool) {
	switch letter {
	case "█":
		return 0, cellHeight, true
	case "▀":
		return 0, cellHeight / 2, true
	case "▄":
		return cellHeight / 2, cellHeight / 2, true
	}
	return 0, 0, false
}

func sameStyle(a, b uv.Style) bool {
	return a.Attrs == b.Attrs && hex(a.Fg) == hex(b.Fg) && hex(a.Bg) == hex(b.Bg)
}

func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
