package course

import (
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"wayout/internal/lesson"
	"wayout/internal/text"
	"wayout/lessons"
)

// rewritten are the ways in which editors and version control rewrite line ends.
var rewritten = map[string]func(string) string{
	"crlf":           func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"cr":             func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
	"twice":          func(s string) string { return strings.ReplaceAll(s, "\n", "\r\r\n") },
	"byte-order":     func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
	"end of file":    func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") + "\x1a" },
	"separators":     func(s string) string { return strings.ReplaceAll(s, "\n", "\u2028") },
	"next lines":     func(s string) string { return strings.ReplaceAll(s, "\n", "\u0085") },
	"mixed":          mixed,
	"no end at all":  func(s string) string { return strings.TrimRight(s, "\n") },
	"blank in front": func(s string) string { return "\r\n" + s },
}

func mixed(s string) string {
	var b strings.Builder
	lines := strings.SplitAfter(s, "\n")
	for i, line := range lines {
		end := []string{"\n", "\r\n", "\r"}[i%3]
		if end == "\r" && i+1 < len(lines) && lines[i+1] == "\n" {
			end = "\r\n" // CR and LF would be one line end.
		}
		b.WriteString(strings.Replace(line, "\n", end, 1))
	}
	return b.String()
}

// rewrite returns the files with every text changed by how.
func rewrite(t *testing.T, files fs.FS, how func(string) string) fstest.MapFS {
	t.Helper()
	all := make(fstest.MapFS)
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(files, path)
		all[path] = &fstest.MapFile{Data: []byte(how(string(text.Lines(src))))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLineEnds opens the shipped course as other editors would have saved it: the course
// must be the same.
func TestLineEnds(t *testing.T) {
	want := shipped(t)
	for name, how := range rewritten {
		t.Run(name, func(t *testing.T) {
			files := rewrite(t, lessons.Files, how)
			c, err := Open(files, "en", nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Problems) > 0 || len(c.Lessons) != len(want.Lessons) || len(c.Staff) != len(want.Staff) {
				t.Fatalf("%d lessons and %d for staff, problems %v", len(c.Lessons), len(c.Staff), c.Problems)
			}
			for i, e := range append(c.Lessons[:len(c.Lessons):len(c.Lessons)], c.Staff...) {
				l, diags, err := c.Lesson(e.ID)
				if err != nil || l == nil {
					t.Fatalf("%s: %v %v", e.ID, err, diags)
				}
				first, _, _ := want.Lesson(e.ID)
				if len(l.Scenes) != len(first.Scenes) || name != "blank in front" && name != "no end at all" &&
					!reflect.DeepEqual(l.Scenes, first.Scenes) {
					t.Errorf("%s (%d) is another lesson", e.ID, i)
				}
				if strings.ContainsAny(l.Goal+l.Note+l.Title, "\r\u2028\u0085") {
					t.Errorf("%s: %q %q %q", e.ID, l.Goal, l.Note, l.Title)
				}
				one, err := c.BoosterStories(e.ID)
				two, _ := want.BoosterStories(e.ID)
				if err != nil || len(one) != len(two) {
					t.Errorf("%s: %d stories, want %d: %v", e.ID, len(one), len(two), err)
				}
			}
			same(t, "plan", func(c *Course) (any, error) { return c.PlanWords() }, c, want)
			same(t, "room", func(c *Course) (any, error) { return c.RoomWords() }, c, want)
			same(t, "article", func(c *Course) (any, error) { return c.Article() }, c, want)
			same(t, "six moves", func(c *Course) (any, error) { return c.SixMoves() }, c, want)
			same(t, "plans", func(c *Course) (any, error) { return c.Plans(), nil }, c, want)
			same(t, "form", func(c *Course) (any, error) {
				l, err := c.Form(lesson.After)
				return len(l.Scenes), err
			}, c, want)
			for _, id := range []string{"trouble.text", "class.join", "player.more"} {
				if got := c.Words().T(id); got != want.Words().T(id) {
					t.Errorf("%s: %q", id, got)
				}
			}
			if _, err := Sources(files, []string{"nca-24"}); err != nil && name != "none" {
				if _, was := Sources(lessons.Files, []string{"nca-24"}); was == nil {
					t.Error(err)
				}
			}
		})
	}
}

func same(t *testing.T, what string, of func(*Course) (any, error), a, b *Course) {
	t.Helper()
	one, err := of(a)
	two, _ := of(b)
	if err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("%s: %v, and not %v: %v", what, one, two, err)
	}
}

// TestEveryFileIsSaid checks that each file in a school's folder is listed as a lesson, or
// that one line says why not and what to do.
func TestEveryFileIsSaid(t *testing.T) {
	wide := "\xff\xfe-\x00-\x00-\x00\n\x00"
	for _, c := range []struct{ name, src, want, fix string }{
		{"a.MD", fine, `ends in ".MD"`, "rename it to a.md"},
		{"a.Md", fine, `ends in ".Md"`, "rename it to a.md"},
		{"a.markdown", fine, `ends in ".markdown"`, "rename it to a.md"},
		{"a.mdown", fine, `ends in ".mdown"`, "rename it to a.md"},
		{"a.mkd", fine, `ends in ".mkd"`, "rename it to a.md"},
		{"a.md.txt", fine, `ends in "md.txt"`, "rename it to a.md"},
		{"a.MD.TXT", fine, `ends in "md.txt"`, "rename it to a.md"},
		{"a.md.md", fine, `ends in "md.md"`, "rename it to a.md"},
		{"a.md.docx", fine, `ends in "md.docx"`, "rename it to a.md"},
		{"a.txt", fine, "looks like a lesson", "rename it to a.md"},
		{"a", fine, "looks like a lesson", "rename it to a.md"},
		{".a.md", fine, "begins with a dot", "rename it to a.md"},
		{"-a.md", fine, "begins with a hyphen", "rename it to a.md"},
		{" a.md", fine, "a space at one end", "rename it to a.md"},
		{"a  b.md", fine, "two in a row", "rename it to a-b.md"},
		{"a.md ", fine, "a space at one end", "rename it to a.md"},
		{"what?.md", fine, "other computers", "rename it to what.md"},
		{"x\x1b[2J.md", fine, "can't be shown", "rename it to x2j.md"},
		{strings.Repeat("x", 120) + ".md", fine, "over 100 bytes", "shorter"},
		{".md", fine, "begins with a dot", "my-lesson.md"},
		{"a.docx", "PK\x03\x04word/", ".docx file", ".md"},
		{"a.pages", "PK\x03\x04", ".pages file", ".md"},
		{"a.html", "<html>", ".html file", ".md"},
		{"photo.png", "\x89PNG", "left out", ""},
		{"list.txt", "milk\neggs\n", "left out", ""},
		{"a.md", wide, "UTF-16", "UTF-8"},
		{"a.md", "PK\x03\x04[Content_Types].xml word/", "Word file", "plain-text editor"},
		{"a.md", "", "is empty", ""},
		{"unit 1/a.md", fine, "this folder has lessons in it (1)", "--lessons"},
		{"unit 1/two/a.markdown", fine, "this folder has lessons in it (1)", "--lessons"},
		{"a.md/b", fine, "a folder, not a file", ""},
	} {
		own := fstest.MapFS{c.name: {Data: []byte(c.src)}}
		got, err := Open(lessons.Files, "en", own)
		if err != nil {
			t.Fatal(err)
		}
		said := append(got.Problems, got.Notes...)
		if len(said) == 0 || !strings.Contains(said[0].Message, c.want) || !strings.Contains(said[0].Fix, c.fix) ||
			said[0].Fix == "" {
			if len(said) < 2 || !strings.Contains(said[1].Message, c.want) {
				t.Errorf("%q: %v, want %q, %q", c.name, said, c.want, c.fix)
			}
		}
		if len(said) > 2 {
			t.Errorf("%q: %d things are said: %v", c.name, len(said), said)
		}
		for _, d := range said {
			if strings.ContainsAny(d.String(), "\x1b\x00") {
				t.Errorf("%q is shown as %q", c.name, d.String())
			}
		}
	}
	for _, empty := range []fstest.MapFS{{}, {".DS_Store": {Data: []byte("x")}}, {"README.md": {Data: []byte("x")}}} {
		got, err := Open(lessons.Files, "en", empty)
		if err != nil || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Fix, ".md") {
			t.Errorf("a folder without a lesson: %v %v", got.Problems, err)
		}
	}
}

// TestNamesThatWork checks that files with unusual names are listed and can be opened.
func TestNamesThatWork(t *testing.T) {
	decomposed := "cafe\u0301.md"
	own := fstest.MapFS{
		decomposed: {Data: []byte(fine)},
		"cafe\u0301.boosters.md": {Data: []byte(
			"# T\n\n## One\n\nWords.\n\n- [x] a\n\n  Yes.\n\n- [ ] b\n\n  No.\n")},
		"my lesson.md":                  {Data: []byte(fine)},
		"lesson.v2.md":                  {Data: []byte(fine)},
		"урок.md":                       {Data: []byte(fine)},
		"Upper.md":                      {Data: []byte(fine)},
		".DS_Store":                     {Data: []byte("x")},
		"~$my lesson.docx":              {Data: []byte("x")},
		"course.toml":                   {Data: []byte("")},
		"my lesson.script":              {Data: []byte("")},
		"ReadMe.MD":                     {Data: []byte("x")},
		"worksheets/one.pdf":            {Data: []byte("x")},
		"._cafe\u0301.md":               {Data: []byte("x")},
		"hold-my-phone.script":          {Data: []byte("")},
		strings.Repeat("y", 90) + ".md": {Data: []byte(fine)},
		"emoji 🙂 in name.md":            {Data: []byte(fine)},
	}
	c, err := Open(lessons.Files, "en", own)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Problems)+len(c.Notes) > 0 {
		t.Errorf("%v %v", c.Problems, c.Notes)
	}
	for _, id := range []string{"café", "cafe\u0301", "café.md", "my lesson", "lesson.v2", "урок", "Upper",
		"emoji 🙂 in name"} {
		l, diags, err := c.Lesson(id)
		if err != nil || l == nil {
			t.Errorf("%q: %v %v", id, err, diags)
		}
	}
	if stories, err := c.BoosterStories("café"); err != nil || len(stories) != 1 {
		t.Errorf("%d stories: %v", len(stories), err)
	}
	// If two names look the same, one is a lesson and the other a problem.
	own["caf\u00e9.md"] = &fstest.MapFile{Data: []byte(fine)}
	if c, _ := Open(lessons.Files, "en", own); len(c.Problems) != 1 ||
		!strings.Contains(c.Problems[0].Message, "look the same") {
		t.Errorf("%v", c.Problems)
	}
}

// TestReadmeIsNoLesson checks that the README among the lessons isn't taken for a lesson, in
// the program or in a school's folder.
func TestReadmeIsNoLesson(t *testing.T) {
	for _, name := range []string{"README.md", "en/README.md"} {
		if _, err := fs.Stat(lessons.Files, name); err == nil {
			t.Errorf("%s is part of the program", name)
		}
	}
	if f := Look(os.DirFS("../../lessons")); len(f.Lessons) > 0 || len(f.Decks) > 0 {
		t.Errorf("read from the folder: %q and %q", f.Lessons, f.Decks)
	}
	shipped := fstest.MapFS{
		"en/ui.toml":   {Data: []byte("a = 'b'")},
		"en/a.md":      {Data: []byte(fine)},
		"en/README.md": {Data: []byte(fine)},
	}
	c, err := Open(shipped, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Lessons) != 1 || len(c.Problems) != 0 {
		t.Errorf("%d lessons, problems %v", len(c.Lessons), c.Problems)
	}
}
