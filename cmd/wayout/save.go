package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"wayout/internal/atomicfile"
	"wayout/internal/text"
)

// outHint is the hint for a folder given with --out that can't be written to.
const outHint = "--out takes a folder you can write to"

// writeOut writes a file into a folder given with --out, which it makes if needed, and returns the
// path. An existing file is replaced.
func writeOut(out, name string, data []byte) (string, error) {
	path := filepath.Join(out, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = atomicfile.Write(path, data, 0o644)
	}
	return path, environment(outHint, err)
}

// savedPart is one file of several that belong together.
type savedPart struct {
	ending string
	draw   func(io.Writer) error
}

// mostSaved is how many reports of one lesson a folder may have.
const mostSaved = 1000

// savePair writes files that belong together under an unused name: class-x.csv and
// class-x.html, then class-x-2.csv and class-x-2.html. It never writes to an existing file or
// follows a link, and leaves nothing if not all can be written. It returns their paths.
func savePair(dir, name string, parts []savedPart) ([]string, error) {
	for n := 1; n <= mostSaved; n++ {
		base := filepath.Join(dir, name)
		if n > 1 {
			base = fmt.Sprintf("%s-%d", base, n)
		}
		paths, err := saveNew(base, parts)
		if !errors.Is(err, fs.ErrExist) {
			return paths, err
		}
	}
	return nil, fmt.Errorf("this folder already has %d reports: move them, or choose another folder with --report",
		mostSaved)
}

// saveNew writes the files, none of which may exist yet.
func saveNew(base string, parts []savedPart) ([]string, error) {
	var files []atomicfile.New
	var paths []string
	for _, p := range parts {
		var drawn bytes.Buffer
		if err := p.draw(&drawn); err != nil {
			return nil, err
		}
		files = append(files, atomicfile.New{Path: base + p.ending, Data: drawn.Bytes()})
		paths = append(paths, base+p.ending)
	}
	if err := atomicfile.CreateAll(0o600, files...); err != nil {
		return nil, err
	}
	return paths, nil
}

// createNew writes a new file, completely or not at all. Taken is the hint for a name that is in
// use, and folder the hint for a folder that can't be written to.
func createNew(path string, data []byte, mode fs.FileMode, taken, folder string) error {
	switch err := atomicfile.Create(path, data, mode); {
	case errors.Is(err, fs.ErrExist):
		return wrongUse(taken, fmt.Errorf("%q already exists, and won't be overwritten", text.Line(path, 200)))
	case err != nil:
		return environment(folder, fmt.Errorf("can't write %q: %s", text.Line(path, 200), reason(err)))
	}
	return nil
}
