package exchange

import (
	"slices"

	"wayout/internal/hear"
)

// Item is a move that the story has an answer for.
type Item struct {
	Move    string   `json:"move"`
	Weak    bool     `json:"weak,omitempty"`
	Fulfils bool     `json:"fulfils,omitempty"` // What was asked for happens in the answer.
	Cues    []string `json:"cues,omitempty"`    // The author's own words for the move.
	Reply   int      `json:"reply"`             // Which of the answers that a page holds.
}

// Rehearsal is what has to be known of a line to type so that the item can be found which
// answers what a line does.
//
// A line is several moves at once, such as a no with an excuse, and the author needn't have
// written an item for each of them. So:
//
//   - Danger comes before everything.
//   - A line with a protective move is never answered by an item that weakens, but for one
//     that the author wrote for a move which the line makes too, and in which nothing of what
//     was asked for happens: "no, i have homework" may be argued with, and is never taken
//     for a yes. Where someone is told not even then: it has been said.
//   - A protective move without an item goes to one that does much the same, or else to the
//     first that protects.
//   - A line with weakening moves alone goes to the item of its move. Without one it goes to
//     the mildest of those that weaken, and never to one in which what was asked for happens,
//     unless the line agrees to it.
//   - All else is answered as what wasn't understood.
type Rehearsal struct {
	In     hear.Situation `json:"in"`
	Tells  bool           `json:"tells,omitempty"`  // The author's moves are those of telling someone.
	Friend bool           `json:"friend,omitempty"` // Who tells does so for a friend: to speak of them is to say it.
	People []string       `json:"people,omitempty"` // The names of the lesson's people, as they are written.
	Items  []Item         `json:"items"`
	Models []string       `json:"models,omitempty"` // The lines that the story gives as examples.
	Model  string         `json:"model,omitempty"`  // The move that they make, where none is heard in one.
}

// Acts are the moves that do what was asked for, whatever the story makes of them.
var Acts = []string{"agree", "join-in", "look"}

// near are protective moves that do much the same, so that a story which answers one of
// them can answer the others.
var near = [][]string{
	{"decline", "boundary", "name-it"}, {"leave", "block"}, {"say-what", "say-worst", "ask"},
	{"stop-it", "wont-share"}, {"stand-with", "check-in"}, {"thank", "listen"}, {"ask-safe", "next-step"},
	{"be-honest", "next-step"},
}

// mildest are the weakening moves of each situation, from the one that gives the least away.
var mildest = []string{"excuse", "feed", "attack", "hint", "someone-else", "downplay", "pry", "interrogate",
	"promise-secret", "blame", "bargain", "join-in", "look", "agree"}

// Item returns which item answers a line that makes these moves, as an index of the
// moves of the rehearsal; -1 where none does, and the story goes on by the continue link.
func (r Rehearsal) Item(said []string) int {
	if slices.Contains(said, hear.Danger) {
		return r.named(hear.Danger)
	}
	if len(said) == 0 {
		return -1 // It was passed by.
	}
	var strong, weak []string
	for _, name := range said {
		switch at := r.named(name); {
		case name == Unclear || at < 0 && !isMove(name):
		case at >= 0 && r.Items[at].Weak || at < 0 && weakens(name):
			weak = append(weak, name)
		default:
			strong = append(strong, name)
		}
	}
	at := -1
	switch {
	case len(strong) > 0:
		at = r.protects(strong, weak)
	case len(weak) > 0:
		at = r.weakens(weak)
	}
	if at < 0 {
		at = r.named(Unclear)
	}
	return at
}

// protects returns the item for a line with protective moves, or -1.
func (r Rehearsal) protects(strong, weak []string) int {
	return r.first(
		func(m Item) bool { return !r.Tells && m.Weak && slices.Contains(weak, m.Move) && !m.Fulfils },
		func(m Item) bool { return slices.Contains(strong, m.Move) },
		func(m Item) bool {
			return !m.Weak && slices.ContainsFunc(near, func(group []string) bool {
				return slices.Contains(group, m.Move) && slices.ContainsFunc(strong, func(name string) bool {
					return slices.Contains(group, name)
				})
			})
		},
		func(m Item) bool { return !m.Weak && m.Move != hear.Danger && m.Move != Unclear })
}

// weakens returns the item for a line with weakening moves alone, or -1.
func (r Rehearsal) weakens(weak []string) int {
	does := slices.ContainsFunc(weak, func(name string) bool { return slices.Contains(Acts, name) })
	fits := func(m Item) bool { return m.Weak && (does || !m.Fulfils) }
	ways := []func(Item) bool{func(m Item) bool { return slices.Contains(weak, m.Move) }}
	order := mildest
	if slices.Contains(weak, "agree") { // On some terms it is agreed, too.
		order = append([]string{"bargain"}, mildest...)
	}
	for _, name := range order {
		ways = append(ways, func(m Item) bool { return m.Move == name && fits(m) })
	}
	return r.first(append(ways, fits)...)
}

// named returns the item of a move, or -1.
func (r Rehearsal) named(name string) int {
	return r.first(func(m Item) bool { return m.Move == name })
}

// first returns the first item that is as said first, or else as said next, or -1.
func (r Rehearsal) first(ways ...func(Item) bool) int {
	for _, is := range ways {
		if i := slices.IndexFunc(r.Items, is); i >= 0 {
			return i
		}
	}
	return -1
}
