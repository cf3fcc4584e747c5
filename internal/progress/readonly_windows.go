package progress

import (
	"errors"
	"syscall"
)

// noFollow is 0: Windows has no such flag.
const noFollow = 0

// writeProtected is ERROR_WRITE_PROTECT: a card or a stick whose switch is set, or a disk that
// was made read-only (learn.microsoft.com, System Error Codes).
const writeProtected syscall.Errno = 19

// isReadOnly reports whether a file system takes no writes at all.
func isReadOnly(err error) bool { return errors.Is(err, writeProtected) }
