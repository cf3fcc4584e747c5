package course

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"

	"wayout/internal/hear"
)

// Hearing returns what a recogniser is made of, packed for a browser: frames, compressed with
// gzip, and weights.
func (c *Course) Hearing() (frames, weights []byte, err error) {
	src, weights, err := c.hearing()
	if err != nil {
		return nil, nil, err
	}
	f, err := hear.ReadFrames(src)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err = z.Write(f.Pack())
	err = cmp.Or(err, z.Close()) // It is whole only once it is closed.
	return b.Bytes(), weights, err
}

func (c *Course) hearing() (frames, weights []byte, err error) {
	if frames, err = c.File("hear/frames.toml"); err == nil {
		weights, err = readSome(c.shipped, "hear/weights.txt.gz", 1<<20) // Not text: no end of a line is mended.
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the recogniser: %w", err)
	}
	return frames, weights, nil
}

// Recogniser returns what hears typed lines in the language. It is read when it is
// first asked for.
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
