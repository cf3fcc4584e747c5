package course

import (
	"io/fs"

	"wayout/internal/firstaid"
)

// tables is where the words around lessons are read: a folder, or a [Pack].
type tables interface {
	read(name string, into any) error
	guide() (*firstaid.Guide, error)
}

// folder reads tables from the TOML files of a folder.
type folder struct{ dir fs.FS }

func (f folder) read(name string, into any) error { return readTOML(f.dir, name, into) }

func (f folder) guide() (*firstaid.Guide, error) {
	src, err := ReadFile(f.dir, "now.toml")
	if err != nil {
		return nil, err
	}
	return firstaid.Read(src)
}
