package play

import (
	"slices"
	"strings"

	"wayout/internal/hear"
	"wayout/internal/lesson"
)

// MostTurns is how many lines an exchange takes at most. An exchange is the scenes with
// a line to type that follow one another.
const MostTurns = 5

// Hearing is what was heard in a typed line, for as long as it is shown. Only the names
// of moves go into a run; the words are dropped with the Hearing.
type Hearing struct {
	Danger bool     // Help comes before everything, and nothing else is said about the line.
	Gentle bool     // A joke about dying, or near it: a word about help goes with it.
	Strong []Quoted // What protects.
	Weak   []Quoted // What gives a way back in.
	Ask    []Quoted // One or two moves that it may have been: the learner says which.
	Told   bool     // They have said so; it wasn't heard.

	In hear.Situation // What the line was typed for.
}

// Quoted is a move and the words that it rests on.
type Quoted struct{ Move, Words string }

// Understood reports whether anything was heard for certain.
func (h Hearing) Understood() bool { return h.Danger || len(h.Strong)+len(h.Weak) > 0 }

// Names are the moves of a line, as a run keeps them.
func (h Hearing) Names() []string {
	if h.Danger {
		return []string{lesson.Danger}
	}
	var names []string
	for _, q := range slices.Concat(h.Strong, h.Weak) {
		names = append(names, q.Move)
	}
	return names
}

// Hear listens to a line that was typed for the present rehearsal, and returns the run
// after it. A line that speaks of danger goes on in the story only where the story has
// a way to help for it, and one that has to be asked about goes on by [Run.Meant]: until
// then the run stands where it stood. The error is [ErrTurn].
func (r Run) Hear(with *hear.Recogniser, line string) (Run, Hearing, error) {
	s := r.Scene().Rehearsal
	if s == nil {
		return r, Hearing{}, ErrTurn
	}
	if with == nil { // In a language without anything to hear with a line is passed by.
		next, err := r.Skip()
		return next, Hearing{}, err
	}
	h := Listen(with, SituationOf(r.Lesson(), s), s.Moves, line)
	switch {
	case h.Danger && !has(s, lesson.Danger), len(h.Ask) > 0:
		return r, h, nil
	}
	next, err := r.Said(h.Names())
	return next, h, err
}

// Meant goes on after a line that had to be asked about, as the move that it was; ""
// where it was none of them. The error is [ErrTurn].
func (r Run) Meant(move string) (Run, Hearing, error) {
	if move == "" {
		next, err := r.Said(nil)
		return next, Hearing{}, err
	}
	h := Named([]string{move})
	h.Told = true
	if s := r.Scene().Rehearsal; s != nil {
		h.In = SituationOf(r.Lesson(), s)
	}
	next, err := r.Said([]string{move})
	return next, h, err
}

// Named returns what is known of a line by its moves alone.
func Named(moves []string) Hearing {
	var h Hearing
	for _, name := range moves {
		h.add(name, "")
	}
	return h
}

// Listen says what a line is in a situation. Moves may have cue words of their own,
// which add to what is heard and never outweigh it: a line that gives in stays one.
func Listen(with *hear.Recogniser, in hear.Situation, moves []lesson.Move, line string) Hearing {
	heard := with.Hear(in, line)
	if heard.Outcome == hear.InDanger {
		return Hearing{Danger: true, In: in}
	}
	h := Hearing{Gentle: heard.Gentle, In: in}
	for _, b := range heard.Because {
		h.add(b.Move, b.Words)
	}
	var cued []Quoted
	for _, m := range moves {
		if !slices.Contains(hear.Moves[in], m.Name) && !slices.Contains(hear.Moves[in], "~"+m.Name) {
			continue // An old lesson names it after another situation.
		}
		for _, cue := range m.Cues {
			if words, ok := with.Finds(line, cue); ok && m.Name != lesson.Danger && m.Name != lesson.Unclear {
				cued = append(cued, Quoted{m.Name, words})
				break
			}
		}
	}
	switch {
	case heard.Outcome == hear.Unclear:
		for _, p := range heard.Perhaps {
			cued = append(cued, Quoted{strings.TrimPrefix(p.Move, "~"), p.Words})
		}
		h.Ask = firstTwo(cued)
	case len(h.Strong)+len(h.Weak) > 0:
		for _, q := range cued {
			if weak := lesson.Weakens(q.Move); weak && len(h.Weak) > 0 || !weak && len(h.Strong) > 0 {
				h.add(q.Move, q.Words)
			}
		}
	}
	return h
}

// add adds a move, once.
func (h *Hearing) add(move, words string) {
	name := strings.TrimPrefix(move, "~")
	to := &h.Strong
	if lesson.Weakens(name) {
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

// SpeaksOfDanger reports whether a line speaks of danger, whatever it was typed for, or
// comes near it.
func SpeaksOfDanger(with *hear.Recogniser, line string) (danger, gentle bool) {
	h := with.Hear(hear.Tell, line)
	return h.Outcome == hear.InDanger, h.Gentle
}

// SituationOf returns what a line is typed for. A lesson of the first format names its
// moves as if each were a refusal: there it follows from who is helped, and from whether
// telling comes first.
func SituationOf(l *lesson.Lesson, r *lesson.Rehearsal) hear.Situation {
	in, err := hear.ParseSituation(r.Situation)
	if err == nil && (in != hear.Refuse || l.Format() == 2) {
		return in
	}
	switch {
	case l.Role == "adult":
		return hear.Listen
	case l.Role == "bystander":
		return hear.StandBy
	case len(r.Moves) > 0 && r.Moves[0].Name == "tell":
		return hear.Tell
	}
	return hear.Refuse
}
