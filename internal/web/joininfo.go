package web

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// JoinInfo is how one comes into a class, as a projector shows it.
type JoinInfo struct {
	Page string // The address for browsers.
	Code string // As it is shown, or "" where nobody can come any more.
	Scan string // What the code to scan says.
}

// quiet is the clear border of a code to scan, in modules (ISO/IEC 18004: four).
const quiet = 4

// QRCode is a code to scan: its size in modules, and its dark ones as the path of
// an SVG.
type QRCode struct {
	Size int
	Path string
}

// qrCode returns a text as a code to scan, nil where it is too long to be read
// across a room.
func qrCode(text string) *QRCode {
	code, err := qr.Encode(text, qr.L)
	if text == "" || err != nil || code.Size > 41 {
		return nil
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return &QRCode{code.Size + 2*quiet, path.String()}
}
