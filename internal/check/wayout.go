package check

import "wayout/internal/lesson"

// mostChoices is how far a safe ending may be, in choices.
const mostChoices = 6

// wayOut: from every reachable state a safe ending is at most six choices away.
// An ending is safe when its alert is TIP or IMPORTANT. Reading on is no choice.
func (f *finder) wayOut() {
	far := f.distances()
	for i, d := range far {
		s := f.g.scene(i)
		switch {
		case d < 0:
			f.add(s.Pos, f.g.path(i), "add a choice that leads to telling somebody", "there is no way out of %q", s.Title)
			return // The states behind it are stuck for the same reason.
		case d > mostChoices:
			f.add(s.Pos, f.g.path(i), "add a shorter way", "the way out of %q is %d choices long, at most %d are allowed", s.Title, d, mostChoices)
			return
		}
	}
}

// distances returns for each state how many choices lie before the nearest safe
// ending, or -1.
func (f *finder) distances() []int {
	far := make([]int, len(f.g.states))
	for i := range far {
		far[i] = -1
		if s := f.g.scene(i); s.Ending() && (s.Alert() == lesson.Tip || s.Alert() == lesson.Important) {
			far[i] = 0
		}
	}
	// Relaxed until nothing changes; a lesson's graph is small and shallow.
	for changed := true; changed; {
		changed = false
		for i := len(far) - 1; i >= 0; i-- {
			for _, e := range f.g.edges[i] {
				cost := 1
				if e.pick < 0 {
					cost = 0
				}
				if d := far[e.to]; d >= 0 && (far[i] < 0 || d+cost < far[i]) {
					far[i], changed = d+cost, true
				}
			}
		}
	}
	return far
}
