package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// TestWhatFindingsSay checks diagnostics that people new to the format have misread: each gives
// the line to look at, what is wrong there, and what to do.
func TestWhatFindingsSay(t *testing.T) {
	_, small, _ := readme(t)
	lex := lexicon(t)
	var six strings.Builder
	for i, m := range lex.SixMoves {
		fmt.Fprintf(&six, "> %d. %s\n", i+1, m)
	}
	const panel = "> [!TIP]\n> Maya gave nothing away"
	listed := func(above, below string) []string {
		return []string{panel, "> [!TIP]\n" + above + six.String() + below + "\n" + panel}
	}
	for _, c := range []struct {
		name    string
		change  []string // Pairs of old and new text.
		rule    string
		line    string // The text of the reported line.
		message string
		fix     []string
	}{
		{"a line above the six moves", listed("> From the sheet on the wall:\n>\n", ""), "six-moves",
			"> From the sheet", "the panel has other words above the six moves",
			[]string{"take out the line above 1.", "panel of its own"}},
		{"a line right above them", listed("> From the sheet on the wall:\n", ""), "six-moves", "> From the sheet",
			"the panel has other words above the six moves", []string{"take out the line above 1."}},
		{"a line below the six moves", listed("", ">\n> And breathe.\n"), "six-moves", "> And breathe",
			"the panel has other words below the six moves", []string{"take out the line below 6."}},
		{"six moves with too much around them",
			listed("> These six are on a sheet on the wall of the kitchen:\n>\n", ""), "feedback",
			"> [!TIP]", "it should have 15 to 70",
			[]string{"words from around the six moves, which stay as they are"}},
		{"no six moves", []string{"risk: pressure", "risk: blackmail"}, "six-moves", "risk:",
			"a lesson on blackmail needs the six moves",
			[]string{"once", "in the last scene of one ending", "Once is enough", "alone in a panel"}},
		{"feedback that is too long by two words", []string{"Maya gave nothing away,",
			strings.Repeat("So it went. ", 13) + "Maya gave nothing away,"}, "feedback", "> [!TIP]",
			"this feedback has 72 words", []string{"cut 2 words"}},
		{"a reassurance too many", []string{"It wants to know everything at once.\"",
			"It's not your fault.\"\n\n**Gran:** \"It's not your fault, love.\"\n\n" +
				"**Gran:** \"Really, it's not your fault.\""},
			"fault", "**Gran:** \"There's a form. It's not", "says 4 times whose fault it isn't (lines ",
			[]string{"take it out of one of these"}},
		{"pressure without a word about it", []string{"It's not Maya's fault that Theo lied. ", "",
			"she'll make it a thing[^secrecy]", "she'll make it a thing[^threat]", "[^secrecy]:", "[^threat]:"},
			"no-blame", "she'll make it a thing",
			"[^threat]), and on one way to the ending \"Still on the team\" in line ",
			[]string{"say it afterwards"}},
		{"somebody", []string{"tell someone that same day", "tell somebody that same day"}, "words", "tell somebody",
			`lessons say "someone", not "somebody"`, []string{"say: someone"}},
		{"a choice without a rating", []string{"(#one-more-answer \"safe\")", "(#one-more-answer)"}, "feedback",
			"- [Answer one more time]",
			`this choice has no rating, and "One more answer" has no panel: it counts as risky, because the next ` +
				`one is the WARNING of "Wrong password"`,
			[]string{`(#one-more-answer "safe")`, `put a panel in "One more answer"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := small
			for i := 0; i+1 < len(c.change); i += 2 {
				src = strings.Replace(src, c.change[i], c.change[i+1], 1)
			}
			found := Lesson(parse(t, "one-match.md", src), lex)
			i := slices.IndexFunc(found, func(d lesson.Diagnostic) bool {
				return d.Rule == c.rule && strings.Contains(d.Message, c.message)
			})
			if i < 0 {
				t.Fatalf("nothing says %q: %v", c.message, found)
			}
			if line := strings.Split(src, "\n")[found[i].Line-1]; !strings.Contains(line, c.line) || found[i].Col < 1 {
				t.Errorf("%d:%d is %q", found[i].Line, found[i].Col, line)
			}
			for _, fix := range c.fix {
				if !strings.Contains(found[i].Fix, fix) {
					t.Errorf("the fix says nothing of %q: %s", fix, found[i].Fix)
				}
			}
		})
	}
}

// TestOnceIsEnough checks that after one panel with only the six moves, another panel may have
// them below a line of its own, but in the same wording.
func TestOnceIsEnough(t *testing.T) {
	good := example(t)
	lex := exampleWords(t, parse(t, "example.md", good))
	const panel = "> [!TIP]\n> It was fair to ask. Her voice"
	for first, want := range map[string]string{lex.SixMoves[0]: "",
		"Stop.": "the moves against blackmail are worded differently here"} {
		list := "> [!TIP]\n> It was fair.\n>\n> 1. " + first + "\n"
		for i, m := range lex.SixMoves[1:] {
			list += fmt.Sprintf("> %d. %s\n", i+2, m)
		}
		got := ""
		for _, d := range Lesson(parse(t, "example.md", strings.Replace(good, panel, list+"\n"+panel, 1)), lex) {
			if d.Rule == "six-moves" {
				got += d.Message
			}
		}
		if got != want {
			t.Errorf("%q: %q", first, got)
		}
	}
}

// TestUncountedLists checks that a diagnostic about lists also names the lists that don't count,
// so that nobody looks for the fault there.
func TestUncountedLists(t *testing.T) {
	f := inLists(true, true, true, false, true)
	for i := range f.l.Scenes[3].Choices {
		f.l.Scenes[3].Choices[i].Rating = lesson.Risky
	}
	f.giveaway2()
	if len(f.found) != 1 || !strings.Contains(f.found[0].Message, "4 of 4 lists (lines 10, 20, 30, 50)") ||
		!strings.HasSuffix(f.found[0].Fix, "Lists with one safe choice count; those with none or several don't "+
			"(line 40)") {
		t.Errorf("%v", f.found)
	}
}

// TestUnlistedMoves checks that UnlistedMoves says which item answers each move without one.
func TestUnlistedMoves(t *testing.T) {
	_, small, _ := readme(t)
	all := UnlistedMoves(parse(t, "one-match.md", small))
	if len(all) != 1 || all[0].Scene != "One more answer" {
		t.Fatalf("%+v", all)
	}
	got := strings.Join(all[0].Goes, "; ")
	const want = "`name-it`, `tell` to `decline`; `block` to `leave`; `~bargain`, `~feed`, `~attack` to `~excuse`"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
