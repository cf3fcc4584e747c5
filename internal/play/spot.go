package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Spot marks a message that feels off to the learner. It returns the indexes of
// the warning signs in the message, which may be none: a feeling is never wrong,
// so there is no penalty. A message is identified by its position in the file.
// Marking isn't an action of the run, so Undo doesn't undo it.
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

// Messages returns every message and every speech shown so far, each once, in order.
// These are what the learner can mark.
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

// Recall restores marks that were stored as labels of signs: it marks each message
// shown so far that has a sign with one of the labels.
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
