package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// told checks that every complete path sets a fact "told" (or "told-…") in a scene
// whose first alert is a TIP, or ends with an IMPORTANT about help.
func (f *finder) told() {
	const yes memory = 1
	at, path := f.g.paths(
		func(i int, m memory) memory {
			if f.tells(i) {
				return yes
			}
			return m
		}, nil,
		func(i int, m memory) bool {
			s := f.g.scene(i)
			return s.Ending() && m != yes && s.Alert() != lesson.Important
		})
	if at >= 0 {
		fix := "have someone told on this path, in a scene that opens with > [!TIP] and has `+told` in it; or open " +
			"this last scene with > [!IMPORTANT] and say where to get help"
		if !slices.ContainsFunc(f.l.Facts, func(fact lesson.Fact) bool { return isTold(fact.Name) }) {
			fix += ". The front matter then needs this below facts:, after two spaces:   told: " + f.l.Focus +
				" has told someone"
		}
		f.add(f.g.scene(at).Pos, path, fix,
			"a path ends in %q without anyone being told", f.g.scene(at).Title)
	}
}

// tells reports whether the first alert of a state's scene is a TIP and the scene sets
// a told fact in this state.
func (f *finder) tells(i int) bool {
	s := f.g.scene(i)
	if s.Alert() != lesson.Tip {
		return false
	}
	for _, b := range s.Told {
		for _, p := range b.Text {
			if slices.ContainsFunc(p.Sets, func(fact string) bool {
				return isTold(fact) && f.g.game.Knows(f.g.views[f.g.view[i]].sets, fact)
			}) {
				return true
			}
		}
	}
	return false
}

func isTold(fact string) bool { return fact == "told" || strings.HasPrefix(fact, "told-") }
