package check

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// WayTo returns what leads to a scene from the start, on a shortest way; none where it is
// the start, or where nothing leads to it.
func WayTo(l *lesson.Lesson, scene string) []play.Action {
	g, over := visit(l)
	if over != "" {
		return nil
	}
	for i := range g.states {
		if g.scene(i).ID != scene {
			continue
		}
		var path []edge
		for at := int32(i); at > 0; at = g.parent[at] {
			for _, e := range g.out(int(g.parent[at])) {
				if e.to == at {
					path = append([]edge{e}, path...)
					break
				}
			}
		}
		return g.moves(path, true)
	}
	return nil
}
