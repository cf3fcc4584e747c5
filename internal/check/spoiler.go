package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// spoiler checks that between a message with a sign and the next choice no narration names
// a sign, the trick, or the remedy. Messages, speech and feedback may.
func (f *finder) spoiler() {
	spoilers := folded(f.lex.Spoilers)
	if len(spoilers) == 0 {
		return
	}
	const shown memory = 1
	type found struct {
		pos    lesson.Pos
		view   int32
		phrase string
	}
	var all []found
	see := func(view int32, blocks []lesson.Block, m memory) memory {
		for i := range blocks {
			b := &blocks[i]
			switch {
			case len(b.Signs) > 0:
				m = shown
			case b.Kind == lesson.Narration && m == shown:
				words := fold(b.String())
				if k := slices.IndexFunc(spoilers, func(s string) bool { return strings.Contains(words, s) }); k >= 0 {
					all = append(all, found{b.Pos, view, f.lex.Spoilers[k]})
				}
			}
		}
		return m
	}
	f.g.paths(
		func(i int, m memory) memory { return see(f.g.view[i], f.g.told(i), m) },
		func(e int32, m memory) memory {
			if f.g.edges[e].pick >= 0 {
				m = 0
			}
			return see(f.g.view[f.g.edges[e].from], f.g.reaction(e), m)
		},
		func(int, memory) bool { return false })
	for _, s := range all {
		f.add(s.pos, f.g.path(f.g.firstOf(int(s.view))),
			"say what happens, and let the learner work out what it is",
			"%q gives the answer away before the choice", s.phrase)
	}
}

// mostFault is how often a path may say whose fault it is not. Repeated too often, it
// sounds as though someone had doubted it.
const mostFault = 3

// fault checks that no path says more than three times whose fault it isn't. The rule
// "no-blame" checks that it is said at all.
func (f *finder) fault() {
	g := f.g
	comfort := f.comfort()
	var says once[int]
	count := func(blocks []lesson.Block) float64 {
		n := 0
		for i := range blocks {
			for _, p := range blocks[i].Text {
				n += says.of(p.Spans, func(words string) int { return one(contains(fold(words), comfort)) })
			}
		}
		return float64(n)
	}
	views := make([]float64, len(g.views))
	for v := range g.views {
		views[v] = count(g.views[v].told)
	}
	weight, path := g.heaviest(views, func(e int32) float64 { return count(g.reaction(e)) })
	if most := int(weight); most > mostFault {
		states := g.passed(path)
		at, fixed := f.reassured(states, comfort)
		fix := fmt.Sprintf("take it out of %s, where it's needed least", some(most-mostFault, at))
		if fixed > 0 {
			fix += fmt.Sprintf("; the one in line %d belongs to the six moves, and stays", fixed)
		}
		f.add(at[0], g.ids(states), fix, "one way through says %d times whose fault it isn't (%s); the limit is %d",
			most, lines(at), mostFault)
	}
}

// reassured returns where a path says whose fault it isn't, in the order of the file, and the
// line of the six moves that does, or 0.
func (f *finder) reassured(path []int, comfort []string) (at []lesson.Pos, fixed int) {
	f.along(path, func(blocks []lesson.Block) {
		for i := range blocks {
			for k := range blocks[i].Text {
				p := &blocks[i].Text[k]
				if !contains(fold(p.String()), comfort) {
					continue
				}
				if f.isMove(p) {
					fixed = p.Pos.Line
				}
				at = append(at, p.Pos)
			}
		}
	})
	return inOrder(at), fixed
}
