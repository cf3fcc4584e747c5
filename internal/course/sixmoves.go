package course

import "fmt"

// SixMoves is what helps against blackmail with pictures. Lessons, help and debrief
// share one wording, so that a reviewer has to read it only once.
type SixMoves struct {
	Dated      string   `toml:"dated"`       // The month of the wording, as 2026-11.
	ReviewedBy string   `toml:"reviewed_by"` // A person with safeguarding duty, or "".
	ReviewedOn string   `toml:"reviewed_on"` // The day, as 2026-11-24.
	First      string   `toml:"first"`       // What comes before all of them: danger.
	Moves      []string `toml:"moves"`
	Money      Money    `toml:"money"` // What helps someone who's been asked to move money.
}

// Money is what helps someone who's been asked to move money, or has moved some. It has its own
// wording because the moves against blackmail speak of pictures.
type Money struct {
	First string   `toml:"first"` // What comes before all of them: danger.
	Moves []string `toml:"moves"`
}

// SixMoves reads six-moves.toml. A review needs a name and a day: one without the
// other is an error, since the words would claim a review that isn't on record.
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

// Review tells adults, before the lessons are used, which person with safeguarding duty
// has reviewed them, if anyone has. A child who is looking for help is never shown it.
// It is "" if the file can't be read, which a test rules out for the shipped one.
func (c *Course) Review() string {
	six, err := c.SixMoves()
	if err != nil {
		return ""
	}
	return c.Words().SixReview(six)
}

// Unreviewed returns one line, for a screen with little room, that no one has reviewed the
// lessons, or "" once someone has.
func (c *Course) Unreviewed() string {
	if six, err := c.SixMoves(); err == nil && six.ReviewedBy == "" {
		return c.Words().T("six.short")
	}
	return ""
}

// SixReview says how old the wording is, and who has reviewed it. It is for adults, and
// never shown to a child who is getting help.
func (w *Words) SixReview(s SixMoves) string {
	if s.ReviewedBy == "" {
		return w.T("six.unreviewed", "Date", s.Dated)
	}
	return w.T("six.reviewed", "Date", s.Dated, "Who", s.ReviewedBy, "Day", s.ReviewedOn)
}
