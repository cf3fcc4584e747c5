package course

import (
	"slices"
	"strings"

	"wayout/internal/text"
)

// nearest returns the id of the lesson whose id or title is most like what was asked
// for, or "" if none is similar.
func (c *Course) nearest(asked string) string {
	asked = strings.ToLower(asked)
	best, least := "", max(len(asked)/2, 3)
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		for _, name := range []string{e.ID, strings.ToLower(e.Title)} {
			d := text.Distance(asked, name)
			if len(asked) >= 3 && strings.Contains(name, asked) {
				d = 1
			}
			if d < least {
				best, least = e.ID, d
			}
		}
	}
	return best
}
