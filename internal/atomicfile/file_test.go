package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var errFull = errors.New("no space left on device")

// failing is a folder whose nth call fails.
type failing struct {
	Dir
	n, calls int
}

func (f *failing) fails() bool { f.calls++; return f.calls == f.n }

func (f *failing) Create(name string) (File, error) {
	if f.fails() {
		return nil, errFull
	}
	w, err := f.Dir.Create(name)
	return failingFile{f, w}, err
}

func (f *failing) Rename(from, to string) error {
	if f.fails() {
		return errFull
	}
	return f.Dir.Rename(from, to)
}

func (f *failing) SyncDir() error {
	if f.fails() {
		return errFull
	}
	return f.Dir.SyncDir()
}

type failingFile struct {
	f *failing
	File
}

func (w failingFile) Write(p []byte) (int, error) {
	if w.f.fails() {
		n, _ := w.File.Write(p[:len(p)/2])
		return n, errFull
	}
	return w.File.Write(p)
}

func (w failingFile) Sync() error {
	if w.f.fails() {
		return errFull
	}
	return w.File.Sync()
}

func (w failingFile) Close() error {
	err := w.File.Close()
	if w.f.fails() {
		return errFull
	}
	return err
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// TestReplaceIsWholeOrNothing makes every call fail in turn: the file has the old content or
// the new one, and no unfinished file is left.
func TestReplaceIsWholeOrNothing(t *testing.T) {
	for n := 1; ; n++ {
		dir := t.TempDir()
		path := filepath.Join(dir, "a")
		if err := Write(path, []byte("before"), 0); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		f := &failing{Dir: Dir{Root: root}, n: n}
		err = Replace(f, "a", []byte("afterwards"), nil)
		root.Close()
		src, _ := os.ReadFile(path)
		if f.calls < n {
			if err != nil || string(src) != "afterwards" {
				t.Errorf("nothing failed: %q, %v", src, err)
			}
			return
		}
		// Only the last call, which syncs the folder, comes after the rename.
		want := "before"
		if f.calls == 6 {
			want = "afterwards"
		}
		if !errors.Is(err, errFull) || string(src) != want || !slices.Equal(names(t, dir), []string{"a"}) {
			t.Errorf("call %d: %v, %q, %q", n, err, src, names(t, dir))
		}
	}
}

// TestAside checks that aside is called when the new data is on the disk, and that the file
// stays if aside fails.
func TestAside(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	d := Dir{Root: root}
	for _, words := range []string{"one", "two"} {
		err := Replace(d, "a", []byte(words), func() error {
			if err := d.Rename("a", "a.old"); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := Replace(d, "a", []byte("three"), func() error { return errFull }); !errors.Is(err, errFull) {
		t.Error(err)
	}
	now, _ := os.ReadFile(filepath.Join(dir, "a"))
	old, _ := os.ReadFile(filepath.Join(dir, "a.old"))
	if string(now) != "two" || string(old) != "one" || len(names(t, dir)) != 2 {
		t.Errorf("%q, %q, %q", now, old, names(t, dir))
	}
}

// TestModes checks that by default only its owner can read a file.
func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such modes")
	}
	dir := t.TempDir()
	for name, mode := range map[string]fs.FileMode{"a": 0, "b": 0o600, "c": 0o644, "d": 0o666} {
		path := filepath.Join(dir, name)
		if err := Write(path, []byte("x"), mode); err != nil {
			t.Fatal(err)
		}
		want := mode
		if mode == 0 {
			want = 0o600
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%v: %v, %v", mode, info.Mode(), err)
		}
	}
}

// TestCreateTouchesNothing checks that a name that is taken, even by a broken link, is an
// error, and that all files of CreateAll are made or none.
func TestCreateTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	err := errors.Join(os.WriteFile(at("file"), []byte("mine"), 0o644), os.Mkdir(at("folder"), 0o755))
	if runtime.GOOS != "windows" {
		err = errors.Join(err, os.Symlink(at("nowhere"), at("link")))
	}
	if err != nil {
		t.Fatal(err)
	}
	before := names(t, dir)
	for _, taken := range before {
		if err := Create(at(taken), []byte("x"), 0); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", taken, err)
		}
		if err := CreateAll(0, New{at("free"), nil}, New{at(taken), nil}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("free and %s: %v", taken, err)
		}
	}
	if src, _ := os.ReadFile(at("file")); string(src) != "mine" || !slices.Equal(names(t, dir), before) {
		t.Errorf("%q, %q; before it was %q", src, names(t, dir), before)
	}
	if err := CreateAll(0, New{at("one"), []byte("1")}, New{at("two"), []byte("2")}); err != nil {
		t.Fatal(err)
	}
	one, _ := os.ReadFile(at("one"))
	two, _ := os.ReadFile(at("two"))
	if got := strings.Join([]string{string(one), string(two)}, " "); got != "1 2" {
		t.Error(got)
	}
}
