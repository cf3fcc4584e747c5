package text

import (
	"syscall/js"
	"unicode"
	"unicode/utf8"
)

// normalized calls the browser's String.prototype.normalize: a js.Value of a string has no methods.
func normalized(s, form string) string {
	normalize := js.Global().Get("String").Get("prototype").Get("normalize")
	return normalize.Call("call", s, form).String()
}

func isComposed(s string) bool { return composed(s) == s }

func composed(s string) string { return normalized(s, "NFC") }

func decomposed(s string) string { return normalized(s, "NFD") }

func plainer(s string) string { return normalized(s, "NFKD") }

// letter goes by the marks alone. That is good enough: it's called for mistakes in files, and
// a browser reads no files.
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
