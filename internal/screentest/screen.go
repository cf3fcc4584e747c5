package screentest

import (
	"cmp"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Screen is a copy of a terminal's cells.
type Screen struct {
	W, H  int
	cells [][]uv.Cell
}

func copyCells(w, h int, at func(x, y int) *uv.Cell) Screen {
	s := Screen{W: w, H: h, cells: make([][]uv.Cell, h)}
	for y := range h {
		s.cells[y] = make([]uv.Cell, w)
		for x := range w {
			if c := at(x, y); c != nil {
				s.cells[y][x] = *c
			}
		}
	}
	return s
}

// Draw returns the screen that a program's view makes, without a program.
func Draw(content string, w, h int) Screen {
	buf := uv.NewScreenBuffer(max(w, 1), max(h, 1))
	uv.NewStyledString(content).Draw(buf, buf.Bounds())
	return copyCells(w, h, buf.CellAt)
}

// Cell returns a cell; the zero Cell outside the screen.
func (s Screen) Cell(x, y int) uv.Cell {
	if y < 0 || y >= s.H || x < 0 || x >= s.W {
		return uv.Cell{}
	}
	return s.cells[y][x]
}

// Lines returns the rows as text, without the blanks at their ends.
func (s Screen) Lines() []string {
	lines := make([]string, s.H)
	for y := range s.H {
		var b strings.Builder
		for x := 0; x < s.W; x++ {
			c := s.cells[y][x]
			b.WriteString(cmp.Or(c.Content, " "))
			x += max(c.Width, 1) - 1 // The rest of a wide cell is empty.
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

// String returns the rows, one a line.
func (s Screen) String() string { return strings.Join(s.Lines(), "\n") }

// Contains reports whether some row has a text.
func (s Screen) Contains(text string) bool { return strings.Contains(s.String(), text) }

// Row returns the index of the first row that has a text, or -1.
func (s Screen) Row(text string) int {
	return slices.IndexFunc(s.Lines(), func(l string) bool { return strings.Contains(l, text) })
}
