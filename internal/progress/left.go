package progress

import "wayout/internal/play"

// left is where learners have left stories while the program runs. It's in memory alone, also
// where a record is written: how far someone has read says more than the record is for.
type left struct {
	places map[string]leftAt
	last   string // The story that was left last, and that nothing was done in since.
}

// leftAt is a place in one story.
type leftAt struct {
	moves int // Of the run.
	read  int // How many beats of the run were read.
}

// Leave takes down that a learner leaves a story, and how many beats of the run they have
// read, until the program ends or the story goes on. One that is over isn't left.
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

// Read returns how many beats of a run were read when its story was left there; 0 where it
// was left somewhere else, or in another run of the program.
func (b *Book) Read(run play.Run) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.left.places[run.Lesson().ID]
	if run.Jumped() || at.moves != len(run.Actions()) {
		return 0
	}
	return min(at.read, len(run.Beats()))
}

// forget forgets where a story was left. Called with the lock held.
func (b *Book) forget(id string) {
	delete(b.left.places, id)
	b.left.last = ""
}
