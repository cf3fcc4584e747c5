//go:build !unix

package privatedir

import "io/fs"

// owned and steady check nothing here: on Windows the folders of a profile are closed to other
// users by their access lists, and mode bits mean nothing.
func owned(string, fs.FileInfo) error { return nil }

func steady(string) error { return nil }
