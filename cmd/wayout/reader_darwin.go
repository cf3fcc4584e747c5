package main

import (
	"bytes"
	"slices"

	"golang.org/x/sys/unix"
)

// screenReader reports whether VoiceOver, the screen reader of macOS, runs.
func screenReader() bool {
	all, err := unix.SysctlKinfoProcSlice("kern.proc.all")
	if err != nil {
		return false
	}
	return slices.ContainsFunc(all, func(p unix.KinfoProc) bool {
		name, _, _ := bytes.Cut(p.Proc.P_comm[:], []byte{0})
		return string(name) == "VoiceOver"
	})
}
