package check

import "wayout/internal/lesson"

// mostChoices and mostChoices2 are how many choices away a safe ending may be.
const mostChoices, mostChoices2 = 6, 8 // In version 1 and 2.

// wayOut checks that from every reachable state a safe ending is at most so many choices
// away. An ending is safe if its alert is TIP or IMPORTANT. Reading on isn't a choice.
func (f *finder) wayOut() {
	far, most := f.g.distances(), mostChoices
	if f.l.Format() == 2 {
		most = mostChoices2
	}
	for i, d := range far {
		s := f.g.scene(i)
		switch {
		case d < 0:
			f.add(s.Pos, f.g.path(i), "add a choice that leads to telling someone",
				"once someone is in %q, no good ending can be reached any more",
				s.Title)
			return // Later states are stuck for the same reason.
		case d > most:
			f.add(s.Pos, f.g.path(i), "add a shorter way",
				"the way out of %q is %d choices long; the limit is %d", s.Title, d, most)
			return
		}
	}
}

// distances returns for each state how many choices away the nearest safe ending is, or
// -1. It goes backwards from the safe endings, along links before choices.
func (g *graph) distances() []int {
	first, other := g.into()
	far := make([]int, len(g.states))
	var ring, next []int32
	for i := range far {
		far[i] = -1
		if s := g.scene(i); s.Ending() && (s.Alert() == lesson.Tip || s.Alert() == lesson.Important) {
			ring = append(ring, int32(i))
		}
	}
	for d := 0; len(ring) > 0; d, ring, next = d+1, next, ring[:0] {
		for k := 0; k < len(ring); k++ {
			i := ring[k]
			if far[i] >= 0 {
				continue
			}
			far[i] = d
			for at := first[i]; at >= 0; at = other[at] {
				switch e := g.edges[at]; {
				case far[e.from] >= 0:
				case e.pick < 0:
					ring = append(ring, e.from)
				default:
					next = append(next, e.from)
				}
			}
		}
	}
	return far
}
