package course

import (
	"wayout/internal/firstaid"
)

// FirstAid reads now.toml: the words for someone to whom it is happening right now.
func (c *Course) FirstAid() (*firstaid.Guide, error) {
	return c.tables.guide()
}
