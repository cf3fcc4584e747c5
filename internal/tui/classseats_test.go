package tui

import (
	"errors"
	"testing"

	"wayout/internal/room"
)

// withSeats returns the options of a desk that can change the seats.
func withSeats(t testing.TB, seats *Seats) Options {
	f, o := newFakeClass(t, "")
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, JoinInfo: comingIn, Seats: seats, News: func() (room.View, bool) {
		v, ok := f.news()
		v.Seats, v.Taken, v.Idle = 24, 24, 3
		return v, ok
	}}
	return o
}

// renewed returns how to join with a new code.
func renewed() func() (JoinInfo, error) {
	c := comingIn
	c.Code = "9XW 4TR"
	return func() (JoinInfo, error) { return c, nil }
}

// seatOrders returns the orders about the seats of a class; fails returns the error of
// each, and may be nil.
func seatOrders(fails func() error) *Seats {
	comesTo := func(n int) func() func() (int, error) {
		return func() func() (int, error) {
			return func() (int, error) {
				if fails != nil {
					return n, fails()
				}
				return n, nil
			}
		}
	}
	return &Seats{More: comesTo(74), Remove: comesTo(3), NewCode: renewed}
}

// TestDeskHasTheSeats opens more seats, removes idle ones and replaces the join code with
// the keys of the desk, before a class begins and after.
func TestDeskHasTheSeats(t *testing.T) {
	for _, begun := range []bool{false, true} {
		var fails error
		seats := seatOrders(func() error { return fails })
		d := newDesk(t, withSeats(t, seats), 80, 24)
		if begun {
			d.press("enter")
		}
		d.want("All seats are taken", "3 idle seats")
		d.press("a")
		d.want("There are 74 seats now")
		d.press("x")
		d.want("3 idle seats were removed")
		fails = room.ErrNothing
		d.press("a")
		d.want("That's the most seats")
		d.press("x")
		d.want("No seats are idle")
		fails = errors.New("the line is down")
		d.press("a")
		d.want("the line is down")
		d.press("c")
		d.want("Replace the join code?")
		d.press("esc")
		d.press("c", "y")
		d.want("9XW 4TR", "This is the new code")
		if d.screen().Contains("K7M 2QX") {
			t.Error("the old code still stands there")
		}
		d.press("?")
		d.want("more seats", "remove idle seats", "new code")
	}
}
