package classtest

import "strings"

// Typings returns the ways in which people type or paste a code of ten letters.
func Typings(code string) []string {
	lower, spaced := strings.ToLower(code), code[:3]+" "+code[3:7]+" "+code[7:]
	wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, code)
	all := []string{code, lower, spaced, strings.ToLower(spaced), " \t" + code + "\r\n", "\u201c" + spaced + ".\u201d",
		"\u2066" + code + "\u2069", wide, strings.ToLower(wide),
		"\ufeff" + code[:2] + "\u200b" + code[2:4] + "\u00ad" + code[4:]} // Invisible characters from a chat or a page.
	for _, between := range []string{"-", "_",
		"\u2013", " \u2014 ", "\u2212", // Dashes, and a minus.
		"\u2011",                       // A non-breaking hyphen.
		"\u00a0", "\u202f", "\u3000"} { // Non-breaking spaces, and a full-width one.
		all = append(all, strings.ReplaceAll(spaced, " ", between))
	}
	for _, alike := range []struct{ code, letters, typed string }{
		{code, "01", "OI"}, {lower, "01", "ol"}, {code, "01", "oi"},
		{code, "1", "ı"}, {code, "1", "İ"}, // A Turkish keyboard.
		{code, "0123456789", "٠١٢٣٤٥٦٧٨٩"},
		{code, "ABCEHKM0PTX", "АВСЕНКМОРТХ"}, // Cyrillic letters.
		{lower, "ace0pxy", "асеорху"},
		{code, "ABEZH1KMN0PTYX", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"}, // Greek letters.
	} {
		typed := []rune(alike.typed)
		all = append(all, strings.Map(func(r rune) rune {
			if i := strings.IndexRune(alike.letters, r); i >= 0 {
				return typed[i]
			}
			return r
		}, alike.code))
	}
	return append(all, strings.ReplaceAll(code, "1", "i\u0307"))
}
