package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNoticesAreCurrent checks that the committed list and texts are those of the modules that the
// program is built from now.
func TestNoticesAreCurrent(t *testing.T) {
	want, err := notices(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	const again = "write them anew: go generate ./internal/licences"
	for name, src := range want {
		if is, err := os.ReadFile(filepath.Join("..", name)); err != nil || string(is) != string(src) {
			t.Errorf("%s is out of date (%v); %s", name, err, again)
		}
	}
	texts, err := filepath.Glob(filepath.Join("..", "texts", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range texts {
		if want["texts/"+filepath.Base(path)] == nil {
			t.Errorf("%s belongs to no module any more; %s", path, again)
		}
	}
}

// TestTold checks that licences are recognised by their words, and that an unknown one is an error.
func TestTold(t *testing.T) {
	mit, err := os.ReadFile(filepath.Join("..", "..", "..", "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, src, id string
		bad           bool
	}{
		{"LICENSE", string(mit), "MIT", false},
		{"NOTICE.txt", "Made by the example authors.", "", false},
		{"LICENSE", "You may look at this, and at nothing else.", "", true},
	} {
		got, err := told(c.name, []byte(c.src))
		if (err != nil) != c.bad || c.id != "" && (len(got.ids) != 1 || got.ids[0] != c.id) {
			t.Errorf("%s %q: %v, %v", c.name, c.src[:20], got.ids, err)
		}
	}
	for name, want := range map[string]bool{"LICENSE": true, "LICENSE.md": true, "LICENSE-MIT": true, "NOTICE": true,
		"COPYING": true, "license.go": false, "README.md": false, "noticeboard.txt": false} {
		if isNotice(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
