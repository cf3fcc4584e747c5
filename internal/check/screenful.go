package check

import (
	"wayout/internal/lesson"
	"wayout/internal/text"
)

// The bounds between two actions of a learner, who learns by practising and not by
// being told (Jones 2014; Davis and Gidycz 2000; the numbers are our own), and how a
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
	g := f.g
	tails := f.tails()
	before := func(i, k int) size {
		if i < 0 {
			return size{}
		}
		return f.measure(g.reaction(i, k))
	}
	said := make(map[*lesson.Scene]bool)
	stretch := func(to, i, k int) {
		if b := before(i, k); (tails[to].plus(b)).fits() || said[g.scene(to)] {
			return
		}
		said[g.scene(to)] = true
		f.stretch(to, before(i, k))
	}
	stretch(0, -1, 0)
	for i := range g.states {
		s := g.scene(i)
		for k, e := range g.out(i) {
			if e.pick >= 0 || s.Check != nil || s.Rehearsal != nil {
				stretch(int(e.to), i, k)
			}
		}
	}
}

// size is how much is told.
type size struct{ words, rows int }

func (s size) plus(o size) size { return size{s.words + o.words, s.rows + o.rows} }
func (s size) fits() bool       { return s.words <= mostWords && s.rows <= mostRows }

// tails returns for each state how much is told from it on until the next action.
// What goes round in a circle of links is told for ever.
func (f *finder) tails() []size {
	g := f.g
	sizes := make([]size, len(g.views))
	for i, v := range g.views {
		sizes[i] = f.measure(v.told)
	}
	tails := make([]size, len(g.states))
	const known, way = 1, 2
	mark := make([]uint8, len(g.states))
	for start := range g.states {
		var path []int
		i := start
		for mark[i] == 0 && !g.acts(i) {
			mark[i] = way
			path = append(path, i)
			i = int(g.out(i)[0].to)
		}
		tail := tails[i]
		switch mark[i] {
		case 0:
			tail = sizes[g.view[i]]
			tails[i], mark[i] = tail, known
		case way:
			var round size
			for k := len(path) - 1; k >= 0 && path[k] != i; k-- {
				round = round.plus(sizes[g.view[path[k]]])
			}
			if round = round.plus(sizes[g.view[i]]); round != (size{}) {
				tail = size{mostWords + 1, mostRows + 1}
			}
		}
		for k := len(path) - 1; k >= 0; k-- {
			tail = tail.plus(sizes[g.view[path[k]]])
			tail.words, tail.rows = min(tail.words, 1<<20), min(tail.rows, 1<<20)
			tails[path[k]], mark[path[k]] = tail, known
		}
	}
	return tails
}

// stretch says where what is told from a state on is too much.
func (f *finder) stretch(from int, told size) {
	states := []int{}
	for i := from; ; i = int(f.g.out(i)[0].to) {
		states = append(states, i)
		told = told.plus(f.measure(f.g.told(i)))
		if !told.fits() {
			path := append(f.g.path(from), f.g.ids(states)[1:]...)
			f.add(f.g.scene(i).Pos, path, "tell less, or ask something in between",
				"%d words, %d lines of a small screen, are to be read in one go: at most %d and %d", told.words,
				told.rows,
				mostWords, mostRows)
			return
		}
		if f.g.acts(i) || len(states) > len(f.g.states) {
			return
		}
	}
}

// measure returns the words of blocks, and the rows that they fill.
func (f *finder) measure(blocks []lesson.Block) size {
	var n size
	for _, b := range blocks {
		for _, p := range b.Text {
			n = n.plus(f.paragraph(p, b.Kind == lesson.Message))
		}
		if b.Kind != lesson.Typing {
			n.rows++
		}
	}
	return n
}

// paragraph measures a paragraph, once for all states that tell it.
func (f *finder) paragraph(p lesson.Para, chat bool) size {
	if len(p.Spans) == 0 {
		return size{}
	}
	if n, ok := f.sizes[&p.Spans[0]]; ok {
		return n
	}
	width := proseCells
	if chat {
		width = messageCells
	}
	n := size{len(wordsOf(p.String())), len(text.Wrap(p.String(), width))}
	if f.sizes == nil {
		f.sizes = make(map[*lesson.Span]size)
	}
	f.sizes[&p.Spans[0]] = n
	return n
}
