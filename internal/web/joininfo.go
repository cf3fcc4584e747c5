package web

import (
	"fmt"
	"strings"

	"wayout/internal/view"
)

// JoinInfo says how to join a class, for a projector.
type JoinInfo struct {
	Page string // The address for browsers.
	Code string // As it is shown, or "" if joining is closed.
	Scan string // The text of the QR code.
}

// QRCode is a QR code: its size in modules, and its dark modules as the path of an SVG.
type QRCode struct {
	Size int
	Path string
}

// qrCode returns the QR code of a text, or nil if the text is too long for a code that can be
// scanned across a room.
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
