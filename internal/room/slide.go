package room

import (
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Slide is what a room is shown at one time.
type Slide struct {
	Beats     []int // Indexes into the run's beats.
	Kind      SlideKind
	Cover     []int // Indexes into the lesson's cover; only for an [Opening].
	Hindsight       // Only for a [LookBack].
}

// SlideKind says what a slide holds besides the story.
type SlideKind uint8

// The kinds of slide.
const (
	Told      SlideKind = iota // Nothing else.
	Choices                    // What can be done.
	Quiz                       // The answers of a knowledge check.
	Explained                  // Why each answer is right or wrong.
	Line                       // A rehearsal: a line to find the words for.
	Models                     // How such a line could sound.
	Ending                     // The end of the story.
	Opening                    // Whom the story is about, before the first scene.
	LookBack                   // What the room looks back on after the story.
)

// told returns the slides of a moment without those that look back. They must not be changed.
func (m moment) told() []Slide {
	if m.made == nil {
		return m.divide()
	}
	if told := m.made.told.Load(); told != nil {
		return *told
	}
	all := m.divide()
	m.made.told.Store(&all)
	return all
}

// divide makes the slides of a moment without those that look back.
func (m moment) divide() []Slide {
	all := slides(m.run, m.since, m.jump != nil)
	if m.run.Step() == 0 && len(m.run.Actions()) == 0 && !m.run.Jumped() {
		all = append(opening(m.run.Lesson(), m.jump != nil), all...)
	}
	return slices.Clip(all)
}

// slides returns all slides of a moment.
func (m moment) slides() []Slide {
	all := m.told()
	if m.run.Turn() == play.End {
		all = append(all, lookBack(m.run)...)
	}
	return all
}

// opening returns the slides of a lesson's cover. After a jump the first slide leaves room for a
// line that says so.
func opening(l *lesson.Lesson, jumped bool) (all []Slide) {
	filled := landed(jumped)
	for i := range l.Cover {
		need := onEach(func(f face) int { return f.block(&l.Cover[i], nil) })
		switch {
		case len(all) == 0:
			all = append(all, Slide{Kind: Opening})
		case !filled.plus(need).fit():
			all, filled = append(all, Slide{Kind: Opening}), rows{}
		}
		now := &all[len(all)-1]
		now.Cover, filled = append(now.Cover, i), filled.plus(need)
	}
	return all
}

// landed returns the rows of the line that says that the class has jumped.
func landed(jumped bool) (r rows) {
	if jumped {
		r = onEach(func(f face) int { return f.block(&lesson.Block{Text: []lesson.Para{{}, {}}}, nil) })
	}
	return r
}

// slides divides what a run has shown since a beat into slides. The last slide is about what
// can be done now. After a jump the first slide leaves room for a line that says so.
func slides(run play.Run, since int, jumped bool) []Slide {
	beats := run.Beats()
	var all []Slide
	if since < len(beats) && beats[since].Action != nil {
		kind := Explained
		if beats[since].Action.Turn == play.Say {
			kind = Models
		}
		all = append(all, Slide{Beats: []int{since}, Kind: kind})
		if since++; since == len(beats) {
			return all
		}
	}
	question, _ := run.Scene().Question()
	var now Slide
	filled, before := landed(jumped), -1
	flush := func() {
		if len(now.Beats) > 0 {
			all = append(all, now)
		}
		now, filled, before = Slide{}, rows{}, -1
	}
	for i := since; i < len(beats); i++ {
		b := beats[i]
		switch {
		case b.Choice != nil && b.Choice == run.Lesson().Scenes[b.Scene].Onward, b.Only && b.Block == nil:
			continue
		case b.Block == nil:
		case b.Block.Kind == lesson.Typing:
			continue
		case question != nil && b.Step == run.Step() && b.Block.Pos == question.Pos && run.Turn() != play.Go:
			continue // The question goes on the slide with its options.
		}
		if before >= 0 && !filled.plus(beatRows(run, before, i)).fit() {
			flush()
		}
		filled = filled.plus(beatRows(run, before, i))
		if now.Beats, before = append(now.Beats, i), i; b.Block != nil && b.Block.Kind == lesson.Feedback {
			flush() // Feedback is the last thing on its slide, below what it is about if that fits.
		}
	}
	return last(run, all, now)
}

// last adds the slide on which something can be done. It repeats as much as fits of what was told
// just before, unless that was feedback.
func last(run play.Run, all []Slide, now Slide) []Slide {
	kind := Told
	switch run.Turn() {
	case play.Choose:
		kind = Choices
	case play.Answer:
		kind = Quiz
	case play.Say:
		kind = Line
	case play.End:
		kind = Ending
	}
	if (kind == Told || kind == Ending) && len(now.Beats) == 0 && len(all) > 0 {
		all[len(all)-1].Kind = kind
		return all
	}
	from := 0
	for kind != Told && kind != Ending && from < len(now.Beats) && !slideRows(run, now.Beats[from:], true).fit() {
		from++
	}
	if from > 0 { // First a slide with all beats; the question's slide repeats the last of them.
		all = append(all, Slide{Beats: now.Beats})
	}
	return append(all, Slide{Beats: now.Beats[from:], Kind: kind})
}
