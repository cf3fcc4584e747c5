package course

import "fmt"

// SixMoves is what helps against blackmail with pictures: one wording for
// lessons, help and debrief (teaching.md rule 50).
type SixMoves struct {
	Dated      string   `toml:"dated"`       // The month of the wording, as 2026-11.
	ReviewedBy string   `toml:"reviewed_by"` // A person with safeguarding duty, or "".
	ReviewedOn string   `toml:"reviewed_on"` // The day, as 2026-11-24.
	Moves      []string `toml:"moves"`
}

// SixMoves reads six-moves.toml. A review needs a name and a day: one without the
// other is an error, since it would look like more than it is.
func (c *Course) SixMoves() (SixMoves, error) {
	var s SixMoves
	if err := readTOML(c.shipped, "six-moves.toml", &s); err != nil {
		return s, err
	}
	if len(s.Moves) != 6 || s.Dated == "" || (s.ReviewedBy == "") != (s.ReviewedOn == "") {
		return s, fmt.Errorf("six-moves.toml: six moves, a date, and a reviewer with a day or none of both")
	}
	return s, nil
}

// SixReview returns the words that say how old the wording is, and who has
// reviewed it.
func (w *Words) SixReview(s SixMoves) string {
	if s.ReviewedBy == "" {
		return w.T("six.unreviewed", "Date", s.Dated)
	}
	return w.T("six.reviewed", "Date", s.Dated, "Who", s.ReviewedBy, "Day", s.ReviewedOn)
}
