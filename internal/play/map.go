package play

import (
	"slices"

	"wayout/internal/lesson"
)

// MapLine is one line of the map of a lesson: a scene, its depth in the tree, and
// whether the learner has been there.
type MapLine struct {
	Scene    int // Index into Lesson.Scenes.
	Depth    int // Choices from the start, along the first path that leads here.
	Visited  bool
	Repeated bool // The scene is further up already; what follows it isn't repeated.
	Ending   bool
}

// Map returns the map of a lesson as a tree, from the start on. A scene that only
// has a continue link has the same depth as the next scene, so that the tree is
// indented only at choices. Seen are the ids of the scenes where the learner has
// been.
func Map(l *lesson.Lesson, seen []string) []MapLine {
	var all []MapLine
	met := make([]bool, len(l.Scenes))
	var walk func(i, depth int)
	walk = func(i, depth int) {
		s := &l.Scenes[i]
		w := MapLine{Scene: i, Depth: depth, Visited: slices.Contains(seen, s.ID), Repeated: met[i], Ending: s.Ending()}
		all = append(all, w)
		if met[i] {
			return
		}
		met[i] = true
		to := s.Next()
		if len(to) == 1 && s.Onward != nil {
			walk(to[0], depth)
			return
		}
		for _, next := range to {
			walk(next, depth+1)
		}
	}
	if len(l.Scenes) > 0 {
		walk(0, 0)
	}
	return all
}

// Endings returns how many of a lesson's endings are among the ids in seen, and how many
// endings there are.
func Endings(l *lesson.Lesson, seen []string) (found, of int) {
	for i := range l.Scenes {
		s := &l.Scenes[i]
		if !s.Ending() {
			continue
		}
		of++
		if slices.Contains(seen, s.ID) {
			found++
		}
	}
	return found, of
}
