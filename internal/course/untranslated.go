//go:build js

package course

import "io/fs"

// readWords finds no words in a browser: there they come in a [Pack], so that the library that
// reads them stays out of the program.
func readWords(fs.FS, string) (*Words, error) { return nil, errNoWords }

func readTOML(fs.FS, string, any) error { return errNoWords }
