//go:build !js

package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"wayout/internal/atomicfile"
	"wayout/internal/text"
)

// The names in the folder. All have the same prefix, by which erase finds them.
const (
	prefix      = "progress"
	current     = prefix
	previous    = prefix + ".old"
	strayPrefix = current + atomicfile.Unfinished
	setAside    = prefix + ".corrupt-"
	lockName    = prefix + ".lock"
)

// errErased is returned if the file has disappeared since it was last seen.
var errErased = errors.New("the progress was erased")

// store is the record in its folder.
type store struct {
	disk    disk
	version string // Of the program.
	seen    bool   // The file was there, or was written.
	swept   bool   // Unfinished files of killed processes were removed.
}

// LinkError is returned for a file that is a symbolic link, which isn't followed.
type LinkError struct{ Name, To string }

// Error says where the link leads.
func (e *LinkError) Error() string {
	return fmt.Sprintf("%s is a link to %s, which wasn't erased: check it yourself", e.Name, text.Line(e.To, 400))
}

// found is the result of load.
type found struct {
	rec     Record
	there   bool          // There is a file, or a previous generation.
	damaged *DamagedError // The file is damaged; rec is the previous generation.
	lost    int           // How many answers the previous generation lacks, or -1.
}

// load reads the file, or its previous generation if the file is damaged, or missing after
// a process was killed. The error is a [NewerError], or the disk's.
func (s *store) load() (found, error) {
	defer s.disk.close()
	f, err := s.look()
	if f.there {
		s.seen = true
	}
	return f, err
}

func (s *store) look() (found, error) {
	rec, err := s.read(current)
	var newer *NewerError
	var damaged *DamagedError
	switch {
	case err == nil:
		return found{rec: rec, there: true}, nil
	case errors.As(err, &newer):
		return found{there: true}, newer
	case errors.As(err, &damaged):
		f := found{there: true, damaged: damaged, lost: -1}
		old, err := s.read(previous)
		if errors.As(err, &newer) {
			return f, newer
		}
		if f.rec = old; err == nil && damaged.Count >= 0 {
			f.lost = max(damaged.Count-old.count(), 0)
		}
		return f, nil
	case !errors.Is(err, fs.ErrNotExist):
		return found{}, err
	}
	rec, err = s.read(previous)
	switch {
	case err == nil:
		return found{rec: rec, there: true}, nil
	case errors.Is(err, fs.ErrNotExist):
		return found{}, nil
	case errors.As(err, &damaged):
		return found{there: true, damaged: damaged, lost: damaged.Count}, nil
	}
	return found{}, err
}

func (s *store) read(name string) (Record, error) {
	data, err := s.disk.read(name)
	if err != nil {
		return Record{}, err
	}
	return Decode(data)
}

// save merges a record into the one in the folder, and returns the result. If it fails,
// the folder holds the old record or already the new one, but never only a damaged
// file.
func (s *store) save(rec Record) (Record, error) {
	defer s.disk.close()
	if _, err := s.disk.list(); s.seen && errors.Is(err, fs.ErrNotExist) {
		return rec, errErased // Its folder is gone, too, and isn't made again.
	}
	if err := s.disk.mkdir(); err != nil {
		return rec, err
	}
	unlock, err := s.disk.lock()
	if err != nil {
		return rec, err
	}
	defer unlock()
	s.sweep()
	was, err := s.look()
	if err != nil {
		return rec, err
	}
	if s.seen && !was.there {
		return rec, errErased
	}
	keepOld := was.there
	if was.damaged != nil {
		if err := s.aside(); err != nil {
			return rec, err
		}
		keepOld = false
	}
	rec = union(rec, was.rec)
	data, err := Encode(rec, s.version)
	if err != nil {
		return rec, err
	}
	if err := s.replace(data, keepOld); err != nil {
		return rec, err
	}
	s.seen = true
	return rec, nil
}

// replace writes a new file in place of the current one, which becomes the previous
// generation if keepOld is set.
func (s *store) replace(data []byte, keepOld bool) error {
	return atomicfile.Replace(s.disk, current, data, func() error {
		if !keepOld {
			return nil
		}
		if err := s.disk.Rename(current, previous); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// sweep removes the unfinished files of killed processes. The file lock must be held, so
// that no other process is writing.
func (s *store) sweep() {
	if s.swept {
		return
	}
	names, err := s.disk.list()
	if err != nil {
		return // It only tidies up; the next save tries again.
	}
	s.swept = true
	for _, name := range names {
		if strings.HasPrefix(name, strayPrefix) {
			_ = s.disk.Remove(name)
		}
	}
}

// mostAside is how many damaged files are kept for someone to look at.
const mostAside = 9

// aside renames a damaged file, so that nothing overwrites it.
func (s *store) aside() error {
	names, err := s.disk.list()
	if err != nil {
		return err
	}
	free := 1
	for free < mostAside && slices.Contains(names, fmt.Sprint(setAside, free)) {
		free++
	}
	if err := s.disk.Rename(current, fmt.Sprint(setAside, free)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.disk.SyncDir()
}

// mend sets a damaged file aside and puts the previous generation in its place.
func (s *store) mend() error {
	_, err := s.save(Record{})
	return err
}

// erase removes all of our files, and the folder if nothing else is in it. A folder that
// is a link is followed, as for reading and writing. A file that is a link isn't: we never
// wrote the file that it leads to, which stays, and the error says where it is.
func (s *store) erase() error {
	defer s.disk.close()
	if _, err := s.disk.list(); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	unlock, err := s.disk.lock()
	if err != nil {
		return err
	}
	names, err := s.disk.list()
	if err == nil {
		for _, name := range names {
			if !strings.HasPrefix(name, prefix) || name == lockName {
				continue
			}
			if to := s.disk.link(name); to != "" {
				err = errors.Join(err, &LinkError{name, to})
			} else {
				err = errors.Join(err, s.disk.Remove(name))
			}
		}
		err = errors.Join(err, s.disk.SyncDir())
	}
	unlock()
	if rest := s.disk.Remove(lockName); rest != nil && !errors.Is(rest, fs.ErrNotExist) {
		err = errors.Join(err, rest)
	}
	if err == nil {
		_ = s.disk.rmdir() // This fails if the folder has other files, which aren't ours.
	}
	return err
}
