package codes

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wayout/internal/classtest"
)

// TestTypedCodes checks that every letter of a code is read in every way that people type it.
func TestTypedCodes(t *testing.T) {
	all := letters
	for len(all)%JoinLength != 0 {
		all += "0"
	}
	for ; all != ""; all = all[JoinLength:] {
		code := all[:JoinLength]
		for i, typed := range classtest.Typings(code) {
			if got := Parse(typed); got != code {
				t.Errorf("%d: %q is read as %q, not as %q", i, typed, got, code)
			}
		}
		for _, other := range []string{code[1:], code + "A", code[1:] + "U", code[1:] + "é", code[1:] + "漢",
			code[1:] + "🙂", code[1:] + "\xff", strings.Repeat(" ", mostTyped) + code} {
			if got := Parse(other); got == code || len(other) != JoinLength && got != "" {
				t.Errorf("%q is read as %q", other, got)
			}
		}
	}
	if utf8.RuneCountInString(lookAlikes) != len(readAs) {
		t.Error("not every look-alike has a letter that it is read as")
	}
}

// FuzzParseCode checks that Parse returns a valid code or "", and that a code that is shown
// can be read again.
func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"ABC DEFG HJK", "o0o-1il-1234", "", "ABCDEFGHJKMN", "äbcdefghjk", "abc\x00defghjk"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := Parse(typed)
		if code == "" {
			return
		}
		if n := len(code); n != JoinLength && n != ReturnLength || strings.Trim(code, letters) != "" {
			t.Fatalf("%q from %q", code, typed)
		}
		if Parse(Spaced(code)) != code {
			t.Fatalf("%q is not read again", code)
		}
	})
}
