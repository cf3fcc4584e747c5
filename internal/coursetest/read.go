package coursetest

import (
	"strings"
	"unicode"
)

// Letters returns the letters, digits and punctuation of a drawn screen, without spaces, line
// breaks, frames and marks, so that texts can be found wherever lines break.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("│┃┆╭╮╰╯─⚑▸•", r) {
			return -1
		}
		return r
	}, s)
}

// InOrder looks for each of the words in a text, in order, and returns the first that isn't
// there, or "". It ignores line breaks.
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
