package check

import (
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// feedback checks that an alert follows every choice before the next choice, check,
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
			"a choice isn't explained before %q", f.g.scene(at).Title)
	}
}

// unexplained returns a state for which late is true, and the shortest path to it, or -1.
// Waiting is how many choices have had no alert yet, counted up to two.
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
		func(e int32, m memory) memory {
			if f.g.edges[e].pick >= 0 {
				return min(m+1, 2)
			}
			return m
		}, late)
}

// The limits on the words of feedback in version 2, as it is told in a state.
const leastLate, mostLate = 15, 70

// feedbackLate checks that an alert follows every choice before a third choice is made,
// and before any ending. So the story may first show what a choice leads to.
func (f *finder) feedbackLate() {
	at, path := f.unexplained(func(i int, m memory) bool {
		s := f.g.scene(i)
		return m == 2 && len(s.Choices) > 0 || m > 0 && s.Ending()
	})
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "put > [!TIP], > [!WARNING] or > [!CAUTION] into this scene or one before it",
			"in %q the learner chooses again, or reaches the end, before a panel has said how it went",
			f.g.scene(at).Title)
	}
	f.contradicted()
	f.unrated()
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
				f.add(b.Pos, f.g.path(f.g.firstOf(v)), f.feedbackFix(&b, n),
					"this feedback has %d words; it should have %d to %d", n, leastLate, mostLate)
			}
		}
	}
}

// feedbackFix returns the fix for feedback of n words. An author can't shorten a list of the six
// moves in it.
func (f *finder) feedbackFix(b *lesson.Block, n int) string {
	words := plural(n-mostLate, "word")
	switch {
	case n <= mostLate:
		return "say in 15 to 70 words what to notice, what it did, and what would be safer"
	case slices.ContainsFunc(b.Text, func(p lesson.Para) bool { return f.isMove(&p) }):
		return fmt.Sprintf("cut %s from around the six moves, which stay as they are, or move that part into the "+
			"story or a panel of its own", words)
	case slices.ContainsFunc(b.Text, func(p lesson.Para) bool { return p.Bullet != "" }):
		return fmt.Sprintf("cut %s from the list, or from the text around it", words)
	}
	return fmt.Sprintf("cut %s: keep what to notice, what it did, and what would be safer", words)
}

// panels are the names of alerts in a file.
var panels = map[lesson.Alert]string{lesson.Tip: "TIP", lesson.Important: "IMPORTANT", lesson.Warning: "WARNING",
	lesson.Caution: "CAUTION"}

// unrated reports a choice that neither its link nor the next scene rates. Such a choice is rated
// by a panel further on, and an author who forgot the rating would notice it only by odd results
// of the rules that count ratings.
func (f *finder) unrated() {
	for _, menu := range f.menus() {
		for _, c := range menu {
			to := &f.l.Scenes[c.To]
			if c.Rated || to.Alert() != lesson.NoAlert {
				continue
			}
			why := "no scene after it has one either"
			if from, alert := f.l.FirstAlert(c.To); alert != lesson.NoAlert {
				why = fmt.Sprintf("the next one is the %s of %q", panels[alert], f.l.Scenes[from].Title)
			}
			f.add(c.Pos, nil, fmt.Sprintf("write the rating after the link: (#%s \"safe\"), or \"risky\", "+
				"\"harmful\" or \"neutral\"; or put a panel in %q", to.ID, to.Title),
				"this choice has no rating, and %q has no panel: it counts as %s, because %s", to.Title, c.Rating, why)
		}
	}
}

// contradicted reports a link whose rating contradicts the panel of the next scene: safe with a
// panel that says it hurt, or harmful with one that says it helped. Other differences are fine,
// because the panel may be about something else.
func (f *finder) contradicted() {
	for i := range f.l.Scenes {
		for _, c := range f.l.Scenes[i].Choices {
			to := &f.l.Scenes[c.To]
			panel := to.Alert()
			helped := panel == lesson.Tip || panel == lesson.Important
			if c.Rated && (c.Rating == lesson.Safe && panel == lesson.Caution || c.Rating == lesson.Harmful && helped) {
				f.add(c.Pos, nil, fmt.Sprintf("take %q out of the link, so that the panel counts; or let the "+
					"choice lead to a scene with a panel that fits", c.Rating),
					"the link rates this %q, but the panel of %q says %s", c.Rating, to.Title, panels[panel])
			}
		}
	}
}
