package check

// openChoice: every choice list has an open choice in every reachable state.
func (f *finder) openChoice() {
	for i := range f.g.states {
		if s := f.g.scene(i); len(s.Choices) > 0 && len(f.g.edges[i]) == 0 {
			f.add(s.Choices[0].Pos, f.g.path(i), "leave one choice without a condition", "every choice of %q is closed here", s.Title)
		}
	}
}
