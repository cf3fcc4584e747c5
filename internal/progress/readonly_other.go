//go:build !unix && !js && !windows

package progress

// noFollow is not to be had here.
const noFollow = 0

// isReadOnly reports whether a file system takes no writes at all. Nothing is known of it here.
func isReadOnly(error) bool { return false }
