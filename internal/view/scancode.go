package view

import "rsc.io/qr"

// quiet is the clear border of a code to scan, in modules (ISO/IEC 18004: four).
const quiet = 4

// ScanCode returns a text as a QR code: rows of modules, the dark ones true, with the clear
// border that a scanner needs. It returns nil if the text is empty, or if the code has more
// than most modules a side and would be too small to scan across a room.
func ScanCode(text string, most int) [][]bool {
	code, err := qr.Encode(text, qr.L)
	if text == "" || err != nil || code.Size > most {
		return nil
	}
	rows := make([][]bool, code.Size+2*quiet)
	for y := range rows {
		rows[y] = make([]bool, len(rows))
		for x := range rows {
			rows[y][x] = code.Black(x-quiet, y-quiet) // False outside the code.
		}
	}
	return rows
}
