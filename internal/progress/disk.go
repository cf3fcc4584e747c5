//go:build !js

package progress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"wayout/internal/atomicfile"
)

// disk is what the store needs of a folder, one method for each system call, so that a
// test can replace it and make each call fail.
type disk interface {
	atomicfile.Folder
	mkdir() error
	list() ([]string, error)
	read(name string) ([]byte, error)
	link(name string) (to string)     // Where a symbolic link leads; "" if it is none.
	rmdir() error                     // Only if it is empty.
	close()                           // The next call opens it again. Windows can't delete an open folder.
	lock() (unlock func(), err error) // Keeps other processes out.
}

// folder is a disk on a real folder. Every name is opened inside an os.Root, so that a
// link in the folder can't lead out of it.
type folder struct {
	atomicfile.Dir // Its root is nil until it is opened.
	path           string
}

func (f *folder) mkdir() error {
	if f.Root != nil {
		return nil
	}
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	return f.open()
}

func (f *folder) open() error {
	if f.Root != nil {
		return nil
	}
	root, err := os.OpenRoot(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		if link, to := broken(f.path); link != "" {
			// Not ErrNotExist: the record may be on a disk that isn't plugged in.
			return fmt.Errorf("%s is a link to %s, which isn't there", link, to)
		}
	}
	f.Root = root
	return err
}

// broken returns the broken link in a path that keeps it from existing, and where the
// link leads; "" if no link is the cause.
func broken(path string) (link, to string) {
	for p := filepath.Clean(path); ; p = filepath.Dir(p) {
		if to, err := os.Readlink(p); err == nil {
			if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
				return p, to
			}
			return "", ""
		}
		if _, err := os.Lstat(p); err == nil || p == filepath.Dir(p) {
			return "", ""
		}
	}
}

func (f *folder) link(name string) string {
	info, err := f.Root.Lstat(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return ""
	}
	to, err := f.Root.Readlink(name)
	if err != nil {
		return "a place that can't be read"
	}
	return to
}

func (f *folder) list() ([]string, error) {
	if err := f.open(); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(f.Root.FS(), ".")
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (f *folder) read(name string) ([]byte, error) {
	if err := f.open(); err != nil {
		return nil, err
	}
	if info, err := f.Root.Lstat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	r, err := f.Root.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, MaxFile+1))
}

func (f *folder) close() {
	if f.Root != nil {
		_ = f.Root.Close() // Nothing was written through it since the last sync.
		f.Root = nil
	}
}

func (f *folder) rmdir() error {
	f.close()
	real, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return err
	}
	if err := os.Remove(real); err != nil || real == f.path {
		return err
	}
	if _, err := os.Readlink(f.path); err == nil {
		return os.Remove(f.path) // The folder was a link, which is broken now.
	}
	return nil
}

// lockPatience is how long to wait for another window's save, which takes
// milliseconds.
const lockPatience = 2 * time.Second

// lock keeps other processes out. If the file system has no locks, as on some network
// homes, it goes on without one: two windows can then overwrite each other's save, but the
// next save of each window has all of its own answers again.
func (f *folder) lock() (func(), error) {
	// Remove a link or a pipe in its place: opening it would make a file elsewhere or
	// wait for ever. The lock file is empty, so nothing is lost.
	if info, err := f.Root.Lstat(lockName); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		if err := f.Root.Remove(lockName); err != nil {
			return nil, err
		}
	}
	l := flock.New(filepath.Join(f.path, lockName), flock.SetPermissions(0o600),
		flock.SetFlag(os.O_CREATE|os.O_RDONLY|noFollow))
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	ok, err := l.TryLockContext(ctx, 2*time.Millisecond)
	switch {
	case ok:
		return func() { _ = l.Close() }, nil // Closing the handle releases the lock.
	case errors.Is(err, context.DeadlineExceeded):
		return nil, err
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		return nil, err
	}
	return func() {}, nil
}
