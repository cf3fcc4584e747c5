package course

import "fmt"

// SixMoves is what helps against blackmail with pictures: one wording for
// lessons, help and debrief, so that a reviewer reads it once.
type SixMoves struct {
	Dated      string   `toml:"dated"`       // The month of the wording, as 2026-11.
	ReviewedBy string   `toml:"reviewed_by"` // A person with safeguarding duty, or "".
	ReviewedOn string   `toml:"reviewed_on"` // The day, as 2026-11-24.
	First      string   `toml:"first"`       // What comes before all of them: danger.
	Moves      []string `toml:"moves"`
	Money      Money    `toml:"money"` // What helps someone who's been asked to move money.
}

// Money is what helps someone who's been asked to move money, or has moved some: the moves
// against blackmail speak of pictures.
type Money struct {
	First string   `toml:"first"` // What comes before all of them: danger.
	Moves []string `toml:"moves"`
}

// SixMoves reads six-moves.toml. A review needs a name and a day: one without the
// other is an error, since it would look like more than it is.
func (c *Course) SixMoves() (SixMoves, error) {
	var s SixMoves
	if err := c.tables.read("six-moves.toml", &s); err != nil {
		return s, err
	}
	if len(s.Moves) != 6 || s.First == "" || s.Dated == "" || (s.ReviewedBy == "") != (s.ReviewedOn == "") {
		return s,
			fmt.Errorf("six-moves.toml: six moves, what comes first, a date, and a reviewer with a day or none of both")
	}
	if len(s.Money.Moves) != 6 || s.Money.First == "" {
		return s, fmt.Errorf("six-moves.toml: under [money], six moves and what comes first")
	}
	return s, nil
}

// Review returns what every adult is told before the lessons are used: who with
// safeguarding duty has reviewed them, if anybody has. A child who is looking for
// help is never shown it. A test holds the file that it comes from.
func (c *Course) Review() string {
	six, err := c.SixMoves()
	if err != nil {
		return ""
	}
	return c.Words().SixReview(six)
}

// Unreviewed is Review in one line, for a screen with little room: "" once
// somebody has reviewed the lessons.
func (c *Course) Unreviewed() string {
	if six, err := c.SixMoves(); err == nil && six.ReviewedBy == "" {
		return c.Words().T("six.short")
	}
	return ""
}

// SixReview returns the words that say how old the wording is, and who has
// reviewed it. They are for adults: it isn't printed to a child in the middle of
// help.
func (w *Words) SixReview(s SixMoves) string {
	if s.ReviewedBy == "" {
		return w.T("six.unreviewed", "Date", s.Dated)
	}
	return w.T("six.reviewed", "Date", s.Dated, "Who", s.ReviewedBy, "Day", s.ReviewedOn)
}
