package course

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"wayout/internal/hear"
)

// Hearing returns what a browser makes a recogniser from: the frames, compressed with gzip, and
// the weights.
func (c *Course) Hearing() (frames, weights []byte, err error) {
	frames, weights, err = c.hearing()
	if err != nil || bytes.HasPrefix(frames, []byte("\x1f\x8b")) {
		return frames, weights, err
	}
	f, err := hear.ReadFrames(frames)
	if err != nil {
		return nil, nil, err
	}
	frames, err = f.Packed()
	return frames, weights, err
}

// hearing returns the frames, from frames.toml or packed if that doesn't exist, and the weights.
func (c *Course) hearing() (frames, weights []byte, err error) {
	frames, err = c.File("hear/frames.toml")
	if errors.Is(err, fs.ErrNotExist) {
		frames, err = readSome(c.shipped, "hear/frames.toml.gz", 1<<20) // Not text: line ends stay as they are.
	}
	if err == nil {
		weights, err = readSome(c.shipped, "hear/weights.packed", 1<<20)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the recogniser: %w", err)
	}
	return frames, weights, nil
}

// Recogniser returns the recogniser of typed lines in the language. It is read on
// first use.
func (c *Course) Recogniser() (*hear.Recogniser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.recogniser != nil {
		return c.recogniser, nil
	}
	frames, weights, err := c.hearing()
	if err != nil {
		return nil, err
	}
	c.recogniser, err = hear.Read(frames, weights)
	return c.recogniser, err
}
