package screentest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

// update rewrites the golden files of the packages that are tested.
var update = flag.Bool("update", false, "rewrite the golden screens")

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
			switch c := s.cells[y][x]; {
			case c.Content != "":
				b.WriteString(c.Content)
				x += max(c.Width, 1) - 1 // The rest of a wide cell is empty.
			default:
				b.WriteByte(' ')
			}
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
	for y, l := range s.Lines() {
		if strings.Contains(l, text) {
			return y
		}
	}
	return -1
}

// Golden compares a screen with testdata/name.golden of the package under test,
// row by row as text; with -update it writes it.
func Golden(t testing.TB, name string, s Screen) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	got := s.String() + "\n"
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if string(want) != got {
		t.Errorf("%s: the screen differs\n--- want\n%s--- got\n%s", path, want, got)
	}
}
