package sshd

import (
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// FuzzPayload sends requests that a client could make before its session begins: those that
// are passed on are within the limits.
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
			if err := gossh.Unmarshal(out, &p); err != nil || p.Cols < 1 || p.Cols > mostCols || p.Rows < 1 ||
				p.Rows > mostRows || len(p.Term) > 64 || strings.ContainsFunc(p.Term, func(r rune) bool {
				return r <= ' ' || r > '~'
			}) {
				t.Fatalf("%+v %v", p, err)
			}
		}
		if out, ok := clampedSize(payload); ok {
			var p struct{ Cols, Rows, Wide, High uint32 }
			if err := gossh.Unmarshal(out, &p); err != nil || p.Cols < 1 || p.Cols > mostCols || p.Rows < 1 ||
				p.Rows > mostRows {
				t.Fatalf("%+v %v", p, err)
			}
		}
		if allowedEnv(payload) && len(payload) > 8+len("LC_CTYPE")+len("TERM_PROGRAM")+mostEnvBytes {
			t.Fatalf("a variable of %d bytes", len(payload))
		}
	})
}
