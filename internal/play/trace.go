package play

import (
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// Trace is an action with the names of where it was made and where it led, so that
// it can be found again in a lesson that has changed since.
type Trace struct {
	At string `json:"at"`           // The id of the scene.
	To string `json:"to,omitempty"` // The id of the next scene, of a choice or a continue link.
	Action
}

// turnNames are how turns stand in a file.
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

// Traces returns the actions of the run with their scenes. A line that wasn't understood
// is none: who comes back may still say it.
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

// Kept returns what may be written down and named of a line: not that it spoke of
// danger, and not that it wasn't understood.
func Kept(said []string) []string {
	if !slices.ContainsFunc(said, lesson.Aside) {
		return said
	}
	if said = slices.DeleteFunc(slices.Clone(said), lesson.Aside); len(said) == 0 {
		return nil
	}
	return said
}

// Kept returns the run as far as it may be written down: up to before a line that
// spoke of danger. What follows on such a line would tell of it.
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

// Missed reports whether an action is a line that wasn't understood.
func (m Action) Missed() bool { return m.Turn == Say && slices.Equal(m.Said, []string{lesson.Unclear}) }

// Missed reports whether the last action was a line that wasn't understood.
func (r Run) Missed() bool { return len(r.actions) > 0 && r.actions[len(r.actions)-1].Missed() }

// Jumped reports whether the run began elsewhere than at the start; see
// [Run.From].
func (r Run) Jumped() bool { return r.from != State{} }

// Retrace repeats actions as far as the lesson still has them, and reports
// whether it had them all. Where a choice has moved in its list it is known by
// where it leads. The run stands where the last of them led.
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
		if r.Turn() == Say { // What wasn't understood isn't written down.
			r, _ = r.Skip()
		}
		if r.Turn() == Go && !leads(r.Onward()) && s.Rehearsal != nil {
			// The line that led there is known by where it led.
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
