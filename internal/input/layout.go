package input

import (
	"strings"
	"unicode"
)

// latin are the letters of a Latin keyboard, row by row.
const latin = "qwertyuiopasdfghjklzxcvbnm"

// layouts are the letters that other keyboards have in the same places; · is a place
// whose letter another one of them has in another place, or that has none of its own.
// A letter that two of them have stands in the place of the more common one.
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

// Latin returns the letter or the digit that a key has on a Latin keyboard, in lower
// case, by the letter that it has typed: with Caps Lock, on the keyboards of other
// scripts, and in the wide letters of an input method. What is no letter there is
// returned as it is.
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
		return r // Of the Turkish capital with a dot.
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

// digit returns what a digit of any script is worth.
func digit(r rune) (rune, bool) {
	for _, some := range unicode.Nd.R16 {
		if lo, hi := rune(some.Lo), rune(some.Hi); r >= lo && r <= hi {
			return (r - lo) % 10, true
		}
	}
	return 0, false
}

// OnLatin returns what [Latin] does for a key of which a terminal says, beside its
// letter, what it is on a Latin keyboard; layout is 0 or below where it does not say.
func OnLatin(r, layout rune) rune {
	if own := Latin(r); strings.ContainsRune(latin, own) || layout <= 0 {
		return own
	}
	return Latin(layout)
}
