package check

import (
	"fmt"

	"wayout/internal/lesson"
)

// feedback: every choice is answered by an alert before the next choice, check,
// rehearsal or ending: late feedback teaches less (Van der Kleij 2015).
func (f *finder) feedback() {
	if f.l.Format() == 2 {
		f.feedbackLate()
		return
	}
	at, path := f.unexplained(func(i int, m memory) bool { return m > 0 && f.g.acts(i) })
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path,
			"begin the scene that the choice leads to with > [!TIP], > [!WARNING] or > [!CAUTION]",
			"a choice is not explained before %q", f.g.scene(at).Title)
	}
}

// unexplained returns a state in which as many choices as late says wait for an alert,
// up to two being counted, and the shortest path to it; -1 for none.
func (f *finder) unexplained(late func(i int, waiting memory) bool) (int, []string) {
	return f.g.paths(
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
				return min(m+1, 2)
			}
			return m
		}, late)
}

// The words of feedback in version 2, as it is told in a state.
const leastLate, mostLate = 15, 70

// feedbackLate: every choice is answered by an alert before a third choice is made,
// and before any ending. What happens first may speak for itself.
func (f *finder) feedbackLate() {
	at, path := f.unexplained(func(i int, m memory) bool {
		s := f.g.scene(i)
		return m == 2 && len(s.Choices) > 0 || m > 0 && s.Ending()
	})
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "put > [!TIP], > [!WARNING] or > [!CAUTION] into this scene or one before it",
			"in %q the learner chooses again, or is at the end, and no panel has said how it went so far",
			f.g.scene(at).Title)
	}
	f.contradicted()
	for v, view := range f.g.views {
		for _, b := range view.told {
			if b.Kind != lesson.Feedback {
				continue
			}
			n := 0
			for _, p := range b.Text {
				n += len(wordsOf(p.String()))
			}
			if n < leastLate || n > mostLate {
				f.add(b.Pos, f.g.path(f.g.firstOf(v)),
					"say in 15 to 70 words what to notice, what it did, and what would be safer",
					"feedback of %d words, from %d to %d are allowed", n, leastLate, mostLate)
			}
		}
	}
}

// contradicted: what a link says of its choice counts, and not the panel behind it, which
// may be about something else. It isn't called safe where the panel says that it hurt,
// nor harmful where it says that it helped.
func (f *finder) contradicted() {
	names := map[lesson.Alert]string{lesson.Tip: "TIP", lesson.Important: "IMPORTANT", lesson.Caution: "CAUTION"}
	for i := range f.l.Scenes {
		for _, c := range f.l.Scenes[i].Choices {
			to := &f.l.Scenes[c.To]
			panel := to.Alert()
			helped := panel == lesson.Tip || panel == lesson.Important
			if c.Rated && (c.Rating == lesson.Safe && panel == lesson.Caution || c.Rating == lesson.Harmful && helped) {
				f.add(c.Pos, nil, fmt.Sprintf("take %q out of the link, and the panel counts; or let the choice lead "+
					"to a scene with a panel of its own", c.Rating),
					"the link says %q, which counts, and the panel of %q is: %s", c.Rating, to.Title, names[panel])
			}
		}
	}
}
