package theme

import (
	_ "embed" // The themes.
	"fmt"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"
)

// Theme is the colours of one theme, each as "#RRGGBB".
type Theme struct {
	Name   string `toml:"name"`
	Ground string `toml:"ground"` // The background that it's made for: "dark" or "light".

	Muted   string   `toml:"muted"`
	Accent  string   `toml:"accent"`
	Risky   string   `toml:"risky"`
	Harmful string   `toml:"harmful"`
	Rule    string   `toml:"rule"` // For lines, which aren't text.
	Ink     string   `toml:"ink"`  // For text on the backgrounds Bubble, Own and Band.
	Bubble  string   `toml:"bubble"`
	Own     string   `toml:"own"`
	Band    string   `toml:"band"`
	People  []string `toml:"people"`
}

// The themes that have no colours of their own.
const (
	Auto     = "auto"
	Contrast = "contrast"
	Mono     = "mono"
)

//go:embed themes.toml
var file string

var read = sync.OnceValue(func() []Theme {
	var all struct {
		Theme []Theme `toml:"theme"`
	}
	meta, err := toml.Decode(file, &all)
	if err == nil && len(meta.Undecoded()) > 0 {
		err = fmt.Errorf("no key %q", meta.Undecoded()[0])
	}
	if err != nil {
		panic(fmt.Sprintf("themes.toml: %v", err)) // The file is embedded, and a test reads it.
	}
	return all.Theme
})

// All returns the themes that have colours, in the order of the file.
func All() []Theme { return slices.Clone(read()) }

// Find returns the theme with a name; false where there is none with colours.
func Find(name string) (Theme, bool) {
	for _, t := range read() {
		if t.Name == name {
			return t, true
		}
	}
	return Theme{}, false
}

// Names returns what a theme may be called, "auto" first and those without colours last.
func Names() []string {
	names := []string{Auto}
	for _, t := range read() {
		names = append(names, t.Name)
	}
	return append(names, Contrast, Mono)
}
