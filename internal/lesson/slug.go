package lesson

import (
	"strings"
	"unicode"
)

// Slug returns the id that GitHub gives to a heading: in lower case, with hyphens for
// spaces, and with only the letters, marks, digits, hyphens and underscores of every
// script (github-slugger's rule). goldmark's own ids drop the letters of most
// scripts, which would break links that work on GitHub.
func Slug(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(heading)) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.Is(unicode.Nd, r), unicode.Is(unicode.Nl, r),
			unicode.Is(unicode.Pc, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
