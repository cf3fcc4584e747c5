package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// rows returns how many rows the body of a screen without a panel has.
func (e look) rows() int {
	rows := e.h - 2
	if e.roomy() {
		rows = e.h - 4
	}
	return max(rows-len(e.told()), 1)
}

// spread puts two pieces at the ends of a line.
func spread(left, right string, width int) string {
	gap := width - ansi.StringWidth(left) - ansi.StringWidth(right)
	if gap < 1 {
		return ansi.Truncate(left, width, "…")
	}
	return left + strings.Repeat(" ", gap) + right
}
