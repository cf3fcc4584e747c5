package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
)

// cues matches the cue words after the moves of an item.
var cues = regexp.MustCompile("(?m)^(- (?:`[^`\\n?!+][^`\\n]*`(?:, )?)+)[^\\[\\n]*(\\[|$)")

// example returns a whole lesson in version 2 of the format, without its hundreds of cues, so that
// adding a cue doesn't change the tests.
func example(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("../../lessons/en/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	return cues.ReplaceAllStringFunc(string(text.Lines(src)), func(item string) string {
		of := cues.FindStringSubmatch(item)
		return strings.TrimSpace(of[1] + " " + of[2])
	})
}

// exampleWords returns the lexicon with the wording of the six moves in the example.
func exampleWords(t testing.TB, l *lesson.Lesson) Lexicon {
	t.Helper()
	lex := lexicon(t)
	lex.SixMoves = nil
	for _, b := range l.Scenes[l.Scene("five-cones")].Told {
		if len(b.Text) == 6 {
			for _, p := range b.Text {
				lex.SixMoves = append(lex.SixMoves, p.String())
			}
		}
	}
	return lex
}

// untyped is the only diagnostic of the example: on the path through the envelope nothing
// is typed, because a nod is enough to tell.
const untyped = `a path ends in "Five cones" without a line to type`

// beside checks a lesson of version 2 and returns its diagnostics except [untyped].
func beside(t testing.TB, src string) []lesson.Diagnostic {
	t.Helper()
	l := parse(t, "example.md", src)
	found := Lesson(l, exampleWords(t, parse(t, "example.md", example(t))))
	return slices.DeleteFunc(found, func(d lesson.Diagnostic) bool { return strings.HasPrefix(d.Message, untyped) })
}

func TestTheExample(t *testing.T) {
	for _, d := range beside(t, example(t)) {
		t.Error(d)
	}
	l := parse(t, "example.md", example(t))
	for name, moves := range map[string][]play.Action{"safest": Safest(l), "worst": Worst(l), "longest": Longest(l)} {
		run, err := play.Replay(l, 1, moves)
		if err != nil || run.Turn() != play.End || run.Outcome().Ending == nil {
			t.Errorf("the %s path ends in %s: %v", name, run.Scene().ID, err)
		}
	}
	m := Measure(l)
	if m.Scenes != 46 || m.States < 1000 || m.States > 10_000 {
		t.Errorf("%+v", m)
	}
}

// TestRulesOfVersion2 changes the example in one way for each file of a rule's txtar, as
// TestRules does with the good lesson. It expects one diagnostic, with the given beginning.
func TestRulesOfVersion2(t *testing.T) {
	archives, _ := filepath.Glob("testdata/version2/*.txtar")
	var met []string
	for _, path := range archives {
		rule := strings.TrimSuffix(filepath.Base(path), ".txtar")
		met = append(met, rule)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(text.Lines(data)).Files {
			t.Run(rule+"/"+f.Name, func(t *testing.T) {
				changes, want, _ := strings.Cut(string(f.Data), "\n===\n")
				src := example(t)
				for _, change := range strings.Split(changes, "\n***\n") {
					from, to, ok := strings.Cut(change, "\n---\n")
					if !ok || !strings.Contains(src, from) {
						t.Fatalf("the example has no %q", from)
					}
					src = strings.Replace(src, from, to, 1)
				}
				found := beside(t, src)
				if len(found) != 1 || found[0].Rule != rule || found[0].Fix == "" {
					t.Fatalf("found %v", found)
				}
				if got := fmt.Sprintf("%d:%d: %s", found[0].Line, found[0].Col,
					found[0].Message); !strings.HasPrefix(got, strings.TrimSpace(want)) {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
	for _, r := range Rules() {
		if r.Since == 2 && !slices.Contains(met, r.Name) {
			t.Errorf("nothing breaks the rule %q", r.Name)
		}
	}
}

// TestSetOfVersion2 checks that lessons in version 2 that are too much alike are reported.
func TestSetOfVersion2(t *testing.T) {
	l := parse(t, "a.md", example(t))
	copied := *l
	copied.File = "b.md"
	said := func(all ...*lesson.Lesson) string {
		var words []string
		secondSet(all, func(file, fix, format string, args ...any) {
			words = append(words, file+": "+fmt.Sprintf(format, args...))
		})
		return strings.Join(words, "\n")
	}
	if got := said(l); got != "" {
		t.Error(got)
	}
	if got := said(l, &copied); got != "b.md: the lesson has the same shape as a.md" {
		t.Error(got)
	}
	var course []*lesson.Lesson
	for i := range wholeCourse {
		other := *l
		other.File = fmt.Sprint(i)
		course = append(course, &other)
	}
	got := said(course...)
	for _, want := range []string{": 0 lessons turn out fine; at least 2 should", ": all lessons take 16 minutes"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said: %s", want, got)
		}
	}
	course[0].Fine, course[1].Fine, course[2].Minutes = true, true, 9
	if got := said(course...); strings.Contains(got, "turn out fine") || strings.Contains(got, "all lessons take") {
		t.Error(got)
	}
	course[0].Scenes = nil
	for range 3 {
		course[0].Scenes = append(course[0].Scenes,
			lesson.Scene{Choices: []lesson.Choice{{Text: []lesson.Span{{Text: "Nothing at all"}}, Rating: lesson.Risky},
				{Rating: lesson.Safe}}})
	}
	if got := said(course[0]); !strings.Contains(got,
		"in 3 of 3 choice lists the only unsafe choice starts with Nobody") {
		t.Error(got)
	}
}

// TestSixMovesAsTheyAre checks that the six moves in their fixed wording don't count for the
// limits on length, since nobody can shorten them, and that wrong wordings get a fix.
func TestSixMovesAsTheyAre(t *testing.T) {
	good := example(t)
	lex := exampleWords(t, parse(t, "example.md", good))
	var list strings.Builder
	for i, m := range lex.SixMoves {
		fmt.Fprintf(&list, "%d. %s\n", i+1, m)
	}
	before := "> **Kenz:** it has kind eyes"
	told := func(src string) (chat, six string) {
		t.Helper()
		for _, d := range Lesson(parse(t, "example.md", src), lex) {
			switch d.Rule {
			case "chat":
				chat += d.Message
			case "six-moves":
				six += d.Message
			}
		}
		return chat, six
	}
	if chat, six := told(strings.Replace(good, before, list.String()+"\n"+before, 1)); chat+six != "" {
		t.Errorf("the list between two messages: %s %s", chat, six)
	}
	first, second, _ := strings.Cut(list.String(), "4. ")
	split := strings.Replace(good, before, first+"\n> **Wyatt:** four?\n\n4. "+second+"\n"+before, 1)
	if _, six := told(split); six != "only 3 of the six moves are together here" {
		t.Errorf("a list in two parts: %q", six)
	}
	bare := strings.Replace(good, list.String(), "", 1)
	if _, six := told(bare); six != "a lesson on blackmail needs the six moves" {
		t.Errorf("no list: %q", six)
	}
	var said strings.Builder
	for _, m := range lex.SixMoves {
		fmt.Fprintf(&said, "**Mom:** \"%s\"\n\n", m)
	}
	if _, six := told(strings.Replace(bare, before, said.String()+before, 1)); six !=
		"the six moves are here, but not as a list" {
		t.Errorf("said by someone: %q", six)
	}
}
