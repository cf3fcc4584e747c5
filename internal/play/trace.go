package play

import (
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// Trace is an action with the ids of the scene where it was made and of the scene where
// it led, so that it can be found again in a lesson that has changed since.
type Trace struct {
	At string `json:"at"`           // The id of the scene.
	To string `json:"to,omitempty"` // The id of the next scene, for a choice or a continue link.
	Action
}

// turnNames are the names of turns in a file.
var turnNames = []string{"choose", "go", "answer", "say", "end"}

// MarshalText returns the turn's name.
func (t Turn) MarshalText() ([]byte, error) {
	if int(t) >= len(turnNames) {
		return nil, fmt.Errorf("no turn %d", t)
	}
	return []byte(turnNames[t]), nil
}

// UnmarshalText reads a turn's name.
func (t *Turn) UnmarshalText(name []byte) error {
	i := slices.Index(turnNames, string(name))
	if i < 0 {
		return fmt.Errorf("no turn %q", name)
	}
	*t = Turn(i)
	return nil
}

// Traces returns the actions of the run with their scenes. It leaves out a line that wasn't
// understood, so that a learner who comes back may still say it.
func (r Run) Traces() []Trace {
	all := make([]Trace, 0, len(r.actions))
	at := 0
	for _, m := range r.actions {
		if m.Missed() {
			continue
		}
		t := Trace{At: r.game.Scene(r.path[at]).ID, Action: m}
		t.Said = Kept(m.Said)
		if m.Turn == Choose || m.Turn == Go {
			at++
			t.To = r.game.Scene(r.path[at]).ID
		}
		all = append(all, t)
	}
	return all
}

// Kept returns the moves of a line that may be stored and shown: all but that it spoke
// of danger, and that it wasn't understood.
func Kept(said []string) []string {
	if !slices.ContainsFunc(said, lesson.Aside) {
		return said
	}
	if said = slices.DeleteFunc(slices.Clone(said), lesson.Aside); len(said) == 0 {
		return nil
	}
	return said
}

// Kept returns the part of the run that may be stored: everything before a line that
// spoke of danger. What follows such a line would reveal it.
func (r Run) Kept() Run {
	for i, m := range r.actions {
		if m.Turn == Say && slices.Contains(m.Said, lesson.Danger) {
			if back, err := r.Undo(i); err == nil {
				return back
			}
		}
	}
	return r
}

// Missed reports whether the action is a line that wasn't understood.
func (m Action) Missed() bool { return m.Turn == Say && slices.Equal(m.Said, []string{lesson.Unclear}) }

// Missed reports whether the last action was a line that wasn't understood.
func (r Run) Missed() bool { return len(r.actions) > 0 && r.actions[len(r.actions)-1].Missed() }

// Jumped reports whether the run began in another state than the start; see
// [Run.From].
func (r Run) Jumped() bool { return r.from != State{} }

// Retrace repeats actions as far as the lesson still has them, and reports
// whether it had them all. A choice that has moved in its list is found by
// where it leads. Retrace returns the run after the last repeated action.
func Retrace(l *lesson.Lesson, seed uint64, traces []Trace) (Run, bool) {
	r := Start(l, seed)
	for _, t := range traces {
		next, err := r.retrace(t)
		if err != nil {
			return r, false
		}
		r = next
	}
	return r, true
}

func (r Run) retrace(t Trace) (Run, error) {
	s := r.Scene()
	if s.ID != t.At {
		return r, ErrTurn
	}
	leads := func(c *lesson.Choice) bool { return c != nil && r.Lesson().Scenes[c.To].ID == t.To }
	switch t.Turn {
	case Choose:
		open := r.Open()
		if slices.Contains(open, t.Pick) && leads(&s.Choices[t.Pick]) {
			return r.Choose(t.Pick)
		}
		for _, i := range open {
			if leads(&s.Choices[i]) {
				return r.Choose(i)
			}
		}
		return r, ErrClosed
	case Go:
		if r.Turn() == Say { // The line wasn't understood, so Traces has left it out.
			r, _ = r.Skip()
		}
		if r.Turn() == Go && !leads(r.Onward()) && s.Rehearsal != nil {
			// Find the move that was heard by where it led.
			for i, m := range s.Rehearsal.Moves {
				if m.Onward != nil && leads(m.Onward) {
					r.heard = i + 1
					break
				}
			}
		}
		if !leads(r.Onward()) {
			return r, ErrTurn
		}
	case Say:
		if s.Rehearsal == nil {
			return r, ErrTurn
		}
		t.Said = slices.DeleteFunc(slices.Clone(t.Said), func(name string) bool {
			return !s.Rehearsal.Has(name) && !lesson.IsMove(name)
		})
	}
	return r.make(t.Action)
}
