//go:build unix

package progress

import (
	"errors"
	"syscall"
)

// isReadOnly reports whether a file system takes no writes at all.
func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
