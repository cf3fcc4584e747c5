package main

import (
	"bytes"
	"embed"
	"os"
	"path"
	"text/template"
	"time"
)

//go:embed templates
var templates embed.FS

// filling is the data for a template.
type filling struct {
	Version, Base, Home, Maintainer string
	Date                            time.Time
	More                            map[string]any
}

// fill fills a template and writes it to a file.
func (r *release) fill(to, name string, more map[string]any) error {
	t, err := template.New(path.Base(name)+".tmpl").Delims("[[", "]]").Option("missingkey=error").
		ParseFS(templates, "templates/"+name+".tmpl")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, filling{r.version, r.base, r.home, r.maintainer, r.date, more}); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o644)
}
