//go:build !unix

package privatedir

import "io/fs"

// owned and steady check nothing on this system: on Windows, access lists keep other users out of
// the folders of a profile, and mode bits have no meaning.
func owned(string, fs.FileInfo) error { return nil }

func steady(string) error { return nil }
