package course

import (
	"os"
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/text"
	"wayout/lessons"
)

// TestNewPage checks that the page an author starts from is a valid lesson with any accepted
// answers, and that answers that would break it are refused.
func TestNewPage(t *testing.T) {
	c, err := Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, a := range p.Asks {
		keys = append(keys, a.Key)
		if why := p.Refuse(a.Key, a.Such, nil); why != "" {
			t.Errorf("the suggestion for %s is refused: %s", a.Key, why)
		}
	}
	if strings.Join(keys, " ") != "title focus other place" {
		t.Errorf("asks for %v", keys)
	}
	for _, all := range [][4]string{{"One match", "Maya", "Theo", "Leeds"},
		{"What now?", "Zoë", "Mr O'Neil", "Hamilton, Ontario"},
		{"Für später", "Анна", "J-P", "St. John's"}, {"9", "李", "محمد", "x"}, {"!", "Gran", "gran", ": x"},
		{"a", "**b**", "[c](#d)", "- e"},
		{"`+told`", "A\nB", "", "e: f"}, {"Please", "Six", "six", "\u202e"}} {
		answers, refused := make(map[string]string), false
		for i, key := range keys {
			if p.Refuse(key, all[i], answers) != "" {
				refused = true
			}
			answers[key] = all[i]
		}
		l, diags := lesson.Parse("a.md", []byte(p.Fill(answers)))
		if (l == nil) != refused && !refused {
			t.Errorf("%q is taken, and is no lesson: %v", all, diags)
		}
		if want := all[0] == "!" || strings.ContainsAny(all[1]+all[3], "*\n\u202e") ||
			strings.EqualFold(all[1], all[2]); refused != want {
			t.Errorf("%q: refused is %v", all, refused)
		}
		if l != nil && l.Format() != 2 {
			t.Errorf("%q is of format %d", all, l.Format())
		}
	}
	if got := NewName("What now? Für später"); got != "what-now-für-später" {
		t.Errorf("the name is %q", got)
	}
}

// TestReadmeShowsTheNewPage checks that the lesson on the page for teachers is the one that
// they start from, filled in, and that the page itself isn't taken for a lesson.
func TestReadmeShowsTheNewPage(t *testing.T) {
	c, err := Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	answers := make(map[string]string)
	for _, a := range p.Asks {
		answers[a.Key] = a.Such
	}
	readme, err := os.ReadFile("../../lessons/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text.Lines(readme)), "````markdown\n")
	shown, _, _ := strings.Cut(rest, "````\n")
	want, got := strings.Split(p.Fill(answers), "\n"), strings.Split(shown, "\n")
	if len(want) != len(got) {
		t.Fatalf("%d lines are shown, and %d are written", len(got), len(want))
	}
	for i := range want {
		before, _, blank := strings.Cut(want[i], "FILL IN")
		if blank && (strings.Contains(got[i], "FILL IN") || !strings.HasPrefix(got[i], before)) ||
			!blank && want[i] != got[i] {
			t.Errorf("line %d is shown as %q, and written as %q", i+1, got[i], want[i])
		}
	}
	if f := Look(os.DirFS("../../lessons")); len(f.Lessons) > 0 {
		t.Errorf("taken for lessons: %v", f.Lessons)
	}
}
