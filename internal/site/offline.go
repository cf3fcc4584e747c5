package site

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"wayout/internal/licences"
	"wayout/internal/site/pages"
)

// manifest is what a browser asks for before it installs pages like a program.
type manifest struct {
	Name       string `json:"name"`
	ShortName  string `json:"short_name"`
	Lang       string `json:"lang"`
	Start      string `json:"start_url"`
	Scope      string `json:"scope"`
	Display    string `json:"display"`
	Background string `json:"background_color"`
	Theme      string `json:"theme_color"`
	Icons      []icon `json:"icons"`
}

type icon struct {
	Src   string `json:"src"`
	Sizes string `json:"sizes"`
	Type  string `json:"type"`
}

// offline adds what makes the pages work without the internet, for who asks for that: the
// manifest, and a service worker that knows all files by their names and their content.
func (m *maker) offline() {
	src, err := json.MarshalIndent(manifest{"wayout", "wayout", m.o.Course.Lang, "index.html", "./", "standalone",
		"#ffffff", "#0b4f9c", []icon{{"icon.svg", "any", "image/svg+xml"}}}, "", " ")
	m.fail(err)
	m.add("manifest.webmanifest", append(src, '\n'))
	names := []string{`"./"`}
	sum := sha256.New()
	for _, f := range m.files {
		fmt.Fprintf(sum, "%s %d\n%s", f.Name, len(f.Data), f.Data)
		names = append(names, fmt.Sprintf("%q", strings.ReplaceAll(pages.Escape(f.Name), "%2F", "/")))
	}
	worker, err := page.ReadFile("page/sw.js")
	m.fail(err)
	text := strings.Replace(string(worker), "VERSION", fmt.Sprintf("%x", sum.Sum(nil)[:6]), 1)
	m.add("sw.js", []byte(strings.Replace(text, "FILES", strings.Join(names, ", "), 1)))
}

// works are the modules that the engine is built from, besides our own.
var works = []string{licences.Standard, "github.com/BurntSushi/toml", "golang.org/x/text", "rsc.io/qr"}

// licences adds whose work is in the folder, and its terms.
func (m *maker) licences() {
	text := m.o.Course.Words().T("export.made") + "\n"
	all, err := licences.All()
	m.fail(err)
	for _, work := range all {
		if !work.Ours() && !slices.Contains(works, work.Path) {
			continue
		}
		terms, err := work.Text()
		m.fail(err)
		text += "\n== " + strings.TrimSpace(work.Path+" "+work.Version) + " ==\n\n" + terms
	}
	m.add("licences.txt", []byte(text))
}
