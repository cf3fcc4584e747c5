package check

import (
	"wayout/internal/lesson"
	"wayout/internal/text"
)

// The bounds between two actions of a learner (teaching.md rule 1), and how a
// screen of 60 x 16 is filled: 12 rows beside the frame, messages of 40 cells,
// prose of 56.
const (
	mostWords    = 120
	mostRows     = 2 * 12
	messageCells = 40
	proseCells   = 56
)

// screenful: never over 120 words or two screens at 60 x 16 between two learner
// actions. Reading on is no action.
func (f *finder) screenful() {
	f.stretch(0, nil)
	for i := range f.g.states {
		s := f.g.scene(i)
		for _, e := range f.g.edges[i] {
			if e.pick >= 0 || s.Check != nil || s.Rehearsal != nil {
				f.stretch(e.to, f.g.reaction(i, e))
			}
		}
	}
}

// stretch adds up what is told from a state on until the next action.
func (f *finder) stretch(from int, before []lesson.Block) {
	words, rows := measure(before)
	path := f.g.path(from)
	for i, steps := from, 0; steps <= len(f.g.states); steps++ {
		w, r := measure(f.g.told[i])
		words, rows = words+w, rows+r
		if words > mostWords || rows > mostRows {
			f.add(f.g.scene(i).Pos, path, "tell less, or ask something in between",
				"%d words and %d rows stand between two actions, at most %d and %d are allowed", words, rows, mostWords, mostRows)
			return
		}
		if f.g.acts(i) {
			return
		}
		i = f.g.edges[i][0].to
		path = append(path, f.g.scene(i).ID)
	}
}

// measure returns the words of blocks, and the rows that they fill.
func measure(blocks []lesson.Block) (words, rows int) {
	for _, b := range blocks {
		width := proseCells
		if b.Kind == lesson.Message {
			width = messageCells
		}
		for _, p := range b.Text {
			words += len(wordsOf(p.String()))
			rows += len(text.Wrap(p.String(), width))
		}
		if b.Kind != lesson.Typing {
			rows++
		}
	}
	return words, rows
}
