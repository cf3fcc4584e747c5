package check

import "wayout/internal/lesson"

// repair checks that every path meets a TIP or an IMPORTANT after a CAUTION, and
// that every ending has an alert that isn't CAUTION.
func (f *finder) repair() {
	for i := range f.l.Scenes {
		s := &f.l.Scenes[i]
		if !s.Ending() {
			continue
		}
		switch s.Alert() {
		case lesson.NoAlert:
			f.add(s.Pos, nil, "add > [!TIP] or > [!IMPORTANT]", "the ending %q has no panel", s.Title)
		case lesson.Caution:
			f.add(s.Pos, nil, "go on to what can be done now, and end there", "the ending %q is a CAUTION", s.Title)
		}
	}
	const hurt memory = 1
	at, path := f.g.paths(
		func(i int, m memory) memory {
			for _, b := range f.g.told(i) {
				switch {
				case b.Kind != lesson.Feedback:
				case b.Alert == lesson.Caution:
					m = hurt
				case b.Alert == lesson.Tip || b.Alert == lesson.Important:
					m = 0
				}
			}
			return m
		}, nil,
		func(i int, m memory) bool {
			s := f.g.scene(i)
			return m == hurt && s.Ending() && s.Alert() != lesson.Caution && s.Alert() != lesson.NoAlert
		})
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "show what can be done now in a TIP",
			"a path through a CAUTION ends in %q, and nothing says what can be done now", f.g.scene(at).Title)
	}
}
