package check

import "wayout/internal/lesson"

// openChoice checks that every choice list has an open choice in every reachable state.
func (f *finder) openChoice() {
	said := make(map[*lesson.Scene]bool)
	for i := range f.g.states {
		if s := f.g.scene(i); len(s.Choices) > 0 && len(f.g.out(i)) == 0 && !said[s] {
			said[s] = true
			f.add(s.Choices[0].Pos, f.g.path(i), "leave one choice without a condition",
				"every choice of %q is closed here", s.Title)
		}
	}
}
