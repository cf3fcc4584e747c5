package lesson

import (
	"slices"
	"strings"
)

// Session says what a lesson was assembled for that does not come from a file of
// its own; see [Chain].
type Session string

// The sessions.
const (
	Booster Session = "booster" // A few short stories, days after a lesson.
	Before  Session = "before"  // Short stories before the course, to compare with After.
	After   Session = "after"   // The parallel form of Before, after the course.

	Practise Session = "practise" // A few rehearsals, without a story around them.

	FineOrOff Session = "fine-or-off" // One chat of the game of that name. Nothing of it is kept.
)

// Quiet reports whether answers get no explanation: explanations before the course would
// change what the stories measure.
func (s Session) Quiet() bool { return s == Before }

// Unled reports whether no answer may be selected before the learner selects one. In "Fine or
// off?" the answer is all there is to do, and a key pressed in haste to read on would give
// one.
func (s Session) Unled() bool { return s == FineOrOff }

// Deck is a file of short stories, each with one thing to do: the boosters of a
// lesson, or the two forms of before-after.md.
type Deck struct {
	File  string
	Forms []Form
}

// Form is the stories under one title of a deck.
type Form struct {
	Title string
	Items []Scene // Each has a Check or a Rehearsal, and no link.
	Pos   Pos
}

// MaxForms is the largest number of titles in a deck.
const MaxForms = 4

// Chain returns a lesson that tells some stories one after the other, and then
// the scene end. Onward are the words of the links between them. The stories must
// have come from [ParseDeck]; the caller may change their ids to keep the stories
// of several decks apart.
func Chain(head Head, kind Session, stories []Scene, onward string, end Scene) *Lesson {
	l := &Lesson{Head: head, Session: kind, Scenes: slices.Clone(stories)}
	for i := range l.Scenes {
		l.Scenes[i].Onward = &Choice{Text: []Span{{Text: onward}}, To: i + 1, Pos: l.Scenes[i].Pos}
	}
	l.Scenes = append(l.Scenes, end)
	return l
}

// IsDeck reports whether a file is a deck, by its name.
func IsDeck(name string) bool {
	return strings.HasSuffix(name, ".boosters.md") || name == "before-after.md" || name == PractiseFile
}

// PractiseFile is the deck of rehearsals without a story, with one title for each situation.
const PractiseFile = "practise.md"
