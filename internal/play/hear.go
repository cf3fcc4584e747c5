package play

import (
	"slices"

	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/lesson"
)

// MostTurns is the largest number of lines in an exchange. An exchange is a sequence of
// scenes that each have a rehearsal.
const MostTurns = 5

// Hearing is what was heard in a typed line. A run keeps only the names of its moves.
type Hearing = exchange.Hearing

// Quoted is a move and the words of the line that show it.
type Quoted = exchange.Quoted

// Hear listens to a line that was typed for the present rehearsal, and returns the run
// after it. The run is unchanged in three cases: the line speaks of danger and the story
// has no scene of help for it; the line is unclear and has to be asked about, after which
// [Run.Meant] goes on; or the line has no word in it, which doesn't count as a turn.
// The error is [ErrTurn].
func (r Run) Hear(with *hear.Recogniser, line string) (Run, Hearing, error) {
	s := r.Scene().Rehearsal
	if s == nil {
		return r, Hearing{}, ErrTurn
	}
	if with == nil { // A language without a recogniser skips the line.
		next, err := r.Skip()
		return next, Hearing{}, err
	}
	h := NewRoutes(r.Lesson(), r.Scene()).Listen(with, line)
	if h.Wordless || len(h.Ask) > 0 {
		return r, h, nil
	}
	return r.heardAs(h)
}

// Meant goes on after a line that had to be asked about. Move is the one that the learner
// says it was, or "" for none of those offered. The error is [ErrTurn].
func (r Run) Meant(move string) (Run, Hearing, error) {
	s := r.Scene().Rehearsal
	if s == nil {
		return r, Hearing{}, ErrTurn
	}
	return r.heardAs(exchange.Means(SituationOf(r.Lesson(), s), move))
}

func (r Run) heardAs(h Hearing) (Run, Hearing, error) {
	if h.Danger && !r.Scene().Rehearsal.Has(lesson.Danger) {
		return r, h, nil
	}
	next, err := r.Said(h.Names())
	return next, h, err
}

// NotMeant returns the run as it was before the last line, for a learner who says that the
// line didn't speak of danger. If the last action isn't a line heard as danger, the run is
// unchanged.
func (r Run) NotMeant() Run {
	n := len(r.actions) - 1
	if n < 0 || !slices.Equal(r.actions[n].Said, []string{lesson.Danger}) {
		return r
	}
	back, err := r.Undo(n)
	if err != nil {
		return r
	}
	return back
}

// Named returns the hearing of a line of which only the moves are known.
func Named(in hear.Situation, moves []string) Hearing { return exchange.Named(in, moves) }

// SpeaksOfDanger reports whether a line speaks of danger, whatever it was typed for. Gentle
// reports whether it comes near danger, such as a joke about dying.
func SpeaksOfDanger(with *hear.Recogniser, line string) (danger, gentle bool) {
	h := with.Hear(hear.Tell, line)
	return h.Outcome == hear.InDanger, h.Gentle
}

// SituationOf returns what a line is typed for. A lesson of format 1 may use the moves of a
// refusal in any situation, so there the situation follows from the role of the lesson, and
// from whether "tell" is the first move.
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
