package exchange

import (
	"slices"
	"strings"

	"wayout/internal/hear"
)

// Unclear is the item for a line that wasn't understood.
const Unclear = "unclear"

// Hearing is what was heard in a typed line, for as long as it is shown. Only the names
// of moves go into a run; the words are dropped with the Hearing.
type Hearing struct {
	Danger bool     // Help comes before everything, and nothing else is said about the line.
	Gentle bool     // A joke about dying, or near it: a word about help goes with it.
	Strong []Quoted // What protects.
	Weak   []Quoted // What gives a way back in.
	Ask    []Quoted // One or two moves that it may have been: the learner says which.
	Told   bool     // They have said so, or it's only likely; it wasn't heard for certain.

	Wordless bool // There isn't a word in the line, such as "1" or "...": it is typed again, and nothing is lost.

	In hear.Situation // What the line was typed for.
}

// Quoted is a move and the words that it rests on.
type Quoted struct{ Move, Words string }

// Names are the moves of a line, as a run keeps them.
func (h Hearing) Names() []string {
	if h.Danger {
		return []string{hear.Danger}
	}
	var names []string
	for _, q := range slices.Concat(h.Strong, h.Weak) {
		names = append(names, q.Move)
	}
	return names
}

// Named returns what is known of a line in a situation by its moves alone.
func Named(in hear.Situation, moves []string) Hearing {
	h := Hearing{In: in}
	for _, name := range moves {
		h.add(name, "")
	}
	return h
}

// Means returns what is known of a line of which the learner has said what it was: a move, or
// "" for something else.
func Means(in hear.Situation, move string) Hearing {
	switch move {
	case "":
		return Hearing{In: in}
	case hear.Danger:
		return Hearing{Danger: true, In: in}
	}
	h := Named(in, []string{move})
	h.Told = true
	return h
}

// Listen says what a line is. What the author wrote for this very moment is known for certain: a
// line that is one of the story's own examples, or is a cue and nothing else. Else cue words
// add to what is heard. They take the place of an excuse and of a question what it may have
// been, several words of them also that of what only sounds unkind or unsure, and they never
// outweigh a line that gives in.
func (r Rehearsal) Listen(with *hear.Recogniser, line string) Hearing {
	in := r.In
	with = with.Among(r.People)
	heard := with.Hear(in, line)
	if r.Friend {
		heard = speaksOfFriend(heard)
	}
	if heard.Outcome == hear.InDanger {
		return Hearing{Danger: true, In: in}
	}
	if !with.HasWords(line) {
		return Hearing{Wordless: true, In: in}
	}
	said := with.Typed(line)
	if own, ok := r.own(said, heard); ok {
		return own
	}
	h := Hearing{Gentle: heard.Gentle, In: in}
	for _, b := range heard.Because {
		h.add(b.Move, b.Words)
	}
	if heard.Asks { // After someone else's danger; where it may be their own, they are asked.
		for _, p := range heard.Perhaps {
			h.Ask = append(h.Ask, Quoted{p.Move, p.Words})
		}
		return h
	}
	r.withCues(&h, said, heard, line)
	return h
}

// withCues adds to what was heard in a line what the author's cues in it say.
func (r Rehearsal) withCues(h *Hearing, said hear.Typed, heard hear.Heard, line string) {
	cued := slices.DeleteFunc(r.cued(said), func(q Quoted) bool {
		return slices.Contains(heard.Not, "~"+q.Move) // "my dad" alone hides nobody, whatever the author's cues.
	})
	strong := slices.DeleteFunc(slices.Clone(cued), func(q Quoted) bool { return weakens(q.Move) })
	switch {
	case heard.Outcome == hear.Unclear && len(cued) == 1 && telling(cued[0].Words):
		h.add(cued[0].Move, cued[0].Words)
	case heard.Outcome == hear.Unclear:
		for _, p := range heard.Perhaps {
			cued = append(cued, Quoted{strings.TrimPrefix(p.Move, "~"), p.Words})
		}
		h.likely(firstTwo(cued), line)
	case len(h.Strong) == 0 && outweighs(strong, h.Weak):
		h.Weak = nil // "Give it to me at training" gives no reason: it says where.
		for _, q := range strong {
			h.add(q.Move, q.Words)
		}
	case len(h.Strong)+len(h.Weak) > 0:
		for _, q := range cued {
			if weak := weakens(q.Move); weak && len(h.Weak) > 0 || !weak && len(h.Strong) > 0 {
				h.add(q.Move, q.Words)
			}
		}
	}
}

// plainly is of how many words at least a cue outweighs more than an excuse.
const plainly = 4

// givesIn are the weakening moves that no cue outweighs.
var givesIn = []string{"agree", "bargain", "join-in", "look", "promise-secret"}

// outweighs reports whether protective cues take the place of what weakens.
func outweighs(strong, weak []Quoted) bool {
	if len(strong) == 0 || len(weak) == 0 {
		return false
	}
	long := slices.ContainsFunc(strong, func(q Quoted) bool { return len(strings.Fields(q.Words)) >= plainly })
	return !slices.ContainsFunc(weak, func(q Quoted) bool {
		return q.Move != "excuse" && (!long || slices.Contains(givesIn, q.Move))
	})
}

// likely takes what a line may have been. It's only asked about where one of two protects and
// the other one doesn't: to be asked stops the story, and between two that are answered much
// alike nothing hangs on it. A single one that gives a way back in is too little to say so.
func (h *Hearing) likely(perhaps []Quoted, line string) {
	strong := 0
	for _, q := range perhaps {
		if !weakens(q.Move) {
			strong++
		}
	}
	switch {
	case len(perhaps) == 2 && strong == 1:
		for _, q := range perhaps {
			if !telling(q.Words) {
				q.Words = line
			}
			h.Ask = append(h.Ask, q)
		}
	case len(perhaps) == 2 || strong == 1:
		for _, q := range perhaps {
			h.add(q.Move, "")
		}
		h.Told = true
	}
}

// own returns what a line is that the author wrote: a model line, or a sentence of one, which
// protects whatever else it may look like; or the cue of an item, word for word.
func (r Rehearsal) own(said hear.Typed, heard hear.Heard) (Hearing, bool) {
	h := Hearing{In: r.In}
	if slices.ContainsFunc(r.Models, func(m string) bool { return modelled(said, m) }) {
		for _, b := range heard.Because {
			if !strings.HasPrefix(b.Move, "~") {
				h.add(b.Move, b.Words)
			}
		}
		if len(h.Strong) == 0 && r.Model != "" {
			h.add(r.Model, "")
		}
		return h, len(h.Strong) > 0
	}
	for _, m := range r.Items {
		at := slices.IndexFunc(m.Cues, said.Is)
		if !r.hasMove(m.Move) || at < 0 {
			continue
		}
		if slices.Contains(heard.Not, "~"+m.Move) && len(strings.Fields(m.Cues[at])) < leastCue {
			continue // "my dad" alone hides nobody.
		}
		h.add(m.Move, "")
		return h, true
	}
	return h, false
}

// leastCue is of how many words at least a cue says more than the recogniser.
const leastCue = 3

// fewest is of how many words at least a sentence of a model line is one by itself.
const fewest = 4

// modelled reports whether a line is a model line or a sentence of it.
func modelled(said hear.Typed, model string) bool {
	if said.Is(model) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(model, func(c rune) bool { return strings.ContainsRune(".?!", c) }),
		func(part string) bool { return len(strings.Fields(part)) >= fewest && said.Is(part) })
}

// hasMove reports whether a move is one of the situation, and so is heard in it. An old lesson
// names some after another situation.
func (r Rehearsal) hasMove(name string) bool {
	return slices.Contains(hear.Moves[r.In], name) || slices.Contains(hear.Moves[r.In], "~"+name)
}

// cued returns the moves whose cue words a line has.
func (r Rehearsal) cued(said hear.Typed) (cued []Quoted) {
	for _, m := range r.Items {
		if m.Move == hear.Danger || m.Move == Unclear || !r.hasMove(m.Move) {
			continue
		}
		for _, cue := range m.Cues {
			if words, ok := said.Find(cue); ok {
				cued = append(cued, Quoted{m.Move, words})
				break
			}
		}
	}
	return cued
}

// speaksOfFriend returns what was heard in a line of someone who tells of what happens to a
// friend. "My friend is being blackmailed" is the plain truth there, and hides nobody.
func speaksOfFriend(heard hear.Heard) hear.Heard {
	each := func(all []hear.Reason) []hear.Reason {
		all = slices.Clone(all)
		for i := range all {
			if all[i].Move == "~someone-else" {
				all[i].Move = "say-what"
			}
		}
		return all
	}
	heard.Because, heard.Perhaps = each(heard.Because), each(heard.Perhaps)
	return heard
}

// add adds a move, once.
func (h *Hearing) add(move, words string) {
	name := strings.TrimPrefix(move, "~")
	to := &h.Strong
	if weakens(name) {
		to = &h.Weak
	}
	if !slices.ContainsFunc(*to, func(q Quoted) bool { return q.Move == name }) {
		*to = append(*to, Quoted{name, strings.TrimSpace(words)})
	}
}

// firstTwo returns two different moves at most.
func firstTwo(all []Quoted) []Quoted {
	var two []Quoted
	for _, q := range all {
		if len(two) < 2 && !slices.ContainsFunc(two, func(o Quoted) bool { return o.Move == q.Move }) {
			two = append(two, q)
		}
	}
	return two
}

// weakens reports whether a move gives a way back in, in every situation that has it.
func weakens(name string) bool {
	return slices.ContainsFunc(hear.Situations, func(s hear.Situation) bool {
		return slices.Contains(hear.Moves[s], "~"+name)
	})
}

// isMove reports whether some situation has a move of this name.
func isMove(name string) bool {
	return weakens(name) || slices.ContainsFunc(hear.Situations, func(s hear.Situation) bool {
		return slices.Contains(hear.Moves[s], name)
	})
}
