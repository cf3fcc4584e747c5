package check

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// shippedLessons returns the lessons of the course by their files' names, those for staff too.
func shippedLessons(t *testing.T) map[string]*lesson.Lesson {
	t.Helper()
	files, err := shippedFiles()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]*lesson.Lesson)
	for _, f := range files {
		name := filepath.Base(f)
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l, diags := lesson.Parse(name, src)
		if l == nil {
			t.Fatal(diags)
		}
		all[name] = l
	}
	return all
}

// TestSetPage checks that both tables of the page that compares the stories have exactly the
// lessons of the course, with the measured numbers and the points of the article that the
// lessons cover. UPDATE_SET=1 updates the numbers and the coverage.
func TestSetPage(t *testing.T) {
	const file = "../../lessons/set/README.md"
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, page := shippedLessons(t), string(src)
	row := regexp.MustCompile(`(?m)^\| \[([^]]+)\]\(\.\./en/([^)]+)\) (\|(?:[^|\n]+\|){4}).*$`)
	var order []string
	want := row.ReplaceAllStringFunc(page, func(line string) string {
		m := row.FindStringSubmatch(line)
		l := all[m[2]]
		if l == nil || l.Title != m[1] {
			t.Errorf("%s (%s) is not in the course", m[1], m[2])
			return line
		}
		order = append(order, m[2])
		if told := fmt.Sprintf("\n| %s |", m[1]); strings.Count(page, told) != 1 {
			t.Errorf("%d rows say how %q is told", strings.Count(page, told), m[1])
		}
		s, ends := Measure(l), strings.Split(strings.Split(m[3], "|")[4], "·")
		if len(ends) != s.Endings {
			t.Errorf("%s: %d endings, the page names %d", m[1], s.Endings, len(ends))
		}
		for _, e := range ends {
			if !slices.ContainsFunc(l.Scenes, func(sc lesson.Scene) bool {
				return sc.Ending() && sc.Title == strings.TrimSpace(e)
			}) {
				t.Errorf("%s has no ending %q", m[1], strings.TrimSpace(e))
			}
		}
		return fmt.Sprintf("| [%s](../en/%s) %s %d | %.0f to %.0f | %d %% |", m[1], m[2], m[3], s.Scenes,
			math.Round(s.Median), math.Round(s.Minutes), s.Said)
	})
	for name, l := range all {
		if !slices.Contains(order, name) {
			t.Errorf("%s has no row", l.Title)
		}
	}
	want = replaceBetween(t, want, "| Point of the article | In |\n|---|---|\n", "\nRisks:", points(all, order))
	want = replaceBetween(t, want, "\nRisks:", "\nSilence,", risks(all, order))
	if os.Getenv("UPDATE_SET") != "" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != page {
		t.Error("the page of the set is out of date; rewrite it: UPDATE_SET=1 go test ./internal/check -run SetPage")
	}
}

// replaceBetween replaces the text between two marks.
func replaceBetween(t *testing.T, page, from, to, with string) string {
	t.Helper()
	before, rest, ok := strings.Cut(page, from)
	_, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("there is nothing between %q and %q", from, to)
	}
	return before + from + with + to + after
}

func points(all map[string]*lesson.Lesson, order []string) string {
	var b strings.Builder
	for _, p := range lesson.ArticlePoints() {
		var in []string
		for _, name := range order {
			if slices.Contains(all[name].Article, p) {
				in = append(in, all[name].Title)
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", p, strings.Join(in, ", "))
	}
	return b.String()
}

func risks(all map[string]*lesson.Lesson, order []string) string {
	var b strings.Builder
	for i, name := range order {
		sep := ","
		if i == len(order)-1 {
			sep = "."
		}
		fmt.Fprintf(&b, "\n%s (%s)%s", strings.ReplaceAll(all[name].Risk, "-", " "), all[name].Title, sep)
	}
	return b.String() + "\n"
}
