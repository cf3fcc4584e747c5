package input

import (
	"strings"
	"unicode"
)

// latin are the letters of a Latin keyboard, row by row.
const latin = "qwertyuiopasdfghjklzxcvbnm"

// layouts are the letters that other keyboards have in the same places. A · stands for a
// place without a letter of its own, or with one that another keyboard here has in another
// place: a letter that two keyboards have counts for the more common one.
var layouts = []string{
	"йцукенгшщзфывапролдячсмить", // Russian
	"···········і··············", // Ukrainian, where it differs
	"љњ··············ј···џ·····", // Serbian and Macedonian, where they differ
	";ςερτυθιοπασδφγηξκλζχψωβνμ", // Greek
	"/'קראטוןםפשדגכעיחלךזסבהנמצ", // Hebrew
	"ضصثقفغعهخحشسيبلاتنمئءؤر·ىة", // Arabic
	"············ی······ظطزرذدپ", // Persian, where it differs
	"ქწერტყუიოპასდფგჰჯკლზხცვბნმ", // Georgian
	"ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", // Korean
	"·······ı··················", // Turkish, where it differs
}

// Latin returns the letter or digit that the key which typed r has on a Latin keyboard,
// in lower case. It maps capitals, the letters of other scripts, digits of any script,
// and the wide forms of an input method. Any other rune is returned as it is.
func Latin(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		r -= 0xff01 - '!' // Wide forms.
	}
	if r < unicode.MaxASCII && r != ';' && r != '/' && r != '\'' {
		return unicode.ToLower(r)
	}
	if n, ok := digit(r); ok {
		return '0' + n
	}
	r = unicode.ToLower(r)
	if r < unicode.MaxASCII && unicode.IsLetter(r) {
		return r // From the Turkish capital with a dot.
	}
	for _, l := range layouts {
		at := 0
		for _, own := range l {
			if own == r && own != '·' {
				return rune(latin[at])
			}
			at++
		}
	}
	return r
}

// digit returns the value of a digit of any script; false if r is no digit.
func digit(r rune) (rune, bool) {
	for _, some := range unicode.Nd.R16 {
		if lo, hi := rune(some.Lo), rune(some.Hi); r >= lo && r <= hi {
			return (r - lo) % 10, true
		}
	}
	return 0, false
}

// OnLatin is [Latin] for a terminal that reports, beside the letter of a key, the letter
// that the key has on a Latin keyboard: layout, which is 0 or below if it isn't reported.
func OnLatin(r, layout rune) rune {
	if own := Latin(r); strings.ContainsRune(latin, own) || layout <= 0 {
		return own
	}
	return Latin(layout)
}
