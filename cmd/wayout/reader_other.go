//go:build !linux && !darwin && !windows

package main

// screenReader reports false: there is no way to find out on this system.
func screenReader() bool { return false }
