package text

import (
	"fmt"
	"unicode"
)

const (
	zwnj = 0x200C
	zwj  = 0x200D
	vs16 = 0xFE0F
)

// invisible are format characters that hide text or change its meaning without
// being seen.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, // Soft hyphen.
		{Lo: 0x034F, Hi: 0x034F, Stride: 1}, // Grapheme joiner.
		{Lo: 0x115F, Hi: 0x1160, Stride: 1}, // Hangul fillers.
		{Lo: 0x17B4, Hi: 0x17B5, Stride: 1},
		{Lo: 0x180B, Hi: 0x180F, Stride: 1}, // Mongolian selectors and separator.
		{Lo: 0x200B, Hi: 0x200B, Stride: 1}, // Zero-width space.
		{Lo: 0x2060, Hi: 0x2064, Stride: 1},
		{Lo: 0x206A, Hi: 0x206F, Stride: 1},
		{Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xFE00, Hi: 0xFE0E, Stride: 1}, // Variation selectors but the emoji one.
		{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1},
		{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1},
		{Lo: 0xFFF9, Hi: 0xFFFB, Stride: 1}, // Interlinear annotation.
	},
	R32: []unicode.Range32{
		{Lo: 0x1BCA0, Hi: 0x1BCA3, Stride: 1},
		{Lo: 0x1D173, Hi: 0x1D17A, Stride: 1},
		{Lo: 0xE0000, Hi: 0xE0FFF, Stride: 1}, // Tags and further selectors.
	},
}

// bidi are the controls that show text in another order than it is stored in
// (CVE-2021-42574, "Trojan Source").
var bidi = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x061C, Hi: 0x061C, Stride: 1},
	{Lo: 0x200E, Hi: 0x200F, Stride: 1},
	{Lo: 0x202A, Hi: 0x202E, Stride: 1},
	{Lo: 0x2066, Hi: 0x2069, Stride: 1},
}}

// pictures are the blocks that emoji are joined from.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00A9, Hi: 0x00A9, Stride: 1}, {Lo: 0x00AE, Hi: 0x00AE, Stride: 1},
		{Lo: 0x203C, Hi: 0x203C, Stride: 1}, {Lo: 0x2049, Hi: 0x2049, Stride: 1},
		{Lo: 0x2122, Hi: 0x2122, Stride: 1}, {Lo: 0x2139, Hi: 0x2139, Stride: 1},
		{Lo: 0x2194, Hi: 0x21AA, Stride: 1}, {Lo: 0x231A, Hi: 0x23FF, Stride: 1},
		{Lo: 0x25AA, Hi: 0x27BF, Stride: 1}, {Lo: 0x2934, Hi: 0x2935, Stride: 1},
		{Lo: 0x2B05, Hi: 0x2B55, Stride: 1}, {Lo: 0x3030, Hi: 0x3030, Stride: 1},
		{Lo: 0x303D, Hi: 0x303D, Stride: 1}, {Lo: 0x3297, Hi: 0x3299, Stride: 2},
	},
	R32: []unicode.Range32{{Lo: 0x1F000, Hi: 0x1FAFF, Stride: 1}},
}

// joining are the scripts in which joiners are part of spelling.
var joining = []*unicode.RangeTable{unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari,
	unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar}

// isLineEnd reports whether a rune ends a line in some editor or export: LF
// (Unix), CR (classic Mac OS), VT and LS (a soft line break of Word and of Google
// Docs), FF (a page break), NEL (IBM), PS (a paragraph of TextEdit). Unicode's
// newline guidelines (UAX 14) name the same seven.
func isLineEnd(r rune) bool {
	return r >= '\n' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}

func isPictographic(r rune) bool { return unicode.Is(pictures, r) }
func joins(r rune) bool          { return unicode.In(r, joining...) }
func isIsolate(r rune) bool      { return r >= 0x2066 && r <= 0x2069 }
func isJoiner(r rune) bool       { return r == zwj || r == zwnj || r == vs16 }

// refused says in plain words why a rune is dropped, or "".
func refused(r rune) string {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F:
		return fmt.Sprintf("control character U+%04X", r)
	case unicode.Is(bidi, r):
		return fmt.Sprintf("bidi control U+%04X", r)
	case unicode.Is(invisible, r):
		return fmt.Sprintf("invisible character U+%04X", r)
	case unicode.Is(unicode.Co, r):
		return fmt.Sprintf("private character U+%04X", r)
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return fmt.Sprintf("no character U+%04X", r)
	}
	return ""
}
