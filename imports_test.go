// Package house holds the rules that the whole module keeps: who may import
// whom, what stands where, and how long a function is.
package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fzipp/gocyclo"
)

// allowed says which of our packages each package may import. Imports run
// downwards only: text, lesson, then what runs, then what is pure over it, then
// the renderers, which never import each other, then the commands.
var allowed = map[string][]string{
	"internal/text":                {},
	"internal/theme":               {},
	"internal/input":               {},
	"internal/pace":                {},
	"internal/lesson":              {"internal/text"},
	"internal/fineoff":             {"internal/text", "internal/lesson"},
	"internal/play":                {"internal/lesson", "internal/hear", "internal/exchange"},
	"internal/hear":                {},
	"internal/exchange":            {"internal/hear"},
	"internal/hear/lint":           {"internal/hear"},
	"internal/hear/train":          {"internal/hear"},
	"internal/hear/ondevice":       {"internal/hear", "internal/exchange"},
	"internal/hear/ondevice/build": {},
	"internal/licences/collect":    {"internal/licences"},
	"internal/atomicfile":          {},
	"internal/course": {"internal/text", "internal/lesson", "internal/hear", "internal/firstaid",
		"internal/fineoff"},
	"internal/watch":    {"internal/text", "internal/lesson", "internal/play"},
	"internal/graph":    {"internal/text", "internal/lesson"},
	"internal/helpline": {"internal/text"},
	"internal/firstaid": {"internal/text", "internal/helpline"},
	"internal/progress": {"internal/atomicfile", "internal/text", "internal/lesson", "internal/play"},
	"internal/check":    {"internal/text", "internal/lesson", "internal/play"},
	"internal/settings": {"internal/text", "internal/theme"},
	"internal/room":     {"internal/text", "internal/lesson", "internal/play"},
	"internal/view": {"internal/hear", "internal/exchange", "internal/lesson", "internal/play", "internal/course",
		"internal/helpline", "internal/room", "internal/firstaid"},
	"internal/plain": {"internal/text", "internal/hear", "internal/lesson", "internal/play", "internal/course",
		"internal/helpline", "internal/progress", "internal/settings", "internal/room", "internal/view",
		"internal/watch", "internal/firstaid", "internal/fineoff"},
	"internal/tui": {"internal/text", "internal/hear", "internal/lesson", "internal/play", "internal/course",
		"internal/helpline", "internal/progress", "internal/settings", "internal/room", "internal/view",
		"internal/input", "internal/watch", "internal/firstaid", "internal/fineoff", "internal/theme", "internal/pace"},
	"internal/web": {"internal/exchange", "internal/lesson", "internal/play", "internal/course", "internal/helpline",
		"internal/firstaid", "internal/room", "internal/view"},
	"internal/pack":      {},
	"internal/site/face": {},
	"internal/site/alone": {"internal/hear", "internal/lesson", "internal/play", "internal/course",
		"internal/helpline", "internal/firstaid", "internal/fineoff", "internal/progress", "internal/view"},
	"internal/site/pages": {"internal/lesson", "internal/play", "internal/course", "internal/helpline",
		"internal/view", "internal/pack", "internal/site/face", "internal/site/alone"},
	"internal/site/engine": {"internal/hear", "internal/lesson", "internal/play", "internal/course",
		"internal/progress", "internal/pack",
		"internal/site/alone", "internal/site/pages"},
	"internal/site": {"internal/lesson", "internal/course", "internal/helpline", "internal/pack",
		"internal/site/face", "internal/site/alone", "internal/site/pages", "internal/web", "internal/licences"},
	"internal/site/build": {"internal/site"},
	"internal/codes":      {},
	"internal/privatedir": {},
	"internal/store":      {},
	"internal/storetest":  {},
	"internal/link":       {"internal/atomicfile", "internal/codes", "internal/privatedir"},
	"internal/live":       {"internal/codes", "internal/store", "internal/lesson", "internal/play", "internal/room"},
	"internal/limits":     {},
	"internal/licences":   {},
	"internal/sshd": {"internal/atomicfile", "internal/codes", "internal/limits", "internal/live", "internal/play",
		"internal/room",
		"internal/course", "internal/helpline", "internal/settings", "internal/plain", "internal/tui",
		"internal/input", "internal/pace"},
	"internal/desk": {"internal/codes", "internal/live", "internal/store", "internal/text", "internal/lesson",
		"internal/room"},
	"internal/serve": {"internal/codes", "internal/desk", "internal/limits", "internal/live", "internal/sshd",
		"internal/privatedir", "internal/store", "internal/text", "internal/lesson", "internal/play", "internal/room",
		"internal/course", "internal/helpline", "internal/settings", "internal/web"},
	"internal/doctor":      {"internal/web"},
	"internal/screentest":  {},
	"internal/browsertest": {},
	"internal/classtest":   {},
	"internal/coursetest":  {"internal/course", "internal/helpline", "internal/lesson", "lessons"},
	"internal/shots": {"internal/course", "internal/helpline", "internal/progress", "internal/room",
		"internal/settings", "internal/screentest", "internal/tui", "lessons"},
	"internal/bench": {"internal/classtest", "internal/hear", "internal/desk", "internal/course", "internal/room",
		"internal/serve",
		"lessons"},
	"internal/bench/bare":       {},
	"internal/release":          {"internal/licences", "internal/site"},
	"internal/dossier":          {"internal/licences", "internal/progress", "internal/settings"},
	"internal/plaincode":        {}, // A module of its own, as the two below it.
	"internal/plaincode/quick":  {},
	"internal/plaincode/styles": {},
	"lessons":                   {},
	"cmd/wayout": {"internal/atomicfile", "internal/text", "internal/hear", "internal/lesson", "internal/play",
		"internal/course",
		"internal/graph", "internal/watch", "internal/helpline", "internal/fineoff",
		"internal/progress", "internal/settings", "internal/room", "internal/check", "internal/plain", "internal/tui",
		"internal/serve",
		"internal/codes", "internal/privatedir", "internal/store", "internal/link", "internal/live", "internal/desk",
		"internal/sshd", "internal/web", "internal/doctor", "internal/licences",
		"internal/dossier", "internal/site", "lessons"},
}

// charm says which packages may use the terminal libraries.
var charm = []string{"internal/tui", "internal/pace", "internal/sshd", "cmd/wayout", "internal/screentest",
	"internal/bench", "internal/bench/bare", "internal/shots"}

// network says which packages may use the network.
var network = []string{"internal/web", "internal/serve", "internal/limits", "internal/desk", "internal/sshd",
	"internal/link", "internal/doctor", "internal/bench", "internal/classtest"}

// alone says which packages may use a library that one job is done with.
var alone = map[string][]string{
	"charm.land/ssh":                     {"internal/sshd"},
	"charm.land/wish":                    {"internal/sshd"},
	"golang.org/x/crypto/ssh":            {"internal/sshd", "internal/classtest"},
	"github.com/nats-io/nats.go":         {"internal/store"},
	"github.com/go-json-experiment/json": {"internal/progress"},
	"github.com/google/licensecheck":     {"internal/licences/collect"},
	"github.com/CycloneDX/cyclonedx-go":  {"internal/release"},
}

// pure are the packages without a clock, chance, or an operating system.
var pure = []string{"internal/text", "internal/lesson", "internal/play", "internal/check", "internal/room",
	"internal/view", "internal/firstaid", "internal/fineoff", "internal/pack", "internal/site/face",
	"internal/site/alone", "internal/site/pages"}

// top is what may stand at the top of the module.
var top = []string{"cmd", "lessons", "internal", "go.mod", "go.sum", "README.md", "CONTRIBUTING.md",
	"CHANGELOG.md", "LICENSE", "SECURITY.md", "imports_test.go", ".ci", ".github", ".gitattributes", ".gitignore",
	".git"}

// mostLines is how long a function may be.
const mostLines = 80

// file is one Go file that is no test.
type file struct {
	pkg, path string
	ast       *ast.File
}

func parse(t *testing.T) (*token.FileSet, []file) {
	t.Helper()
	set := token.NewFileSet()
	var files []file
	for _, root := range []string{"cmd", "internal", "lessons"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
			files = append(files, file{filepath.ToSlash(filepath.Dir(path)), filepath.ToSlash(path), f})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return set, files
}

func TestImportsRunDownwards(t *testing.T) {
	_, files := parse(t)
	for _, f := range files {
		may, ok := allowed[f.pkg]
		if !ok {
			t.Errorf("%s: say in this table what it may import", f.pkg)
			allowed[f.pkg] = nil
		}
		for _, spec := range f.ast.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			if ours, ok := strings.CutPrefix(path, "wayout/"); ok {
				if !slices.Contains(may, ours) {
					t.Errorf("%s imports %s", f.path, ours)
				}
				continue
			}
			if why := refused(f.pkg, path); why != "" {
				t.Errorf("%s imports %s: %s", f.path, path, why)
			}
		}
	}
}

// refused says why a package may not import a path that is not ours, or "".
func refused(pkg, path string) string {
	for _, v1 := range []string{"bubbletea", "lipgloss", "glamour", "bubbles"} {
		if p := "github.com/charmbracelet/" + v1; path == p || strings.HasPrefix(path, p+"/") {
			return "version 1; the current one is charm.land/" + v1 + "/v2"
		}
	}
	for library, may := range alone {
		if (path == library || strings.HasPrefix(path, library+"/")) && !slices.Contains(may, pkg) {
			return fmt.Sprintf("only %s may use it", strings.Join(may, " and "))
		}
	}
	switch {
	case strings.HasPrefix(path, "charm.land/") && !slices.Contains(charm, pkg):
		return "only the terminal renderers draw"
	case (path == "net" || strings.HasPrefix(path, "net/http")) && !slices.Contains(network, pkg):
		return "only the packages on the network, link and doctor know the network"
	case slices.Contains(pure, pkg) && (path == "os" || path == "time" || strings.HasPrefix(path, "math/rand") ||
		strings.HasPrefix(path, "crypto/rand")):
		return "this package is pure"
	case pkg == "internal/text" && strings.Contains(path, ".") && path != "github.com/charmbracelet/x/ansi" &&
		path != "golang.org/x/text/unicode/norm":
		return "the gate stands on two small libraries"
	}
	return ""
}

// mostComplex is how high the cyclomatic complexity of a function may be.
const mostComplex = 20

// tables are the functions that may be above it, since they are a list of cases with
// nothing between them.
var tables = map[string]string{
	"internal/lesson/front.go: key":    "a case for each key of the front matter",
	"internal/plain/render.go: render": "a case for each kind of item",
	"internal/tui/program.go: handle":  "a case for each message",
}

// TestFunctionsAreSimple measures what `go tool gocyclo` measures.
func TestFunctionsAreSimple(t *testing.T) {
	_, files := parse(t)
	met := make(map[string]bool)
	for _, f := range files {
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := f.path + ": " + fn.Name.Name
			met[name] = true
			if n := gocyclo.Complexity(fn); n > mostComplex && tables[name] == "" {
				t.Errorf("%s has a cyclomatic complexity of %d, at most %d is allowed", name, n, mostComplex)
			}
		}
	}
	for name := range tables {
		if !met[name] {
			t.Errorf("%s is gone: take it out of the tables", name)
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	set, files := parse(t)
	for _, f := range files {
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1; n > mostLines {
				t.Errorf("%s: %s has %d lines, at most %d are allowed", f.path, fn.Name.Name, n, mostLines)
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s: does work at import", f.path)
			}
		}
	}
}

func TestPackagesAreDocumented(t *testing.T) {
	_, files := parse(t)
	docs := make(map[string]int)
	for _, f := range files {
		docs[f.pkg] += 0
		if f.ast.Doc != nil {
			docs[f.pkg]++
			if name := filepath.Base(f.path); name != "doc.go" && f.pkg != "lessons" {
				t.Errorf("%s: the package comment belongs in doc.go", f.path)
			}
		}
		for _, d := range f.ast.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s has no doc comment", f.path, name)
			}
		}
	}
	for pkg, n := range docs {
		if n != 1 {
			t.Errorf("%s has %d package comments", pkg, n)
		}
	}
}

// undocumented returns the exported names of a declaration that nothing is said
// about.
func undocumented(d ast.Decl) []string {
	var names []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && !isMethodOfHidden(d) {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Names[0].Name)
				}
			}
		}
	}
	return names
}

// isMethodOfHidden reports whether a function is a method of a type that other
// packages can't name, or one that an interface of the library asks for.
func isMethodOfHidden(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return false
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && !id.IsExported()
}

// mostColumns is how wide a line may be, a tab being four columns.
const mostColumns = 120

// TestLinesAreShort measures every line of Go; in a test, what a raw string holds,
// such as a script for a browser, may be longer.
func TestLinesAreShort(t *testing.T) {
	for _, root := range []string{"cmd", "internal", "lessons", "imports_test.go"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			raw := map[int]bool{}
			if strings.HasSuffix(path, "_test.go") {
				raw = rawLines(src)
			}
			for i, line := range strings.Split(string(src), "\n") {
				n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    "))
				if n > mostColumns && !raw[i+1] {
					t.Errorf("%s:%d: %d columns, at most %d are allowed", path, i+1, n, mostColumns)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rawLines returns the lines that a raw string stands on.
func rawLines(src []byte) map[int]bool {
	var s scanner.Scanner
	set := token.NewFileSet()
	f := set.AddFile("", set.Base(), len(src))
	s.Init(f, src, nil, 0)
	lines := make(map[int]bool)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.STRING && lit[0] == '`' {
			first := f.Line(pos)
			for n := range strings.Count(lit, "\n") + 1 {
				lines[first+n] = true
			}
		}
	}
}

// cited finds what may be the name of a file in a comment.
const cited = `[\w./*<>-]*[\w*>]\.(?:md|toml|txt|go)\b`

// elsewhere are files that a comment may name though they are not in the repository.
var elsewhere = map[string]string{
	"settings.toml":    "made by wayout settings",
	"licences.txt":     "made by a release",
	"school.toml":      "made by a school",
	"policy.toml":      "made by a school",
	"ground-rules.txt": "made by a teacher",
	"pay.md":           "an example",
}

// TestCommentsCiteFilesThatExist refuses a reason that nobody who has the repository
// can look up.
func TestCommentsCiteFilesThatExist(t *testing.T) {
	var names, comments []string
	for _, root := range []string{"cmd", "internal", "lessons", ".ci", "README.md", "CONTRIBUTING.md",
		"imports_test.go"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			path = filepath.ToSlash(path)
			names = append(names, path)
			src, err := os.ReadFile(path)
			for line, text := range commentsOf(path, src) {
				comments = append(comments, fmt.Sprintf("%s:%d: %s", path, line, text))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(comments)
	re := regexp.MustCompile(cited)
	for _, c := range comments {
		place, text, _ := strings.Cut(c, ": ")
		for _, name := range re.FindAllString(text, -1) {
			if elsewhere[name] == "" && !stands(name, names) {
				t.Errorf("%s: %s is not in the repository: give the reason itself, and a public source", place, name)
			}
		}
	}
}

// commentsOf returns the lines of comment in a file, by their numbers.
func commentsOf(path string, src []byte) map[int]string {
	all := make(map[int]string)
	switch {
	case strings.HasSuffix(path, ".go"):
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		for _, g := range f.Comments {
			for _, c := range g.List {
				for i, line := range strings.Split(c.Text, "\n") {
					all[set.Position(c.Pos()).Line+i] += line
				}
			}
		}
	case strings.HasSuffix(path, ".toml"), strings.HasPrefix(path, ".ci/"):
		for i, line := range strings.Split(string(src), "\n") {
			if _, comment, ok := strings.Cut(line, "#"); ok {
				all[i+1] = comment
			}
		}
	}
	return all
}

// stands reports whether a file of this name, or one that fits it, is among these.
func stands(name string, paths []string) bool {
	depth := strings.Count(name, "/") + 1
	return slices.ContainsFunc(paths, func(p string) bool {
		parts := strings.Split(p, "/")
		ok, err := filepath.Match(name, strings.Join(parts[max(len(parts)-depth, 0):], "/"))
		return ok && err == nil
	})
}

// TestNoPackageState lets a package have errors, tables and embedded files, and
// nothing that could change: one process serves many programs.
func TestNoPackageState(t *testing.T) {
	_, files := parse(t)
	for _, f := range files {
		for _, d := range f.ast.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if why := state(v, g.Doc); why != "" {
					t.Errorf("%s: variable %s: %s", f.path, v.Names[0].Name, why)
				}
			}
		}
	}
}

func state(v *ast.ValueSpec, doc *ast.CommentGroup) string {
	if len(v.Values) == 0 {
		if doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
			return strings.HasPrefix(c.Text, "//go:embed")
		}) {
			return ""
		}
		return "is filled at run time"
	}
	for _, e := range v.Values {
		if u, ok := e.(*ast.UnaryExpr); ok {
			e = u.X
		}
		switch e := e.(type) {
		case *ast.CompositeLit, *ast.BasicLit:
		case *ast.CallExpr:
			switch name := fmt.Sprint(callee(e)); name {
			case "errors.New", "flag.Bool", "regexp.MustCompile", "sync.OnceValue":
			default:
				return "is made by " + name
			}
		default:
			return "is no table"
		}
	}
	return ""
}

func callee(c *ast.CallExpr) string {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		return fmt.Sprintf("%v.%s", s.X, s.Sel.Name)
	}
	return fmt.Sprint(c.Fun)
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(top, e.Name()) {
			t.Errorf("%s does not belong at the top", e.Name())
		}
	}
}
