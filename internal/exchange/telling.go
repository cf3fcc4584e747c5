package exchange

import (
	"slices"
	"strings"

	"wayout/internal/hear"
)

// telling is a line that is said to someone who may help. The weights know a telling by all its words,
// and what they would quote for one move is often a part of another. So what is said about it rests on
// frames and cues, which words show, and not on the weights alone.
type telling struct {
	*Hearing
	heard hear.Heard
	words int // How many words the line has.
}

// mostAsked and mostHinted are up to how many words of a telling have the learner asked what they were, and
// are called a hint if nothing was heard for certain.
const mostAsked, mostHinted = 8, 25

// inClauses returns what was heard with whole clauses as its words, or none.
func inClauses(heard hear.Heard) hear.Heard {
	heard.Because, heard.Kinds = slices.Clone(heard.Because), slices.Clone(heard.Kinds)
	for i, b := range heard.Because {
		heard.Because[i].Words = b.Clause
		if supposes(b.Clause) {
			heard.Because[i].Words = ""
		}
	}
	for i := range heard.Kinds {
		heard.Kinds[i].Words = heard.Kinds[i].Clause
	}
	return heard
}

// supposes reports whether a clause says what may happen, which doesn't show what has happened.
func supposes(clause string) bool {
	for _, w := range strings.Fields(strings.ToLower(clause)) {
		switch w {
		case "if":
			return true
		case "and", "but", "so", "what":
		default:
			return false
		}
	}
	return false
}

// guess sets which moves are guessed, because neither a frame nor one of the cues has found them. A
// guessed move finds the answer of the story, and isn't named beside one that words show. A guessed
// weakening move is left out beside any other, and so is a hint beside a telling, which is what
// matters.
func (t telling) guess(cued []string) {
	shown := append(cued, t.heard.Shown...)
	for _, all := range [][]Quoted{t.Strong, t.Weak} {
		for i, q := range all {
			all[i].Guessed = q.As == "" && !slices.Contains(shown, q.Move) && !slices.Contains(shown, "~"+q.Move)
		}
	}
	t.aroundIt()
	guessed := func(q Quoted) bool { return q.Guessed }
	sure := func(q Quoted) bool { return !q.Guessed }
	angry := func(q Quoted) bool { return q.As == hear.Anger }
	switch {
	case slices.ContainsFunc(t.Strong, sure):
		if len(t.Strong) > 1 { // Whoever told something else has found the words.
			t.Strong = slices.DeleteFunc(t.Strong, func(q Quoted) bool { return q.As == hear.Tears })
		}
		t.Weak = slices.DeleteFunc(t.Weak, func(q Quoted) bool { return q.Guessed || q.Move == "hint" })
	case len(t.Strong) > 0 && (t.Strong[0].Move == "ask" && slices.ContainsFunc(t.Weak, sure) ||
		slices.ContainsFunc(t.Weak, angry)):
		t.Strong, t.Weak = nil, slices.DeleteFunc(t.Weak, guessed)
	case len(t.Strong) > 0:
		t.Weak = nil
	case slices.ContainsFunc(t.Weak, sure):
		t.Weak = slices.DeleteFunc(t.Weak, guessed)
	case len(t.Weak) > 0 && t.Weak[0].Move == "someone-else":
		t.Weak[0].Move = "hint" // Nobody else is named for certain.
	}
	if kind := func(q Quoted) bool { return q.As != "" }; slices.ContainsFunc(t.Weak, kind) {
		t.Weak = slices.DeleteFunc(t.Weak, func(q Quoted) bool { return q.As == "" })
	}
}

// aroundIt takes what may be a plea for a hint if words show that it goes around the thing, and whatever
// else is guessed for one if words show anger.
func (t telling) aroundIt() {
	if len(t.Strong) == 0 || slices.ContainsFunc(t.Strong, func(q Quoted) bool { return !q.Guessed }) {
		return
	}
	ways := []string{hear.Anger}
	if len(t.Strong) == 1 && t.Strong[0].Move == "ask" {
		ways = append(ways, hear.Money, hear.Question, hear.Keep)
	}
	if at := slices.IndexFunc(t.heard.Kinds, func(k hear.Kind) bool { return slices.Contains(ways, k.As) }); at >= 0 {
		k := t.heard.Kinds[at]
		t.Strong, t.Weak = nil, []Quoted{{Move: "hint", As: k.As, Words: k.Words}}
	}
}

// settle weighs what was heard against how much was said.
func (t telling) settle() {
	if t.words > mostHinted && !t.Gentle && slices.Contains(t.heard.Shown, "say-what") && !t.elsewhere() {
		t.tellsAll()
	}
	plain := func(q Quoted) bool { return q.As == "" && !q.Guessed }
	if t.words > mostAsked && len(t.Strong) > 0 && !slices.ContainsFunc(t.Strong, plain) &&
		slices.Contains(t.heard.Shown, "say-what") {
		t.Strong = slices.Insert(t.Strong, 0, Quoted{Move: "say-what"}) // More was said than, say, how it may land.
	}
	if len(t.Ask) > 0 && t.words > mostAsked {
		t.Ask, t.Begun = nil, true // The question would quote little of what was said.
	}
	if t.heard.Outcome == hear.Unclear && len(t.Strong) == 0 && t.words > mostHinted {
		t.Weak, t.Begun = nil, true // So much more was said than the hint in it.
	}
	if len(t.Strong) == 1 && t.Strong[0].Move == "ask" && t.words > mostHinted {
		t.Strong = append(t.Strong, Quoted{Move: "say-what", Guessed: true}) // The answer is to all of that.
	}
	if t.Likely && len(t.Strong) == 0 {
		t.Weak, t.Likely = nil, false // Two hints that weren't heard for certain.
	}
}

// elsewhere reports whether words show that the line is about somebody else, or asks around the thing.
func (t telling) elsewhere() bool {
	other := func(k hear.Kind) bool { return k.As == hear.Friend || k.As == hear.Question }
	return slices.Contains(t.heard.Shown, "~someone-else") || slices.Contains(t.heard.Not, "say-what") ||
		slices.ContainsFunc(t.heard.Kinds, other)
}

// tellsAll takes a long line with a frame of what happened for a telling, whatever else it says: the plea at
// its end, or the hint that it begins with, is the smaller part.
func (t telling) tellsAll() {
	told := Quoted{Move: "say-what"}
	for _, b := range slices.Concat(t.heard.Because, t.heard.Perhaps) {
		if b.Move == told.Move && told.Words == "" {
			told.Words = b.Clause
		}
	}
	t.Strong, t.Weak, t.Ask = []Quoted{told}, nil, nil
}
