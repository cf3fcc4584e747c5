package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Outcome is what a debrief tells of a run, finished or not.
type Outcome struct {
	Path      []Step
	Spotted   []int // Warning signs that were shown and marked, as indexes into Lesson.Signs.
	Missed    []int // Warning signs that were shown and not marked.
	Facts     []lesson.Fact
	Practised []string      // Names of the moves that the typed lines made, each once.
	Checks    []Checked     // In the order they were answered.
	Key       []lesson.Para // The key message: the last IMPORTANT that was shown, or nil.
	Ending    *lesson.Scene // Nil while the run goes on.
}

// Step is one choice of a run: what was taken, and what else was open.
type Step struct {
	Move  int // Index into Moves(): Undo(Move) goes back to before it.
	Scene *lesson.Scene
	Taken *lesson.Choice
	Open  []*lesson.Choice // What else could have been taken, in order.
}

// Checked is one answered knowledge check.
type Checked struct {
	Scene *lesson.Scene
	Pick  int
	Right bool
	How   Confidence
}

// Outcome returns what the run has come to.
func (r Run) Outcome() Outcome {
	out := Outcome{Path: r.steps()}
	for _, m := range r.Messages() {
		for _, s := range m.Signs {
			switch {
			case slices.Contains(out.Spotted, s):
			case r.Marked(m.Pos):
				out.Spotted = append(out.Spotted, s)
				out.Missed = slices.DeleteFunc(out.Missed, func(i int) bool { return i == s })
			case !slices.Contains(out.Missed, s):
				out.Missed = append(out.Missed, s)
			}
		}
	}
	for _, b := range r.beats {
		switch {
		case b.Block != nil && b.Block.Kind == lesson.Feedback && b.Block.Alert == lesson.Important:
			out.Key = b.Block.Text
		case b.Move != nil && b.Move.Turn == Answer:
			s := &r.Lesson().Scenes[b.Scene]
			right := b.Move.Pick != Unsure && s.Check.Options[b.Move.Pick].Right
			out.Checks = append(out.Checks, Checked{Scene: s, Pick: b.Move.Pick, Right: right, How: b.Move.How})
		case b.Move != nil:
			for _, name := range b.Move.Said {
				if !slices.Contains(out.Practised, name) {
					out.Practised = append(out.Practised, name)
				}
			}
		}
	}
	_, facts := r.game.Tell(r.State())
	for i, f := range r.Lesson().Facts {
		if facts&(1<<i) != 0 {
			out.Facts = append(out.Facts, f)
		}
	}
	if r.Turn() == End {
		out.Ending = r.Scene()
	}
	return out
}

// steps walks the path again beside the moves and keeps the choices.
func (r Run) steps() []Step {
	var all []Step
	at := 0
	for i, m := range r.moves {
		s := r.path[at]
		scene := r.game.Scene(s)
		switch m.Turn {
		case Choose:
			step := Step{Move: i, Scene: scene, Taken: &scene.Choices[m.Pick]}
			for _, o := range r.game.Open(s) {
				if o != m.Pick {
					step.Open = append(step.Open, &scene.Choices[o])
				}
			}
			all = append(all, step)
			at++
		case Go:
			at++
		}
	}
	return all
}
