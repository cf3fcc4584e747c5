package course

import (
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/lessons"
)

// TestNewPage: the page that an author begins with is a lesson for any answers that are
// taken, and what would break it is refused.
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
		l, diags := lesson.Parse("a.md", []byte(p.Fill(answers)), lesson.Shared{})
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
