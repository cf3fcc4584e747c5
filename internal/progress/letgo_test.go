package progress

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"wayout/internal/play"
)

// TestFolderIsLetGo checks that a book has its folder open only while it reads or writes, so that
// the folder can be removed meanwhile, and that a removed folder isn't made again.
func TestFolderIsLetGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "wayout")
	today := func() Day { return DayOf(time.Unix(1_800_000_000, 0)) }
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	b := Open(Options{Dir: dir, Today: today})
	letGo := func(after string) {
		t.Helper()
		if f := b.store.disk.(*folder); f.Root != nil {
			t.Errorf("%s leaves the folder open", after)
		}
	}
	letGo("reading")
	b.KeepPlan(&play.Plan{First: "aunt"})
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	letGo("writing")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	b.KeepPlan(&play.Plan{First: "uncle"})
	if err := b.Save(); !errors.Is(err, errErased) {
		t.Errorf("saving what was taken away: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there again: %v", err)
	}
}
