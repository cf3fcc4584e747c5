//go:build windows

package input

import (
	"errors"
	"os"
)

// Terminal is never made on Windows.
type Terminal struct{ *Reader }

// Open fails: the console of Windows sends keys in packets of its own, which the
// library reads, and with them the size of the window.
func Open(*os.File) (*Terminal, error) {
	return nil, errors.ErrUnsupported
}
