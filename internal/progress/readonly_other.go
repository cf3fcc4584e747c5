//go:build !unix && !js && !windows

package progress

// noFollow is 0: this system has no such flag.
const noFollow = 0

// isReadOnly reports whether a file system takes no writes at all. It can't tell on this system.
func isReadOnly(error) bool { return false }
