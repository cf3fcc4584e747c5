package sshd

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"wayout/internal/coursetest"

	"charm.land/ssh"
)

// failing is a session that panics with words that someone has typed.
type failing struct {
	ssh.Session
	code int
}

func (f *failing) RawCommand() string  { panic("what somebody has typed") }
func (f *failing) Exit(code int) error { f.code = code; return nil }

// TestFaultsAreLogged checks that the log names a session that failed and where it failed,
// and nothing that was typed in it.
func TestFaultsAreLogged(t *testing.T) {
	words := coursetest.Shipped(t)
	var out bytes.Buffer
	s := &Server{o: Options{Course: words, Log: slog.New(slog.NewTextHandler(&out, nil))}}
	sess := &failing{}
	s.seated(nil)(sess)
	if s.Faults() != 1 || sess.code != 3 {
		t.Errorf("%d faults, exit status %d", s.Faults(), sess.code)
	}
	if log := out.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, "RawCommand") ||
		strings.Contains(log, "typed") {
		t.Errorf("the log says: %s", log)
	}
}
