//go:build !js

package firstaid

import (
	"fmt"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

// Read reads now.toml. The error says what is missing: a screen without words would leave
// someone alone in the middle of the guide.
func Read(src []byte) (*Guide, error) {
	clean, found := text.Clean(src, text.Policy{Max: 64 << 10})
	if len(found) > 0 {
		return nil, fmt.Errorf("read now.toml: line %d: %s", found[0].Line, found[0].What)
	}
	var g Guide
	meta, err := toml.Decode(clean, &g)
	if err != nil {
		return nil, fmt.Errorf("read now.toml: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return nil, fmt.Errorf("read now.toml: no key %q", text.Line(more[0].String(), 60))
	}
	if err := g.whole(); err != nil {
		return nil, fmt.Errorf("read now.toml: %w", err)
	}
	return &g, nil
}
