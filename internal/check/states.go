package check

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// States is every state that a run of a lesson can reach. Exploring takes time, so callers
// with several questions about a lesson share one States.
type States struct {
	lesson *lesson.Lesson
	graph  *graph
	over   string // Which limit the lesson exceeds, or "".
}

// Explore finds the states of a lesson.
func Explore(l *lesson.Lesson) *States {
	g, over := visit(l)
	return &States{l, g, over}
}

// WayTo returns the actions of a shortest path from the start to a scene. It returns nil if
// the scene is the start or can't be reached, or if the lesson has too many states.
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
