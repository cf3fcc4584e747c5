package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Spot marks a message that feels off to the learner. It returns the indexes of
// the warning signs that the message carries, none where the lesson marks none:
// a feeling is never wrong, so there is no penalty. A message is known by its
// place in the file. Marking is no action of the run, and isn't undone.
func (r Run) Spot(message lesson.Pos) (Run, []int) {
	if !r.Marked(message) {
		r.marks = append(slices.Clip(r.marks), message)
	}
	for _, b := range r.Messages() {
		if b.Pos == message {
			return r, b.Signs
		}
	}
	return r, nil
}

// Marked reports whether the learner has marked this message.
func (r Run) Marked(message lesson.Pos) bool { return slices.Contains(r.marks, message) }

// Messages returns every message and every speech shown so far, each once, in order:
// all that can feel off.
func (r Run) Messages() []*lesson.Block {
	var all []*lesson.Block
	met := make(map[lesson.Pos]bool)
	for _, b := range r.beats {
		if b.Block != nil && (b.Block.Kind == lesson.Message || b.Block.Kind == lesson.Speech) && !met[b.Block.Pos] {
			met[b.Block.Pos] = true
			all = append(all, b.Block)
		}
	}
	return all
}

// Recall marks again what was spotted earlier: of the messages shown so far
// those that carry a sign with one of the labels.
func (r Run) Recall(labels []string) Run {
	for _, m := range r.Messages() {
		for _, s := range m.Signs {
			if slices.Contains(labels, r.Lesson().Signs[s].Label) {
				r, _ = r.Spot(m.Pos)
			}
		}
	}
	return r
}
