package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// spoiler: between a message with a sign and the next choice no narration names a
// sign, the trick, or the remedy. What someone says may, and so may a comment.
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
		func(i, k int, m memory) memory {
			if f.g.out(i)[k].pick >= 0 {
				m = 0
			}
			return see(f.g.view[i], f.g.reaction(i, k), m)
		},
		func(int, memory) bool { return false })
	for _, s := range all {
		f.add(s.pos, f.g.path(f.g.firstOf(int(s.view))),
			"say what happens, and let the learner work out what it is",
			"%q gives the answer away before the choice", s.phrase)
	}
}

// mostFault is how often a path may say whose fault it is not. Said again and again
// it sounds as though someone had doubted it.
const mostFault = 3

// fault: on no path is it said more than three times. That it is said at all is the
// rule no-blame.
func (f *finder) fault() {
	g := f.g
	comfort := f.comfort()
	says := make(map[*lesson.Span]int)
	count := func(blocks []lesson.Block) int {
		n := 0
		for i := range blocks {
			for _, p := range blocks[i].Text {
				if len(p.Spans) == 0 {
					continue
				}
				is, ok := says[&p.Spans[0]]
				if !ok {
					is = one(contains(fold(p.String()), comfort))
					says[&p.Spans[0]] = is
				}
				n += is
			}
		}
		return n
	}
	views := make([]int, len(g.views))
	for v := range g.views {
		views[v] = count(g.views[v].told)
	}
	most, next := make([]int, len(g.states)), make([]int32, len(g.states))
	for i := range most {
		most[i], next[i] = views[g.view[i]], -1
	}
	g.inward(func(i int32, k int, e edge) {
		if n := views[g.view[i]] + count(g.reaction(int(i), k)) + most[e.to]; next[i] < 0 || n > most[i] {
			most[i], next[i] = n, e.to
		}
	})
	if most[0] > mostFault {
		var path []int
		for i := int32(0); i >= 0; i = next[i] {
			path = append(path, int(i))
		}
		at, fixed := f.reassured(path, comfort)
		fix := fmt.Sprintf("take it out of %s, where it's needed least", some(most[0]-mostFault, at))
		if fixed > 0 {
			fix += fmt.Sprintf("; the one in line %d belongs to the six moves, and stays", fixed)
		}
		f.add(at[0], g.ids(path), fix, "one way through says %d times whose fault it isn't (%s); the limit is %d",
			most[0], lines(at), mostFault)
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
