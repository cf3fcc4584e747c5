package sshd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostKey checks that the key is made once, that only its owner can read it, and that it stays.
func TestHostKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "host-key")
	first, print1, err := HostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, print2, err := HostKey(path)
	if err != nil || string(first) != string(again) || print1 != print2 || !strings.HasPrefix(print1, "SHA256:") {
		t.Errorf("%s, then %s: %v", print1, print2, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := HostKey(path); err == nil {
		t.Error("nonsense is a key")
	}
}
