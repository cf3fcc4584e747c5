package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// inLists returns a lesson of lists with two choices; first says where the safe one is first.
func inLists(first ...bool) *finder {
	l := &lesson.Lesson{Head: lesson.Head{Setting: "Leeds", Focus: "Bo"}}
	for i, f := range first {
		choices := []lesson.Choice{{Text: []lesson.Span{{Text: "Go home"}}, To: i + 1, Rating: lesson.Safe},
			{Text: []lesson.Span{{Text: "Go away"}}, To: i + 1, Rating: lesson.Risky}}
		if !f {
			slices.Reverse(choices)
		}
		for k := range choices {
			choices[k].Pos.Line = 10*i + 10
		}
		l.Scenes = append(l.Scenes, lesson.Scene{ID: fmt.Sprint(i), Title: fmt.Sprint(i), Choices: choices})
	}
	l.Scenes = append(l.Scenes, lesson.Scene{ID: "end", Title: "end"})
	f := &finder{l: l}
	f.g, _ = visit(l)
	return f
}

// TestGiveawayOfTwo: an odd number of lists with two choices can't be even, so that what
// can't be helped is no finding; what can be names the lines.
func TestGiveawayOfTwo(t *testing.T) {
	for _, c := range []struct {
		first []bool
		found int
	}{{[]bool{true, true, false}, 0}, {[]bool{true, true, true}, 1}, {[]bool{true, true, true, false, false}, 0},
		{[]bool{true, true, true, true, false}, 1}, {[]bool{false, false, false, true}, 1}} {
		f := inLists(c.first...)
		if f.giveaway2(); len(f.found) != c.found {
			t.Errorf("%v: %v", c.first, f.found)
		}
		for _, d := range f.found {
			if !strings.Contains(d.Fix, "lines 10, 20, 30") || !strings.Contains(d.Fix, "third choice") {
				t.Errorf("the fix is %q", d.Fix)
			}
		}
	}
}

// TestTally: what only sounds like an absolute is none, and wrong choices are quoted with
// their lines, each under what it does.
func TestTally(t *testing.T) {
	var all tally
	at := lesson.Pos{Line: 7}
	all.count("All right, go", at, false)
	all.count("Go as his mother", at, false)
	if all.absolute != 0 || all.because != 0 || len(all.why)+len(all.all) != 0 {
		t.Errorf("%+v", all)
	}
	for range 2 { // A list that is open in two ways.
		all.count("\"Never go\"", at, false)
	}
	all.count("Go since it's late", lesson.Pos{Line: 9}, false)
	if want := []string{`"Never go" in line 7`}; all.absolute != 2 || !slices.Equal(all.all, want) {
		t.Errorf("%+v", all)
	}
	if want := []string{`"Go since it's late" in line 9`}; all.because != 1 || !slices.Equal(all.why, want) {
		t.Errorf("%+v", all)
	}
	all.count("Go home", at, true)
	f := &finder{l: &lesson.Lesson{}}
	f.apart(at, all, "unsafe choices", "safe")
	if len(f.found) != 2 || !strings.Contains(f.found[1].Fix, `these: "Never go" in line 7; or`) ||
		strings.Contains(f.found[1].Fix, "since") {
		t.Errorf("%v", f.found)
	}
}
