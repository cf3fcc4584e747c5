package site

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"wayout/internal/licences"
	"wayout/internal/site/pages"
)

// offline adds what makes the pages work without the internet, if the learner asks for that: the
// manifest, and a service worker with the names of all files and a hash of their content.
func (m *maker) offline() {
	m.filled("manifest.webmanifest", "LANG", m.o.Course.Lang)
	names := []string{`"./"`}
	sum := sha256.New()
	for _, f := range m.files {
		fmt.Fprintf(sum, "%s %d\n%s", f.Name, len(f.Data), f.Data)
		names = append(names, fmt.Sprintf("%q", strings.ReplaceAll(pages.Escape(f.Name), "%2F", "/")))
	}
	m.filled("sw.js", "VERSION", fmt.Sprintf("%x", sum.Sum(nil)[:6]), "FILES", strings.Join(names, ", "))
}

// filled adds an embedded file with its gaps filled. Gaps are pairs of a gap and its text.
func (m *maker) filled(name string, gaps ...string) {
	m.add(name, []byte(strings.NewReplacer(gaps...).Replace(string(m.read(name)))))
}

// works are the modules of others that the engine is built from.
var works = []string{licences.Standard, "golang.org/x/text", "rsc.io/qr"}

// licences adds a file with the authors and licences of the work in the folder.
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
