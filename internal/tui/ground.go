package tui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// grounded gives lines a background, filled up to a width in cells. Ink is the colour of text
// that has none of its own; nil leaves it to the terminal.
func grounded(lines []string, ink, ground color.Color, width int) []string {
	style := ansi.Style{}.BackgroundColor(ground)
	if ink != nil {
		style = style.ForegroundColor(ink)
	}
	set := style.String()
	out := make([]string, len(lines))
	for i, l := range lines {
		l += spaces(max(width-ansi.StringWidth(l), 0))
		// Each style ends with a reset, which would remove the background too.
		out[i] = set + strings.ReplaceAll(l, ansi.ResetStyle, ansi.ResetStyle+set) + ansi.ResetStyle
	}
	return out
}

// tint is the share of a person's colour in the background of their messages, from 0 to 1.
const tint = 0.13

// tinted returns the background of a person's messages: that of all bubbles, with a little
// of the colour of their name.
func (p palette) tinted(voice int) color.Color {
	if voice < 1 || len(p.people) == 0 {
		return p.bubble
	}
	ground, _ := colorful.MakeColor(p.bubble)
	person, _ := colorful.MakeColor(p.people[(voice-1)%len(p.people)])
	return ground.BlendLab(person, tint).Clamped()
}

// bubble draws a message on a background, with half a row of padding above and below it. It
// takes as many cells as a box does.
func bubble(words []string, ink, ground color.Color) []string {
	width := widest(words)
	edge := lipgloss.NewStyle().Foreground(ground)
	lines := []string{edge.Render(strings.Repeat("▄", width+4))}
	lines = append(lines, grounded(prefixed(words, "  ", "  "), ink, ground, width+4)...)
	return append(lines, edge.Render(strings.Repeat("▀", width+4)))
}

// banded gives a line of a list a background if it is selected.
func (e look) banded(lines []string, selected bool, col int) []string {
	if !selected {
		return lines
	}
	return e.on(e.theme.colors.own, lines, col)
}

// on puts lines on a background, if the theme has any. It is a cell wider than the column, so that
// no word ends at its edge.
func (e look) on(ground color.Color, lines []string, col int) []string {
	if !e.theme.fills {
		return lines
	}
	return grounded(lines, e.theme.colors.ink, ground, min(col+1, e.w))
}
