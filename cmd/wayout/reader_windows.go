package main

import (
	"unsafe"

	sys "golang.org/x/sys/windows"
)

// getScreenReader is SPI_GETSCREENREADER, which asks whether a screen reader is running
// (learn.microsoft.com, SystemParametersInfoW).
const getScreenReader = 0x0046

// screenReader reports whether Narrator, NVDA, JAWS or another screen reader has told Windows
// that it runs.
func screenReader() bool {
	var on uint32
	call := sys.NewLazySystemDLL("user32.dll").NewProc("SystemParametersInfoW")
	if call.Find() != nil {
		return false
	}
	ok, _, _ := call.Call(getScreenReader, 0, uintptr(unsafe.Pointer(&on)), 0)
	return ok != 0 && on != 0
}
