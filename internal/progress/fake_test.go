package progress

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"

	"wayout/internal/atomicfile"
)

// fakeDisk is a folder that distinguishes what was written from what would survive a
// power cut: the bytes of a file up to its last sync, and the names as of the folder's
// last sync.
type fakeDisk struct {
	names   map[string]*fakeFile // As a running program sees them.
	durable map[string]*fakeFile // As they were at the last sync of the folder.
	pending []nameChange         // Changes of names since then, in order.

	calls  int   // How many calls there have been.
	failAt int   // The call that fails, from 1; 0 fails none.
	stuck  bool  // All later calls fail too.
	err    error // The error of a call that fails.
	locked bool
	short  bool // A write that fails writes half of its bytes.
}

type fakeFile struct {
	data   []byte
	synced int // How many of the bytes would survive a power cut.
}

// nameChange gives a name to a file, or removes the name if file is nil.
type nameChange struct {
	name string
	file *fakeFile
	gone string // The name that the same rename removes, or "".
}

func newFakeDisk() *fakeDisk {
	return &fakeDisk{names: map[string]*fakeFile{}, durable: map[string]*fakeFile{}}
}

func (d *fakeDisk) call() error {
	d.calls++
	if d.failAt > 0 && (d.calls == d.failAt || d.stuck && d.calls > d.failAt) {
		return &fs.PathError{Op: "fake", Path: "progress", Err: d.err}
	}
	return nil
}

func (d *fakeDisk) mkdir() error { return d.call() }
func (d *fakeDisk) rmdir() error { return d.call() }

func (d *fakeDisk) close() {}

func (d *fakeDisk) link(string) string { return "" }

func (d *fakeDisk) list() ([]string, error) {
	return slices.Sorted(maps.Keys(d.names)), d.call()
}

func (d *fakeDisk) read(name string) ([]byte, error) {
	if err := d.call(); err != nil {
		return nil, err
	}
	f, ok := d.names[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(f.data), nil
}

func (d *fakeDisk) Create(name string) (atomicfile.File, error) {
	if err := d.call(); err != nil {
		return nil, err
	}
	if d.names[name] != nil {
		return nil, fs.ErrExist
	}
	f := &fakeFile{}
	d.names[name] = f
	d.pending = append(d.pending, nameChange{name: name, file: f})
	return &openFake{d, f}, nil
}

func (d *fakeDisk) Rename(from, to string) error {
	if err := d.call(); err != nil {
		return err
	}
	f, ok := d.names[from]
	if !ok {
		return fs.ErrNotExist
	}
	delete(d.names, from)
	d.names[to] = f
	d.pending = append(d.pending, nameChange{name: to, file: f, gone: from})
	return nil
}

func (d *fakeDisk) Remove(name string) error {
	if err := d.call(); err != nil {
		return err
	}
	if d.names[name] == nil {
		return fs.ErrNotExist
	}
	delete(d.names, name)
	d.pending = append(d.pending, nameChange{name: name})
	return nil
}

func (d *fakeDisk) SyncDir() error {
	if err := d.call(); err != nil {
		return err
	}
	d.durable, d.pending = maps.Clone(d.names), nil
	return nil
}

func (d *fakeDisk) lock() (func(), error) {
	if err := d.call(); err != nil {
		return nil, err
	}
	if d.locked {
		return nil, errors.New("locked twice")
	}
	d.locked = true
	return func() { d.locked = false }, nil
}

// crash returns the folder as a power cut may leave it: any of the name changes that
// weren't synced may be there or not, and of each file some of the bytes that weren't
// synced.
func (d *fakeDisk) crash(r *rand.Rand) *fakeDisk {
	names := maps.Clone(d.durable)
	for _, c := range d.pending {
		if r.IntN(2) == 0 {
			continue
		}
		if c.gone != "" && names[c.gone] == c.file {
			delete(names, c.gone)
		}
		if c.file == nil {
			delete(names, c.name)
		} else {
			names[c.name] = c.file
		}
	}
	after := newFakeDisk()
	for name, f := range names {
		n := f.synced
		if n < len(f.data) {
			n += r.IntN(len(f.data) - n + 1)
		}
		data := slices.Clone(f.data[:n])
		for i := f.synced; i < n; i++ {
			if r.IntN(20) == 0 {
				data[i] = 0 // A block that was allocated but never written.
			}
		}
		after.names[name] = &fakeFile{data: data, synced: n}
	}
	after.durable = maps.Clone(after.names)
	return after
}

// openFake is a file of a fakeDisk that is open for writing.
type openFake struct {
	d *fakeDisk
	f *fakeFile
}

func (o *openFake) Write(p []byte) (int, error) {
	if err := o.d.call(); err != nil {
		if o.d.short {
			o.f.data = append(o.f.data, p[:len(p)/2]...)
		}
		return len(p) / 2, err
	}
	o.f.data = append(o.f.data, p...)
	return len(p), nil
}

func (o *openFake) Sync() error {
	if err := o.d.call(); err != nil {
		return err
	}
	o.f.synced = len(o.f.data)
	return nil
}

func (o *openFake) Close() error { return o.d.call() }
