package tui

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"wayout/internal/screentest"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// golden compares a screen with testdata/name.golden, row by row as text; with
// -update it writes the file.
func golden(t testing.TB, name string, s screentest.Screen) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	got := s.String() + "\n"
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if string(want) != got {
		t.Errorf("%s: the screen differs\n--- want\n%s--- got\n%s", path, want, got)
	}
}
