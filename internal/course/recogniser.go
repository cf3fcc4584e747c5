package course

import (
	"fmt"

	"wayout/internal/hear"
)

// Recogniser returns what hears typed lines in the language. It is read when it is
// first asked for.
func (c *Course) Recogniser() (*hear.Recogniser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.recogniser != nil {
		return c.recogniser, nil
	}
	frames, err := c.File("hear/frames.toml")
	if err != nil {
		return nil, fmt.Errorf("read the recogniser: %w", err)
	}
	weights, err := readSome(c.shipped, "hear/weights.txt.gz", 1<<20) // Not text: no end of a line is mended.
	if err != nil {
		return nil, fmt.Errorf("read the recogniser: %w", err)
	}
	c.recogniser, err = hear.Read(frames, weights)
	return c.recogniser, err
}
