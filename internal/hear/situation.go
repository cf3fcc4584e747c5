package hear

import (
	"fmt"
	"slices"
)

// Situation is what a line is typed for.
type Situation uint8

// The situations.
const (
	Refuse  Situation = iota // To someone who pressures.
	Tell                     // To someone who can help.
	StandBy                  // To a friend, or in a group.
	Listen                   // An adult, to a young person who tells.
)

// Situations are all of them, in order.
var Situations = []Situation{Refuse, Tell, StandBy, Listen}

var situationNames = [...]string{"refuse", "tell", "stand-by", "listen"}

// String returns the name that a lesson and the command line use.
func (s Situation) String() string { return situationNames[s] }

// ParseSituation reads the name of a situation. The error lists the names.
func ParseSituation(name string) (Situation, error) {
	if i := slices.Index(situationNames[:], name); i >= 0 {
		return Situation(i), nil
	}
	return 0, fmt.Errorf("unknown situation %q; choose from: refuse, tell, stand-by, listen", name)
}

// Moves are the moves of each situation, as a lesson names them: protective ones,
// then weakening ones, which begin with "~".
var Moves = map[Situation][]string{
	Refuse: {"decline", "boundary", "name-it", "leave", "block", "tell", "~agree", "~bargain", "~feed", "~excuse",
		"~attack"},
	Tell: {"say-what", "say-worst", "ask", "~hint", "~downplay", "~someone-else"},
	StandBy: {"stop-it", "stand-with", "check-in", "get-help", "wont-share", "~join-in", "~blame", "~promise-secret",
		"~pry"},
	Listen: {"thank", "listen", "ask-safe", "be-honest", "next-step", "~promise-secret", "~blame", "~interrogate",
		"~look"},
}

// protectiveMoves are those of every situation.
func protectiveMoves() []string {
	var all []string
	for _, s := range Situations {
		for _, m := range Moves[s] {
			if isStrong(m) {
				all = append(all, m)
			}
		}
	}
	return all
}

// Danger is the move that is heard in every situation.
const Danger = "danger"

// Gentle is what a frame speaks for that finds a joke about dying, such as "kms this
// homework", or someone who isn't all right. It is no move and weighs nothing: see
// [Heard.Gentle]. Where it is certain, and the whole line, no move is heard.
const Gentle = "gentle"

// Nothing is what a frame speaks for that speaks for no move: it only says what a line isn't,
// by its [Frame.Not], and where it is certain, that the whole line is no danger.
const Nothing = "nothing"

// NoMove is what a frame speaks for that, where it is certain and the whole line, makes no move: nobody
// is praised, corrected or asked about "yes" to a friend, or "do you think im stupid".
const NoMove = anyUnclear

// Outcome is what a line is as a whole.
type Outcome uint8

// The outcomes.
const (
	Unclear    Outcome = iota // Nothing was heard for certain.
	Protective                // It makes a protective move and no weakening one.
	Weak                      // It makes a weakening move and no protective one.
	Mixed                     // It makes both.
	InDanger                  // It speaks of danger: help comes first.
)

var outcomeNames = [...]string{"unclear", "protective", "weak", "mixed", "danger"}

// String returns the outcome's name as it stands in JSON and in lines to learn from.
func (o Outcome) String() string { return outcomeNames[o] }

// ParseOutcome reads the name of an outcome.
func ParseOutcome(name string) (Outcome, error) {
	if i := slices.Index(outcomeNames[:], name); i >= 0 {
		return Outcome(i), nil
	}
	return 0, fmt.Errorf("unknown outcome %q; choose from: protective, weak, mixed, unclear, danger", name)
}

// Heard is what was heard in a line.
type Heard struct {
	Outcome Outcome
	Moves   []string // Heard, in the order of [Moves].
	Unsure  []string // Perhaps made: ask before saying so.
	Not     []string // Not made, by a frame, whatever else speaks for it.
	Because []Reason // One for each move heard, and for danger.
	Perhaps []Reason // One for each move that is unsure, the likeliest first.

	// Asks is set for a question after someone else's danger. Where it may be meant of
	// oneself, danger is in Perhaps.
	Asks bool

	// Gentle is set for a line that isn't heard as danger and isn't far from it, or jokes
	// about dying: a word about help goes with it.
	Gentle bool
}

// Reason is the words that a move rests on.
type Reason struct {
	Move  string
	Words string // As they were typed.
}
