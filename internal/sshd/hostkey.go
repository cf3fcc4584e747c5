package sshd

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/atomicfile"
)

// HostKey returns the key of an SSH server, as PEM, and its fingerprint. It is made once and
// kept in a file that only its owner can read: a key that changed with every class would teach
// people to dismiss warnings. With path "" it lasts as long as the program.
func HostKey(path string) (key []byte, fingerprint string, err error) {
	if path != "" {
		key, err = os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("read the key of this machine: %w", err)
		}
	}
	if key == nil {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return nil, "", err
		}
		block, err := gossh.MarshalPrivateKey(private, "")
		if err != nil {
			return nil, "", err
		}
		key = pem.EncodeToMemory(block)
		if path != "" {
			err := os.MkdirAll(filepath.Dir(path), 0o700)
			if err == nil {
				err = atomicfile.Create(path, key, 0o600)
			}
			if err != nil {
				return nil, "", fmt.Errorf("keep the key of this machine: %w", err)
			}
		}
	}
	signer, err := gossh.ParsePrivateKey(key)
	if err != nil {
		return nil, "", fmt.Errorf("read the key of this machine: %s: %w", path, err)
	}
	return key, gossh.FingerprintSHA256(signer.PublicKey()), nil
}
