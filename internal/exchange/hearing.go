package exchange

import (
	"slices"
	"strings"

	"wayout/internal/hear"
)

// Unclear is the item for a line that wasn't understood.
const Unclear = "unclear"

// Hearing is what was heard in a typed line. It is kept only while it is shown: a run keeps
// the names of the moves, and never the words.
type Hearing struct {
	Danger bool     // The line speaks of danger: help comes first, and nothing else is said about the line.
	Gentle bool     // The line has a joke about dying, or comes near it: a word about help is added.
	Strong []Quoted // Protective moves.
	Weak   []Quoted // Weakening moves, which give a way back in.
	Ask    []Quoted // One or two moves that the line may be: the learner says which.
	Told   bool     // The learner has said which move it was.
	Likely bool     // The moves weren't heard for certain.
	Begun  bool     // A telling that may make several moves, of which no words show any.

	Foreign  bool // The line seems to be in another language, and isn't understood.
	Wordless bool // The line has no word, such as "1" or "...": it may be typed again, and isn't a turn.

	In hear.Situation // What the line was typed for.
}

// Quoted is a move that was heard in a line.
type Quoted struct {
	Move, Words string
	As          string // Its kind, if that has a name of its own ([hear.Kinds]).
	Guessed     bool   // Only the weights found it: no words can be named that show it.
}

// Names returns the moves of a line, as a run keeps them.
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

// Named returns the hearing of a line of which only the moves are known.
func Named(in hear.Situation, moves []string) Hearing {
	h := Hearing{In: in}
	for _, name := range moves {
		h.add(name, "")
	}
	return h
}

// Means returns the hearing of a line of which the learner has said what it was: a move, or ""
// for something else.
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

// Listen hears a line. A line that is a model answer of the story, or exactly one of its cues,
// is known for certain. In any other line, cue words add to what the recogniser hears: they
// replace an excuse or an unclear line, a cue of several words also replaces a move that only
// sounds unkind or unsure, and no cue outweighs a line that gives in.
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
		own.name(heard.Kinds)
		return own
	}
	if in == hear.Tell {
		heard = inClauses(heard)
	}
	h := Hearing{Gentle: heard.Gentle, In: in}
	for _, b := range heard.Because {
		h.add(b.Move, b.Words)
	}
	if heard.Asks { // The line asks about someone's danger, and the learner is asked whether it is their own.
		for _, p := range heard.Perhaps {
			h.Ask = append(h.Ask, Quoted{Move: p.Move, Words: p.Words})
		}
		return h
	}
	cued := r.withCues(&h, said, heard, line)
	h.name(heard.Kinds)
	if in == hear.Tell {
		t := telling{&h, heard, len(strings.Fields(line))}
		if !h.Likely {
			t.guess(cued)
		}
		t.settle()
	}
	if h.Gentle {
		h.nearDanger()
	}
	if len(h.Strong)+len(h.Ask) == 0 && said.Foreign() {
		h.Weak, h.Foreign = nil, true // A few known words of another language prove no hint.
	}
	return h
}

// nearDanger leaves out what nobody near danger is asked about a line, or told that it may have been.
func (h *Hearing) nearDanger() {
	h.Ask = nil
	if h.Likely {
		h.Weak, h.Likely = nil, false
	}
}

// name sets the kinds of moves, and of the weakening ones quotes the words that show the kind. A line that
// only changes the subject doesn't hint, nor does a question about the other subject.
func (h *Hearing) name(kinds []hear.Kind) {
	subject := slices.IndexFunc(kinds, func(k hear.Kind) bool { return k.As == hear.Subject })
	other := func(k hear.Kind) bool { return k.As != hear.Subject && k.As != hear.Question }
	if len(h.Strong) == 0 && len(h.Weak) == 1 && h.Weak[0].Move == "hint" && subject >= 0 &&
		!slices.ContainsFunc(kinds, other) {
		h.Weak[0].Move = strings.TrimPrefix(kinds[subject].Move, "~")
	}
	for i := range h.Weak {
		q := &h.Weak[i]
		of := func(k hear.Kind) bool {
			return strings.TrimPrefix(k.Move, "~") == q.Move || q.Move == "downplay" && k.As == hear.Money
		}
		if at := slices.IndexFunc(kinds, of); at >= 0 {
			q.As, q.Words = kinds[at].As, kinds[at].Words
			if q.As == hear.Friend { // It is shown by many words, and any of them may be about the blackmailer.
				q.Words = ""
			}
		}
	}
	for i := range h.Strong {
		h.Strong[i].rename(kinds, "ask", hear.Mad)
		h.Strong[i].rename(kinds, "ask", hear.Promise)
		h.Strong[i].rename(kinds, "ask", hear.Tears)
	}
}

// rename gives a move the name of a kind of it that is found in the same words, or in a longer piece of them.
func (q *Quoted) rename(kinds []hear.Kind, move, as string) {
	at := slices.IndexFunc(kinds, func(k hear.Kind) bool {
		if q.Words == "" {
			return k.As == as && as != hear.Tears // Words that don't come are shown by words, or aren't named.
		}
		return k.As == as && (strings.Contains(k.Words, q.Words) || strings.Contains(q.Words, k.Words))
	})
	if q.Move == move && at >= 0 {
		q.As, q.Words = as, kinds[at].Words
	}
}

// withCues adds the author's cues in a line to what was heard, and returns their moves.
func (r Rehearsal) withCues(h *Hearing, said hear.Typed, heard hear.Heard, line string) (moves []string) {
	cued := slices.DeleteFunc(r.cued(said), func(q Quoted) bool {
		return slices.Contains(heard.Not, "~"+q.Move) // "my dad" alone isn't hiding behind someone, even as a cue.
	})
	strong := slices.DeleteFunc(slices.Clone(cued), func(q Quoted) bool { return weakens(q.Move) })
	for _, q := range cued {
		moves = append(moves, q.Move)
	}
	switch {
	case heard.Outcome == hear.Unclear && len(cued) == 0 && len(heard.Kinds) > 0 &&
		!slices.Contains(heard.Not, heard.Kinds[0].Move):
		h.add(heard.Kinds[0].Move, heard.Kinds[0].Words)
	case heard.Outcome == hear.Unclear && len(cued) == 1 && quotable(cued[0].Words):
		h.add(cued[0].Move, cued[0].Words)
	case heard.Outcome == hear.Unclear:
		for _, p := range heard.Perhaps {
			cued = append(cued, Quoted{Move: strings.TrimPrefix(p.Move, "~"), Words: p.Words})
		}
		h.likely(firstTwo(cued), line)
	case len(h.Strong) == 0 && outweighs(strong, h.Weak):
		h.Weak = nil // "Give it to me at training" isn't an excuse: it says where.
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
	return moves
}

// plainly is the smallest number of words of a cue that outweighs more than an excuse.
const plainly = 4

// givesIn are the weakening moves that no cue outweighs.
var givesIn = []string{"agree", "bargain", "join-in", "look", "promise-secret"}

// outweighs reports whether protective cues replace the weakening moves.
func outweighs(strong, weak []Quoted) bool {
	if len(strong) == 0 || len(weak) == 0 {
		return false
	}
	long := slices.ContainsFunc(strong, func(q Quoted) bool { return len(strings.Fields(q.Words)) >= plainly })
	return !slices.ContainsFunc(weak, func(q Quoted) bool {
		return q.Move != "excuse" && (!long || slices.Contains(givesIn, q.Move))
	})
}

// likely adds the moves that a line may have been. It asks the learner only between a protective
// and a weakening move: a question interrupts the story, and two moves of one kind get similar
// answers. A single weakening move is too uncertain, so it is dropped.
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
			if !quotable(q.Words) {
				q.Words = line
			}
			h.Ask = append(h.Ask, q)
		}
	case len(perhaps) == 2 || strong == 1:
		for _, q := range perhaps {
			h.add(q.Move, "")
		}
		h.Likely = true
	}
}

// own returns the hearing of a line that the author wrote: a model answer or a sentence of one,
// which always protects, or exactly a cue of an item.
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
			continue // "my dad" alone isn't hiding behind someone.
		}
		h.add(m.Move, "")
		return h, true
	}
	return h, false
}

// leastCue is the smallest number of words of a cue that overrules the recogniser.
const leastCue = 3

// fewest is the smallest number of words of a sentence that counts as a model answer by itself.
const fewest = 4

// modelled reports whether a line is a model answer or a sentence of it.
func modelled(said hear.Typed, model string) bool {
	if said.Is(model) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(model, func(c rune) bool { return strings.ContainsRune(".?!", c) }),
		func(part string) bool { return len(strings.Fields(part)) >= fewest && said.Is(part) })
}

// hasMove reports whether the situation has a move, so that it can be heard. A lesson of format
// 1 may name moves of another situation.
func (r Rehearsal) hasMove(name string) bool {
	return slices.Contains(hear.Moves[r.In], name) || slices.Contains(hear.Moves[r.In], "~"+name)
}

// cued returns the moves of which the line has a cue.
func (r Rehearsal) cued(said hear.Typed) (cued []Quoted) {
	for _, m := range r.Items {
		if m.Move == hear.Danger || m.Move == Unclear || !r.hasMove(m.Move) {
			continue
		}
		for _, cue := range m.Cues {
			if words, ok := said.Find(cue); ok {
				cued = append(cued, Quoted{Move: m.Move, Words: words})
				break
			}
		}
	}
	return cued
}

// speaksOfFriend corrects what was heard in a line of someone who tells for a friend. There "My
// friend is being blackmailed" is the truth, and not hiding behind someone else.
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
		*to = append(*to, Quoted{Move: name, Words: strings.TrimSpace(words)})
	}
}

// firstTwo returns the first two different moves, or fewer.
func firstTwo(all []Quoted) []Quoted {
	var two []Quoted
	for _, q := range all {
		if len(two) < 2 && !slices.ContainsFunc(two, func(o Quoted) bool { return o.Move == q.Move }) {
			two = append(two, q)
		}
	}
	return two
}

// weakens reports whether some situation has a move as a weakening one.
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
