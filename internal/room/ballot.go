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
	Gone  bool           `json:"gone,omitempty"`  // It has left.
	Picks map[string]int `json:"picks,omitempty"` // By the id of the scene.
	Moves []play.Move    `json:"moves,omitempty"` // At its own pace.
}

// Bounds of a mark, so that nobody can send us a large one.
const (
	mostPicks = lesson.MaxScenes
	mostMoves = 500 // A long lesson has about forty; undone ones are not kept.
)

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

// Moved returns the mark after a run of its own, with what it answered on the way
// counted as [Class.Takes] lets it. The error says that the run is too long.
func (m Mark) Moved(c Class, run play.Run) (Mark, error) {
	if len(run.Moves()) > mostMoves {
		return m, fmt.Errorf("more than %d moves", mostMoves)
	}
	at := 0
	scenes := run.Scenes()
	moves := run.Moves()
	for _, move := range moves {
		if s := scenes[at]; (move.Turn == play.Choose || move.Turn == play.Answer) && c.Takes(s) && len(m.Picks) < mostPicks {
			m = m.With(s, move.Pick)
		}
		if move.Turn == play.Choose || move.Turn == play.Go {
			at++
		}
	}
	m.Moves = nil
	for _, move := range moves {
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
	if len(m.Picks) > mostPicks || len(m.Moves) > mostMoves {
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

// Seats returns how many have ever come in, projectors and those who left too: it
// is what a limit is about.
func (b *Ballot) Seats() int { return len(b.seats) }

// In returns how many learners are in.
func (b *Ballot) In() int {
	n := 0
	for _, m := range b.seats {
		if !m.Gone && !m.Wall {
			n++
		}
	}
	return n
}

// Answered returns how many have answered a scene's question, as exactly as nobody
// may be shown: see [Steps].
func (b *Ballot) Answered(scene string) int {
	n := 0
	for _, m := range b.seats {
		if _, ok := m.Picks[scene]; ok && !m.Wall {
			n++
		}
	}
	return n
}

// Everybody reports whether all who are in have answered a scene's question.
func (b *Ballot) Everybody(scene string) bool {
	for _, m := range b.seats {
		if _, ok := m.Picks[scene]; !ok && !m.Gone && !m.Wall {
			return false
		}
	}
	return b.In() > 0
}

// Counts returns how many seats have given each of a question's options. Whoever
// has answered and left is counted; what is no option any more is not.
func (b *Ballot) Counts(q Question) []int {
	counts := make([]int, len(q.Options))
	for _, m := range b.seats {
		pick, ok := m.Picks[q.Scene]
		if i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Pick == pick }); ok && !m.Wall && i >= 0 {
			counts[i]++
		}
	}
	return counts
}

// Finished returns how many have come to an end at their own pace, in steps of
// five.
func (b *Ballot) Finished(l *lesson.Lesson) int {
	n := 0
	for _, m := range b.seats {
		if len(m.Moves) > 0 && m.Run(l, 0).Turn() == play.End {
			n++
		}
	}
	return Steps(n)
}
