//go:build !linux && !darwin && !windows

package main

// screenReader reports false: this system doesn't say.
func screenReader() bool { return false }
