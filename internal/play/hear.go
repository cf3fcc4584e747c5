package play

import (
	"slices"

	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/lesson"
)

// MostTurns is how many lines an exchange takes at most. An exchange is the scenes with
// a line to type that follow one another.
const MostTurns = 5

// Hearing is what was heard in a typed line. Only the names of moves go into a run.
type Hearing = exchange.Hearing

// Quoted is a move and the words that it rests on.
type Quoted = exchange.Quoted

// Hear listens to a line that was typed for the present rehearsal, and returns the run
// after it. A line that speaks of danger goes on in the story only where the story has
// a way to help for it, and one that has to be asked about goes on by [Run.Meant]: until
// then the run stands where it stood. So it does after a line without a word in it, which
// is no turn. The error is [ErrTurn].
func (r Run) Hear(with *hear.Recogniser, line string) (Run, Hearing, error) {
	s := r.Scene().Rehearsal
	if s == nil {
		return r, Hearing{}, ErrTurn
	}
	if with == nil { // In a language without anything to hear with a line is passed by.
		next, err := r.Skip()
		return next, Hearing{}, err
	}
	h := NewRoutes(r.Lesson(), r.Scene()).Listen(with, line)
	if h.Wordless || len(h.Ask) > 0 {
		return r, h, nil
	}
	return r.heardAs(h)
}

// Meant goes on after a line that had to be asked about, as the move that it was; ""
// where it was none of them. The error is [ErrTurn].
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

// NotMeant returns the run as it was before the last line, for a learner who says that it
// didn't speak of danger: the story has heard nothing. Where that line hasn't led on the run
// stays as it is.
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

// Named returns what is known of a line in a situation by its moves alone.
func Named(in hear.Situation, moves []string) Hearing { return exchange.Named(in, moves) }

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
