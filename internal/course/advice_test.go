package course_test

import (
	"io/fs"
	"os"
	"regexp"
	"testing"

	"wayout/lessons"
)

// TestNobodyTestCallsACrisisLine checks that no text of ours asks a school, a teacher or a
// child to test a number that someone else may need for help.
func TestNobodyTestCallsACrisisLine(t *testing.T) {
	asks := regexp.MustCompile(
		`(?is)\b(try|test|check|ring|call|dial)(ing)?\s+(out\s+)?(them|it|the\s+(help\s?lines?|numbers?|lines?)|every\s+number|each\s+number)\b[^.\n]{0,40}\b(before|first|yourself|work)`)
	calls := regexp.MustCompile(`(?i)test[- ]call`)
	look := func(name string, src []byte) {
		for _, p := range []*regexp.Regexp{asks, calls} {
			if m := p.Find(src); m != nil {
				t.Errorf("%s asks for a test call: %q", name, m)
			}
		}
	}
	err := fs.WalkDir(lessons.Files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := fs.ReadFile(lessons.Files, path)
		look(path, src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "lessons/README.md"} {
		readme, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		look(name, readme)
		if !regexp.MustCompile(`(?i)not yet reviewed by a safeguarding professional`).
			Match(readme[:min(len(readme), 500)]) {
			t.Errorf("%s doesn't begin with who has reviewed the lessons", name)
		}
	}
	// The pattern must find these.
	for _, was := range []string{"Schools, please try them before class.", "please try the numbers before class",
		"try the help lines that it shows before class"} {
		if !asks.MatchString(was) {
			t.Errorf("%q is not found", was)
		}
	}
}
