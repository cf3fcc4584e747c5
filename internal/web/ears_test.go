package web

import (
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestGosScriptIsTheOneOfThatGo holds Go's script to the version of Go that the recogniser
// was compiled with: another one may not start it.
func TestGosScriptIsTheOneOfThatGo(t *testing.T) {
	packed, _ := classFiles.ReadFile("class/hear.wasm.gz")
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	program, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(program, []byte(runtime.Version())) {
		t.Skip("compiled with another version of Go than this one")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := Asset("wasm_exec.js"); !bytes.Equal(got, want) {
		t.Error("wasm_exec.js is another one than Go's: run go run ./internal/hear/ondevice/build")
	}
}

// TestEveryAnswerIsOnThePage holds that the page of a line to type has, for each move that the
// story answers, what a learner alone would be told, and knows which answer is whose.
func TestEveryAnswerIsOnThePage(t *testing.T) {
	c := coursetest.Course(t)
	k, err := NewClass(c, coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	tags := regexp.MustCompile(`<[^>]*>`)
	answers := 0
	met := make(map[string]bool)
	for _, l := range coursetest.WrittenLessons(t) {
		v.Walk(l, 1, func(run play.Run, _ []view.Item) {
			at := l.ID + " " + run.Scene().ID
			if run.Turn() != play.Say || run.Missed() || met[at] {
				return
			}
			met[at] = true
			of := k.onDevice(run)
			page, err := k.item(v.Turn(run), &now{OnDevice: of})
			if err != nil {
				t.Fatal(err)
			}
			replies := strings.Split(string(page), `<template class="reply">`)[1:]
			for i, m := range run.Scene().Rehearsal.Moves {
				next, err := run.Said([]string{m.Name})
				if err != nil {
					t.Fatal(err)
				}
				at := of.Rehearsal.Items[i].Reply
				for k := len(run.Beats()); k < len(next.Beats()); k++ {
					it := v.Beat(next, k)
					if _, typing := it.(view.Typing); next.Beats()[k].Block == nil || it == nil || typing {
						continue
					}
					answers++
					for _, w := range view.Words(it) {
						if at < 0 || !strings.Contains(tags.ReplaceAllString(html.UnescapeString(replies[at]), ""), w) {
							t.Errorf("%s, %s: %s is answered by %d, without %q", l.ID, run.Scene().ID, m.Name, at, w)
						}
					}
				}
			}
		})
	}
	t.Logf("%d answers", answers)
	if answers < 100 {
		t.Errorf("only %d answers", answers)
	}
}
