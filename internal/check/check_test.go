package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
)

func lexicon(t testing.TB) Lexicon {
	t.Helper()
	words, err := os.ReadFile("../../lessons/en/words.toml")
	if err != nil {
		t.Fatal(err)
	}
	signs, err := os.ReadFile("../../lessons/en/signs.toml")
	if err != nil {
		t.Fatal(err)
	}
	six, err := os.ReadFile("../../lessons/en/six-moves.toml")
	if err != nil {
		t.Fatal(err)
	}
	lex, err := ReadLexicon(words, signs, six)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func parse(t testing.TB, name, src string) *lesson.Lesson {
	t.Helper()
	l, diags := lesson.Parse(name, []byte(src))
	if l == nil {
		t.Fatalf("%v", diags)
	}
	return l
}

// TestShippedCourse checks the shipped lessons against every rule, and checks their size.
func TestShippedCourse(t *testing.T) {
	lex := lexicon(t)
	files, _ := shippedFiles()
	if len(files) < 3 {
		t.Fatalf("%d lessons", len(files))
	}
	var grades []float64
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l := parse(t, filepath.Base(f), string(src))
		for _, d := range Lesson(l, lex) {
			t.Error(d)
		}
		m := Measure(l)
		grades = append(grades, m.Grade)
		if l.Format() == 2 { // The rules of version 2 check its length, its endings and its practice.
			// A lesson may only allow itself to break these two rules, with a reason.
			other := func(a lesson.Allow) bool { return a.Rule != "screenful" && a.Rule != "practice" }
			if slices.ContainsFunc(l.Allow, other) || l.Behind == "" {
				t.Errorf("%s: allows %v, behind %q", f, l.Allow, l.Behind)
			}
			continue
		}
		if len(l.Allow) > 0 {
			t.Errorf("%s allows itself something", f)
		}
		if m.Scenes < 12 || m.Scenes > 20 || m.Paths < 3 || m.Grade > 5 || l.Behind == "" {
			t.Errorf("%s: %+v, behind %q", f, m, l.Behind)
		}
		if c := count(l); c.notes < 3 || c.asks != c.notes || c.checks < 3 || c.checks > 5 || c.rehearsals < 1 ||
			c.late < 1 ||
			l.Role != "adult" && (len(l.Signs) < 3 || len(l.Signs) > 8) {
			t.Errorf("%s: %+v, %d signs", f, c, len(l.Signs))
		}
	}
	slices.Sort(grades)
	if median := grades[len(grades)/2]; median > 5 {
		t.Errorf("the median grade is %.1f", median)
	}
}

// TestDrafts checks the drafts against the rules, so that their readers can look for what
// no rule can find.
func TestDrafts(t *testing.T) {
	lex := lexicon(t)
	files, _ := filepath.Glob("../../lessons/drafts/en/*.md")
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(f)
		if lesson.IsDeck(name) {
			d, diags := lesson.ParseDeck(name, src)
			if d == nil {
				t.Errorf("%v", diags)
				continue
			}
			for _, found := range Deck(d, lex) {
				t.Error(found)
			}
			continue
		}
		for _, found := range Lesson(parse(t, name, string(src)), lex) {
			t.Error(found)
		}
	}
}

// counts is how many of some things a lesson has.
type counts struct{ notes, asks, checks, rehearsals, late int }

func count(l *lesson.Lesson) counts {
	var c counts
	for _, s := range l.Scenes {
		c.notes += len(s.Notes)
		for _, n := range s.Notes {
			for _, p := range n {
				if strings.Contains(p.String(), "Ask:") {
					c.asks++
				}
			}
		}
		if s.Check != nil {
			c.checks++
		}
		if s.Rehearsal != nil {
			c.rehearsals++
		}
		if s.Alert() == lesson.Caution { // A scene in which something went wrong.
			c.late++
		}
	}
	return c
}

// TestRules changes the good lesson in one way for each file of a rule's txtar, and
// expects diagnostics of only that rule. A file is lines of "old", ---, "new",
// separated by blank --- lines; ===, and the beginning of each diagnostic.
func TestRules(t *testing.T) {
	good, err := os.ReadFile("testdata/good.md")
	if err != nil {
		t.Fatal(err)
	}
	lex := lexicon(t)
	if found := Lesson(parse(t, "good.md", string(good)), lex); len(found) > 0 {
		t.Fatalf("the good lesson: %v", found)
	}
	archives, _ := filepath.Glob("testdata/*.txtar")
	var met []string
	for _, path := range archives {
		rule := strings.TrimSuffix(filepath.Base(path), ".txtar")
		met = append(met, rule)
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(text.Lines(src))
		for _, f := range archive.Files {
			t.Run(rule+"/"+f.Name, func(t *testing.T) {
				changes, want, _ := strings.Cut(string(f.Data), "\n===\n")
				src := string(text.Lines(good))
				for _, change := range strings.Split(changes, "\n***\n") {
					from, to, ok := strings.Cut(change, "\n---\n")
					if !ok || !strings.Contains(src, from) {
						t.Fatalf("the good lesson has no %q", from)
					}
					src = strings.Replace(src, from, to, 1)
				}
				found := Lesson(parse(t, "a.md", src), lex)
				var got []string
				for _, d := range found {
					if d.Rule != rule {
						// A name ends in "+rule" if its rule can't be broken without that other rule.
						if !strings.Contains(f.Name, "+"+d.Rule) {
							t.Errorf("another rule: %s", d)
						}
						continue
					}
					if d.Fix == "" {
						t.Errorf("does not say how to fix it: %s", d)
					}
					line := fmt.Sprintf("%d:%d: %s", d.Line, d.Col, d.Message)
					if len(d.Path) > 0 {
						line += " | " + strings.Join(d.Path, " > ")
					}
					got = append(got, line)
				}
				if g := strings.Join(got, "\n"); g != strings.TrimSpace(want) {
					t.Errorf("got\n%s\nwant\n%s", g, want)
				}
			})
		}
	}
	for _, r := range Rules() {
		if r.Since == 0 && !slices.Contains(met, r.Name) {
			t.Errorf("nothing breaks the rule %q", r.Name)
		}
	}
}

// TestFixesLeadOut checks that no fix undoes another. A fact that says that someone was
// told is used by the rule "told": so no diagnostic says to take it out as unused, after
// which it would be missing.
func TestFixesLeadOut(t *testing.T) {
	good, err := os.ReadFile("testdata/good.md")
	if err != nil {
		t.Fatal(err)
	}
	lex := lexicon(t)
	src := string(text.Lines(good))
	for _, sign := range []string{"`?told` ", "`!told` "} {
		src = strings.ReplaceAll(src, sign, "")
	}
	if !strings.Contains(src, "`+told`") || strings.Contains(src, "?told") {
		t.Fatal("the good lesson has no fact of its kind")
	}
	if found := Lesson(parse(t, "a.md", src), lex); len(found) > 0 {
		t.Errorf("a told fact without a condition: %v", found)
	}
	// If nobody is told and no such fact is declared, the fix says to do both.
	src = strings.ReplaceAll(strings.ReplaceAll(src, "`+told` ", ""), "  told: Kai has told someone\n", "")
	src = strings.Replace(src, "> [!IMPORTANT]\n> There is", "> [!TIP]\n> There is", 1)
	for _, d := range Lesson(parse(t, "a.md", src), lex) {
		if d.Rule == "told" && strings.Contains(d.Fix, "`+told`") && strings.Contains(d.Fix, "facts:") {
			return
		}
	}
	t.Error("the fix of told does not say what to declare")
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{"cat": 1, "paper": 2, "made": 1, "table": 2, "someone": 2, "asked": 1,
		"wanted": 2, "picture": 2,
		"message": 2, "video": 3, "quiet": 2, "people": 2, "boxes": 2, "times": 1, "I'm": 1, "school": 1, "telling": 2,
		"": 1} {
		if got := Syllables(word); got != want && !(word == "someone" && got == 3) && !(word == "quiet" && got == 1) {
			t.Errorf("Syllables(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestSet(t *testing.T) {
	good, err := os.ReadFile("testdata/good.md")
	if err != nil {
		t.Fatal(err)
	}
	good = text.Lines(good) // As it may be checked out.
	points := strings.Join(lesson.ArticlePoints(), ", ")
	whole := strings.Replace(string(good), "article: blackmail", "article: "+points, 1)
	target := parse(t, "good.md", whole)
	bystander := parse(t, "other.md", strings.Replace(whole, "role: target", "role: bystander", 1))
	if found := Set(map[string][]*lesson.Lesson{"en": {target, bystander}}); len(found) > 0 {
		t.Error(found)
	}
	found := Set(map[string][]*lesson.Lesson{"en": {parse(t, "good.md", string(good))}})
	if len(found) != len(lesson.ArticlePoints())-1+1 {
		t.Errorf("%d findings: %v", len(found), found)
	}
	changed := parse(t, "good.md", strings.Replace(whole, "[Tell his sister](#his-sister)",
		"[Tell his sister](#his-sister \"neutral\")", 1))
	found = Set(map[string][]*lesson.Lesson{"en": {target, bystander}, "es": {changed, bystander}})
	if len(found) != 1 || !strings.Contains(found[0].Message, "scene 1") {
		t.Errorf("%v", found)
	}
	found = Set(map[string][]*lesson.Lesson{"en": {target, bystander}, "es": {target}})
	if len(found) != 2 { // No bystander, and one lesson is missing.
		t.Errorf("%v", found)
	}
}

// TestPaths plays the safest, the worst and the longest path of each lesson.
func TestPaths(t *testing.T) {
	files, _ := shippedFiles()
	for _, f := range files {
		src, _ := os.ReadFile(f)
		l := parse(t, filepath.Base(f), string(src))
		for name, moves := range map[string][]play.Action{"safest": Safest(l), "worst": Worst(l),
			"longest": Longest(l)} {
			run, err := play.Replay(l, 1, moves)
			if err != nil || run.Turn() != play.End {
				t.Errorf("%s: the %s path ends in %q with %v", f, name, run.Scene().ID, err)
			}
			bad := 0
			for _, s := range run.Outcome().Path {
				if s.Taken.Rating == lesson.Harmful || s.Taken.Rating == lesson.Risky {
					bad++
				}
			}
			if (name == "safest") != (bad == 0) {
				t.Errorf("%s: the %s path has %d bad choices", f, name, bad)
			}
		}
	}
}

// randomLesson draws a small lesson with facts, conditions and cycles.
func randomLesson(t *rapid.T) *lesson.Lesson {
	l := &lesson.Lesson{Head: lesson.Head{Focus: "Kai", Facts: []lesson.Fact{{Name: "told"}, {Name: "b"}}}}
	n := rapid.IntRange(2, 6).Draw(t, "scenes")
	facts := []string{"told", "b"}
	for i := range n {
		s := lesson.Scene{ID: fmt.Sprint(i), Title: fmt.Sprint(i)}
		p := lesson.Para{Spans: []lesson.Span{{Text: "x"}}}
		if rapid.Bool().Draw(t, "sets") {
			p.Sets = []string{rapid.SampledFrom(facts).Draw(t, "fact")}
		}
		if rapid.Bool().Draw(t, "alert") {
			s.Told = append(s.Told, lesson.Block{Kind: lesson.Feedback,
				Alert: lesson.Alert(rapid.IntRange(1, 4).Draw(t, "kind")), Text: []lesson.Para{p}})
		} else {
			s.Told = append(s.Told, lesson.Block{Text: []lesson.Para{p}})
		}
		switch rapid.IntRange(0, 3).Draw(t, "turn") {
		case 0:
		case 1:
			s.Onward = &lesson.Choice{To: rapid.IntRange(0, n-1).Draw(t, "to")}
			if rapid.Bool().Draw(t, "check") {
				s.Check = &lesson.Check{}
			} else if rapid.Bool().Draw(t, "say") {
				s.Rehearsal = &lesson.Rehearsal{Moves: []lesson.Move{{Name: "decline"}}}
			}
		default:
			for range rapid.IntRange(1, 3).Draw(t, "choices") {
				c := lesson.Choice{To: rapid.IntRange(0, n-1).Draw(t, "to")}
				if rapid.Bool().Draw(t, "if") {
					c.If = []lesson.Cond{{Fact: rapid.SampledFrom(facts).Draw(t, "fact"),
						Not: rapid.Bool().Draw(t, "not")}}
				}
				s.Choices = append(s.Choices, c)
			}
		}
		l.Scenes = append(l.Scenes, s)
	}
	return l
}

// TestAgainstEveryPath compares the rules about paths with a walk along every path
// up to a length. The walk is slow and simple, and shares only package play with the
// rules.
func TestAgainstEveryPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := randomLesson(t)
		g := play.New(l)
		bad := map[string]bool{}
		var walk func(s play.State, left int, told, hurt, said, asked bool)
		walk = func(s play.State, left int, told, hurt, said, asked bool) {
			scene := g.Scene(s)
			blocks, facts := g.Tell(s)
			for _, b := range blocks {
				for _, p := range b.Text {
					told = told || scene.Alert() == lesson.Tip && slices.Contains(p.Sets, "told")
				}
				if b.Kind == lesson.Feedback {
					hurt = b.Alert == lesson.Caution || hurt && b.Alert == lesson.Warning
				}
			}
			_ = facts
			said, asked = said || scene.Rehearsal != nil, asked || scene.Check != nil
			if scene.Ending() {
				bad["told"] = bad["told"] || !told && scene.Alert() != lesson.Important
				bad["repair"] = bad["repair"] || hurt || scene.Alert() == lesson.NoAlert ||
					scene.Alert() == lesson.Caution
				bad["practice"] = bad["practice"] || !said || !asked
				return
			}
			next := g.Successors(s)
			bad["open-choice"] = bad["open-choice"] || len(next) == 0
			if left > 0 {
				for _, n := range next {
					walk(n, left-1, told, hurt, said, asked)
				}
			}
		}
		walk(g.Start(), 7, false, false, false, false)
		f := &finder{l: l}
		f.g, _ = visit(l)
		for _, r := range []struct {
			name string
			run  func()
		}{{"told", f.told}, {"practice", f.practice}, {"open-choice", f.openChoice}} {
			f.found = nil
			r.run()
			// The walk is bounded: the rule must find what the walk finds, and
			// the path that the rule reports must show what the rule finds.
			if bad[r.name] && len(f.found) == 0 {
				t.Fatalf("%s: a path of at most 7 steps breaks it, and nothing is found", r.name)
			}
			for _, d := range f.found {
				if len(d.Path) <= 7 && !bad[r.name] {
					t.Fatalf("%s: found %v, and no path of 7 steps breaks it", r.name, d)
				}
			}
		}
		// The way out: a breadth-first search from each reachable state.
		safe := func(s play.State) bool {
			sc := g.Scene(s)
			return sc.Ending() && (sc.Alert() == lesson.Tip || sc.Alert() == lesson.Important)
		}
		for i, far := range f.g.distances() {
			if want := choicesTo(g, f.g.states[i], safe); far != want {
				t.Fatalf("from %v a safe ending is %d choices away, found %d", f.g.states[i], want, far)
			}
		}
	})
}

// choicesTo returns the smallest number of choices from a state to a wanted one, or
// -1, by a simple search with two queues.
func choicesTo(g *play.Game, from play.State, wanted func(play.State) bool) int {
	dist := map[play.State]int{from: 0}
	for ring, d := []play.State{from}, 0; len(ring) > 0; d++ {
		var next []play.State
		for k := 0; k < len(ring); k++ {
			s := ring[k]
			if wanted(s) {
				return d
			}
			if g.Scene(s).Onward != nil {
				_, facts := g.Tell(s)
				if n := g.Enter(s, facts, g.Scene(s).Onward.To); has(dist, n, d) {
					dist[n] = d
					ring = append(ring, n)
				}
				continue
			}
			for _, n := range g.Successors(s) {
				if _, ok := dist[n]; !ok {
					dist[n] = d + 1
					next = append(next, n)
				}
			}
		}
		ring = next
	}
	return -1
}

func has(dist map[play.State]int, s play.State, d int) bool {
	was, ok := dist[s]
	return !ok || was > d
}

func BenchmarkLesson(b *testing.B) {
	src, err := os.ReadFile("../coursetest/testdata/the-countdown.md")
	if err != nil {
		b.Fatal(err)
	}
	l, lex := parse(b, "the-countdown.md", string(src)), lexicon(b)
	for b.Loop() {
		Lesson(l, lex)
	}
}

// shippedFiles returns the paths of the shipped lessons, without the decks.
func shippedFiles() ([]string, error) {
	files, err := filepath.Glob("../../lessons/en/*.md")
	return slices.DeleteFunc(files, func(f string) bool { return lesson.IsDeck(filepath.Base(f)) }), err
}
