package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"wayout/internal/licences"
)

// work is a module or our own work, with its folders that are compiled into the program.
type work struct {
	path, version string
	root          string // Its own folder.
	dirs          map[string]bool
}

// systems are the systems that the program is built for.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64",
	"windows/arm64"}

// listed is a package in the output of go list.
type listed struct {
	Dir    string
	Module *struct {
		Path, Version, Dir string
		Main               bool
		Replace            *struct{ Path, Version, Dir string }
	}
}

// works returns the works that the program is built from, our own first.
func works(root string) ([]work, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	std := strings.TrimSpace(string(goroot))
	lessons := filepath.Join(root, "lessons")
	found := make(map[string]*work)
	for _, system := range systems {
		packages, err := compiled(root, system)
		if err != nil {
			return nil, err
		}
		for _, p := range packages {
			m := p.Module
			// A module that is replaced by a folder of ours is our own work.
			if m == nil || m.Main || m.Replace != nil && m.Replace.Version == "" {
				continue
			}
			if m.Replace != nil {
				m.Path, m.Version, m.Dir = m.Replace.Path, m.Replace.Version, m.Replace.Dir
			}
			if found[m.Path] == nil {
				found[m.Path] = &work{m.Path, m.Version, m.Dir, make(map[string]bool)}
			}
			found[m.Path].dirs[p.Dir] = true
		}
	}
	all := []work{{path: licences.Program, root: root}, {path: licences.Lessons, root: lessons},
		{path: licences.Standard, root: std}}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		all = append(all, *found[path])
	}
	return all, nil
}

// compiled asks Go for the packages of the program on one system.
func compiled(root, system string) ([]listed, error) {
	goos, goarch, _ := strings.Cut(system, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Module", "./cmd/wayout")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w: %s", system, err, said.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

// read reads the licences and notices of a work. Their names have the kind and a hash of the text.
func (w work) read() (licences.Module, map[string][]byte, error) {
	m := licences.Module{Path: w.path, Version: w.version}
	texts := make(map[string][]byte)
	spdx := make(map[string]bool)
	for _, path := range w.files() {
		src, err := os.ReadFile(path)
		if err != nil {
			return m, nil, err
		}
		t, err := told(filepath.Base(path), src)
		if err != nil {
			return m, nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, id := range t.ids {
			spdx[id] = true
		}
		if texts[t.name] == nil {
			texts[t.name] = t.src
			m.Texts = append(m.Texts, t.name)
		}
	}
	if len(spdx) == 0 {
		return m, nil, fmt.Errorf("%s comes without a licence", w.path)
	}
	m.Licence = strings.Join(slices.Sorted(maps.Keys(spdx)), " AND ")
	return m, texts, nil
}

// files returns the licences and notices of a work: those in its root folder, in the folders that
// are compiled, and in the folders between.
func (w work) files() []string {
	dirs := map[string]bool{w.root: true}
	for dir := range w.dirs {
		for ; len(dir) > len(w.root); dir = filepath.Dir(dir) {
			dirs[dir] = true
		}
	}
	var all []string
	for dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // The missing licence is an error later.
		}
		for _, e := range entries {
			if e.Type().IsRegular() && isNotice(e.Name()) {
				all = append(all, filepath.Join(dir, e.Name()))
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return all
}
