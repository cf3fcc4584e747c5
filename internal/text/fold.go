package text

import (
	"strings"
	"unicode"
)

// Fold returns the words of s for matching only: lower case, without accents
// and apostrophes, one space between words, and nothing but letters and digits.
// "I don’t!" becomes "i dont".
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range plainer(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mc, r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ʼ', r == '`':
		default:
			gap = true
		}
	}
	return b.String()
}
