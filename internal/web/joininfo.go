package web

import (
	"fmt"
	"strings"

	"wayout/internal/view"
)

// JoinInfo is how one comes into a class, as a projector shows it.
type JoinInfo struct {
	Page string // The address for browsers.
	Code string // As it is shown, or "" where nobody can come any more.
	Scan string // What the code to scan says.
}

// QRCode is a code to scan: its size in modules, and its dark ones as the path of
// an SVG.
type QRCode struct {
	Size int
	Path string
}

// qrCode returns a text as a code to scan, nil where it is too long to be read
// across a room.
func qrCode(text string) *QRCode {
	rows := view.ScanCode(text, 41)
	if rows == nil {
		return nil
	}
	var path strings.Builder
	for y, row := range rows {
		for x, dark := range row {
			if dark {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return &QRCode{len(rows), path.String()}
}
