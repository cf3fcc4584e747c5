package course

import "errors"

// RoomWords is what is shown to a room around a lesson, and the card for the adult.
type RoomWords struct {
	Rules    []string `toml:"rules"`
	Before   string   `toml:"before"`
	After    string   `toml:"after"`
	Out      string   `toml:"out"`
	Calm     string   `toml:"calm"` // Fits every lesson.
	Closing  Closing  `toml:"closing"`
	Paused   string   `toml:"paused"`
	CardHead string   `toml:"card_head"`
	Card     []string `toml:"card"` // Eleven points, danger first.
}

// Closing is what a room is told last, depending on who the story is about.
type Closing struct {
	Target     string `toml:"target"`    // Something was done to them.
	Fine       string `toml:"fine"`      // The other person turned out to be who they said.
	Bystander  string `toml:"bystander"` // It was done to someone else.
	Harm       string `toml:"harm"`      // They did it themselves.
	Adult      string `toml:"adult"`     // A lesson for staff.
	AfterAdult string `toml:"after_adult"`
}

// whole reports whether none of the texts is missing.
func (c Closing) whole() bool {
	return c.Target != "" && c.Fine != "" && c.Bystander != "" && c.Harm != "" && c.Adult != "" && c.AfterAdult != ""
}

// RoomWords reads room.toml.
func (c *Course) RoomWords() (RoomWords, error) {
	var w RoomWords
	if err := c.tables.read("room.toml", &w); err != nil {
		return w, err
	}
	if len(w.Rules) == 0 || len(w.Card) != 11 || w.Out == "" || w.Calm == "" || !w.Closing.whole() {
		return w, errors.New("room.toml: rules, eleven points on the card, a line to step out, a calm end, and the " +
			"closing words for each role")
	}
	return w, nil
}
