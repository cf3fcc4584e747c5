package main

import (
	"math/rand/v2"
	"runtime"
)

// windows reports whether this is Windows, where terminals don't set TERM.
const windows = runtime.GOOS == "windows"

// seed returns a number that orders the options of the checks.
func seed() uint64 { return rand.Uint64() }
