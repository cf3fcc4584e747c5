package progress

import "errors"

// In a browser there are no files: the script of the page keeps what [Encode] has written, and
// only for who asks for that. A book is in memory there.

type folder struct{ path string }

type store struct {
	disk    *folder
	version string
}

// found is what load has met.
type found struct {
	rec     Record
	damaged *DamagedError
	lost    int
}

var errErased = errors.New("the progress was erased")

func (*store) load() (found, error)          { return found{}, errors.ErrUnsupported }
func (*store) save(r Record) (Record, error) { return r, errors.ErrUnsupported }
func (*store) mend() error                   { return errors.ErrUnsupported }
func (*store) erase() error                  { return errors.ErrUnsupported }

func isReadOnly(error) bool { return false }
