package check

import "wayout/internal/lesson"

// feedback: every choice is answered by an alert before the next choice, check,
// rehearsal or ending (teaching.md rule 5).
func (f *finder) feedback() {
	const open memory = 1
	at, path := f.g.paths(
		func(i int, m memory) memory {
			for _, b := range f.g.told(i) {
				if b.Kind == lesson.Feedback {
					return 0
				}
			}
			return m
		},
		func(i, k int, m memory) memory {
			if f.g.out(i)[k].pick >= 0 {
				return open
			}
			return m
		},
		func(i int, m memory) bool { return m == open && f.g.acts(i) })
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "begin the scene that the choice leads to with > [!TIP], > [!WARNING] or > [!CAUTION]",
			"a choice is not explained before %q", f.g.scene(at).Title)
	}
}
