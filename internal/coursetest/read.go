package coursetest

import (
	"strings"
	"unicode"
)

// Letters returns what is left of a drawing where lines may break anywhere: its letters,
// digits and punctuation, without blanks and what frames or marks a text.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("│┃┆╭╮╰╯─⚑▸•", r) {
			return -1
		}
		return r
	}, s)
}

// InOrder looks for each of the words in a text, one after the other, and returns the first
// that isn't there, or "". Where lines break is no difference.
func InOrder(text string, words []string) (missing string) {
	text = Letters(text)
	for _, w := range words {
		_, after, ok := strings.Cut(text, Letters(w))
		if !ok {
			return w
		}
		text = after
	}
	return ""
}
