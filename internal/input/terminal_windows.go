//go:build windows

package input

import (
	"errors"
	"os"
)

// Terminal is never made on Windows.
type Terminal struct{ *Reader }

// Open always fails: the Windows console sends keys, and the size of the window, as
// events, which the library reads itself.
func Open(*os.File) (*Terminal, error) {
	return nil, errors.ErrUnsupported
}
