package course_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/lessons"
)

// atLeast is the share of lines that must be understood.
const atLeast = 0.95

// TestRefusals holds the shared cue words of each language to lines as teens
// write them: in a refusal some protective move is noticed, in anything else
// none is.
func TestRefusals(t *testing.T) {
	dirs, err := filepath.Glob("testdata/*/refusals.txt")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no table", err)
	}
	for _, path := range dirs {
		lang := filepath.Base(filepath.Dir(path))
		c, err := course.Open(lessons.Files, lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		shared, err := c.Shared()
		if err != nil {
			t.Fatal(err)
		}
		protective := slices.DeleteFunc(shared.Moves, func(m lesson.Move) bool { return m.Weak })
		for name, refuses := range map[string]bool{"refusals.txt": true, "others.txt": false} {
			src, err := os.ReadFile(filepath.Join("testdata", lang, name))
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(src)), "\n")
			if len(lines) < 200 {
				t.Errorf("%s %s: %d lines, at least 200 are wanted", lang, name, len(lines))
			}
			var wrong []string
			for _, line := range lines {
				if got := play.Notice(line, protective); (len(got) > 0) != refuses {
					wrong = append(wrong, line+" "+strings.Join(got, "+"))
				}
			}
			right := 1 - float64(len(wrong))/float64(len(lines))
			t.Logf("%s %s: %d lines, %.1f %% right; not: %q", lang, name, len(lines), 100*right, wrong)
			if right < atLeast {
				t.Errorf("%s %s: %.1f %% are right, at least %.0f are wanted", lang, name, 100*right, 100*atLeast)
			}
		}
	}
}
