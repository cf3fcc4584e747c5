package main

import (
	"fmt"
	"io/fs"
	"os"

	"wayout/internal/text"
)

// Users other than its owner may read a file that holds a secret in one case: on some systems
// the key of a certificate is shared with a group (Debian's ssl-cert).
const (
	ownerOnly    fs.FileMode = 0o077
	ownerOrGroup fs.FileMode = 0o007
)

// held refuses a file with a secret that others can read: anyone with an account on this
// computer would know the secret. A missing file is reported by its reader. Windows has no
// such modes.
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
