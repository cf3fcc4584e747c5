package check

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// readme returns the page for teachers, the lesson in it, and its examples: for each rule,
// changes to the lesson and the diagnostic that they cause.
func readme(t *testing.T) (page, src string, found []explained) {
	t.Helper()
	raw, err := os.ReadFile("../../lessons/README.md")
	if err != nil {
		t.Fatal(err)
	}
	page = string(text.Lines(raw))
	_, rest, _ := strings.Cut(page, "````markdown\n")
	src, rest, ok := strings.Cut(rest, "````\n")
	if !ok {
		t.Fatal("there is no lesson in it")
	}
	entry := regexp.MustCompile("(?m)^\\*\\*`([a-z-]+)`\\*\\*: (.*)\n\n(?s:```diff\n(.*?)\n```\n\n)?> (.*)$")
	for _, m := range entry.FindAllStringSubmatch(rest, -1) {
		found = append(found, explained{m[1], m[3], m[4]})
	}
	return page, src, found
}

// explained is one rule as the page explains it.
type explained struct{ rule, diff, says string }

// change applies the changes of an example: lines that begin with a hyphen are removed,
// those with a plus added, and those with a space stay. *** separates two changes.
func change(t *testing.T, src, diff string) string {
	t.Helper()
	for _, part := range strings.Split(diff, "\n***\n") {
		var from, to []string
		for _, line := range strings.Split(part, "\n") {
			sign, words := " ", ""
			if line != "" {
				sign, words = line[:1], line[1:]
			}
			if sign != "+" {
				from = append(from, words)
			}
			if sign != "-" {
				to = append(to, words)
			}
		}
		a, b := strings.Trim(strings.Join(from, "\n"), "\n"), strings.Trim(strings.Join(to, "\n"), "\n")
		if strings.Count(src, a) != 1 {
			t.Errorf("the lesson has %d times %q", strings.Count(src, a), a)
		}
		src = strings.Replace(src, a, b, 1)
	}
	return src
}

// TestReadmeLesson checks that the lesson on the page for teachers follows every rule.
func TestReadmeLesson(t *testing.T) {
	_, src, _ := readme(t)
	l := parse(t, "one-match.md", src)
	for _, d := range Lesson(l, lexicon(t)) {
		t.Error(d)
	}
	if l.Format() != 2 {
		t.Errorf("it is of format %d", l.Format())
	}
}

// TestReadmeFindings checks that the page explains every rule, and that each example causes
// the diagnostic below it.
func TestReadmeFindings(t *testing.T) {
	_, src, found := readme(t)
	lex := lexicon(t)
	names := []string{"format", "text", "limit", "allow", "set"}
	for _, r := range Rules() {
		names = append(names, r.Name)
	}
	for _, e := range found {
		at := slices.Index(names, e.rule)
		if at < 0 {
			t.Errorf("%q is no rule, or stands twice", e.rule)
			continue
		}
		names = slices.Delete(names, at, at+1)
		diags := ofExample(t, e, src, lex)
		if !slices.ContainsFunc(diags, func(d lesson.Diagnostic) bool {
			return d.Rule == e.rule && d.Message == e.says
		}) {
			t.Errorf("%s\tsays %q and not:", e.rule, e.says)
			for _, d := range diags {
				t.Logf("@%s\t%s", d.Rule, d.Message)
			}
		}
	}
	if len(names) > 0 {
		t.Errorf("not explained: %v", names)
	}
}

// ofExample returns the diagnostics of an example. Some examples aren't changes of lines.
func ofExample(t *testing.T, e explained, src string, lex Lexicon) []lesson.Diagnostic {
	t.Helper()
	switch {
	case e.rule == "set":
		l := parse(t, "one-match.md", src)
		other := *l
		other.File = "two-matches.md"
		return Set(map[string][]*lesson.Lesson{"en": {l, &other}})
	case e.rule == "text":
		src = "PK\x03\x04" + src
	case e.rule == "limit":
		src += strings.Repeat("\nToo much of it.\n", lesson.MaxFile/10)
	default:
		src = change(t, src, e.diff)
	}
	l, diags := lesson.Parse("one-match.md", []byte(src))
	if l != nil {
		diags = append(diags, Lesson(l, lex)...)
	}
	return diags
}

// TestReadmeNamesAllMarks checks that the page names every move and every kind of sign.
func TestReadmeNamesAllMarks(t *testing.T) {
	page, _, _ := readme(t)
	for _, kind := range lexicon(t).Signs {
		if !strings.Contains(page, "| `[^"+kind+"]` |") {
			t.Errorf("the sign %q isn't explained", kind)
		}
	}
	for _, line := range lesson.MoveLabels() {
		_, moves, _ := strings.Cut(line, ":")
		for _, m := range strings.FieldsFunc(moves, func(r rune) bool { return strings.ContainsRune(", `;", r) }) {
			if !strings.Contains(page, "`"+m+"`") {
				t.Errorf("the move %q isn't named", m)
			}
		}
	}
}
