package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Model goes on as if a model answer had been said in the present rehearsal, for a room in
// which nobody types. So the room sees the answer to a line that protects, never the answer to a
// weak line or to one that wasn't understood. The error is [ErrTurn].
func (r Run) Model() (Run, error) {
	s := r.Scene().Rehearsal
	if s == nil || r.Turn() != Say {
		return r, ErrTurn
	}
	i := ModelMove(s)
	if i < 0 {
		return r.Skip()
	}
	return r.said([]string{s.Moves[i].Name})
}

// ModelMove returns the index of the move that the model answers of a rehearsal make, or -1 if
// the rehearsal doesn't branch. If the situation is telling someone, the move is to say what
// happened. Otherwise it is the first of those that lead where most protective moves lead.
func ModelMove(r *lesson.Rehearsal) int {
	if !r.Branches() {
		return -1
	}
	return modelMove(r)
}

// modelMove is like [ModelMove], but also works if the rehearsal doesn't branch.
func modelMove(r *lesson.Rehearsal) int {
	leads := func(m lesson.Move) int {
		if m.Onward == nil {
			return -1
		}
		return m.Onward.To
	}
	ways := make(map[int]int)
	for _, m := range r.Moves {
		if m.Protects() {
			ways[leads(m)]++
		}
	}
	best := -1
	for i, m := range r.Moves {
		if m.Protects() && (best < 0 || ways[leads(m)] > ways[leads(r.Moves[best])]) {
			best = i
		}
	}
	says := slices.IndexFunc(r.Moves, func(m lesson.Move) bool { return m.Name == "say-what" && !m.Weak })
	if r.Situation == "tell" && says >= 0 {
		return says
	}
	return best
}
