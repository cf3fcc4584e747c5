package course

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"

	"wayout/internal/lesson"
	"wayout/lessons"
)

func shipped(t testing.TB) *Course {
	t.Helper()
	c, err := Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const fine = "---\ngoal: g\nrisk: r\nrole: target\nfocus: Bo\nages: 13-18\nminutes: 5\nnote: n\n---\n\n# Title\n\nx\n" +
	"\n## A\n\n> [!TIP]\n> Good.\n"

func TestOpen(t *testing.T) {
	c := shipped(t)
	if len(c.Problems) > 0 || len(c.Lessons) < 3 {
		t.Fatalf("%d lessons, %v", len(c.Lessons), c.Problems)
	}
	for _, e := range c.Lessons {
		l, diags, err := c.Lesson(e.ID)
		if err != nil || l == nil {
			t.Errorf("%s: %v %v", e.ID, err, diags)
		}
	}
	var unknown *UnknownError
	if _, _, err := c.Lesson("phone-on-the-desk"); !errors.As(err, &unknown) ||
		unknown.Nearest != "the-phone-on-the-desk" {
		t.Errorf("%v %+v", err, unknown)
	}
	if _, _, err := c.Lesson("zzzzzzzz"); !errors.As(err, &unknown) || unknown.Nearest != "" {
		t.Errorf("%v %+v", err, unknown)
	}
	if _, err := Open(lessons.Files, "xx", nil); err == nil {
		t.Error("there is a language xx")
	}
}

func TestOwnLessons(t *testing.T) {
	own := fstest.MapFS{
		"b.md":             {Data: []byte(fine)},
		"a.md":             {Data: []byte(strings.Replace(fine, "role: target", "role: adult", 1))},
		"bad.md":           {Data: []byte("x")},
		"hold-my-phone.md": {Data: []byte(fine)},
		"b.boosters.md":    {Data: []byte("x")},
		"before-after.md":  {Data: []byte("x")},
		"README.md":        {Data: []byte("x")},
		"notes.txt":        {Data: []byte("x")},
		"link.md":          {Data: []byte(fine), Mode: fs.ModeSymlink},
		"pipe.md":          {Mode: fs.ModeNamedPipe},
		"x\x1b[2J.md":      {Data: []byte(fine)},
		"course.toml":      {Data: []byte("order = ['zzz']")},
	}
	c, err := Open(lessons.Files, "en", own)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := c.Entry("b"); err != nil || !e.Own {
		t.Errorf("%+v %v", e, err)
	}
	if s := c.Situation("b"); s != "From your school" {
		t.Errorf("a school's own lesson stands under %q", s)
	}
	if n := len(c.Staff); n == 0 || c.Staff[n-1].ID != "a" {
		t.Errorf("staff %+v", c.Staff)
	}
	for _, e := range c.Lessons {
		if e.ID == "a" {
			t.Error("a lesson for staff stands in the learners' list")
		}
	}
	var wrong []string
	for _, d := range c.Problems {
		if strings.ContainsRune(d.String(), 0x1b) {
			t.Errorf("%q", d)
		}
		wrong = append(wrong, d.File)
	}
	if len(wrong) != 4 {
		t.Errorf("problems with %q", wrong)
	}
	// A page that was never meant as a lesson is a note, not a problem, when another is played.
	if !slices.ContainsFunc(c.Notes, func(d lesson.Diagnostic) bool { return d.File == "bad.md" }) {
		t.Errorf("the notes are %v", c.Notes)
	}
	if e, _ := c.Entry("hold-my-phone"); e.Own {
		t.Error("a school's file has taken the place of a shipped lesson")
	}
}

func TestOrderAndMilder(t *testing.T) {
	files := fstest.MapFS{
		"en/ui.toml":     {Data: []byte("a = 'b'")},
		"en/a.md":        {Data: []byte(fine)},
		"en/b.md":        {Data: []byte(fine)},
		"en/c.md":        {Data: []byte(fine)},
		"en/course.toml": {Data: []byte("order = ['c', 'b']\n[milder]\nc = 'a'\nb = 'nothing'\n")},
	}
	c, err := Open(files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Lessons[0].ID + c.Lessons[1].ID + c.Lessons[2].ID; got != "cba" {
		t.Errorf("order %s", got)
	}
	if m, ok := c.Milder("c"); !ok || m.ID != "a" {
		t.Errorf("%+v %v", m, ok)
	}
	if _, ok := c.Milder("b"); ok {
		t.Error("b has a milder lesson that is not there")
	}
}

// TestEveryWordIsThere looks through the renderers and the commands for the words they use:
// each is in ui.toml, and ui.toml has no others.
func TestEveryWordIsThere(t *testing.T) {
	src, err := os.ReadFile("../../lessons/en/ui.toml")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]map[string]any
	if _, err := toml.Decode(string(src), &tables); err != nil {
		t.Fatal(err)
	}
	isID := func(s string) bool { // Even in a table, or as an argument.
		table, name, ok := strings.Cut(s, ".")
		return ok && tables[table] != nil && !slices.Contains([]string{"toml", "html"}, name) && regexp.MustCompile(`^[a-z]+$`).MatchString(name)
	}
	used := make(map[string]string)
	for _, dir := range []string{"../tui", "../plain", "../view", "../web", "../serve", "../sshd", "../../cmd/wayout",
		"../site", "../site/alone", "../site/pages", "../site/engine", "."} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, _ := strconv.Unquote(lit.Value); isID(s) {
						used[s] = path
					}
				}
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				sel, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || sel.Sel.Name != "T" && sel.Sel.Name != "t" {
					return true
				}
				if lit, ok := call.Args[0].(*ast.BasicLit); ok {
					id, _ := strconv.Unquote(lit.Value)
					used[id] = path
				}
				return true
			})
		}
	}
	var templates []string
	for _, dir := range []string{"../web/*/*.html", "../site/*/*.html"} {
		some, err := filepath.Glob(dir)
		if err != nil || len(some) == 0 {
			t.Fatal("no templates", err)
		}
		templates = append(templates, some...)
	}
	for _, path := range templates {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bt "([a-z.]+)"`).FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = path
		}
	}
	for _, id := range []string{"best", "instead", "safe", "risky", "harmful", "neutral"} {
		used["plain."+id] = "plain" // Chosen by a variable there.
	}
	words := shipped(t).Words()
	for id, path := range used {
		if got := words.T(id, "Count", 2); strings.HasPrefix(got, "‹") {
			t.Errorf("%s: no words for %q", path, id)
		}
	}
	for table, entries := range tables {
		for name := range entries {
			if id := table + "." + name; used[id] == "" {
				t.Errorf("nobody uses the words %q", id)
			}
		}
	}
}

func TestWords(t *testing.T) {
	w := shipped(t).Words()
	for want, got := range map[string]string{
		"Kai is typing …": w.T("player.typing", "Who", "Kai"),
		"1 step to go":    w.T("player.left", "Count", 1),
		"3 steps to go":   w.T("player.left", "Count", 3),
		"‹no.such›":       w.T("no.such"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSignsAndMoves(t *testing.T) {
	c := shipped(t)
	for _, e := range c.Lessons {
		l, _, err := c.Lesson(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range l.Signs {
			if name, about := c.SignName(s.Kind); name == s.Kind || about == "" {
				t.Errorf("%s: the sign %q has no name", e.ID, s.Kind)
			}
		}
		for _, s := range l.Scenes {
			if s.Rehearsal == nil {
				continue
			}
			for _, m := range s.Rehearsal.Moves {
				aside := m.Name == lesson.Danger || m.Name == lesson.Unclear // Never named to a learner.
				if c.MoveName(m.Name) == m.Name && !aside {
					t.Errorf("%s: the move %q has no name", e.ID, m.Name)
				}
			}
		}
	}
}

// TestCourseIsShared uses one course from many goroutines at once, as a class does, for the race
// detector.
func TestCourseIsShared(t *testing.T) {
	c, err := Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			name, _ := c.SignName("urgency")
			_, err := c.Recogniser()
			l, _, bad := c.Lesson("hold-my-phone")
			if name == "urgency" || c.MoveName("decline") == "decline" || err != nil || l == nil || bad != nil ||
				c.Words().T("class.join") == "" {
				t.Error("something is missing", name, err, bad)
			}
		})
	}
	all.Wait()
}
