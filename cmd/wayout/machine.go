package main

import (
	"crypto/rand"
	"encoding/binary"
	"runtime"
)

// windows is where a terminal does not set TERM.
const windows = runtime.GOOS == "windows"

// seed returns a number that orders the options of the checks.
func seed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // It never fails, and an order of zero would do.
	return binary.LittleEndian.Uint64(b[:])
}
