package text

import (
	"syscall/js"
	"unicode"
	"unicode/utf8"
)

// normalized asks a method that every string of a browser has. Text itself is no object there.
func normalized(s, form string) string {
	normalize := js.Global().Get("String").Get("prototype").Get("normalize")
	return normalize.Call("call", s, form).String()
}

func isComposed(s string) bool { return composed(s) == s }

func composed(s string) string { return normalized(s, "NFC") }

func decomposed(s string) string { return normalized(s, "NFD") }

func plainer(s string) string { return normalized(s, "NFKD") }

// letter goes by the marks alone. It's asked for about a file with a mistake, and a browser
// reads no files.
func letter(line []byte) int {
	_, n := utf8.DecodeRune(line)
	for n < len(line) {
		r, size := utf8.DecodeRune(line[n:])
		if !unicode.Is(unicode.M, r) {
			break
		}
		n += size
	}
	return n
}
