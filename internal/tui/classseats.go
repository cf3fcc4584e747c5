package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
)

// Seats are the orders that a desk can give about the seats of a class. Each is queued
// with the other orders and returns at once; the wait that it returns waits for the result.
type Seats struct {
	More    func() (wait func() (int, error))      // Opens more seats; wait returns how many there are.
	Remove  func() (wait func() (int, error))      // Removes seats that no one is in; wait returns how many.
	NewCode func() (wait func() (JoinInfo, error)) // Replaces the join code; everyone who is in stays.
}

// seatsChanged is the result of an order about the seats.
type seatsChanged struct {
	said   string
	coming *JoinInfo // How to join with the new code; nil if it is the old one.
}

// seats gives an order, waits for it outside the loop, and says what came of it.
func (s classScreen) seats(e env, order func() func() (int, error), done, nothing string) tea.Cmd {
	wait := order()
	return func() tea.Msg {
		n, err := wait()
		switch {
		case errors.Is(err, room.ErrNothing):
			return seatsChanged{said: e.words.T(nothing)}
		case err != nil:
			return seatsChanged{said: s.refused(e, err)}
		}
		return seatsChanged{said: e.words.T(done, "Count", n)}
	}
}

// replaceCode replaces the join code.
func (s classScreen) replaceCode(e env) (screen, request, tea.Cmd) {
	s.panel = classOpen
	wait := s.t.Seats.NewCode()
	return s, nil, func() tea.Msg {
		c, err := wait()
		if err != nil {
			return seatsChanged{said: s.refused(e, err)}
		}
		return seatsChanged{said: e.words.T("desk.newcoded"), coming: &c}
	}
}

// changed takes the result of an order about the seats. A new code is shown at once.
func (s classScreen) changed(msg seatsChanged) screen {
	s.said = msg.said
	if msg.coming != nil {
		s.t.JoinInfo, s.panel = *msg.coming, comingPanel
	}
	return s
}

// seatKeys returns the desk's table lines for the seats.
func (s classScreen) seatKeys(e env) []action {
	order := s.t.Seats
	if order == nil {
		return nil
	}
	more := func(e env) (screen, request, tea.Cmd) {
		return s, nil, s.seats(e, order.More, "desk.seats", "desk.mostseats")
	}
	remove := func(e env) (screen, request, tea.Cmd) {
		return s, nil, s.seats(e, order.Remove, "desk.removed", "desk.noidle")
	}
	return []action{does(e.keys.moreSeats, "", more), does(e.keys.removeIdle, "", remove),
		s.opens(e.keys.newCode, codePanel)}
}
