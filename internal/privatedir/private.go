package privatedir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Make makes a folder that only its owner can read, or checks an existing one. A file in it
// tells another window of the same person where a class is and what its key is. So a folder
// made by another user is refused, and so is one that others can write to or rename. The error
// says which folder it is and what is wrong with it.
func Make(dir string) error {
	if !filepath.IsAbs(dir) {
		return fmt.Errorf("%s isn't an absolute path", dir)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return err
	case !info.IsDir(): // A link to a folder is refused, too.
		return fmt.Errorf("%s is a link or a file, not a folder of our own", dir)
	}
	if err := owned(dir, info); err != nil {
		return err
	}
	for up := filepath.Dir(dir); ; up = filepath.Dir(up) {
		if err := steady(up); err != nil {
			return err
		}
		if up == filepath.Dir(up) {
			return nil
		}
	}
}
