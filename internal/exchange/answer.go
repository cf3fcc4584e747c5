package exchange

import (
	"slices"

	"wayout/internal/hear"
)

// Item is a move for which the author has written an item of the rehearsal.
type Item struct {
	Move    string   `json:"move"`
	Weak    bool     `json:"weak,omitempty"`
	Fulfils bool     `json:"fulfils,omitempty"` // What was asked for happens in the answer.
	Cues    []string `json:"cues,omitempty"`    // The author's own words for the move.
	Reply   int      `json:"reply"`             // The index of the answer in a page; -1 for none.
}

// Rehearsal is everything that is needed to hear a line of one rehearsal and to find the item
// that answers it.
//
// A line may make several moves at once, such as a no with an excuse, and the author may not
// have written an item for each of them. So:
//
//   - Danger comes before everything.
//   - A line with a protective move is answered by a weak item only if the line makes the
//     move of that item, too, and what was asked for doesn't happen in the answer. So "no, i
//     have homework" may be argued with, but is never taken for a yes. If the situation is
//     telling someone, no weak item answers such a line, because it has told them.
//   - A protective move without an item goes to the item of a similar move, or else to the
//     first protective item.
//   - A line with only weakening moves goes to the item of its move. Without one it goes to
//     the mildest weak item, and never to one in which what was asked for happens, unless the
//     line agrees to it.
//   - Everything else is answered as a line that wasn't understood.
type Rehearsal struct {
	In     hear.Situation `json:"in"`
	Tells  bool           `json:"tells,omitempty"`  // The author's moves are those of telling someone.
	Friend bool           `json:"friend,omitempty"` // The teller is a friend, so naming the friend isn't hiding.
	People []string       `json:"people,omitempty"` // The names of the lesson's people, as in the file.
	Items  []Item         `json:"items"`
	Models []string       `json:"models,omitempty"` // The model answers of the story.
	Model  string         `json:"model,omitempty"`  // The move of a model answer in which none is heard.
}

// Acts are the moves that do what was asked for, whatever answer the story has for them.
var Acts = []string{"agree", "join-in", "look"}

// near are groups of similar protective moves. The answer to one move of a group also fits
// the others.
var near = [][]string{
	{"decline", "boundary", "name-it"}, {"leave", "block"}, {"say-what", "say-worst", "ask"},
	{"stop-it", "wont-share"}, {"stand-with", "check-in"}, {"thank", "listen"}, {"ask-safe", "next-step"},
	{"be-honest", "next-step"},
}

// mildest are the weakening moves of all situations, in order of how much they give away.
var mildest = []string{"excuse", "feed", "attack", "hint", "someone-else", "downplay", "pry", "interrogate",
	"promise-secret", "blame", "bargain", "join-in", "look", "agree"}

// Item returns the index of the item that answers a line with these moves. It returns -1 if
// none does, and then the story goes on by the continue link.
func (r Rehearsal) Item(said []string) int {
	if slices.Contains(said, hear.Danger) {
		return r.named(hear.Danger)
	}
	if len(said) == 0 {
		return -1 // The rehearsal was skipped.
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

// weakens returns the item for a line with only weakening moves, or -1.
func (r Rehearsal) weakens(weak []string) int {
	does := slices.ContainsFunc(weak, func(name string) bool { return slices.Contains(Acts, name) })
	fits := func(m Item) bool { return m.Weak && (does || !m.Fulfils) }
	ways := []func(Item) bool{func(m Item) bool { return slices.Contains(weak, m.Move) }}
	order := mildest
	if slices.Contains(weak, "agree") { // To bargain is to agree on some terms.
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

// first returns the index of the first item that fits the earliest possible of ways, or -1.
func (r Rehearsal) first(ways ...func(Item) bool) int {
	for _, is := range ways {
		if i := slices.IndexFunc(r.Items, is); i >= 0 {
			return i
		}
	}
	return -1
}
