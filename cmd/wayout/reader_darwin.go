package main

import (
	"bytes"

	"golang.org/x/sys/unix"
)

// screenReader reports whether VoiceOver, the screen reader of macOS, runs.
func screenReader() bool {
	all, err := unix.SysctlKinfoProcSlice("kern.proc.all")
	if err != nil {
		return false
	}
	for _, p := range all {
		if name, _, _ := bytes.Cut(p.Proc.P_comm[:], []byte{0}); string(name) == "VoiceOver" {
			return true
		}
	}
	return false
}
