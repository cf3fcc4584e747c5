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

// Seat is what a class knows about one seat: its last answer to each question, and how far
// it has come at its own pace. It holds no name, no time and no word that was typed.
// It is stored as JSON, so the JSON names can't change.
type Seat struct {
	Projector bool           `json:"wall,omitempty"`  // The seat sees what the room sees and doesn't answer.
	Gone      bool           `json:"gone,omitempty"`  // The seat has left or was removed, and its answers are deleted.
	Away      bool           `json:"away,omitempty"`  // Its connection is silent; it may come back, with its answers.
	Picks     map[string]int `json:"picks,omitempty"` // Answers to what the facilitator asked, by the id of the scene.
	Actions   []play.Action  `json:"moves,omitempty"` // The actions taken at its own pace.
	Paced     map[string]int `json:"paced,omitempty"` // The answers in Actions, by the id of the scene.
	Done      bool           `json:"done,omitempty"`  // Actions reach an ending.
}

// Bounds of a seat, so that no client can make the server store a large one.
const (
	mostPicks   = lesson.MaxScenes
	mostActions = 500 // A long lesson takes about forty, and actions that were undone aren't kept.
)

// Present reports whether a seat belongs to a participant who is here now. Everything
// that a class shows is about present seats only: the seats that are shown as "in" are counted.
func (s Seat) Present() bool { return !s.Gone && !s.Away && !s.Projector }

// Left returns the seat after its participant has left, or was removed by the facilitator. It
// has no answers any more.
func (s Seat) Left() Seat { return Seat{Projector: s.Projector, Gone: true} }

// Silent returns the seat after its connection has been silent for too long. The seat isn't
// counted until its client sends something again.
func (s Seat) Silent() Seat {
	s.Away = true
	return s
}

// Returned returns the seat after its client has sent something again, or has reopened a
// seat that was given up with its token.
func (s Seat) Returned() Seat {
	s.Away, s.Gone = false, false
	return s
}

// WithAnswer returns the seat with an answer to a question.
func (s Seat) WithAnswer(scene string, pick int) Seat {
	s.Picks = maps.Clone(s.Picks)
	if s.Picks == nil {
		s.Picks = make(map[string]int)
	}
	s.Picks[scene] = pick
	return s
}

// Run returns the seat's own run through a lesson.
func (s Seat) Run(l *lesson.Lesson) play.Run {
	run, _ := play.Replay(l, Seed, s.Actions) // WithRun stored these actions; the run goes as far as they fit.
	return run
}

// WithRun returns the seat with run as its own run, in place of the one before. The answers of
// the old run go with it, so a choice that was taken back isn't counted. The error is
// [ErrNothing] while the class takes no such runs, or says that the run is too long.
func (s Seat) WithRun(c Class, run play.Run) (Seat, error) {
	actions := run.Actions()
	switch {
	case !c.TakesRuns() || run.Jumped():
		return s, ErrNothing
	case len(actions) > mostActions:
		return s, fmt.Errorf("more than %d moves", mostActions)
	}
	s.Actions, s.Paced, s.Done = nil, make(map[string]int), run.Turn() == play.End
	at, scenes := 0, run.Scenes()
	for _, action := range actions {
		if action.Turn == play.Choose || action.Turn == play.Answer {
			s.Paced[scenes[at]] = action.Pick
		}
		if action.Turn == play.Choose || action.Turn == play.Go {
			at++
		}
		action.Said = nil // The moves heard in a typed line aren't stored either.
		s.Actions = append(s.Actions, action)
	}
	return s, nil
}

// Encode returns the seat as bytes.
func (s Seat) Encode() []byte {
	data, _ := json.Marshal(s) // Types of this package; it can't fail.
	return data
}

// DecodeSeat reads a seat. The error says that it isn't JSON of a seat, or is too large.
func DecodeSeat(data []byte) (Seat, error) {
	var s Seat
	if err := json.Unmarshal(data, &s); err != nil {
		return Seat{}, fmt.Errorf("read a seat: %w", err)
	}
	if len(s.Picks) > mostPicks || len(s.Paced) > mostPicks || len(s.Actions) > mostActions {
		return Seat{}, errors.New("read a seat: it is too large")
	}
	return s, nil
}

// Ballot is the seats of a class with their last answers, by meaningless names. Updates of
// a seat may arrive in any order and more than once: the one with the highest revision
// counts, so that no seat is counted twice. A Ballot is not safe for concurrent use by
// multiple goroutines.
type Ballot struct {
	seats map[string]seatRevision
}

type seatRevision struct {
	rev uint64
	Seat
}

// NewBallot returns an empty ballot.
func NewBallot() *Ballot { return &Ballot{seats: make(map[string]seatRevision)} }

// Put sets a seat to its state in a revision. It does nothing and reports false unless the
// revision is newer than the one it has.
func (b *Ballot) Put(name string, rev uint64, s Seat) bool {
	if old, ok := b.seats[name]; ok && rev <= old.rev {
		return false
	}
	b.seats[name] = seatRevision{rev, s}
	return true
}

// Seat returns a seat and its revision, and whether there is one of that name.
func (b *Ballot) Seat(name string) (Seat, uint64, bool) {
	s, ok := b.seats[name]
	return s.Seat, s.rev, ok
}

// Names returns the names of all seats, in no order.
func (b *Ballot) Names() []string { return slices.Collect(maps.Keys(b.seats)) }

// Drop forgets a seat.
func (b *Ballot) Drop(name string) { delete(b.seats, name) }

// Seats returns how many seats were ever taken, including those of projectors and of
// participants who left.
func (b *Ballot) Seats() int { return len(b.seats) }

// Taken returns how many seats are in use, including projectors and absent participants.
// The limit on the seats of a class applies to this number.
func (b *Ballot) Taken() int { return len(b.those(func(s Seat) bool { return !s.Gone })) }

// Silent returns the names of the seats that are in use but whose connection is silent, in no order.
func (b *Ballot) Silent() []string { return b.those(func(s Seat) bool { return s.Away && !s.Gone }) }

// those returns the names of the seats for which is returns true, in no order.
func (b *Ballot) those(is func(Seat) bool) (names []string) {
	for name, s := range b.seats {
		if is(s.Seat) {
			names = append(names, name)
		}
	}
	return names
}

// In returns how many participants are present.
func (b *Ballot) In() int { return len(b.those(Seat.Present)) }

// Answered returns how many of those present have answered a question. No one may be shown
// this exact number, unless all of them have answered; see [Steps].
func (b *Ballot) Answered(q Question) int {
	n := 0
	for _, c := range b.Counts(q) {
		n += c
	}
	return n
}

// AllAnswered reports whether at least one participant is present and all of them have answered.
func (b *Ballot) AllAnswered(q Question) bool {
	in := b.In()
	return in > 0 && b.Answered(q) == in
}

// Counts returns how many of the present seats have given each answer to a question that
// the facilitator asked. An answer that is no longer among the options isn't counted.
func (b *Ballot) Counts(q Question) []int {
	return b.count(q, func(s Seat) map[string]int { return s.Picks })
}

// paced returns the tally of a question from the answers given at people's own pace.
func (b *Ballot) paced(q Question) tally {
	t := newTally(q, b)
	t.Counts = b.count(q, func(s Seat) map[string]int { return s.Paced })
	return t
}

func (b *Ballot) count(q Question, answers func(Seat) map[string]int) []int {
	counts := make([]int, len(q.Options))
	for _, s := range b.seats {
		if !s.Present() {
			continue
		}
		pick, ok := answers(s.Seat)[q.Scene]
		if i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Pick == pick }); ok && i >= 0 {
			counts[i]++
		}
	}
	return counts
}

// Finished returns how many of those present have reached an ending at their own pace, in
// steps of five.
func (b *Ballot) Finished() int {
	return Steps(len(b.those(func(s Seat) bool { return s.Present() && s.Done })))
}
