package licences

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:generate go run ./collect

// The list and the texts, as package collect writes them.
//
//go:embed modules.json texts/*.txt
var files embed.FS

// The names of the files, in the folder of this package.
const (
	ListName    = "modules.json"
	TextsFolder = "texts"
)

// Module is one work that the program is built from.
type Module struct {
	Path    string   `json:"path"`              // Such as "golang.org/x/text".
	Version string   `json:"version,omitempty"` // "" for our own and for Go's standard library.
	Licence string   `json:"licence"`           // An SPDX expression, such as "MIT" or "Apache-2.0 AND MIT".
	Texts   []string `json:"texts"`             // The names of its licences and notices, in the folder of texts.
}

// Ours reports whether the work is wayout or its lessons.
func (m Module) Ours() bool { return m.Path == Program || m.Path == Lessons }

// The works that aren't modules of others.
const (
	Program  = "wayout"
	Lessons  = "wayout/lessons"
	Standard = "std" // Go's standard library.
)

// All returns our own two works, Go's standard library, and the modules in order of path.
func All() ([]Module, error) {
	src, err := files.ReadFile(ListName)
	if err != nil {
		return nil, err
	}
	var all []Module
	if err := json.Unmarshal(src, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", ListName, err)
	}
	return all, nil
}

// Text returns the licences and notices of a module, one after the other.
func (m Module) Text() (string, error) {
	var all []string
	for _, name := range m.Texts {
		src, err := files.ReadFile(TextsFolder + "/" + name)
		if err != nil {
			return "", err
		}
		all = append(all, strings.Trim(string(src), "\n")+"\n")
	}
	return strings.Join(all, "\n"), nil
}
