package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"wayout/internal/site"
)

// licencesName is the name of the list of licences with their texts.
const licencesName = "licences.txt"

// entry is one file of an archive.
type entry struct {
	name string // With slashes.
	from string // The path of the file.
	mode os.FileMode
}

// archives makes one archive for each target.
func (r *release) archives() error {
	for _, t := range r.targets {
		entries, err := r.contents(t)
		if err != nil {
			return err
		}
		pack := tarred
		if t.os == "windows" {
			pack = zippedAll
		}
		src, err := pack(r.folder(t), entries, r.date)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.out, r.archive(t)), src, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// folder returns the name of the only folder in an archive.
func (r *release) folder(t target) string {
	return fmt.Sprintf("wayout-%s-%s-%s", r.version, t.os, t.arch)
}

// archive returns the name of the archive for a target.
func (r *release) archive(t target) string {
	if t.os == "windows" {
		return r.folder(t) + ".zip"
	}
	return r.folder(t) + ".tar.gz"
}

// contents returns the files of an archive, in order.
func (r *release) contents(t target) ([]entry, error) {
	all := []entry{
		{programName(t), r.program(t), 0o755},
		{"README.md", filepath.Join(r.root, "README.md"), 0o644},
		{"CHANGELOG.md", filepath.Join(r.root, "CHANGELOG.md"), 0o644},
		{"LICENSE", filepath.Join(r.root, "LICENSE"), 0o644},
		{"LICENSE.lessons", filepath.Join(r.root, "lessons", "LICENSE"), 0o644},
		{licencesName, filepath.Join(r.work, licencesName), 0o644},
	}
	for _, folder := range []string{manFolder, shellFolder} {
		files, err := os.ReadDir(filepath.Join(r.work, folder))
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			all = append(all, entry{folder + "/" + f.Name(), filepath.Join(r.work, folder, f.Name()), 0o644})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	return all, nil
}

// packed writes each file into an archive, to the writer that open returns for it.
func packed(entries []entry, open func(e entry, size int) (io.Writer, error)) error {
	for _, e := range entries {
		src, err := os.ReadFile(e.from)
		if err != nil {
			return err
		}
		w, err := open(e, len(src))
		if err != nil {
			return err
		}
		if _, err := w.Write(src); err != nil {
			return err
		}
	}
	return nil
}

// tarred makes a tar.gz in which files have no owner and all have the same date.
func tarred(folder string, entries []entry, date time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	err := packed(entries, func(e entry, size int) (io.Writer, error) {
		return w, w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: folder + "/" + e.name, Size: int64(size),
			Mode: int64(e.mode), ModTime: date, Format: tar.FormatUSTAR})
	})
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return site.Zip(b.Bytes())
}

// zippedAll makes a zip in which all files have the same date.
func zippedAll(folder string, entries []entry, date time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	err := packed(entries, func(e entry, _ int) (io.Writer, error) {
		head := &zip.FileHeader{Name: folder + "/" + e.name, Method: zip.Deflate, Modified: date}
		head.SetMode(e.mode)
		return w.CreateHeader(head)
	})
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}
