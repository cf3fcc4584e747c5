//go:build !js

package hear

import (
	"bytes"
	"fmt"

	"github.com/BurntSushi/toml"
)

// ReadFrames reads frames.toml, or the output of [Frames.Packed]. The error names the
// frame and the pattern that is wrong.
func ReadFrames(src []byte) (*Frames, error) {
	if bytes.HasPrefix(src, []byte(gzipped)) {
		text, err := decompressed(src)
		if err != nil {
			return nil, fmt.Errorf("read the frames: %w", err)
		}
		return unpackFrames(text)
	}
	var f Frames
	if err := toml.Unmarshal(src, &f); err != nil {
		return nil, fmt.Errorf("read the frames: %w", err)
	}
	if err := f.compile(); err != nil {
		return nil, err
	}
	return &f, nil
}

// Read returns a recogniser of frames.toml and weights.txt, each packed or not. The
// error says which of them is wrong, and where.
func Read(frames, weights []byte) (*Recogniser, error) {
	f, err := ReadFrames(frames)
	if err != nil {
		return nil, err
	}
	m, err := DecodeModel(weights)
	if err != nil {
		return nil, err
	}
	return New(f, m), nil
}
