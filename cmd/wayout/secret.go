package main

import (
	"fmt"
	"io/fs"
	"os"

	"wayout/internal/text"
)

// Which other users must not be able to read a file with a secret. A group may read the key of a
// certificate, because some systems share it with one (Debian's ssl-cert).
const (
	ownerOnly    fs.FileMode = 0o077
	ownerOrGroup fs.FileMode = 0o007
)

// held returns an error if others can read a file with a secret, because then everyone with an
// account on this computer would know it. It leaves a missing file to its reader, and checks
// nothing on Windows, which has no such modes.
func held(path string, others fs.FileMode) error {
	if path == "" || windows {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&others == 0 {
		return nil
	}
	shown := text.Line(path, 200)
	return environment("close it with: chmod 600 "+shown,
		fmt.Errorf("others on this computer can read the key in %q", shown))
}

// secret reads a file with a secret that only its owner can read.
func secret(path string) ([]byte, error) {
	if err := held(path, ownerOnly); err != nil {
		return nil, err
	}
	src := readOwn(path)
	if src == nil {
		return nil, environment("give a file you can read",
			fmt.Errorf("can't read the key in %q", text.Line(path, 200)))
	}
	return src, nil
}
