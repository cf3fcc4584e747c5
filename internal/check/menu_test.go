package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// inLists returns a finder for lists of two choices; first says in which the safe one is first.
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

// TestGiveawayOfTwo checks that an odd number of lists with two choices, which can't be balanced,
// isn't reported, and that lists which can be balanced are reported with their lines.
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
			if !strings.Contains(d.Message, "(lines 10, 20, 30") || d.Line != 10 ||
				!strings.HasPrefix(d.Fix, "move it in one of these: ") {
				t.Errorf("the fix is %q", d.Fix)
			}
		}
	}
}

// TestGiveawayOfLength checks that only choices given away by their length are named, in the order
// of the file, and that the fix doesn't make such a choice the shortest.
func TestGiveawayOfLength(t *testing.T) {
	f := inLists(true, false, true, false, true)
	for i, safe := range []string{"Go home to Mum", "Go ho", "Go home to Gran", "Go home now", "Go ab"} {
		choices := f.l.Scenes[i].Choices
		choices[safest(choices)].Text = []lesson.Span{{Text: safe}}
	}
	f.l.Scenes[0], f.l.Scenes[2] = f.l.Scenes[2], f.l.Scenes[0] // The scenes aren't in the order of their lines.
	f.l.Scenes[0].Choices[0].Text[0].Text += ", who is at home"
	f.giveaway2()
	if len(f.found) != 0 {
		t.Errorf("three of five lists of two can't be helped: %v", f.found)
	}
	f.l.Scenes[4].Choices[0].Text[0].Text = "Go home to sleep"
	f.giveaway2()
	const want = "the longest in 4 of 5 lists (lines 10, 30, 40, 50); at most 3 should be"
	if len(f.found) != 1 || !strings.Contains(f.found[0].Message, want) ||
		!strings.HasPrefix(f.found[0].Fix, "in one of these: with three choices, lengthen one that isn't safe") ||
		f.found[0].Line != 10 {
		t.Fatalf("%v", f.found)
	}
	choices := f.l.Scenes[4].Choices
	choices[1].Text[0].Text = "Go away at once."
	f.found = nil
	if f.giveaway2(); len(f.found) != 0 {
		t.Errorf("after the fix: %v", f.found)
	}
}

// TestTally checks that words that only sound like absolutes aren't counted, and that wrong
// choices are quoted with their lines, each under its habit.
func TestTally(t *testing.T) {
	var all tally
	at := lesson.Pos{Line: 7}
	all.count("All right, go", at, false)
	all.count("Go as his mother", at, false)
	if len(all.absolute.such)+len(all.because.such) != 0 {
		t.Errorf("%+v", all)
	}
	for range 2 { // The same choice in two menus.
		all.count("\"Never go\"", at, false)
	}
	all.count("Go since it's late", lesson.Pos{Line: 9}, false)
	if want := []string{`"Never go" in line 7`}; all.absolute.wrong != 2 || !slices.Equal(all.absolute.such, want) {
		t.Errorf("%+v", all)
	}
	if want := []string{`"Go since it's late" in line 9`}; all.because.wrong != 1 || !slices.Equal(all.because.such, want) {
		t.Errorf("%+v", all)
	}
	all.count("Go home", at, true)
	f := &finder{l: &lesson.Lesson{}}
	f.apart(all, "unsafe choices", "safe")
	if len(f.found) != 2 || !strings.Contains(f.found[1].Fix, `these: "Never go" in line 7; or`) ||
		strings.Contains(f.found[1].Fix, "since") {
		t.Errorf("%v", f.found)
	}
}
