package privatedir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wayout/internal/privatedir"
)

// TestMakeAnywhere holds what is the same on every system, including Windows: a folder is made
// with its parents, our own folder is accepted again, and a file or a relative path is refused.
func TestMakeAnywhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "above", "wayout")
	for range 2 {
		if err := privatedir.Make(dir); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		t.Errorf("%v, %v", info, err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, wrong := range map[string]string{file: "not a folder", "wayout": "absolute"} {
		if err := privatedir.Make(path); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%s: %v, and not %q", path, err, wrong)
		}
	}
}
