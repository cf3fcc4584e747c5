package lesson

import (
	"slices"
	"strings"
)

// Session says what a lesson was put together for that does not come from a
// file of its own; see [Chain].
type Session string

// The sessions.
const (
	Booster Session = "booster" // A few short stories, days after a lesson.
	Before  Session = "before"  // The first form of the stories before and after.
	After   Session = "after"   // Its parallel form.

	Practise Session = "practise" // A few lines to type, without a story around them.

	FineOrOff Session = "fine-or-off" // One chat of the game of that name. Nothing of it is kept.
)

// Quiet reports whether answers are taken without a comment: what is explained
// before the course would be no measure of it.
func (s Session) Quiet() bool { return s == Before }

// Unled reports whether no answer may stand selected before the learner selects one. To say
// what one thinks of a chat is all that there is to do in "Fine or off?", and a key that was
// pressed in haste, to read on, would say it.
func (s Session) Unled() bool { return s == FineOrOff }

// Deck is a file of short stories, each with one thing to do: the boosters of a
// lesson, or the two forms of before-after.md.
type Deck struct {
	File  string
	Forms []Form
}

// Form is what stands under one title of a deck.
type Form struct {
	Title string
	Items []Scene // Each has a Check or a Rehearsal, and leads nowhere.
	Pos   Pos
}

// MaxForms bounds the titles of a deck.
const MaxForms = 4

// Chain puts stories together to a lesson that tells one after the other and
// then the end, which has no way on. Onward are the words that lead from one to
// the next. The stories must have come from [ParseDeck]; their ids may be
// changed, so that the stories of several decks stay apart.
func Chain(head Head, kind Session, stories []Scene, onward string, end Scene) *Lesson {
	l := &Lesson{Head: head, Session: kind, Scenes: slices.Clone(stories)}
	for i := range l.Scenes {
		l.Scenes[i].Onward = &Choice{Text: []Span{{Text: onward}}, To: i + 1, Pos: l.Scenes[i].Pos}
	}
	l.Scenes = append(l.Scenes, end)
	return l
}

// IsDeck reports whether a file is a deck by its name.
func IsDeck(name string) bool {
	return strings.HasSuffix(name, ".boosters.md") || name == "before-after.md" || name == PractiseFile
}

// PractiseFile is the deck of what is practised without a story: a title a situation.
const PractiseFile = "practise.md"
