package course_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"wayout/internal/course"
	"wayout/internal/pack"
	"wayout/lessons"
)

// unpacked packs a course and opens it again, as a browser does.
func unpacked(t *testing.T, c *course.Course) *course.Course {
	t.Helper()
	p, err := c.Pack(c.Lessons)
	if err != nil {
		t.Fatal(err)
	}
	src, err := pack.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	var again course.Pack
	if err := pack.Decode(src, &again); err != nil {
		t.Fatal(err)
	}
	return again.Unpack(func(count any) string {
		if count == 1 {
			return "one"
		}
		return "other"
	})
}

// TestPackSaysTheSame checks that words are the same with and without the i18n library.
func TestPackSaysTheSame(t *testing.T) {
	for _, lang := range []string{"en", course.PseudoLang} {
		c, err := course.Open(course.Pseudo(lessons.Files), lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		again := unpacked(t, c)
		src, err := lessons.Files.ReadFile("en/ui.toml")
		if err != nil {
			t.Fatal(err)
		}
		var tables map[string]map[string]any
		if _, err := toml.Decode(string(src), &tables); err != nil {
			t.Fatal(err)
		}
		for table, entries := range tables {
			for name := range entries {
				id := table + "." + name
				for _, pairs := range [][]any{nil, {"Who", "Kai", "Text", "<b>"}, {"Count", 1, "Who", 7},
					{"Count", 3}} {
					if got, want := again.Words().T(id, pairs...), c.Words().T(id, pairs...); got != want {
						t.Errorf("%s %v: %q, want %q", id, pairs, got, want)
					}
				}
			}
		}
		if got := again.Words().T("no.such"); got != "‹no.such›" {
			t.Errorf("got %q", got)
		}
	}
}

func TestPackKeepsWhatStandsAroundLessons(t *testing.T) {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	again := unpacked(t, c)
	if got, want := strings.Join(again.IDs(), " "), strings.Join(c.IDs(), " "); got != want {
		t.Errorf("lessons %q, want %q", got, want)
	}
	for _, id := range c.IDs() {
		if got, want := again.Situation(id), c.Situation(id); got != want {
			t.Errorf("%s is about %q, want %q", id, got, want)
		}
	}
	if got, _ := again.SignName("threat"); got == "threat" {
		t.Error("a sign has no name")
	}
	if got := again.MoveName("decline"); got == "decline" {
		t.Error("a move has no name")
	}
	if got, want := again.Review(), c.Review(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err := again.FirstAid(); err != nil {
		t.Error(err)
	}
	if _, err := again.RoomWords(); err != nil {
		t.Error(err)
	}
}
