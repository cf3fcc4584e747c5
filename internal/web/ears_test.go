package web

import (
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestGosScriptIsTheOneOfThatGo checks that wasm_exec.js is of the version of Go that compiled
// the recogniser: the script of another version might not start it.
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

// TestEveryAnswerIsOnThePage checks that the page of a line to type has the story's answer to each
// move, as a learner alone would see it, and finds the right one.
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

// TestTheDeviceAnswersAsTheStoryDoes types the same lines into each rehearsal in a story and on a
// device: feedback and answers are the same.
func TestTheDeviceAnswersAsTheStoryDoes(t *testing.T) {
	c := coursetest.Course(t)
	k, err := NewClass(c, coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	hears, err := c.Recogniser()
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{"no", "no. i'm not sending that", "ok fine", "why do you want it", "sorry i have homework",
		"you're disgusting", "bye", "i'm telling my mum", "i need help. someone is blackmailing me",
		"it's nothing really", "a friend of mine has a problem", "are you ok?", "stop it, that's not funny",
		"haha send it to me", "i want to die", "im dead lol", "‹1› no ‹2›", "mmm", "no, but maybe tomorrow", ""}
	met, asked := make(map[string]bool), 0
	for _, l := range coursetest.WrittenLessons(t) {
		v.Walk(l, 1, func(run play.Run, _ []view.Item) {
			at := l.ID + " " + run.Scene().ID
			if run.Turn() != play.Say || run.Missed() || met[at] {
				return
			}
			met[at] = true
			of := k.onDevice(run)
			for _, line := range lines {
				next, h, err := run.Hear(hears, line)
				if err != nil {
					t.Fatal(err)
				}
				got := of.Rehearsal.Answer(hears, k.view.Phrases("Help"), line, nil)
				if got.Danger != h.Danger || (got.Asked != nil) != (len(h.Ask) > 0) {
					t.Errorf("%s: %q is %+v alone, and on a device %+v", at, line, h, got)
					continue
				}
				if got.Asked != nil {
					asked++
					continue
				}
				if told, _ := v.Heard(h, "Help"); view.Heard(got.Told) != told {
					t.Errorf("%s: %q: alone %+v is told, on a device %+v", at, line, told, got.Told)
				}
				var alone []view.Item
				for i := len(run.Beats()); i < len(next.Beats()); i++ {
					if it := v.Beat(next, i); next.Beats()[i].Block != nil && reflect.TypeOf(it) !=
						reflect.TypeFor[view.Typing]() {
						alone = append(alone, it)
					}
				}
				var here []view.Item
				if got.Reply >= 0 {
					here = of.Replies[got.Reply]
				}
				if !reflect.DeepEqual(alone, here) && !(h.Danger && alone == nil) {
					t.Errorf("%s: %q is answered by %v alone, and on a device by %v", at, line, alone, here)
				}
			}
		})
	}
	if len(met) < 20 || asked == 0 {
		t.Errorf("%d rehearsals, %d times asked", len(met), asked)
	}
}
