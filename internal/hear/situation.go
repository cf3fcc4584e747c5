package hear

import (
	"fmt"
	"slices"
)

// Situation is the situation in which a line is typed.
type Situation uint8

// The situations.
const (
	Refuse  Situation = iota // To someone who applies pressure.
	Tell                     // To someone who can help.
	StandBy                  // To a friend, or in a group.
	Listen                   // By an adult, to a young person who tells.
)

// Situations are all situations, in order.
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

// Moves are the moves of each situation, by the names that lessons use: protective
// moves, then weakening moves, which begin with "~".
var Moves = map[Situation][]string{
	Refuse: {"decline", "boundary", "name-it", "leave", "block", "tell", "~agree", "~bargain", "~feed", "~excuse",
		"~attack"},
	Tell: {"say-what", "say-worst", "ask", "~hint", "~downplay", "~someone-else"},
	StandBy: {"stop-it", "stand-with", "check-in", "get-help", "wont-share", "~join-in", "~blame", "~promise-secret",
		"~pry"},
	Listen: {"thank", "listen", "ask-safe", "be-honest", "next-step", "~promise-secret", "~blame", "~interrogate",
		"~look"},
}

// Kinds are the kinds of moves that have a name of their own, where one name for the move would
// be wrong: to ask for a promise first is a hint, and the learner is told that the promise was
// heard. A frame that has a kind and isn't certain is no evidence
// for its move: the move has to be heard, too, or in an exchange nothing at all.
var Kinds = map[string][]string{
	"~hint":     {Anger, Blame, Keep, Mad, Money, Promise, Question, Tears},
	"~downplay": {Money, Subject}, "~someone-else": {Friend}, "ask": {Mad, Promise, Tears},
}

// Kinds that have rules of their own in an exchange.
const (
	Question = "question" // A question around it.
	Friend   = "friend"   // About somebody else, who isn't there.
	Keep     = "keep"     // Somebody from seeing it.
	Money    = "money"    // The sum that is wanted, with or without a story around it.
	Subject  = "subject"  // Another subject.
	Mad      = "mad"      // Whether the other will be angry. It isn't yet a request for help.
	Promise  = "promise"  // That nobody else is told.
	Tears    = "tears"    // The words don't come.
	Anger    = "anger"    // At the one who is told, or at whoever did it.
	Blame    = "blame"    // Of themselves. Its name must not sound like agreement.
)

// protectiveMoves returns the protective moves of all situations.
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

// Gentle is the [Frame.Move] of a frame that finds a joke about dying, such as "kms this
// homework", or someone who isn't all right. It isn't a move and has no weight: see
// [Heard.Gentle]. If the frame is certain and the whole line, no move is heard.
const Gentle = "gentle"

// Nothing is the [Frame.Move] of a frame that is evidence for no move. It only rules out moves,
// by [Frame.Not], and if it is certain, danger as well.
const Nothing = "nothing"

// NoMove is the [Frame.Move] of a frame that makes no move if it is certain and the whole line: the
// learner isn't praised, corrected or asked about "yes" to a friend, or "do you think im stupid".
const NoMove = anyUnclear

// Outcome is what a line is as a whole.
type Outcome uint8

// The outcomes.
const (
	Unclear    Outcome = iota // No outcome is certain.
	Protective                // It makes a protective move, and no weakening move.
	Weak                      // It makes a weakening move, and no protective move.
	Mixed                     // It makes both.
	InDanger                  // It speaks of danger: help comes first.
)

var outcomeNames = [...]string{"unclear", "protective", "weak", "mixed", "danger"}

// String returns the outcome's name, as in JSON and in training lines.
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
	Moves   []string // The moves that were heard, in the order of [Moves].
	Unsure  []string // Moves that were perhaps made: ask the learner first.
	Not     []string // Moves that frames rule out, whatever the weights say.
	Because []Reason // One for each move heard, and for danger.
	Perhaps []Reason // One for each move that is unsure, the likeliest first.
	Shown   []string // The moves that frames have found, whether or not they were heard.

	// Kinds are the kinds of moves that frames have found, whether or not the moves were heard.
	Kinds []Kind

	// Asks is set for a question about someone else's danger. If the writer may mean
	// themselves, danger is in Perhaps.
	Asks bool

	// Gentle is set for a line that isn't heard as danger but is close to it, or jokes
	// about dying: then the feedback includes a word about help.
	Gentle bool
}

// Kind is a kind of a move, the words that it rests on, and their clause, as in [Reason].
type Kind struct{ Move, As, Words, Clause string }

// Reason is the words that a move rests on.
type Reason struct {
	Move   string
	Words  string // As they were typed.
	Clause string // The whole clause that they are in, or "" for a long one and for words of several.
}
