package progress

import "wayout/internal/play"

// left is where the learner has left stories while the program runs. It's never written to the
// file: how far someone has read reveals more than the record needs.
type left struct {
	places map[string]leftAt
	last   string // The story that was left last, if nothing was done in it since.
}

// leftAt is a place in one story.
type leftAt struct {
	moves int // Of the run.
	read  int // How many beats of the run were read.
}

// Leave notes that the learner leaves a story, and how many beats of the run they have read,
// until the program ends or the story goes on. It ignores a story that is over.
func (b *Book) Leave(run play.Run, read int) {
	l := run.Lesson()
	if run.Jumped() || l.Session != "" {
		return
	}
	moves := len(run.Actions())
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forget(l.ID)
	if run.Turn() == play.End || read == 0 || len(run.Kept().Actions()) != moves {
		return
	}
	if b.left.places == nil {
		b.left.places = make(map[string]leftAt)
	}
	b.left.places[l.ID] = leftAt{moves, read}
	b.left.last = l.ID
}

// Read returns how many beats of a run had been read when its story was left at this place; 0
// if it was left at another place, or not while this program has been running.
func (b *Book) Read(run play.Run) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.left.places[run.Lesson().ID]
	if run.Jumped() || at.moves != len(run.Actions()) {
		return 0
	}
	return min(at.read, len(run.Beats()))
}

// forget forgets where a story was left. The lock must be held.
func (b *Book) forget(id string) {
	delete(b.left.places, id)
	b.left.last = ""
}
