package course

import (
	"wayout/internal/firstaid"
)

// FirstAid reads now.toml: the guide for someone who is in trouble right now.
func (c *Course) FirstAid() (*firstaid.Guide, error) {
	return c.tables.guide()
}
