package dossier

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wayout/internal/progress"
	"wayout/internal/settings"
)

// some returns facts with values that no real version has, all different.
func some(t *testing.T) Facts {
	t.Helper()
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	f := Facts{Version: "7.6.5", Review: "Read by nobody.", PagePort: 4711, SSHPort: 4712, Bound: "192.0.2.7",
		Fewest: 97, Lessons: 83}
	for _, file := range c.Files {
		f.Files = append(f.Files, file.Name)
	}
	return f
}

// TestFactsAreOnThePage checks that every fact is on the page.
func TestFactsAreOnThePage(t *testing.T) {
	f := some(t)
	p, err := Make(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, face := range []string{string(p.Markdown), string(p.HTML)} {
		for _, want := range []string{f.Version, f.Review, "4711", "4712", f.Bound, "97 answers", "83 lessons",
			settings.PolicyName, settings.PolicyRegistry, "wayout_7.6.5_amd64.deb", "charm.land/bubbletea/v2",
			"CC-BY-4.0", "lessons.checks.right", "is kept in one file"} {
			if !strings.Contains(face, want) {
				t.Errorf("no %q on the page", want)
			}
		}
	}
	if strings.Contains(string(p.HTML), "<script") || strings.Contains(string(p.HTML), "{{") {
		t.Error("the page has a script or a gap")
	}
	f.Private = true
	if p, err = Make(f); err != nil || strings.Contains(string(p.Markdown), "is kept in one file") ||
		!strings.Contains(string(p.Markdown), "unless a learner asks for it") {
		t.Errorf("private by default: %v", err)
	}
}

// TestWordsFitTheProgram checks that a file, a field or a key that isn't described is an error, and
// so is one that is described but doesn't exist.
func TestWordsFitTheProgram(t *testing.T) {
	f := some(t)
	f.Files = append(f.Files, "diary")
	if _, err := Make(f); err == nil || !strings.Contains(err.Error(), `"diary" isn't described`) {
		t.Errorf("a file more: %v", err)
	}
	f = some(t)
	gone := f.Files[0]
	f.Files = f.Files[1:]
	if _, err := Make(f); err == nil || !strings.Contains(err.Error(), gone+`" is described and isn't there`) {
		t.Errorf("a file less: %v", err)
	}
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := described("fields", c.Fields, append(progress.Fields(), "lessons.name")); err == nil {
		t.Error("a field more was taken")
	}
	if _, err := described("fields", c.Fields, progress.Fields()[1:]); err == nil {
		t.Error("a field less was taken")
	}
}

// TestTestsAreThere checks that every promise and every criterion names tests, and that these tests
// exist.
func TestTestsAreThere(t *testing.T) {
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	held := map[string][]string{}
	for _, p := range c.Promises {
		held[p.Says] = p.Tests
	}
	for _, a := range c.Access {
		held[a.Number+" "+a.Name] = a.Tests
	}
	if len(held) != len(c.Promises)+len(c.Access) || len(held) < 20 {
		t.Errorf("%d promises and criteria", len(held))
	}
	for says, tests := range held {
		if len(tests) == 0 {
			t.Errorf("nothing holds: %s", says)
		}
		for _, test := range tests {
			where, name, _ := strings.Cut(test, " ")
			if !stands(t, filepath.Join("..", "..", filepath.FromSlash(where)), name) {
				t.Errorf("%s: there is no test %s", says, test)
			}
		}
	}
}

// stands reports whether a test exists in a folder, or is a file in it.
func stands(t *testing.T, where, name string) bool {
	t.Helper()
	if filepath.Ext(name) == ".txtar" {
		_, err := os.Stat(filepath.Join(where, name))
		return err == nil
	}
	files := []string{where}
	if filepath.Ext(where) != ".go" {
		var err error
		if files, err = filepath.Glob(filepath.Join(where, "*_test.go")); err != nil {
			t.Fatal(err)
		}
	}
	return slices.ContainsFunc(files, func(path string) bool {
		src, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(src), "\nfunc "+name+"(")
	})
}
