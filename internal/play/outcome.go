package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Outcome is what a debrief says about a run, finished or not.
type Outcome struct {
	Path      []Step
	Spotted   []int // Warning signs that were shown and marked, as indexes into Lesson.Signs.
	Missed    []int // Warning signs that were shown and not marked.
	Facts     []lesson.Fact
	Practised []string              // Names of the moves that the typed lines made, each once.
	Checks    []Checked             // In the order they were answered.
	Key       []lesson.Para         // The key message: the last IMPORTANT feedback that was shown, or nil.
	Ending    *lesson.Scene         // Nil while the run goes on.
	Endings   int                   // How many endings the lesson has.
	Knows     []Known               // What the other person has found out, in order.
	Stood     map[int]*lesson.Block // The first message with each warning sign that was shown, by sign.
}

// Known is a leak, and what gave it away.
type Known struct {
	Leak lesson.Fact
	From *lesson.Block  // The message or speech by the person whom the learner helps, or nil.
	By   *lesson.Choice // The choice, if it isn't a reply; otherwise nil.
}

// Step is one choice of a run: what was taken, and what else was open. A choice without an
// alternative is no step.
type Step struct {
	Action int // Index into Actions(): Undo(Action) goes back to before it.
	Scene  *lesson.Scene
	Taken  *lesson.Choice
	Open   []*lesson.Choice // What else could have been taken, in order.
}

// Checked is one answered knowledge check.
type Checked struct {
	Scene *lesson.Scene
	Pick  int
	Right bool
	How   Confidence
}

// Outcome returns the outcome of the run so far.
func (r Run) Outcome() Outcome {
	out := Outcome{Path: r.steps(), Knows: r.knows(), Stood: make(map[int]*lesson.Block)}
	r.addSigns(&out)
	r.addAnswers(&out)
	_, facts := r.game.Tell(r.State())
	for i, f := range r.Lesson().Facts {
		if facts&(1<<i) != 0 {
			out.Facts = append(out.Facts, f)
		}
	}
	_, out.Endings = Endings(r.Lesson(), nil)
	if r.Turn() == End {
		out.Ending = r.Scene()
	}
	return out
}

// addSigns adds the warning signs that were spotted, and those that were missed.
func (r Run) addSigns(out *Outcome) {
	for _, m := range r.Messages() {
		for _, s := range m.Signs {
			if out.Stood[s] == nil {
				out.Stood[s] = m
			}
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
}

// addAnswers adds the answered checks, the practised moves, and the key message.
func (r Run) addAnswers(out *Outcome) {
	for _, b := range r.beats {
		switch {
		case b.Block != nil && b.Block.Kind == lesson.Feedback && b.Block.Alert == lesson.Important:
			out.Key = b.Block.Text
		case b.Action != nil && b.Action.Turn == Answer:
			s := &r.Lesson().Scenes[b.Scene]
			right := b.Action.Pick != Unsure && s.Check.Options[b.Action.Pick].Right
			out.Checks = append(out.Checks, Checked{Scene: s, Pick: b.Action.Pick, Right: right, How: b.Action.How})
		case b.Action != nil:
			for _, name := range b.Action.Said {
				if !lesson.Aside(name) && !slices.Contains(out.Practised, name) {
					out.Practised = append(out.Practised, name)
				}
			}
		}
	}
}

// knows returns each leak that was set, with what gave it away: the last thing before it
// that the person whom the learner helps wrote, said or chose.
func (r Run) knows() []Known {
	l := r.Lesson()
	first := len(l.Facts)
	if len(l.Leaks) == 0 {
		return nil
	}
	var all []Known
	for k, s := range r.path {
		_, after := r.game.Tell(s)
		for i, leak := range l.Leaks {
			if bit := uint64(1) << (first + i); after&bit != 0 && s.Facts&bit == 0 {
				known := r.teller(k, setBy(r.game.Scene(s), leak.Name))
				known.Leak = leak
				all = append(all, known)
			}
		}
	}
	return all
}

// setBy returns the position at which a scene first sets a fact, or else that of the scene.
func setBy(s *lesson.Scene, name string) lesson.Pos {
	for _, b := range s.Told {
		for _, p := range b.Text {
			if slices.Contains(p.Sets, name) {
				return p.Pos
			}
		}
	}
	return s.Pos
}

// teller finds the last choice, or message or speech of the focus of the lesson, that was
// shown up to a position in the scene of a step.
func (r Run) teller(step int, at lesson.Pos) Known {
	var last Known
	for _, b := range r.beats {
		if b.Step > step || b.Step == step && b.Block != nil && b.Choice == nil && b.Block.Pos.Line > at.Line {
			break
		}
		switch {
		case b.Choice != nil && b.Block == nil && b.Choice != r.Lesson().Scenes[b.Scene].Onward:
			last = Known{By: b.Choice}
		case b.Block != nil && (b.Block.Kind == lesson.Message || b.Block.Kind == lesson.Speech) &&
			b.Block.Who == r.Lesson().Focus:
			last = Known{From: b.Block}
		}
	}
	return last
}

// steps returns the choices of the run that had alternatives.
func (r Run) steps() []Step {
	var all []Step
	at := 0
	for i, m := range r.actions {
		s := r.path[at]
		scene := r.game.Scene(s)
		switch m.Turn {
		case Choose:
			step := Step{Action: i, Scene: scene, Taken: &scene.Choices[m.Pick]}
			for _, o := range r.game.Open(s) {
				if o != m.Pick {
					step.Open = append(step.Open, &scene.Choices[o])
				}
			}
			if len(step.Open) > 0 {
				all = append(all, step)
			}
			at++
		case Go:
			at++
		}
	}
	return all
}

// KeyToldLast reports whether the last feedback of the ending is the key message. If so, the
// debrief leaves it out, so that nobody reads it twice in a row.
func (r Run) KeyToldLast() bool {
	key := r.Outcome().Key
	for _, b := range slices.Backward(r.Beats()) {
		if b.Block != nil && b.Block.Kind == lesson.Feedback {
			return len(key) > 0 && b.Step == r.Step() && len(b.Block.Text) > 0 && &b.Block.Text[0] == &key[0]
		}
	}
	return false
}
