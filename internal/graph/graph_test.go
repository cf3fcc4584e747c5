package graph

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

func parse(t testing.TB, path string) *lesson.Lesson {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l, diags := lesson.Parse(filepath.Base(path), src)
	if l == nil {
		t.Fatal(diags)
	}
	return l
}

func all(t testing.TB) []*lesson.Lesson {
	t.Helper()
	files, _ := filepath.Glob("../../lessons/en/*.md")
	files = slices.DeleteFunc(files, func(f string) bool { return lesson.IsDeck(filepath.Base(f)) })
	ls := []*lesson.Lesson{parse(t, "../../lessons/en/justice-for-greg.md")}
	for _, f := range files {
		ls = append(ls, parse(t, f))
	}
	return ls
}

// TestTree checks that every scene is drawn once with its ways, that every way is drawn, and
// that no line is too wide.
func TestTree(t *testing.T) {
	for _, l := range all(t) {
		ways := 0
		for _, s := range Of(l) {
			ways += len(joined(s.Ways))
		}
		for _, width := range []int{60, 80, 120} {
			lines := Tree(l, width)
			drawn := make(map[string]int)
			n := 0
			for _, line := range lines {
				if text.Width(line) > width {
					t.Errorf("%s at %d: a line of %d cells: %s", l.ID, width, text.Width(line), line)
				}
				n += strings.Count(line, "├ ") + strings.Count(line, "└ ")
				if _, to, ok := strings.Cut(line, " → "); ok {
					drawn[strings.TrimSpace(to)]++
				}
			}
			if n != ways {
				t.Errorf("%s at %d: %d ways are drawn of %d", l.ID, width, n, ways)
			}
			if width < 120 {
				continue // A long title may be cut.
			}
			for i, s := range Of(l)[1:] {
				name := fmt.Sprintf("→ %s", s.Title)
				if c := strings.Count(strings.Join(lines, "\n")+"\n", name); c < 1 {
					t.Errorf("%s: scene %d, %q, is not drawn", l.ID, i+1, s.Title)
				}
			}
			if len(drawn) != len(l.Scenes)-1 {
				t.Errorf("%s: %d scenes are drawn of %d", l.ID, len(drawn), len(l.Scenes)-1)
			}
		}
	}
}

// TestTreeOfTheExample holds parts of the tree of the example lesson.
func TestTreeOfTheExample(t *testing.T) {
	got := strings.Join(Tree(all(t)[0], 120), "\n")
	for _, want := range []string{
		"Justice for Greg: scenes 46, endings 5\n\nRest in peace, Greg\n" +
			"├ + \"my friends mom drives us. she sings\" → Gary\n",
		"! \"340 down, 160 to go. thats a lot of lawns\" → So close +money\n",
		"say-what, say-worst, ask ↑ Mom hears\n",
		"+ ?scene:papaw !scene:right-here Yell → Soup cans ■\n",
		"└ ! \"my papaw is giving me his truck\" → Kind eyes +papaw\n  └   The next day ↑ Gary",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q:\n%s", want, got)
		}
	}
}

// mermaidLine matches a valid line of a flowchart.
var mermaidLine = regexp.MustCompile(`^(flowchart TD` +
	`|  s\d+(\["[^"\[\]<>|{}()` + "`" + `]+"\]|\(\["[^"\[\]<>|{}()` + "`" + `]+"\]\)|\[/"[^"\[\]<>|{}()` + "`" +
	`]+"/\])` +
	`|  s\d+ (-->|-\.->)(\|"[^"\[\]<>|{}()` + "`" + `]+"\|)? s\d+` +
	`|  classDef [a-z]+ [a-z]+:#[0-9a-f]{3,6}(,[a-z]+:#[0-9a-f]{3,6})*` +
	`|  class s\d+(,s\d+)* [a-z]+)$`)

// TestMermaid checks that the syntax is valid, even if words have special characters.
func TestMermaid(t *testing.T) {
	odd := *all(t)[0]
	odd.Scenes = slices.Clone(odd.Scenes)
	odd.Scenes[0].Title = "a \"b\" [c](d) |e| <f> {g} `h` end ;%% --> \\ # &amp;"
	for _, l := range append(all(t), &odd) {
		for i, line := range strings.Split(strings.TrimSuffix(Mermaid(l), "\n"), "\n") {
			if !mermaidLine.MatchString(line) || i == 0 != strings.HasPrefix(line, "flowchart") {
				t.Errorf("%s: line %d: %s", l.ID, i+1, line)
			}
		}
		dot := Dot(l)
		quotes := strings.Count(strings.ReplaceAll(dot, `\"`, ""), `"`)
		if strings.Count(dot, "->") < len(l.Scenes)-1 || quotes%2 != 0 && l.ID != odd.ID {
			t.Errorf("%s: %s", l.ID, dot)
		}
	}
}
