//go:build js

package course

import "io/fs"

// readWords finds none in a browser: words come in a [Pack] there, and the library that reads
// them stays out of the program.
func readWords(fs.FS, string) (*Words, error) { return nil, errNoWords }

func readTOML(fs.FS, string, any) error { return errNoWords }
