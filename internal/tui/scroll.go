package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// rows returns how many rows the body of a screen without a panel has.
func (e env) rows() int {
	rows := e.h - 2
	if e.roomy() {
		rows = e.h - 4
	}
	if e.notice != "" {
		rows -= min(len(wrap(e.theme.text, "! "+e.notice, e.column())), 3)
	}
	return max(rows, 1)
}

// scroll returns the new first line after a key, for a text of so many lines.
func scroll(e env, press tea.KeyPressMsg, top, lines int) int {
	page := max(e.rows()-2, 1)
	switch {
	case key.Matches(press, e.keys.up):
		top--
	case key.Matches(press, e.keys.down):
		top++
	case key.Matches(press, e.keys.pageUp):
		top -= page
	case key.Matches(press, e.keys.pageDown):
		top += page
	}
	return min(max(top, 0), max(lines-e.rows(), 0))
}

// spread puts two pieces at the ends of a line.
func spread(left, right string, width int) string {
	gap := width - ansi.StringWidth(left) - ansi.StringWidth(right)
	if gap < 1 {
		return ansi.Truncate(left, width, "…")
	}
	return left + strings.Repeat(" ", gap) + right
}
