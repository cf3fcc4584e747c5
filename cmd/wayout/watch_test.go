package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/lessons"
)

// BenchmarkSave measures the time from saving the largest lesson until it can be played, and until
// its findings are known. Both should take less than a tenth of a second.
func BenchmarkSave(b *testing.B) {
	c := coursetest.Shipped(b)
	src, err := lessons.Files.ReadFile("en/justice-for-greg.md")
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "greg.md")
	if err := os.WriteFile(path, src, 0o600); err != nil {
		b.Fatal(err)
	}
	w, err := watcher(c, path)
	if err != nil {
		b.Fatal(err)
	}
	next := func(checked bool) (found []lesson.Diagnostic) {
		for {
			ed, ok := w.Next(b.Context())
			if !ok || ed.Lesson == nil {
				b.Fatal("it can't be played")
			}
			if ed.Checked || !checked {
				return ed.Found
			}
		}
	}
	next(true)
	words := [2][]byte{[]byte("That's a great thing to hear."), []byte("That's a good thing to hear.")}
	for _, until := range []struct {
		name    string
		checked bool
	}{{"played", false}, {"checked", true}} {
		b.Run(until.name, func(b *testing.B) {
			for b.Loop() {
				src = bytes.Replace(src, words[0], words[1], 1)
				words[0], words[1] = words[1], words[0]
				if err := os.WriteFile(path, src, 0o600); err != nil {
					b.Fatal(err)
				}
				next(until.checked)
				if !until.checked {
					b.StopTimer()
					next(true)
					b.StartTimer()
				}
			}
		})
	}
}
