package coursetest

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/lessons"
)

// small are three lessons and their boosters, which no learner is shown.
//
//go:embed testdata
var small embed.FS

// Files returns the shipped files with three lessons of version 1 of the format, and their
// boosters, in place of the shipped ones, without course.toml and without the game. They don't
// change with the course, so that a test can rely on every word of them.
func Files(t testing.TB) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	take := func(from fs.FS, root, to string, leave func(path string) bool) {
		err := fs.WalkDir(from, root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || leave(path) {
				return err
			}
			src, err := fs.ReadFile(from, path)
			files[to+strings.TrimPrefix(path, root)] = &fstest.MapFile{Data: src, Mode: 0o444}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	take(lessons.Files, ".", "", func(path string) bool {
		return strings.HasSuffix(path, ".md") && !strings.HasSuffix(path, "before-after.md") ||
			strings.HasSuffix(path, "course.toml") || strings.HasSuffix(path, "fine-or-off.toml")
	})
	take(small, "testdata", "en", func(string) bool { return false })
	return files
}

// Course returns the small course, in English.
func Course(t testing.TB) *course.Course {
	t.Helper()
	return opened(t, Files(t))
}

// Shipped returns the shipped course, in English.
func Shipped(t testing.TB) *course.Course {
	t.Helper()
	return opened(t, lessons.Files)
}

func opened(t testing.TB, files fs.FS) *course.Course {
	t.Helper()
	c, err := course.Open(files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Help returns the shipped help directory.
func Help(t testing.TB) *helpline.Directory {
	t.Helper()
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := helpline.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ShippedLessons returns every shipped lesson, in English, including those for adults.
func ShippedLessons(t testing.TB) []*lesson.Lesson {
	t.Helper()
	c := Shipped(t)
	var all []*lesson.Lesson
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		l, _, err := c.Lesson(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// WrittenLessons returns every shipped lesson, and the drafts that aren't shipped yet.
func WrittenLessons(t testing.TB) []*lesson.Lesson {
	t.Helper()
	all := ShippedLessons(t)
	files, err := filepath.Glob("../../lessons/drafts/en/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !lesson.IsDeck(filepath.Base(f)) {
			all = append(all, parsed(t, f))
		}
	}
	return all
}

// Example returns a complete lesson in version 2 of the format.
func Example(t testing.TB) *lesson.Lesson {
	t.Helper()
	return parsed(t, "../../lessons/en/justice-for-greg.md")
}

func parsed(t testing.TB, file string) *lesson.Lesson {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	l, diags := lesson.Parse(filepath.Base(file), src)
	if l == nil {
		t.Fatal(diags)
	}
	return l
}
