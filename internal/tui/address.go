package tui

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// wrapWhole breaks words as wrap does, but keeps the address of a page in one piece: half of
// an address can't be clicked, nor copied by selecting a line. An address that is longer than
// a line is shown cut, as a hyperlink to the whole.
func wrapWhole(style lipgloss.Style, words string, width int) []string {
	var lines, plain []string
	flush := func() {
		if len(plain) > 0 {
			lines, plain = append(lines, wrapNumbers(style, strings.Join(plain, " "), width)...), nil
		}
	}
	for _, word := range strings.Fields(words) {
		if !isAddress(word) {
			plain = append(plain, word)
			continue
		}
		flush()
		shown := ansi.Truncate(withoutScheme(word, width), width, "…")
		if n := len(lines) - 1; n >= 0 && ansi.StringWidth(lines[n])+1+ansi.StringWidth(shown) <= width {
			lines[n] += style.Render(" ") + linked(style, word, shown)
			continue
		}
		lines = append(lines, linked(style, word, shown))
	}
	flush()
	return lines
}

// wrapNumbers breaks words as wrap does, but keeps a phone number in one piece, together with the word
// before it where only a comma stands between them. Someone in a fright mustn't have to put the number
// of one service together, or take it for that of another.
func wrapNumbers(style lipgloss.Style, words string, width int) []string {
	lines := wrap(style, oneNumber(words), width)
	for i, l := range lines {
		lines[i] = strings.NewReplacer("\u00a0", " ", "\u2011", "-").Replace(l)
	}
	return lines
}

// oneNumber replaces what a line could be broken at, inside a number and after a comma before one, by
// a space or a hyphen that it can't be broken at.
func oneNumber(words string) string {
	runes := []rune(words)
	digit := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsDigit(runes[i]) }
	for i, r := range runes {
		switch {
		case r == ' ' && digit(i+1) && (digit(i-1) || i > 0 && runes[i-1] == ','):
			runes[i] = '\u00a0'
		case r == '-' && digit(i-1) && digit(i+1):
			runes[i] = '\u2011'
		}
	}
	return string(runes)
}

// isAddress reports whether a word is the address of a page.
func isAddress(word string) bool {
	return strings.Contains(word, "://") || strings.HasPrefix(word, "www.")
}

// withoutScheme returns an address without its scheme and "www." if it is too long for a line.
func withoutScheme(address string, width int) string {
	if ansi.StringWidth(address) <= width {
		return address
	}
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return strings.TrimPrefix(rest, "www.")
	}
	return address
}

// linked draws an address, as a hyperlink if it is not shown whole.
func linked(style lipgloss.Style, address, shown string) string {
	if shown == address {
		return style.Render(shown)
	}
	return ansi.SetHyperlink(address) + style.Render(shown) + ansi.ResetHyperlink()
}
