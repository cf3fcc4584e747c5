package codes

import "unicode"

// mostTyped is the most bytes that a typed code may have.
const mostTyped = 200

// minus is the mathematical sign, which isn't punctuation and looks like a hyphen.
const minus = '\u2212'

// The capitals of other scripts that look like a letter or a digit of a code, and in the same
// place the one that each is read as. People type them when their keyboard is set to another
// script than the code that they see.
const (
	lookAlikes = "ІӀЇАВЕЅКМНОРСТХУЈԌԚԜ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "İ"
	readAs     = "111ABESKMH0PCTXYJGQW" + "ABEZH1KMN0PTYX" + "1"
)

// letterOf returns what a capital, a digit or a look-alike stands for in a code, and anything
// else unchanged.
func letterOf(r rune) rune {
	switch {
	case r == 'O':
		return '0'
	case r == 'I' || r == 'L':
		return '1'
	case r <= unicode.MaxASCII:
		return r
	case unicode.Is(unicode.Nd, r): // Unicode has digits in runs of ten, starting with zero.
		zero := r
		for r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
			zero--
		}
		return '0' + r - zero
	}
	for at, like := range []rune(lookAlikes) {
		if r == like {
			return []rune(readAs)[at]
		}
	}
	return r
}
