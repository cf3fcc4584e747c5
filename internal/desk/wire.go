package desk

import (
	"encoding/json"
	"errors"
	"time"

	"wayout/internal/room"
)

// Messages between a desk and a service.
type (
	// Created is the reply to a Request.
	Created struct {
		Room string `json:"room"`
		Code string `json:"code"`
		Key  string `json:"key"`
	}
	// Request asks a service for a room.
	Request struct {
		Lesson string         `json:"lesson"`
		Seats  int            `json:"seats"`
		Script []room.Command `json:"script,omitempty"`
	}
	// Status is what a desk is told: the class and counts, nothing about a single seat.
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
	// Executed says that an order was carried out, and the revision that it made.
	Executed struct {
		Rev uint64 `json:"rev"`
	}
	// Refusal says why an order was refused.
	Refusal struct {
		Why string `json:"why"`
	}
)

// Headers of an order.
const (
	AfterHeader = "Wayout-After" // The revision that the desk's last order made.
	OrderHeader = "Wayout-Order" // The name of this order, the same each time it is sent.
)

// Refusals are the errors that a desk distinguishes, by their names in a [Refusal].
var Refusals = map[string]error{"nothing": room.ErrNothing, "asked": room.ErrShown, "over": room.ErrOver,
	"moved":   room.ErrConflict,
	"notover": room.ErrNotOver, "people": room.ErrNoHeadcount, "options": room.ErrOptions}

// RefusalOf returns the name of an error that a desk distinguishes, "" for any other. A refusal is
// an answer, so sending the order again is no use.
func RefusalOf(err error) string {
	for name, known := range Refusals {
		if errors.Is(err, known) {
			return name
		}
	}
	return ""
}

// SeatsOrder is an order about the seats.
type SeatsOrder struct {
	Do string `json:"do"`
}

// SeatsResult is the result of a [SeatsOrder].
type SeatsResult struct {
	Count int    `json:"count,omitempty"` // How many seats there are now, or were removed.
	Code  string `json:"code,omitempty"`  // The new join code.
}

// The values of SeatsOrder.Do.
const (
	AddSeats        = "more"
	RemoveIdleSeats = "remove"
	ReplaceCode     = "code"
)

// Beat is how often a service sends a sign of life on a connection.
const Beat = 2 * time.Second
