package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"rsc.io/qr"
)

// quiet is the clear border of a code, in modules (ISO/IEC 18004: four).
const quiet = 4

// qrLines draws a text as a code to scan, two modules a cell, dark on light in
// colours of its own: in those of a dark theme many phones can't read it
// (schollz/e2ecp#120). It is nil where there are no colours, or where the text
// is too long for a code that can be read across a room.
func (e look) qrLines(text string) []string {
	if text == "" || e.colorless {
		return nil
	}
	code, err := qr.Encode(text, qr.L)
	if err != nil || code.Size > 33 {
		return nil
	}
	style := lipgloss.NewStyle().Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#FFFFFF"))
	dark := func(x, y int) bool { return code.Black(x-quiet, y-quiet) } // False outside of it.
	size := code.Size + 2*quiet
	var lines []string
	for y := 0; y < size; y += 2 {
		var b strings.Builder
		for x := range size {
			switch up, down := dark(x, y), y+1 < size && dark(x, y+1); {
			case up && down:
				b.WriteRune('█')
			case up:
				b.WriteRune('▀')
			case down:
				b.WriteRune('▄')
			default:
				b.WriteRune(' ')
			}
		}
		lines = append(lines, style.Render(b.String()))
	}
	return lines
}
