package course_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/lessons"
)

// atLeast is the share of lines that must be heard right.
const atLeast = 0.95

// TestRefusals tests the recogniser on lines as teens write them: a refusal is heard as one,
// perhaps with a weak move beside it, or asked about, and nothing else is heard as a refusal.
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
		r, err := c.Recogniser()
		if err != nil {
			t.Fatal(err)
		}
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
			asked := 0
			for _, line := range lines {
				h := r.Hear(hear.Refuse, line)
				right := (h.Outcome == hear.Protective || h.Outcome == hear.Mixed) == refuses
				if refuses && !right && h.Outcome != hear.Weak && len(h.Unsure) > 0 {
					right = true
					asked++
				}
				if !right {
					wrong = append(wrong, line+" "+h.Outcome.String()+" "+strings.Join(h.Moves, "+"))
				}
			}
			right := 1 - float64(len(wrong))/float64(len(lines))
			t.Logf("%s %s: %d lines, %.1f %% right (%d asked about); not: %q", lang, name, len(lines), 100*right, asked,
				wrong)
			if right < atLeast {
				t.Errorf("%s %s: %.1f %% are right, at least %.0f are wanted", lang, name, 100*right, 100*atLeast)
			}
		}
	}
}

// TestMovesHaveWords checks that every move has words to name it and to ask about it, and every
// kind of a move a name.
func TestMovesHaveWords(t *testing.T) {
	for _, lang := range []string{"en"} {
		c, err := course.Open(lessons.Files, lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range hear.Situations {
			for _, m := range hear.Moves[s] {
				name := strings.TrimPrefix(m, "~")
				if c.MoveName(name) == name || c.MoveDoing(name) == name {
					t.Errorf("%s: no words for %s", lang, name)
				}
			}
		}
		for _, name := range exchange.AllNames() {
			if c.MoveName(name) == name {
				t.Errorf("%s: no words for %s", lang, name)
			}
		}
	}
}
