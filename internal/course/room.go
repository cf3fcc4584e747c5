package course

import "errors"

// RoomWords is what a room is shown around a lesson, and the card for the adult.
type RoomWords struct {
	Rules    []string `toml:"rules"`
	Before   string   `toml:"before"`
	After    string   `toml:"after"`
	Out      string   `toml:"out"`
	Calm     string   `toml:"calm"`
	Paused   string   `toml:"paused"`
	CardHead string   `toml:"card_head"`
	Card     []string `toml:"card"` // Eleven points, danger first.
}

// RoomWords reads room.toml.
func (c *Course) RoomWords() (RoomWords, error) {
	var w RoomWords
	if err := readTOML(c.shipped, "room.toml", &w); err != nil {
		return w, err
	}
	if len(w.Rules) == 0 || len(w.Card) != 11 || w.Out == "" || w.Calm == "" {
		return w, errors.New("room.toml: rules, eleven points on the card, a line to step out, and a calm end")
	}
	return w, nil
}
