package tui

import (
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
)

// Seats is what the desk can do about the seats of a class. Each returns once it is
// done.
type Seats struct {
	More    func() (int, error)    // Opens more, and returns how many there are.
	Remove  func() (int, error)    // Removes those that nobody is in, and returns how many.
	NewCode func() (Coming, error) // Replaces the join code; whoever is in stays.
}

// seatsChanged is what came of an order about the seats.
type seatsChanged struct {
	said   string
	coming *Coming // With the new join code.
}

// pressSeats gives an order about the seats. It is false for any other key.
func (s classScreen) pressSeats(e env, press tea.KeyPressMsg) (classScreen, tea.Cmd, bool) {
	k, order := e.keys, s.t.Seats
	switch {
	case order == nil:
		return s, nil, false
	case key.Matches(press, k.moreSeats):
		return s, s.seats(e, order.More, func(n int) string {
			return e.words.T("desk.seats", "Count", n)
		}, e.words.T("desk.mostseats")), true
	case key.Matches(press, k.removeIdle):
		return s, s.seats(e, order.Remove, func(n int) string {
			return e.words.T("desk.removed", "Count", n)
		}, e.words.T("desk.noidle")), true
	case key.Matches(press, k.newCode):
		s.panel = codePanel
		return s, nil, true
	}
	return s, nil, false
}

// seats gives an order beside the loop, and says what came of it.
func (s classScreen) seats(e env, order func() (int, error), done func(int) string, nothing string) tea.Cmd {
	return func() tea.Msg {
		n, err := order()
		switch {
		case errors.Is(err, room.ErrNothing):
			return seatsChanged{said: nothing}
		case err != nil:
			return seatsChanged{said: s.refused(e, err)}
		}
		return seatsChanged{said: done(n)}
	}
}

// confirmCode replaces the join code where that is meant.
func (s classScreen) confirmCode(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	s.panel = classOpen
	if !key.Matches(press, e.keys.yes) {
		return s, nil
	}
	replace := s.t.Seats.NewCode
	return s, func() tea.Msg {
		c, err := replace()
		if err != nil {
			return seatsChanged{said: s.refused(e, err)}
		}
		return seatsChanged{said: e.words.T("desk.newcoded"), coming: &c}
	}
}

// changed takes what came of an order about the seats. A new code is shown at once.
func (s classScreen) changed(msg seatsChanged) screen {
	s.said = msg.said
	if msg.coming != nil {
		s.t.Coming, s.panel = *msg.coming, comingPanel
	}
	return s
}

// seatKeys are the keys of the desk for the seats.
func (s classScreen) seatKeys(e env) []key.Binding {
	if s.t.Seats == nil {
		return nil
	}
	return []key.Binding{e.keys.moreSeats, e.keys.removeIdle, e.keys.newCode}
}
