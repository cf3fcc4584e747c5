package watch

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

const page = `---
goal: Say no
risk: dare
role: bystander
focus: Bo
ages: 13-18
minutes: 5
note: Nothing happens
---

# A page

Bo sits on a wall.

## On the wall

> **Al:** jump[^dare]

- [Go home](#home)
- [Jump](#the-grass)

## The grass

> [!WARNING]
> That was high.

[On](#home)

## Home

> [!IMPORTANT]
> Bo is at home.

[^dare]: It makes a no look weak.
`

// file is a file in memory that a test looks at without a clock.
type file struct {
	t   *testing.T
	src []byte
	err error
	w   *Watcher
}

func newFile(t *testing.T, src string) *file {
	f := &file{t: t, src: []byte(src)}
	f.w = New(Options{
		Read: func() ([]byte, error) { return f.src, f.err },
		Parse: func(src []byte) (*lesson.Lesson, []lesson.Diagnostic) {
			return lesson.Parse("a.md", src)
		},
		Check: func(l *lesson.Lesson) []lesson.Diagnostic {
			return []lesson.Diagnostic{{Rule: "words", Line: l.Scenes[0].Pos.Line}}
		},
		Way: func(l *lesson.Lesson, scene string) []play.Action {
			return []play.Action{{Turn: play.Choose, Pick: l.Scene(scene)}}
		},
	})
	if !f.w.look() {
		t.Fatal("the first look tells nothing")
	}
	return f
}

// looks returns how many looks it takes until there is a new edition, up to most.
func (f *file) looks(most int) int {
	for n := 1; n <= most; n++ {
		if f.w.look() {
			return n
		}
	}
	return 0
}

// checked returns the checked edition, which follows one that can be played.
func (f *file) checked() Edition {
	ed, ok := f.w.Next(f.t.Context())
	if !ok {
		f.t.Fatal("there is nothing more")
	}
	return ed
}

// TestEditions checks that a save is reported at the second look, with the scene that was
// changed, and that a version that can't be played leaves the last one that can.
func TestEditions(t *testing.T) {
	f := newFile(t, page)
	if ed := f.w.now; !ed.Moved || ed.Scene != "" || ed.Lesson == nil || ed.Checked || ed.Number != 1 {
		t.Errorf("the first edition: %+v", ed)
	}
	if ed := f.checked(); !ed.Checked || ed.Moved || len(ed.Found) != 1 || ed.Number != 1 {
		t.Errorf("its findings: %+v", ed)
	}
	for _, c := range []struct{ from, to, scene string }{
		{"> That was high.", "> That was too high.", "the-grass"},
		{"> **Al:** jump", "> **Al:** jump!", "on-the-wall"},
		{"Bo sits on a wall.", "Bo sits on the wall.", ""},
		{"It makes a no look weak.", "It makes any no look weak.", "on-the-wall"},
		{"note: Nothing happens", "note: Nothing much happens", ""},
		{"Bo is at home.", "Bo is at home now.\n\n## After\n\n> [!TIP]\n> It's over.", "home"},
		{"## The grass\n\n", "## The grass\n\n*Later*\n\n", "the-grass"},
		{"*Later*\n\n", "", "the-grass"},
	} {
		f.src = bytes.Replace(f.src, []byte(c.from), []byte(c.to), 1)
		if n := f.looks(9); n != 2 {
			t.Errorf("%q is told at look %d", c.to, n)
		}
		ed := f.w.now
		if !ed.Moved || ed.Broken || ed.Scene != c.scene || (len(ed.Way) > 0) != (c.scene != "") {
			t.Errorf("%q: %+v, not from %q", c.to, ed, c.scene)
		}
		f.checked()
	}
	last := f.w.now.Lesson
	whole := f.src
	for _, broken := range []string{"", "---\ngoal", string(whole[:len(whole)/2]),
		strings.Replace(string(whole), "#home", "#hume", 1), "\x00\xff"} {
		f.src = []byte(broken)
		if f.looks(9) == 0 {
			t.Fatalf("%q is not told", broken)
		}
		if ed := f.w.now; !ed.Broken || !ed.Checked || ed.Lesson != last || ed.Moved || len(ed.Found) == 0 {
			t.Errorf("%.20q: %+v", broken, ed)
		}
	}
	f.src = whole
	if f.looks(9); f.w.now.Broken || f.w.now.Moved {
		t.Errorf("what was there before is played anew: %+v", f.w.now)
	}
}

// TestWhatChangesNothing checks that changed line ends and trailing spaces are reported
// without playing again, and that saving the same bytes isn't reported.
func TestWhatChangesNothing(t *testing.T) {
	f := newFile(t, page)
	f.checked()
	if n := f.looks(50); n != 0 {
		t.Errorf("the same file is told at look %d", n)
	}
	for _, src := range []string{strings.ReplaceAll(page, "\n", "\r\n"), "\ufeff" + page, page + "\n\n",
		strings.ReplaceAll(page, "wall.", "wall. ")} {
		f.src = []byte(src)
		if n := f.looks(9); n != 2 || f.w.now.Broken || f.w.now.Moved {
			t.Errorf("%.12q: at look %d, %+v", src, n, f.w.now)
		}
		f.checked()
	}
}

// TestHalfWritten checks that a file that changes between two looks isn't reported yet.
func TestHalfWritten(t *testing.T) {
	f := newFile(t, page)
	f.checked()
	next := strings.Replace(page, "too high", "high", 1) + "\n"
	for n := 100; n < len(next); n += 50 {
		if f.src = []byte(next[:n]); f.w.look() {
			t.Fatalf("%d bytes of %d are told", n, len(next))
		}
	}
	f.src = []byte(next)
	if f.looks(9) != 2 || f.w.now.Broken {
		t.Errorf("%+v", f.w.now)
	}
}

// TestMissing checks that a file may be missing for a moment, and that one that stays missing is
// reported once, and again when it is back.
func TestMissing(t *testing.T) {
	f := newFile(t, page)
	f.checked()
	f.err = fs.ErrNotExist
	if n := f.looks(patience - 1); n != 0 {
		t.Errorf("it is missed at look %d", n)
	}
	f.err = nil
	if n := f.looks(5); n != 0 {
		t.Errorf("it was never away, and is told at look %d", n)
	}
	f.err = fs.ErrNotExist
	if n := f.looks(100); n != patience || !errors.Is(f.w.now.Missed, fs.ErrNotExist) || f.w.now.Lesson == nil ||
		f.w.now.Moved {
		t.Errorf("at look %d: %+v", n, f.w.now)
	}
	if n := f.looks(100); n != 0 {
		t.Errorf("it is missed again at look %d", n)
	}
	f.err = nil
	if n := f.looks(9); n == 0 || f.w.now.Missed != nil || f.w.now.Moved {
		t.Errorf("at look %d: %+v", n, f.w.now)
	}
}

// TestOnDisk saves a file in the ways of editors, and holds that each save is reported. On an
// idle machine that takes less than a tenth of a second.
func TestOnDisk(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	write := func(name, src string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Error(err)
		}
	}
	write("a.md", page)
	w := New(Options{
		Read: func() ([]byte, error) { return os.ReadFile(path) },
		Parse: func(src []byte) (*lesson.Lesson, []lesson.Diagnostic) {
			return lesson.Parse("a.md", src)
		},
		Check: func(*lesson.Lesson) []lesson.Diagnostic { return nil },
	})
	ctx, stop := context.WithCancel(t.Context())
	until := func(want string) {
		t.Helper()
		begin := time.Now()
		for {
			ed, ok := w.Next(ctx)
			if !ok {
				t.Fatal("there is nothing more")
			}
			if ed.Lesson != nil && strings.Contains(ed.Lesson.Cover[0].String(), want) {
				t.Logf("%q was told after %v", want, time.Since(begin))
				return
			}
		}
	}
	until("a wall")
	write("a.md", strings.Replace(page, "a wall", "a fence", 1)) // Overwrite the file.
	until("a fence")
	write("a.md.new", strings.Replace(page, "a wall", "a roof", 1)) // Replace it by a new file.
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	until("a roof")
	if err := os.Rename(path, path+"~"); err != nil { // Move the old file away first.
		t.Fatal(err)
	}
	write("a.md", strings.Replace(page, "a wall", "a chair", 1))
	until("a chair")
	times := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) // The same length and the same time.
	write("a.md", strings.Replace(page, "a wall", "a table", 1))
	if err := os.Chtimes(path, times, times); err != nil {
		t.Fatal(err)
	}
	until("a table")
	stop()
	if _, ok := w.Next(ctx); ok {
		if _, ok := w.Next(ctx); ok {
			t.Error("it goes on after its end")
		}
	}
}
