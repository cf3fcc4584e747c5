package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// savedPart is one file of several that belong together.
type savedPart struct {
	ending string
	draw   func(io.Writer) error
}

// mostSaved is how many reports of one lesson may stand in a folder.
const mostSaved = 1000

// savePair writes files that belong together under a name that none of them has yet:
// class-x.csv and class-x.html, then class-x-2.csv and class-x-2.html. What is there
// is never written to, a link is never followed, and what can't be written whole is
// taken away again. It returns their paths.
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
	return nil, fmt.Errorf("there are %d reports in this folder already: move them, or take another one with --report",
		mostSaved)
}

// saveNew writes the files, none of which may be there.
func saveNew(base string, parts []savedPart) (paths []string, err error) {
	var files []*os.File
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			for _, path := range paths {
				_ = os.Remove(path) // Half a report would be taken for one.
			}
			paths = nil
		}
	}()
	// All of them first, so that a name is ours for each or for none.
	for _, p := range parts {
		f, err := os.OpenFile(base+p.ending, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return paths, err
		}
		files, paths = append(files, f), append(paths, base+p.ending)
	}
	for i, p := range parts {
		if err := p.draw(files[i]); err != nil {
			return paths, err
		}
	}
	return paths, nil
}
