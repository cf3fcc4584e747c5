package dossier

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"wayout/internal/licences"
	"wayout/internal/progress"
	"wayout/internal/settings"
)

//go:embed dossier.md
var page string

//go:embed claims.toml
var claims []byte

//go:embed page.html
var frame string

// Facts are what the program knows about itself.
type Facts struct {
	Version  string
	Review   string   // Who has reviewed the lessons.
	Files    []string // The names of the files that it writes or reads.
	PagePort int      // For browsers, in a class.
	SSHPort  int      // For terminals, in a class.
	Bound    string   // The address that a class listens on by default.
	Private  bool     // Whether nothing is kept by default.
	Fewest   int      // How many answers a result needs to be shown.
	Lessons  int
}

// Claims are what claims.toml says about the program.
type Claims struct {
	Promises []Promise         `toml:"promise"`
	Access   []Criterion       `toml:"access"`
	Files    []File            `toml:"file"`
	Fields   map[string]string `toml:"field"`  // What a field of the record holds, by its name in the file.
	Policy   map[string]string `toml:"policy"` // What a key of the policy does.
}

// Promise is something that the program always or never does, with the tests that hold it, such
// as "internal/tui TestContrast".
type Promise struct {
	Says  string   `toml:"says"`
	Tests []string `toml:"tests"`
}

// Criterion is one of the Web Content Accessibility Guidelines, and how it's met.
type Criterion struct {
	Number string   `toml:"number"`
	Name   string   `toml:"name"`
	How    string   `toml:"how"`
	Tests  []string `toml:"tests"`
}

// File is a file that the program writes or reads.
type File struct {
	Name   string `toml:"name"`
	Folder string `toml:"folder"`
	Holds  string `toml:"holds"`
	When   string `toml:"when"`
}

// ReadClaims reads claims.toml. An unknown key is an error.
func ReadClaims() (Claims, error) {
	var c Claims
	meta, err := toml.Decode(string(claims), &c)
	if err != nil {
		return c, fmt.Errorf("claims.toml: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return c, fmt.Errorf("claims.toml: no key %q", more[0])
	}
	return c, nil
}

// Page is the dossier, in both formats.
type Page struct{ Markdown, HTML []byte }

// filling is the data for the page.
type filling struct {
	Facts
	Said       Claims
	Works      []licences.Module
	PolicyFile string
	Registry   string
	Kept       []kept
	Keys       []kept
}

// kept is a name and its description.
type kept struct{ Name, Says string }

// Make makes the dossier. It returns an error if the claims don't match the program.
func Make(f Facts) (Page, error) {
	c, err := ReadClaims()
	if err != nil {
		return Page{}, err
	}
	works, err := licences.All()
	if err != nil {
		return Page{}, err
	}
	in := filling{Facts: f, Said: c, Works: works, PolicyFile: settings.PolicyName,
		Registry: `HKLM\` + settings.PolicyRegistry}
	var files []string
	for _, file := range c.Files {
		files = append(files, file.Name)
	}
	if err := same("the files", files, f.Files); err != nil {
		return Page{}, err
	}
	if in.Kept, err = described("the fields of the record", c.Fields, progress.Fields()); err != nil {
		return Page{}, err
	}
	if in.Keys, err = described("the keys of the policy", c.Policy, settings.PolicyKeys()); err != nil {
		return Page{}, err
	}
	return in.draw()
}

// described returns the description of each name, in the order of the names.
func described(what string, says map[string]string, names []string) ([]kept, error) {
	var all []kept
	for _, name := range names {
		all = append(all, kept{name, says[name]})
	}
	return all, same(what, slices.Collect(maps.Keys(says)), names)
}

// same returns an error that names what is on one side only.
func same(what string, described, are []string) error {
	var faults []string
	for _, name := range are {
		if !slices.Contains(described, name) {
			faults = append(faults, fmt.Sprintf("%q isn't described", name))
		}
	}
	for _, name := range described {
		if !slices.Contains(are, name) {
			faults = append(faults, fmt.Sprintf("%q is described and isn't there", name))
		}
	}
	if len(faults) > 0 {
		slices.Sort(faults)
		return fmt.Errorf("claims.toml, %s: %s", what, strings.Join(faults, "; "))
	}
	return nil
}

// draw fills the page, and converts it to HTML.
func (in filling) draw() (Page, error) {
	t, err := template.New("dossier.md").Option("missingkey=error").Funcs(template.FuncMap{
		"code": func(all []string) string { return "`" + strings.Join(all, "`, `") + "`" },
	}).Parse(page)
	if err != nil {
		return Page{}, err
	}
	var md, body bytes.Buffer
	if err := t.Execute(&md, in); err != nil {
		return Page{}, err
	}
	convert := goldmark.New(goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	if err := convert.Convert(md.Bytes(), &body); err != nil {
		return Page{}, err
	}
	out := strings.NewReplacer("{{title}}", html.EscapeString("wayout "+in.Version+": for your school's IT"),
		"{{body}}", scrolling(body.String())).Replace(frame)
	return Page{md.Bytes(), []byte(out)}, nil
}

// scrolling makes each wide table scroll by itself, by keyboard, too.
func scrolling(body string) string {
	body = strings.NewReplacer("</table>", "</table></div>", "<th>", `<th scope="col">`,
		"<pre>", `<pre tabindex="0">`).Replace(body)
	parts := strings.Split(body, "<table>")
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			fmt.Fprintf(&b, `<div class="wide" tabindex="0" role="region" aria-label="Table %d"><table>`, i)
		}
		b.WriteString(part)
	}
	return b.String()
}
