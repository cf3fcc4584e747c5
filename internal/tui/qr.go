package tui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"wayout/internal/view"
)

// modules are two modules of a code, the upper one first, as one cell.
var modules = map[[2]bool]string{{true, true}: "█", {true, false}: "▀", {false, true}: "▄", {false, false}: " "}

// qrLines draws a text as a code to scan, two modules a cell, dark on light in
// colours of its own: in those of a dark theme many phones can't read it
// (schollz/e2ecp#120). It is nil where there are no colours, or where the text
// is too long for a code that can be read across a room.
func (e look) qrLines(text string) []string {
	if e.colorless {
		return nil
	}
	rows := view.ScanCode(text, 33)
	style := lipgloss.NewStyle().Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#FFFFFF"))
	var lines []string
	for y := 0; y < len(rows); y += 2 {
		var b strings.Builder
		for x := range rows {
			b.WriteString(modules[[2]bool{rows[y][x], y+1 < len(rows) && rows[y+1][x]}])
		}
		lines = append(lines, style.Render(b.String()))
	}
	return lines
}
