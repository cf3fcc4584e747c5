package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// reportOf returns a pair of files to save.
func reportOf(words string) []savedPart {
	draw := func(w io.Writer) error { _, err := io.WriteString(w, words); return err }
	return []savedPart{{".csv", draw}, {".html", draw}}
}

// TestReportTakesANewName saves a report whose name is taken: by an earlier report, half
// of one, a link or a folder. What is there stays as it was.
func TestReportTakesANewName(t *testing.T) {
	for _, tt := range []struct {
		name string
		lay  func(dir string) error
	}{
		{"an earlier report that others can read", func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, "class-x.csv"), []byte("earlier"), 0o644),
				os.WriteFile(filepath.Join(dir, "class-x.html"), []byte("earlier"), 0o644))
		}},
		{"only the first of the two", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "class-x.csv"), []byte("earlier"), 0o666)
		}},
		{"only the second", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "class-x.html"), []byte("earlier"), 0o666)
		}},
		{"a link to a file", func(dir string) error {
			return os.Symlink(filepath.Join(dir, "else"), filepath.Join(dir, "class-x.html"))
		}},
		{"a link to nothing", func(dir string) error {
			return os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "class-x.csv"))
		}},
		{"a folder", func(dir string) error { return os.Mkdir(filepath.Join(dir, "class-x.csv"), 0o755) }},
	} {
		if runtime.GOOS == "windows" && strings.Contains(tt.name, "link") {
			continue
		}
		dir := t.TempDir()
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "else"), []byte("earlier"), 0o644),
			tt.lay(dir)); err != nil {
			t.Fatal(err)
		}
		before := listing(t, dir)
		paths, err := savePair(dir, "class-x", reportOf("mine"))
		if err != nil || !slices.Equal(paths, []string{filepath.Join(dir, "class-x-2.csv"),
			filepath.Join(dir, "class-x-2.html")}) {
			t.Errorf("%s: %q, %v", tt.name, paths, err)
			continue
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			info, err2 := os.Lstat(path)
			if err != nil || err2 != nil || string(src) != "mine" || info.Mode().Perm()&0o177 != 0 &&
				runtime.GOOS != "windows" {
				t.Errorf("%s: %s holds %q, mode %v: %v", tt.name, path, src, info.Mode(), errors.Join(err, err2))
			}
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
		if after := listing(t, dir); after != before {
			t.Errorf("%s: there was\n%s\nand there is\n%s", tt.name, before, after)
		}
	}
}

// listing returns everything in a folder, with modes and contents.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		src, _ := os.ReadFile(filepath.Join(dir, e.Name())) // A folder has no content.
		all.WriteString(e.Name() + " " + info.Mode().String() + " " + string(src) + "\n")
	}
	return all.String()
}

// TestReportIsWholeOrNothing checks that a report that can't be written leaves nothing
// behind, and that two desks that save at the same moment get one pair each.
func TestReportIsWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	fails := reportOf("mine")
	fails[1].draw = func(io.Writer) error { return io.ErrShortWrite }
	if paths, err := savePair(dir, "class-x", fails); !errors.Is(err, io.ErrShortWrite) || paths != nil ||
		listing(t, dir) != "" {
		t.Errorf("%q, %v, left behind %q", paths, err, listing(t, dir))
	}
	if _, err := savePair(filepath.Join(dir, "nowhere"), "class-x", reportOf("mine")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into a folder that is not there: %v", err)
	}
	var all sync.WaitGroup
	for _, words := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		all.Go(func() {
			paths, err := savePair(dir, "class-x", reportOf(words))
			if err != nil {
				t.Error(err)
				return
			}
			one, _ := os.ReadFile(paths[0])
			two, _ := os.ReadFile(paths[1])
			if string(one) != words || string(two) != words ||
				strings.TrimSuffix(paths[0], ".csv") != strings.TrimSuffix(paths[1], ".html") {
				t.Errorf("%q holds %q and %q", paths, one, two)
			}
		})
	}
	all.Wait()
}

// TestRecordingIsANewFile checks that --record never writes to an existing file or through a
// link.
func TestRecordingIsANewFile(t *testing.T) {
	dir := t.TempDir()
	mine, link := filepath.Join(dir, "my.script"), filepath.Join(dir, "link.script")
	if err := errors.Join(os.WriteFile(mine, []byte("next\n"), 0o644),
		os.Symlink(filepath.Join(dir, "else"), link)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{mine, link} {
		if _, err := newRecording(path); err == nil {
			t.Errorf("%s was taken", path)
		}
	}
	if src, err := os.ReadFile(mine); err != nil || string(src) != "next\n" {
		t.Errorf("an earlier script holds %q, %v", src, err)
	}
	path := filepath.Join(dir, "new.script")
	record, err := newRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(record([]byte("next\nnext\n")), record([]byte("next\n"))); err != nil {
		t.Fatal(err)
	}
	if src, err := os.ReadFile(path); err != nil || string(src) != "next\n" {
		t.Errorf("recorded %q, %v", src, err)
	}
}
