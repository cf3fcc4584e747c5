package serve

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wayout/internal/classtest"
)

// typings are ways in which one code is typed, pasted or read off the wall.
var typings = []func(code string) string{
	func(c string) string { return c },
	strings.ToLower,
	Spaced,
	func(c string) string { return strings.ToLower(Spaced(c)) },
	func(c string) string { return " \t" + c + "\r\n" },
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "-") },
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u2013") },   // An en dash.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", " \u2014 ") }, // An em dash.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u2212") },   // A minus.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u2011") },   // A hyphen that doesn't break.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u00a0") },   // A space that doesn't break.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u202f") },
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "\u3000") }, // A full-width space.
	func(c string) string { return strings.ReplaceAll(Spaced(c), " ", "_") },
	func(c string) string { return "\u201c" + Spaced(c) + ".\u201d" },
	func(c string) string { return "\ufeff" + c[:2] + "\u200b" + c[2:4] + "\u00ad" + c[4:] }, // What a chat or a page puts in.
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
		return strings.NewReplacer("A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "0", "О", "P", "Р", "T", "Т", "X", "Х").Replace(c)
	},
	func(c string) string { // Small Cyrillic letters.
		return strings.NewReplacer("a", "а", "c", "с", "e", "е", "0", "о", "p", "р", "x", "х", "y", "у").Replace(strings.ToLower(c))
	},
	func(c string) string {
		return strings.NewReplacer("A", "Α", "B", "Β", "E", "Ε", "Z", "Ζ", "H", "Η", "1", "Ι", "K", "Κ", "M", "Μ", "N", "Ν", "0", "Ο", "P", "Ρ", "T", "Τ", "Y", "Υ", "X", "Χ").Replace(c)
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

// TestTypedCodes reads every letter of a code in every way that it is typed.
func TestTypedCodes(t *testing.T) {
	all := letters
	for len(all)%codeLength != 0 {
		all += "0"
	}
	for ; all != ""; all = all[codeLength:] {
		code := all[:codeLength]
		for i, typed := range typings {
			if got := ParseCode(typed(code)); got != code {
				t.Errorf("%d: %q is read as %q, not as %q", i, typed(code), got, code)
			}
		}
		for _, other := range []string{code[1:], code + "A", code[1:] + "U", code[1:] + "é", code[1:] + "漢", code[1:] + "🙂", code[1:] + "\xff", strings.Repeat(" ", mostTyped) + code} {
			if got := ParseCode(other); got == code || len(other) != codeLength && got != "" {
				t.Errorf("%q is read as %q", other, got)
			}
		}
	}
	if utf8.RuneCountInString(lookAlikes) != len(readAs) {
		t.Error("not every look-alike has a letter that it is read as")
	}
}

// TestTypedCodesJoin types them where people do: on the page and over SSH.
func TestTypedCodesJoin(t *testing.T) {
	c := newClass(t, 256, SiteOptions{})
	at, _ := c.shell(open(t))
	for i, typed := range typings {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(typed(c.code)); err != nil {
			t.Errorf("%d: %q in a browser: %v", i, typed(c.code), err)
		}
		b.HTTP.CloseIdleConnections()
		if i%7 != 0 || strings.ContainsAny(typed(c.code), "\r\n") {
			continue // A few are enough to see that it is the same reading.
		}
		client, err := classtest.Dial(at, typed(c.code))
		if err != nil {
			t.Errorf("%d: %q over SSH: %v", i, typed(c.code), err)
			continue
		}
		_ = client.Close()
	}
}
