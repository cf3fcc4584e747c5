//go:build js

package hear

import (
	"errors"
	"fmt"
	"strings"
)

// ReadFrames reads the output of [Frames.Packed]. It refuses frames.toml, so that the TOML
// parser stays out of a program for a browser.
func ReadFrames(src []byte) (*Frames, error) {
	if !strings.HasPrefix(string(src), gzipped) {
		return nil, errors.New("frames have to be packed for a browser")
	}
	text, err := decompressed(src)
	if err != nil {
		return nil, fmt.Errorf("read the frames: %w", err)
	}
	return unpackFrames(text)
}

// Read returns a recogniser of packed frames and weights. The error says which of them is
// wrong.
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
