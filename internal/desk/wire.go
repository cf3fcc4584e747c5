package desk

import (
	"encoding/json"
	"time"

	"wayout/internal/room"
)

// What goes over the line between a desk and a service.
type (
	// Created answers the wish for a room.
	Created struct {
		Room string `json:"room"`
		Code string `json:"code"`
		Key  string `json:"key"`
	}
	// Request is the wish.
	Request struct {
		Lesson string         `json:"lesson"`
		Seats  int            `json:"seats"`
		Script []room.Command `json:"script,omitempty"`
	}
	// Status is what a desk is told: the class, and no seat of it.
	Status struct {
		Class     json.RawMessage `json:"class"`
		Rev       uint64          `json:"rev"`
		In        int             `json:"in"`
		Answered  int             `json:"answered"`
		Everybody bool            `json:"everybody"`
		Seats     int             `json:"seats"`
		Taken     int             `json:"taken"`
		Idle      int             `json:"idle"`
		Guesses   int             `json:"guesses,omitempty"`
	}
	// Executed says that an order was followed, and at which revision.
	Executed struct {
		Rev uint64 `json:"rev"`
	}
	// Refusal says why an order was not followed.
	Refusal struct {
		Why string `json:"why"`
	}
)

// What a desk says of an order besides the order.
const (
	AfterHeader = "Wayout-After" // The revision of its last one.
	OrderHeader = "Wayout-Order" // The name of this one, the same each time that it is given.
)

// Refusals are the errors that a desk tells apart.
var Refusals = map[string]error{"nothing": room.ErrNothing, "asked": room.ErrShown, "over": room.ErrOver,
	"moved":   room.ErrConflict,
	"notover": room.ErrNotOver, "people": room.ErrNoHeadcount, "options": room.ErrOptions}

// SeatsOrder is what a desk wants done about the seats.
type SeatsOrder struct {
	Do string `json:"do"`
}

// SeatsResult says what came of it.
type SeatsResult struct {
	Count int    `json:"count,omitempty"` // How many seats there are now, or were removed.
	Code  string `json:"code,omitempty"`  // The new join code.
}

// What a desk may want done about the seats.
const (
	AddSeats        = "more"
	RemoveIdleSeats = "remove"
	ReplaceCode     = "code"
)

// Beat is how often a service says on a line that the line is well.
const Beat = 2 * time.Second
