package classtest

import "strings"

// Typings returns the ways in which people type a code, paste it or read it off a wall.
func Typings(code string) []string {
	all := make([]string, 0, len(typings))
	for _, typed := range typings {
		all = append(all, typed(code))
	}
	return all
}

// spaced returns a code of ten letters as it is shown.
func spaced(code string) string { return code[:3] + " " + code[3:7] + " " + code[7:] }

var typings = []func(code string) string{
	func(c string) string { return c },
	strings.ToLower,
	spaced,
	func(c string) string { return strings.ToLower(spaced(c)) },
	func(c string) string { return " \t" + c + "\r\n" },
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "-") },
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u2013") },   // An en dash.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", " \u2014 ") }, // An em dash.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u2212") },   // A minus.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u2011") },   // A hyphen that doesn't break.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u00a0") },   // A space that doesn't break.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u202f") },
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "\u3000") }, // A full-width space.
	func(c string) string { return strings.ReplaceAll(spaced(c), " ", "_") },
	func(c string) string { return "\u201c" + spaced(c) + ".\u201d" },
	func(c string) string {
		return "\ufeff" + c[:2] + "\u200b" + c[2:4] + "\u00ad" + c[4:]
	}, // What a chat or a page puts in.
	func(c string) string { return "\u2066" + c + "\u2069" },
	func(c string) string { return mapped(c, wide) },
	func(c string) string { return strings.ToLower(mapped(c, wide)) },
	func(c string) string { return strings.NewReplacer("0", "O", "1", "I").Replace(c) },
	func(c string) string { return strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(c)) },
	func(c string) string { return strings.NewReplacer("0", "o", "1", "i").Replace(c) },
	func(c string) string { return strings.NewReplacer("1", "ı").Replace(c) }, // A Turkish keyboard.
	func(c string) string { return strings.NewReplacer("1", "İ").Replace(c) },
	func(c string) string { return strings.NewReplacer("1", "i\u0307").Replace(c) },
	func(c string) string { return mapped(c, arabic) },
	func(c string) string {
		return strings.NewReplacer("A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "0", "О", "P",
			"Р", "T", "Т", "X", "Х").Replace(c)
	},
	func(c string) string { // Small Cyrillic letters.
		return strings.NewReplacer("a", "а", "c", "с", "e", "е", "0", "о", "p", "р", "x", "х", "y",
			"у").Replace(strings.ToLower(c))
	},
	func(c string) string {
		return strings.NewReplacer("A", "Α", "B", "Β", "E", "Ε", "Z", "Ζ", "H", "Η", "1", "Ι", "K", "Κ", "M", "Μ", "N",
			"Ν", "0", "Ο", "P", "Ρ", "T", "Τ", "Y", "Υ", "X", "Χ").Replace(c)
	},
}

func mapped(s string, f func(rune) rune) string { return strings.Map(f, s) }

func wide(r rune) rune { return r - '!' + '！' }

func arabic(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0' + '٠'
	}
	return r
}
