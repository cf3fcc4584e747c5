package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"wayout/internal/coursetest"
)

// TestReadmeListsTheLessons checks that the README lists the lessons as the program does, with
// their content notes. UPDATE_README=1 updates the README.
func TestReadmeListsTheLessons(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- wayout list --markdown -->\n", "<!-- end of the list -->\n"
	var list strings.Builder
	root := newRoot()
	root.SetArgs([]string{"list", "--markdown", "--private"})
	root.SetOut(&list)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(src), begin)
	is, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README has no list")
	}
	want := "\n" + list.String() + "\n"
	if os.Getenv("UPDATE_README") != "" {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if is != want {
		t.Error("the list is out of date; write it again: UPDATE_README=1 go test ./cmd/wayout -run ReadmeLists")
	}
}

// TestReadmeNamesTheFilesOfThisVersion checks that the files that the README says to install are
// those of a release of this version.
func TestReadmeNamesTheFilesOfThisVersion(t *testing.T) {
	src, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`wayout[-_](\d+\.\d+\.\d+)`).FindAllStringSubmatch(string(src), -1)
	if len(found) < 6 {
		t.Errorf("only %d files are named", len(found))
	}
	for _, m := range found {
		if m[1] != version {
			t.Errorf("%s is of another version than %s", m[0], version)
		}
	}
}

// TestExamplesNameLessonsThatThereAre checks that the examples in the README and in the help of
// commands name existing lessons.
func TestExamplesNameLessonsThatThereAre(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{"README": string(readme)}
	for _, c := range commands() {
		shown[c.CommandPath()] = c.Example
	}
	course, found := coursetest.Shipped(t), 0
	named := regexp.MustCompile(`wayout (?:play|present|class(?: booster)?|paths|graph|handout|sources) ([a-z0-9][^\s` + "`" + `]*)`)
	for where, text := range shown {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(m[1], ".md") {
				continue
			}
			found++
			if l, _, err := course.Led(m[1]); err != nil || l == nil {
				t.Errorf("%s shows %q: %v", where, m[0], err)
			}
		}
	}
	if found < 12 {
		t.Errorf("only %d examples name a lesson", found)
	}
}
