//go:build !js

package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns how many cells s takes in a terminal that counts graphemes.
func Width(s string) int { return ansi.StringWidth(s) }

// Stable reports whether terminals that count graphemes and terminals that
// count code points give s the same width. Where they don't, a box around it
// breaks (charmbracelet/bubbletea#1777).
func Stable(s string) bool { return ansi.StringWidth(s) == ansi.StringWidthWc(s) }

// Wrap breaks s at word borders into lines of at most width cells; a longer
// word is cut. A width below 1 counts as 1. A line is wider only where a single
// cluster is.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line, used := "", 0
		for word := range strings.FieldsSeq(paragraph) {
			if w := Width(word); line != "" && used+1+w <= width {
				line, used = line+" "+word, used+1+w
				continue
			}
			if line != "" { // Its width may be 0: a mark without a letter.
				lines = append(lines, line)
			}
			for Width(word) > width {
				head := ansi.Truncate(word, width, "")
				if head == "" { // The first cluster alone is wider.
					head, _ = ansi.FirstGraphemeCluster(word, ansi.GraphemeWidth)
				}
				if len(head) == len(word) {
					break
				}
				lines = append(lines, head)
				word = word[len(head):]
			}
			line, used = word, Width(word)
		}
		lines = append(lines, line)
	}
	return lines
}

// Truncate cuts s to width cells, with "…" at the end where something was cut
// and there is room for it.
func Truncate(s string, width int) string {
	tail := "…"
	if width < 2 {
		tail = ""
	}
	return ansi.Truncate(s, max(width, 0), tail)
}
