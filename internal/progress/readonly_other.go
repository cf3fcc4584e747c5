//go:build !unix && !js

package progress

// noFollow is not to be had here.
const noFollow = 0

// isReadOnly reports whether a file system takes no writes at all. Windows says
// so as a lack of permission.
func isReadOnly(error) bool { return false }
