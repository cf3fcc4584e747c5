package course

import (
	"fmt"
	"slices"
)

// Sheet is a printed page that goes with a whole course.
type Sheet struct {
	Name  string      `toml:"name"` // Such as "letter"; the file has this name.
	Title string      `toml:"title"`
	Parts []SheetPart `toml:"part"`
}

// SheetPart is a part of a sheet. It may have a head, paragraphs, points, and an insert that is
// made from the course.
type SheetPart struct {
	Head   string   `toml:"head"`
	Text   []string `toml:"text"`
	List   []string `toml:"list"`
	Insert string   `toml:"insert"` // One of [SheetInserts], or "".
}

// SheetInserts returns the values that [SheetPart.Insert] may have.
func SheetInserts() []string {
	return []string{"six", "sessions", "lessons", "services", "rules", "out", "card", "lead", "line"}
}

// Sheets returns the printed pages of a whole course, from unit.toml. The error names an
// unknown insert.
func (c *Course) Sheets() ([]Sheet, error) {
	var u struct {
		Sheets []Sheet `toml:"sheet"`
	}
	if err := readTOML(c.shipped, "unit.toml", &u); err != nil {
		return nil, err
	}
	for _, s := range u.Sheets {
		for _, p := range s.Parts {
			if p.Insert != "" && !slices.Contains(SheetInserts(), p.Insert) {
				return nil, fmt.Errorf("unit.toml: %s: unknown insert %q", s.Name, p.Insert)
			}
		}
	}
	return u.Sheets, nil
}
