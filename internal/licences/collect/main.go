package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"wayout/internal/licences"
)

func main() {
	if err := run(filepath.Join("..", "..")); err != nil {
		fmt.Fprintln(os.Stderr, "collect:", err)
		os.Exit(3)
	}
}

// run writes the files. Root is the path of the module's folder from package licences, where
// go generate runs this program.
func run(root string) error {
	files, err := notices(root)
	if err != nil {
		return err
	}
	dir := filepath.Join(root, "internal", "licences")
	texts := filepath.Join(dir, licences.TextsFolder)
	if err := os.RemoveAll(texts); err != nil {
		return err
	}
	if err := os.Mkdir(texts, 0o755); err != nil {
		return err
	}
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), src, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// notices returns the files by name, as in the folder of package licences.
func notices(root string) (map[string][]byte, error) {
	works, err := works(root)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	var list []licences.Module
	for _, w := range works {
		m, texts, err := w.read()
		if err != nil {
			return nil, err
		}
		for name, src := range texts {
			files[licences.TextsFolder+"/"+name] = src
		}
		list = append(list, m)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(list); err != nil {
		return nil, err
	}
	files[licences.ListName] = b.Bytes()
	return files, nil
}
