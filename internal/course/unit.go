package course

import (
	"fmt"
	"slices"
)

// Sheet is a paper that goes with a whole course.
type Sheet struct {
	Name  string      `toml:"name"` // Such as "letter"; the file is called by it.
	Title string      `toml:"title"`
	Parts []SheetPart `toml:"part"`
}

// SheetPart is a piece of a sheet: any of a head, paragraphs, points, and something that
// isn't in the words but in the course.
type SheetPart struct {
	Head   string   `toml:"head"`
	Text   []string `toml:"text"`
	List   []string `toml:"list"`
	Insert string   `toml:"insert"` // One of [SheetInserts], or "".
}

// SheetInserts returns what may be put into a part of a sheet.
func SheetInserts() []string {
	return []string{"six", "sessions", "lessons", "services", "rules", "out", "card", "lead", "line"}
}

// Sheets returns the papers of a whole course, from unit.toml. The error names an insert
// that isn't known.
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
