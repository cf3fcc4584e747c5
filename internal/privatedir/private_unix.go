//go:build unix

package privatedir

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// owned checks the owner and the mode of a folder. If others can only read it, their access is
// removed; if they can write to it, that is an error, because they may have put anything there.
func owned(dir string, info fs.FileInfo) error {
	who, ok := info.Sys().(*syscall.Stat_t)
	switch mode := info.Mode().Perm(); {
	case !ok || int(who.Uid) != os.Geteuid():
		return fmt.Errorf("%s belongs to someone else", dir)
	case mode&0o022 != 0:
		return fmt.Errorf("others can write to %s (mode %04o); move it away, or run: chmod 700", dir, mode)
	case mode != 0o700:
		return os.Chmod(dir, 0o700)
	}
	return nil
}

// steady returns an error if others could replace a folder inside this one. In a folder that
// everyone may write to, only the sticky bit prevents that.
func steady(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return fmt.Errorf("anyone can write to %s", dir)
	}
	return nil
}
