package play

import (
	"slices"

	"wayout/internal/lesson"
)

// MapLine is one line of the map of a lesson: a scene, where it hangs, and whether
// the learner has been there.
type MapLine struct {
	Scene    int // Index into Lesson.Scenes.
	Depth    int // Choices from the start, along the first way that leads here.
	Visited  bool
	Repeated bool // It stands further up already, and is not followed twice.
	Ending   bool
}

// Map returns the map of a lesson as a tree, told from the start on. A scene
// that goes on with one link keeps the depth of what follows, so that the tree
// is as wide as there are choices. Seen are the ids of the scenes where the
// learner has been.
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

// Endings returns how many of a lesson's endings a learner has found who has been in
// these scenes, and how many there are.
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
