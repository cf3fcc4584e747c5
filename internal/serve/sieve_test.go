package serve

import (
	"bytes"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// through filters pieces, each as it would come from the network.
func through(pieces ...string) string {
	var s sieve
	var out []byte
	for _, p := range pieces {
		out = append(out, s.filter([]byte(p))...)
	}
	return string(out)
}

func TestSieve(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, test := range map[string]struct {
		in   []string
		want string
	}{
		"keys":              {[]string{"abc", "\x1b", "\x1b[A", "\x1bOP"}, "abc\x1b\x1b[A\x1bOP"},
		"a short paste":     {[]string{"\x1b[200~hello\x1b[201~q"}, "\x1b[200~hello\x1b[201~q"},
		"a long paste":      {[]string{"\x1b[200~" + long + "\x1b[201~q"}, "\x1b[200~" + long[:mostPaste] + "\x1b[201~q"},
		"in small pieces":   {strings.Split("\x1b[200~"+long+"\x1b[201~q", ""), "\x1b[200~" + long[:mostPaste] + "\x1b[201~q"},
		"escape in a paste": {[]string{"\x1b[200~a\x1b]52;c;x\x07\x1b[20b\x1b[201~q"}, "\x1b[200~a]52;c;x\x07[20b\x1b[201~q"},
		"two escapes":       {[]string{"\x1b\x1b[200~" + long + "\x1b\x1b[201~q"}, "\x1b\x1b[200~" + long[:mostPaste] + "\x1b[201~q"},
		"an answer":         {[]string{"\x1b]11;rgb:0000/0000/0000\x1b\\q"}, "\x1b]11;rgb:0000/0000/0000\x1b\\q"},
		"a long answer":     {[]string{"\x1bP" + long + "\x1b\\q"}, "\x1bP" + long[:mostControl] + "\x1b\\q"},
		"given up":          {[]string{"\x1b]" + long + "\x18q"}, "\x1b]" + long[:mostControl] + "\x18q"},
	} {
		if got := through(test.in...); got != test.want {
			t.Errorf("%s: %d bytes %.80q, want %d bytes %.80q", name, len(got), got, len(test.want), test.want)
		}
	}
}

// FuzzSieve holds that no piece is longer than its bound, however it is cut.
func FuzzSieve(f *testing.F) {
	f.Add([]byte("\x1b[200~hello\x1b[201~q"), uint8(3))
	f.Add([]byte("\x1b]52;c;"+strings.Repeat("x", 1000)), uint8(1))
	f.Fuzz(func(t *testing.T, in []byte, cut uint8) {
		var whole, parts sieve
		want := whole.filter(in)
		var got []byte
		for step := int(cut)%7 + 1; len(in) > 0; in = in[min(step, len(in)):] {
			got = append(got, parts.filter(in[:min(step, len(in))])...)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("cut it is %q, whole %q", got, want)
		}
		for rest := string(got); ; {
			_, after, ok := strings.Cut(rest, pasteBegins)
			if !ok {
				return
			}
			paste, more, _ := strings.Cut(after, pasteEnds)
			if len(paste) > mostPaste+len(pasteEnds) {
				t.Fatalf("a paste of %d bytes went through", len(paste))
			}
			rest = more
		}
	})
}

// FuzzPayload gives the session whatever a client could ask before it begins: what is
// let through is within bounds.
func FuzzPayload(f *testing.F) {
	f.Add(gossh.Marshal(struct {
		Term                   string
		Cols, Rows, Wide, High uint32
		Modes                  string
	}{"xterm", 1<<32 - 1, 1<<32 - 1, 0, 0, ""}))
	f.Add(gossh.Marshal(struct{ W, H, X, Y uint32 }{0, 1 << 31, 0, 0}))
	f.Add(gossh.Marshal(struct{ Name, Value string }{"LANG", "en\x1b]0;x"}))
	f.Fuzz(func(t *testing.T, payload []byte) {
		if out, ok := clampedPty(payload); ok {
			var p struct {
				Term                   string
				Cols, Rows, Wide, High uint32
				Modes                  string
			}
			if err := gossh.Unmarshal(out, &p); err != nil || p.Cols < 1 || p.Cols > mostCols || p.Rows < 1 || p.Rows > mostRows || len(p.Term) > 64 || strings.ContainsFunc(p.Term, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Fatalf("%+v %v", p, err)
			}
		}
		if out, ok := clampedSize(payload); ok {
			var p struct{ Cols, Rows, Wide, High uint32 }
			if err := gossh.Unmarshal(out, &p); err != nil || p.Cols < 1 || p.Cols > mostCols || p.Rows < 1 || p.Rows > mostRows {
				t.Fatalf("%+v %v", p, err)
			}
		}
		if allowedEnv(payload) && len(payload) > 8+len("LC_CTYPE")+len("TERM_PROGRAM")+mostEnvBytes {
			t.Fatalf("a variable of %d bytes", len(payload))
		}
	})
}
