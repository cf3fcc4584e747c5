package check

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// States is every state that a run of a lesson can reach. They are looked for once for
// all that is asked of them.
type States struct {
	lesson *lesson.Lesson
	graph  *graph
	over   string // What is too much of the lesson, or "".
}

// Explore looks for the states of a lesson.
func Explore(l *lesson.Lesson) *States {
	g, over := visit(l)
	return &States{l, g, over}
}

// WayTo returns what leads to a scene from the start, on a shortest way; none where it is
// the start, or where nothing leads to it.
func (s *States) WayTo(scene string) []play.Action {
	g := s.graph
	if s.over != "" {
		return nil
	}
	for i := range g.states {
		if g.scene(i).ID == scene {
			return g.moves(g.shortest(i), true)
		}
	}
	return nil
}
