package room

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Mark is what is known of a seat: what it answered last to each question, and how
// far it has come at its own pace. There is no name in it, no time and no word
// that was typed.
type Mark struct {
	Wall  bool           `json:"wall,omitempty"`  // A projector, which sees and does not answer.
	Gone  bool           `json:"gone,omitempty"`  // It has left or was removed, and its answers with it.
	Away  bool           `json:"away,omitempty"`  // Its connection is silent; it may come back, with its answers.
	Picks map[string]int `json:"picks,omitempty"` // What the lead asked, by the id of the scene.
	Moves []play.Move    `json:"moves,omitempty"` // At its own pace.
	Paced map[string]int `json:"paced,omitempty"` // What Moves have answered, by the id of the scene.
	Done  bool           `json:"done,omitempty"`  // Moves have come to an end.
}

// Bounds of a mark, so that nobody can send us a large one.
const (
	mostPicks = lesson.MaxScenes
	mostMoves = 500 // A long lesson has about forty; undone ones are not kept.
)

// Present reports whether a seat is that of a learner who is here now. What a class
// shows is about present seats only: as many as are counted are shown as "in".
func (m Mark) Present() bool { return !m.Gone && !m.Away && !m.Wall }

// Left returns the mark of a seat that has left, or that the facilitator removed.
// Its answers go with it.
func (m Mark) Left() Mark { return Mark{Wall: m.Wall, Gone: true} }

// Silent returns the mark of a seat whose connection has been silent for too long.
// It isn't counted until it is heard of again.
func (m Mark) Silent() Mark {
	m.Away = true
	return m
}

// Returned returns the mark of a seat that is heard of again, or that its token
// opens again after it was given up.
func (m Mark) Returned() Mark {
	m.Away, m.Gone = false, false
	return m
}

// With returns the mark with an answer to a question.
func (m Mark) With(scene string, pick int) Mark {
	m.Picks = maps.Clone(m.Picks)
	if m.Picks == nil {
		m.Picks = make(map[string]int)
	}
	m.Picks[scene] = pick
	return m
}

// Run returns the seat's own run through a lesson.
func (m Mark) Run(l *lesson.Lesson, seed uint64) play.Run {
	run, _ := play.Replay(l, seed, m.Moves) // As far as it goes: a mark is what we made ourselves.
	return run
}

// Moved returns the mark after a run of its own, which stands in place of the one
// before: what was taken back is not answered. The error is [ErrNothing] where no
// such run is taken, or says that it is too long.
func (m Mark) Moved(c Class, run play.Run) (Mark, error) {
	moves := run.Moves()
	switch {
	case !c.TakesRuns() || run.Jumped():
		return m, ErrNothing
	case len(moves) > mostMoves:
		return m, fmt.Errorf("more than %d moves", mostMoves)
	}
	m.Moves, m.Paced, m.Done = nil, make(map[string]int), run.Turn() == play.End
	at, scenes := 0, run.Scenes()
	for _, move := range moves {
		if move.Turn == play.Choose || move.Turn == play.Answer {
			m.Paced[scenes[at]] = move.Pick
		}
		if move.Turn == play.Choose || move.Turn == play.Go {
			at++
		}
		move.Said = nil // Not even the names of the moves that a line made.
		m.Moves = append(m.Moves, move)
	}
	return m, nil
}

// Encode returns the mark as bytes.
func (m Mark) Encode() []byte {
	data, _ := json.Marshal(m) // Types of this package; it can't fail.
	return data
}

// DecodeMark reads a mark. The error says what does not fit.
func DecodeMark(data []byte) (Mark, error) {
	var m Mark
	if err := json.Unmarshal(data, &m); err != nil {
		return Mark{}, fmt.Errorf("read a seat: %w", err)
	}
	if len(m.Picks) > mostPicks || len(m.Paced) > mostPicks || len(m.Moves) > mostMoves {
		return Mark{}, errors.New("read a seat: it is too large")
	}
	return m, nil
}

// Ballot is who sits in a class, by a number that means nothing, and what each
// answered last. It takes what it is told in any order, and any number of times:
// of two tellings about a seat the later revision counts, so that nobody is
// counted twice. It is not safe for use by several goroutines.
type Ballot struct {
	seats map[string]marked
}

type marked struct {
	rev uint64
	Mark
}

// NewBallot returns an empty ballot.
func NewBallot() *Ballot { return &Ballot{seats: make(map[string]marked)} }

// Put tells what is known of a seat in a revision. It returns whether that was
// news.
func (b *Ballot) Put(seat string, rev uint64, m Mark) bool {
	if old, ok := b.seats[seat]; ok && rev <= old.rev {
		return false
	}
	b.seats[seat] = marked{rev, m}
	return true
}

// Seat returns what is known of a seat, in which revision, and whether anything is.
func (b *Ballot) Seat(seat string) (Mark, uint64, bool) {
	m, ok := b.seats[seat]
	return m.Mark, m.rev, ok
}

// Names returns the names of all seats, in no order.
func (b *Ballot) Names() []string { return slices.Collect(maps.Keys(b.seats)) }

// Drop forgets a seat.
func (b *Ballot) Drop(seat string) { delete(b.seats, seat) }

// Seats returns how many seats were ever taken, those of projectors and of people
// who left included.
func (b *Ballot) Seats() int { return len(b.seats) }

// Taken returns how many seats are in use, projectors and silent ones included. A
// limit on the seats of a class is about these.
func (b *Ballot) Taken() int {
	n := 0
	for _, m := range b.seats {
		if !m.Gone {
			n++
		}
	}
	return n
}

// Silent returns the names of the seats that are in use and silent, in no order.
func (b *Ballot) Silent() []string {
	var names []string
	for name, m := range b.seats {
		if m.Away && !m.Gone {
			names = append(names, name)
		}
	}
	return names
}

// In returns how many learners are present.
func (b *Ballot) In() int {
	n := 0
	for _, m := range b.seats {
		if m.Present() {
			n++
		}
	}
	return n
}

// Answered returns how many of those present have answered a question, as exactly as
// nobody may be shown: see [Steps].
func (b *Ballot) Answered(q Question) int {
	n := 0
	for _, c := range b.Counts(q) {
		n += c
	}
	return n
}

// Everybody reports whether all who are present have answered a question.
func (b *Ballot) Everybody(q Question) bool {
	in := b.In()
	return in > 0 && b.Answered(q) == in
}

// Counts returns how many of the seats that are present have given each of the
// options of a question that the lead asked. What is no option any more is not
// counted.
func (b *Ballot) Counts(q Question) []int {
	return b.count(q, func(m Mark) map[string]int { return m.Picks })
}

// paced returns what those present have answered to a question at their own pace.
func (b *Ballot) paced(q Question) tally {
	t := newTally(q, b)
	t.Counts = b.count(q, func(m Mark) map[string]int { return m.Paced })
	return t
}

func (b *Ballot) count(q Question, answers func(Mark) map[string]int) []int {
	counts := make([]int, len(q.Options))
	for _, m := range b.seats {
		if !m.Present() {
			continue
		}
		pick, ok := answers(m.Mark)[q.Scene]
		if i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Pick == pick }); ok && i >= 0 {
			counts[i]++
		}
	}
	return counts
}

// Finished returns how many of those present have come to an end at their own pace,
// in steps of five.
func (b *Ballot) Finished() int {
	n := 0
	for _, m := range b.seats {
		if m.Present() && m.Done {
			n++
		}
	}
	return Steps(n)
}
