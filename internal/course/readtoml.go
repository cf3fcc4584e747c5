//go:build !js

package course

import (
	"bytes"
	"fmt"
	"io/fs"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

func readTOML(dir fs.FS, name string, into any) error {
	src, err := readSome(dir, name, 1<<20)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	clean, _ := text.Clean(bytes.TrimSpace(src), text.Policy{Max: 1 << 20})
	if _, err := toml.Decode(clean, into); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}
