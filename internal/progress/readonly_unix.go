//go:build unix

package progress

import (
	"errors"
	"syscall"
)

// noFollow keeps a file from being opened, or made, through a link.
const noFollow = syscall.O_NOFOLLOW

// isReadOnly reports whether a file system takes no writes at all.
func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
