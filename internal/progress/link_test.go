//go:build unix

package progress

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wayout/internal/play"
)

// keepSome keeps a plan in a folder.
func keepSome(t *testing.T, dir string) error {
	t.Helper()
	b := Open(Options{Dir: dir, Today: func() Day { return DayOf(time.Unix(1_800_000_000, 0)) }})
	b.KeepPlan(&play.Plan{First: "aunt"})
	return b.Save()
}

// bytesOf returns every file below a folder that has the kept plan in it.
func bytesOf(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		if src, err := os.ReadFile(path); err == nil && strings.Contains(string(src), "aunt") {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEraseBehindLinks checks that nothing is left after erase succeeds, wherever links
// lead, and that otherwise erase returns an error.
func TestEraseBehindLinks(t *testing.T) {
	for _, c := range []struct {
		name   string
		links  func(t *testing.T, root, dir string) // Before anything is kept.
		after  func(t *testing.T, root, dir string) // After it.
		refuse string                               // The error of erase, "" if nothing is left.
	}{
		{name: "no link"},
		{name: "the folder is a link", links: func(t *testing.T, root, dir string) {
			try(t, os.MkdirAll(filepath.Join(root, "disk", "kept"), 0o700),
				os.Symlink(filepath.Join("..", "disk", "kept"), dir))
		}},
		{name: "the folder is a link to a link", links: func(t *testing.T, root, dir string) {
			try(t, os.MkdirAll(filepath.Join(root, "disk"), 0o700), os.Symlink("disk", filepath.Join(root, "other")),
				os.Symlink(filepath.Join(root, "other"), dir))
		}},
		{name: "a folder above is a link", links: func(t *testing.T, root, dir string) {
			try(t, os.Remove(filepath.Dir(dir)), os.MkdirAll(filepath.Join(root, "disk"), 0o700),
				os.Symlink("disk", filepath.Dir(dir)))
		}},
		{name: "the file is a link", after: func(t *testing.T, root, dir string) {
			try(t, os.Rename(filepath.Join(dir, current), filepath.Join(root, "moved")),
				os.Symlink(filepath.Join(root, "moved"), filepath.Join(dir, current)))
		}, refuse: "progress is a link to"},
		{name: "the previous generation is a link", after: func(t *testing.T, root, dir string) {
			try(t, os.Rename(filepath.Join(dir, current), filepath.Join(root, "moved")),
				os.Symlink(filepath.Join(root, "moved"), filepath.Join(dir, previous)))
		}, refuse: "progress.old is a link to"},
		{name: "the folder's disk is not plugged in", links: func(t *testing.T, root, dir string) {
			try(t, os.MkdirAll(filepath.Join(root, "disk"), 0o700), os.Symlink(filepath.Join(root, "disk"), dir))
		}, after: func(t *testing.T, root, dir string) {
			try(t, os.Rename(filepath.Join(root, "disk"), filepath.Join(root, "elsewhere")))
		}, refuse: "which isn't there"},
		{name: "the disk of a folder above is not plugged in", links: func(t *testing.T, root, dir string) {
			try(t, os.Remove(filepath.Dir(dir)), os.MkdirAll(filepath.Join(root, "disk"), 0o700),
				os.Symlink("disk", filepath.Dir(dir)))
		}, after: func(t *testing.T, root, dir string) {
			try(t, os.Rename(filepath.Join(root, "disk"), filepath.Join(root, "elsewhere")))
		}, refuse: "which isn't there"},
		{name: "the folder leads round in a circle", after: func(t *testing.T, root, dir string) {
			try(t, os.Rename(dir, filepath.Join(root, "elsewhere")), os.Symlink(dir, dir))
		}, refuse: "too many levels"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "state", "wayout")
			try(t, os.MkdirAll(filepath.Dir(dir), 0o700))
			if c.links != nil {
				c.links(t, root, dir)
			}
			try(t, keepSome(t, dir))
			if c.after != nil {
				c.after(t, root, dir)
			}
			err := Erase(dir)
			left := bytesOf(t, root)
			switch {
			case c.refuse == "" && (err != nil || len(left) > 0):
				t.Errorf("%v; left: %q", err, left)
			case c.refuse != "" && (err == nil || !strings.Contains(err.Error(), c.refuse)):
				t.Errorf("it says %v, and left is %q", err, left)
			}
			if c.refuse == "" {
				if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("the folder, or the link to it, is still there: %v", err)
				}
			}
		})
	}
}

// TestEraseLeavesALinkedFolderOfOthers checks that a folder with other files stays, and so
// does the link that leads to it.
func TestEraseLeavesALinkedFolderOfOthers(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "wayout")
	try(t, os.Mkdir(filepath.Join(root, "disk"), 0o700), os.Symlink("disk", dir), keepSome(t, dir))
	try(t, os.WriteFile(filepath.Join(root, "disk", "photo"), nil, 0o600), Erase(dir))
	if _, err := os.Stat(filepath.Join(dir, "photo")); err != nil || len(bytesOf(t, root)) > 0 {
		t.Errorf("%v, left %q", err, bytesOf(t, root))
	}
}

// TestLockIsNotFollowed checks that a link or a pipe in place of the lock makes no file
// elsewhere and blocks no one, and that the record is saved.
func TestLockIsNotFollowed(t *testing.T) {
	for name, lay := range map[string]func(path, root string) error{
		"link": func(path, root string) error { return os.Symlink(filepath.Join(root, "elsewhere"), path) },
		"link to a file": func(path, root string) error {
			return errors.Join(os.WriteFile(filepath.Join(root, "theirs"), []byte("x"), 0o644),
				os.Symlink(filepath.Join(root, "theirs"), path))
		},
		"pipe": func(path, root string) error { return syscall.Mkfifo(path, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "wayout")
			try(t, os.Mkdir(dir, 0o700), lay(filepath.Join(dir, lockName), root))
			done := make(chan error, 1)
			go func() { done <- keepSome(t, dir) }()
			select {
			case err := <-done:
				try(t, err)
			case <-time.After(10 * time.Second):
				t.Fatal("it waits")
			}
			if _, err := os.Lstat(filepath.Join(root, "elsewhere")); err == nil {
				t.Error("a file was made where the link leads")
			}
			if info, err := os.Lstat(filepath.Join(dir, lockName)); err != nil || !info.Mode().IsRegular() ||
				info.Mode().Perm() != 0o600 {
				t.Errorf("the lock is %v, %v", info, err)
			}
			try(t, Erase(dir))
			if left := bytesOf(t, root); len(left) > 0 {
				t.Errorf("left: %q", left)
			}
		})
	}
}

func try(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}
