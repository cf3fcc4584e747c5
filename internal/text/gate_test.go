package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want, what string }{
		{"plain", "hey you up", "hey you up", ""},
		{"crlf", "a\r\nb", "a\nb", ""},
		{"cr", "abc\rd", "abc\nd", ""},
		{"mixed line ends", "a\r\nb\rc\nd\u0085e\u2028f\u2029g\vh\fi", "a\nb\nc\nd\ne\nf\ng\nh\ni", ""},
		{"crlf, converted twice", "a\r\r\nb\r\r\n\r\r\nc", "a\nb\n\nc", ""},
		{"lf cr", "a\n\rb", "a\n\nb", ""},
		{"place after line ends", "a\r\nb\rc\u2028d\x01", "a\nb\nc\nd", "4:2 control character U+0001"},
		{"end of file", "a\r\n\x1a", "a\n", ""},
		{"end of file and padding", "a\n\x1a\r\n\x1a", "a\n\n", ""},
		{"end of file inside", "a\x1ab", "ab", "1:2 control character U+001A"},
		{"tab", "\tx", "    x", ""},
		{"tab stop", "-\tx", "-   x", ""},
		{"bom", "\ufeffx", "x", ""},
		{"bom inside", "x\ufeff", "x", "1:2 invisible character U+FEFF"},
		{"escape", "a\x1b[31mb", "a[31mb", "1:2 control character U+001B"},
		{"c1", "a\u009b2Jb", "a2Jb", "1:2 control character U+009B"},
		{"raw c1", "a\x9bb", "a\ufffdb", "1:2 invalid UTF-8"},
		{"bidi", "x\n ab\u202ecd", "x\n abcd", "2:4 bidi control U+202E"},
		{"tags", "a\U000E0041", "a", "1:2 invisible character U+E0041"},
		{"private", "a\ue000", "a", "1:2 private character U+E000"},
		{"zero width", "pass\u200bword", "password", "1:5 invisible character U+200B"},
		{"family", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", ""},
		{"heart", "❤️ 1️⃣", "❤️ 1️⃣", ""},
		{"joiner in words", "a\u200db", "ab", "1:2 invisible character U+200D"},
		{"devanagari", "क्\u200dष", "क्\u200dष", ""},
		{"nfc", "e\u0301", "é", ""},
		{"replacement kept", "a\ufffdb", "a\ufffdb", ""},
	} {
		got, found := Clean([]byte(c.in), Policy{})
		what := ""
		if len(found) > 0 {
			what = fmt.Sprintf("%d:%d %s", found[0].Line, found[0].Col, found[0].What)
		}
		if got != c.want || what != c.what {
			t.Errorf("%s: %q with %q, want %q with %q", c.name, got, what, c.want, c.what)
		}
	}
}

func TestCleanRightToLeft(t *testing.T) {
	in := "\u2067abc\nd\u2069e"
	got, found := Clean([]byte(in), Policy{RTL: true})
	if got != "\u2067abc\u2069\nde" || len(found) != 1 {
		t.Errorf("%q %v", got, found)
	}
}

func TestCleanSize(t *testing.T) {
	got, found := Clean([]byte(strings.Repeat("é", 100)), Policy{Max: 51})
	if len(got) != 50 || len(found) != 1 || found[0].What != "longer than 51 bytes" {
		t.Errorf("%d bytes, %v", len(got), found)
	}
	_, found = Clean([]byte(strings.Repeat("\x01", 1000)), Policy{})
	if len(found) != maxFindings+1 || found[maxFindings].What != "and 900 more" {
		t.Errorf("%d findings, the last %v", len(found), found[len(found)-1])
	}
}

// hostile returns payloads of every family that a renderer lets through.
func hostile() []string {
	var all []string
	for _, seq := range []string{"]0;title", "]8;;https://x.test", "]52;c;aGk=", "[2J", "[21t", "[6n", "[?1049l",
		"[?1003h", "[8m", "[5m", "P+q544e", "_Gf=100;", "^pm", "Xsos", "c", "#8"} {
		for _, end := range []string{"", "\x07", "\x1b\\", "\u009c", "\x9c"} {
			all = append(all, "\x1b"+seq+end)
		}
	}
	for r := rune(0x80); r <= 0x9f; r++ {
		if r != 0x85 { // It ends a line.
			all = append(all, string(r)+"2J")
		}
		all = append(all, string([]byte{byte(r)})+"2J")
	}
	for r := range rune(0x20) {
		if r != '\t' && (r < '\n' || r > '\r') {
			all = append(all, string(r))
		}
	}
	for _, r := range []rune{0x7f, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f,
		0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x3164, 0xfe00,
		0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffe, 0xffff, 0xfdd0, 0xe000, 0xf8ff, 0x1fffe, 0xe0001, 0xe007f, 0xe0100,
		0xf0000, 0x10ffff} {
		all = append(all, string(r), strings.Repeat(string(r), 50))
	}
	for n := 5; n < 60; n++ {
		all = append(all, "z"+strings.Repeat("\u0335", n))
	}
	return append(all, "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xff\xfe",
		"\xf5\x80\x80\x80", "\xe2\x82", "\x80", strings.Repeat("\x1b]8;;", 5000))
}

func TestCleanHostile(t *testing.T) {
	payloads := hostile()
	if len(payloads) < 300 {
		t.Fatalf("%d payloads", len(payloads))
	}
	for _, p := range payloads {
		got, found := Clean([]byte("before\nin "+p+" side\nafter"), Policy{})
		if len(found) == 0 {
			t.Errorf("%q passes without a finding", p)
		}
		if !strings.HasPrefix(got, "before\nin ") || !strings.HasSuffix(got, " side\nafter") {
			t.Errorf("%q changes the text around it: %q", p, got)
		}
		if bad := unsafe(got); bad != "" {
			t.Errorf("%q leaves %s", p, bad)
		}
	}
}

// unsafe says what in a text should never reach a terminal, or "". It doesn't use
// the tables of the gate, so that a fault in these shows.
func unsafe(s string) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	if !norm.NFC.IsNormalString(s) {
		return "no normal form"
	}
	marks := 0
	for _, r := range s {
		switch {
		case r == '\n':
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return fmt.Sprintf("%U", r)
		case unicode.Is(unicode.Cf, r) && r != zwj && r != zwnj && !(r >= 0x600 && r <= 0x605) && r != 0x6dd &&
			r != 0x70f && r != 0x890 && r != 0x891 && r != 0x8e2 && r != 0x110bd && r != 0x110cd &&
			!(r >= 0x13430 && r <= 0x1343f):
			return fmt.Sprintf("format character %U", r)
		}
		if unicode.In(r, unicode.Mn, unicode.Me) && r != vs16 {
			if marks++; marks > MaxMarks {
				return "too many marks"
			}
		} else {
			marks = 0
		}
	}
	return ""
}

func TestCleanInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(hostile()), rapid.String())).Draw(t, "pieces")
		clean(t, []byte(strings.Join(pieces, "")))
	})
}

// clean checks what the gate promises, for one input.
func clean(t interface {
	Fatalf(string, ...any)
}, src []byte) {
	got, _ := Clean(src, Policy{})
	if bad := unsafe(got); bad != "" {
		t.Fatalf("%q leaves %s: %q", src, bad, got)
	}
	again, found := Clean([]byte(got), Policy{Max: 1 << 20})
	if again != got || len(found) > 0 {
		t.Fatalf("%q is %q, and cleaned again %q with %v", src, got, again, found)
	}
}

func FuzzClean(f *testing.F) {
	for _, p := range hostile() {
		f.Add([]byte("a " + p + " b"))
	}
	f.Fuzz(func(t *testing.T, src []byte) { clean(t, src) })
}

func TestLine(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"  two\nlines \t here ", 50, "two lines here"},
		{"a\x1b]0;x\x07b", 50, "a]0;xb"},
		{"ééé", 3, "é"},
		{"ééé", 0, ""},
		{"👨‍👩‍👧x", 8, "👨"},
	} {
		if got := Line(c.in, c.max); got != c.want {
			t.Errorf("Line(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"I don’t!":          "i dont",
		"Nope.  LEAVE me":   "nope leave me",
		"Café & über":       "cafe uber",
		"it's-fine":         "its fine",
		"":                  "",
		"Я не хочу":         "я не хочу",
		"no😀way":            "no way",
		"100 bucks, ok?":    "100 bucks ok",
		"straße ＦＵＬＬ width": "straße full width",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrapInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := Clean([]byte(rapid.String().Draw(t, "text")), Policy{})
		w := rapid.IntRange(-1, 30).Draw(t, "width")
		wrapped(t, s, w)
	})
}

func wrapped(t interface {
	Fatalf(string, ...any)
}, s string, w int) {
	lines := Wrap(s, w)
	strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if got := strip(strings.Join(lines, " ")); got != strip(s) {
		t.Fatalf("Wrap(%q, %d) loses text: %q", s, w, lines)
	}
	for _, l := range lines {
		if Width(l) > max(w, 2) {
			t.Fatalf("Wrap(%q, %d) has a line of %d cells: %q", s, w, Width(l), l)
		}
	}
	if c := Truncate(s, w); !strings.Contains(s, "\n") && Width(c) > max(w, 0) {
		t.Fatalf("Truncate(%q, %d) has %d cells: %q", s, w, Width(c), c)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("hey you up, 世界 and 👨‍👩‍👧", 7)
	f.Add("averylongwordthatmustbecut", 5)
	f.Fuzz(func(t *testing.T, s string, w int) {
		clean, _ := Clean([]byte(s), Policy{})
		wrapped(t, clean, min(max(w, -5), 200))
	})
}

func TestStable(t *testing.T) {
	for s, want := range map[string]bool{"hello": true, "é世界": true, "👨‍👩‍👧": false, "नमस्ते": false} {
		if Stable(s) != want {
			t.Errorf("Stable(%q) is %v", s, !want)
		}
	}
}
