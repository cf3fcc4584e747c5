package codes

import "unicode"

// mostTyped is how long something typed as a code may be, in bytes.
const mostTyped = 200

// minus is the mathematical sign, which isn't punctuation and looks like a hyphen.
const minus = '\u2212'

// The capitals of other scripts that look like a letter or a digit of a code, with the one
// each is read as. People type these when their keyboard has another layout than the screen
// they read the code from.
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
	case unicode.Is(unicode.Nd, r): // Digits are in runs of ten, from zero on.
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
