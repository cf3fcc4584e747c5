package atomicfile

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Folder is what writing needs of a folder, one method for each system call.
type Folder interface {
	Create(name string) (File, error) // It must not exist yet.
	Rename(from, to string) error
	Remove(name string) error
	SyncDir() error // Makes changes of names durable.
}

// File is a file that is being written.
type File interface {
	io.Writer
	Sync() error
	Close() error
}

// Unfinished is added to the name of a file, with random letters after it, while the file
// is being written. A killed process leaves such a file.
const Unfinished = ".new-"

// Replace replaces the content of a file, which may not exist yet. When the data is on the
// disk, and before it gets the name, aside is called to move the old file out of the way;
// it may be nil.
func Replace(f Folder, name string, data []byte, aside func() error) error {
	unfinished := name + Unfinished + rand.Text()
	w, err := f.Create(unfinished)
	if err == nil {
		err = finish(w, data)
	}
	if err == nil && aside != nil {
		err = aside()
	}
	if err != nil {
		_ = f.Remove(unfinished) // Remove the unfinished file.
		return err
	}
	if err := f.Rename(unfinished, name); err != nil {
		if aside == nil { // Otherwise it may be the only copy left.
			_ = f.Remove(unfinished)
		}
		return err
	}
	return f.SyncDir()
}

func finish(w File, data []byte) error {
	_, err := w.Write(data)
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

// Dir is a folder of the file system. Every name is opened inside an os.Root, so that a
// link in the folder can't lead out of it.
type Dir struct {
	Root *os.Root
	Mode fs.FileMode // The mode of new files; 0 is 0600.

	umask bool // The system's umask applies to new files.
}

// Create implements [Folder].
func (d Dir) Create(name string) (File, error) {
	mode := fs.FileMode(0o600)
	if d.umask {
		mode = d.Mode
	}
	f, err := d.Root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	if d.Mode != 0 && !d.umask {
		if err := f.Chmod(d.Mode); err != nil {
			return nil, errors.Join(err, f.Close(), d.Root.Remove(name))
		}
	}
	return f, nil
}

// Rename implements [Folder].
func (d Dir) Rename(from, to string) error {
	err := d.Root.Rename(from, to)
	for wait := 10 * time.Millisecond; err != nil && runtime.GOOS == "windows" && wait < time.Second &&
		!errors.Is(err, fs.ErrNotExist); wait *= 2 {
		time.Sleep(wait)
		err = d.Root.Rename(from, to)
	}
	return err
}

// Remove implements [Folder].
func (d Dir) Remove(name string) error { return d.Root.Remove(name) }

// SyncDir implements [Folder]. Windows has no such call.
func (d Dir) SyncDir() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := d.Root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Write replaces the content of a file. Mode is that of the new file; 0 is 0600.
func Write(path string, data []byte, mode fs.FileMode) error {
	return inside(path, mode, func(d Dir) error { return Replace(d, filepath.Base(path), data, nil) })
}

// Create makes a new file. If it exists, the error is [fs.ErrExist]. The system's umask
// applies, as to any new file.
func Create(path string, data []byte, mode fs.FileMode) error {
	return CreateAll(mode, New{path, data})
}

// New is a file to make.
type New struct {
	Path string
	Data []byte
}

// CreateAll makes new files in one folder, all of them or none. If any of them exists, the
// error is [fs.ErrExist].
func CreateAll(mode fs.FileMode, files ...New) error {
	return inside(files[0].Path, mode, func(d Dir) (err error) {
		d.umask = true
		var made []File
		done := 0
		defer func() {
			if err == nil {
				return
			}
			for i, f := range made {
				if i >= done {
					_ = f.Close() // Another error is returned already.
				}
				_ = d.Remove(filepath.Base(files[i].Path)) // Half a file could be taken for a whole one.
			}
		}()
		// Create all files first, so that none is written if a name is taken.
		for _, n := range files {
			f, err := d.Create(filepath.Base(n.Path))
			if err != nil {
				return err
			}
			made = append(made, f)
		}
		for i, f := range made {
			done++
			if err := finish(f, files[i].Data); err != nil {
				return err
			}
		}
		return d.SyncDir()
	})
}

// inside calls f with the folder of a file.
func inside(path string, mode fs.FileMode, f func(Dir) error) error {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	return f(Dir{Root: root, Mode: mode})
}
