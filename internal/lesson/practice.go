package lesson

import (
	"slices"
	"strings"
)

// Names that a typed line may have in any situation, besides the moves of the situation.
const (
	Danger  = "danger"  // The line speaks of wanting to die, of hurting oneself, or of not being safe.
	Unclear = "unclear" // The line wasn't understood.
)

// situation is a set of moves that a rehearsal may have together.
type situation struct {
	name  string
	moves []string
}

// situations are the four in which a line is typed: to someone who pressures, to someone
// who can help, as a bystander, and by an adult whom someone tells.
var situations = []situation{
	{"refuse", []string{"decline", "boundary", "name-it", "leave", "block", "tell", "~agree", "~bargain", "~feed",
		"~excuse", "~attack"}},
	{"tell", []string{"say-what", "say-worst", "ask", "~hint", "~downplay", "~someone-else"}},
	{"stand-by", []string{"stop-it", "stand-with", "check-in", "get-help", "wont-share", "~join-in", "~blame",
		"~promise-secret", "~pry"}},
	{"listen", []string{"thank", "listen", "ask-safe", "be-honest", "next-step", "~promise-secret", "~blame",
		"~interrogate", "~look"}},
}

// MoveLabels returns the moves that a rehearsal may have, one line for each situation, as
// "refuse: decline, …". Weakening moves have a "~".
func MoveLabels() []string {
	var all []string
	for _, s := range situations {
		all = append(all, s.name+": "+strings.Join(s.moves, ", "))
	}
	return append(all, "in each: "+Danger+", "+Unclear)
}

// Moves returns the moves of a situation. Weakening moves have a "~".
func Moves(situation string) []string {
	for _, s := range situations {
		if s.name == situation {
			return slices.Clone(s.moves)
		}
	}
	return nil
}

// String returns a move in the syntax of the file.
func (m Move) String() string {
	if m.Weak {
		return "~" + m.Name
	}
	return m.Name
}

// Weakens reports whether a move gives the other person a way back in, in every situation that has it.
func Weakens(name string) bool {
	return slices.ContainsFunc(situations, func(s situation) bool { return slices.Contains(s.moves, "~"+name) })
}

// IsMove reports whether some situation has a move of this name.
func IsMove(name string) bool {
	return Weakens(name) || slices.ContainsFunc(situations, func(s situation) bool {
		return slices.Contains(s.moves, name)
	})
}

// Aside reports whether a name is [Danger] or [Unclear], which aren't moves of a situation.
func Aside(name string) bool { return name == Danger || name == Unclear }

// Protects reports whether a move is one of those that protect.
func (m Move) Protects() bool { return !m.Weak && !Aside(m.Name) }
