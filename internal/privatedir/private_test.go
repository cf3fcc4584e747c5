//go:build unix

package privatedir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wayout/internal/link"
	"wayout/internal/privatedir"
)

// TestPrivateDir tries folders that someone else could have put there.
func TestPrivateDir(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lay   func(dir string) error
		wrong string // The error; "" if the folder is accepted.
	}{
		{"nothing there", func(string) error { return nil }, ""},
		{"our own", func(dir string) error { return os.Mkdir(dir, 0o700) }, ""},
		{"our own, readable by others", func(dir string) error { return os.Mkdir(dir, 0o755) }, ""},
		{"others can write to it", func(dir string) error {
			if err := os.Mkdir(dir, 0o700); err != nil {
				return err
			}
			return os.Chmod(dir, 0o777)
		}, "others can write"},
		{"its group can write to it", func(dir string) error {
			if err := os.Mkdir(dir, 0o700); err != nil {
				return err
			}
			return os.Chmod(dir, 0o770)
		}, "others can write"},
		{"a link to a folder of ours", func(dir string) error { return os.Symlink(t.TempDir(), dir) }, "link"},
		{"a link to nothing", func(dir string) error { return os.Symlink(dir+"-not-there", dir) }, "link"},
		{"a file", func(dir string) error { return os.WriteFile(dir, nil, 0o600) }, "not a folder"},
		{"somebody else's", func(dir string) error {
			if os.Geteuid() != 0 {
				t.Log("only root can give a folder away")
				return os.Symlink("/", dir) // A link is refused, too.
			}
			if err := os.Mkdir(dir, 0o700); err != nil {
				return err
			}
			return os.Chown(dir, 12345, 12345)
		}, ""},
		{"in a folder where everybody may rename it", func(dir string) error {
			return os.Chmod(filepath.Dir(dir), 0o777)
		}, "anyone can write"},
		{"in a shared folder with a sticky bit", func(dir string) error {
			return os.Chmod(filepath.Dir(dir), 0o777|os.ModeSticky)
		}, ""},
	} {
		dir := filepath.Join(t.TempDir(), "wayout")
		if err := tt.lay(dir); err != nil {
			t.Fatal(tt.name, err)
		}
		err := privatedir.Make(dir)
		if tt.name == "somebody else's" {
			if err == nil {
				t.Errorf("%s: taken", tt.name)
			}
			continue
		}
		if tt.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%s: %v, and not %q", tt.name, err, tt.wrong)
			}
			if _, err := link.Join(filepath.Join(dir, "talk.desk")); err == nil {
				t.Errorf("%s: a link was opened in it", tt.name)
			}
			continue
		}
		if info, mode := err, os.FileMode(0); info == nil {
			if i, err := os.Lstat(dir); err == nil {
				mode = i.Mode().Perm()
			}
			if mode != 0o700 {
				t.Errorf("%s: mode %04o", tt.name, mode)
			}
		} else {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if privatedir.Make("wayout") == nil {
		t.Error("a relative path was taken")
	}
}
