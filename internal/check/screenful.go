package check

import (
	"fmt"
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// The limits between two actions of a learner, who learns by practising and not by
// being told (Jones 2014; Davis and Gidycz 2000; the numbers are our own), and the size
// of a screen of 60 x 16: 12 rows inside the frame, messages 40 cells wide, prose
// 56.
const (
	mostWords    = 120
	mostRows     = 2 * 12
	messageCells = 40
	proseCells   = 56
)

// screenful checks that at most 120 words and two screens of 60 x 16 are told between
// two learner actions. Reading on isn't an action.
func (f *finder) screenful() {
	g := f.g
	tails := f.tails()
	worst := make(map[int]stretch) // The longest stretch over a limit that begins at each scene.
	see := func(to int, before []lesson.Block) {
		told := tails[to].plus(f.measure(before))
		scene := g.states[to].Scene
		if was, ok := worst[scene]; !told.fits() && (!ok || told.words > was.told.words) {
			worst[scene] = stretch{to, before, told}
		}
	}
	see(0, nil)
	for i := range g.states {
		s := g.scene(i)
		for at, e := range g.on(i) {
			if e.pick >= 0 || s.Check != nil || s.Rehearsal != nil {
				see(int(e.to), g.reaction(at))
			}
		}
	}
	for scene := range f.l.Scenes {
		if w, ok := worst[scene]; ok {
			f.tooMuch(w)
		}
	}
}

// stretch is what is told from a state on until the next action, with what the last action
// has led to before.
type stretch struct {
	from   int
	before []lesson.Block
	told   size
}

// size is how much is told.
type size struct{ words, rows int }

func (s size) plus(o size) size { return size{s.words + o.words, s.rows + o.rows} }
func (s size) fits() bool       { return s.words <= mostWords && s.rows <= mostRows }

// tails returns for each state how much is told from it on until the next action. In
// a cycle of links that is more than any limit.
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

// tooMuch reports which limit is exceeded, and from which scene to which.
func (f *finder) tooMuch(w stretch) {
	states := []int{w.from}
	all := slices.Clone(w.before)
	for i := w.from; ; {
		all = append(all, f.g.told(i)...)
		if f.g.acts(i) {
			break
		}
		if i = int(f.g.out(i)[0].to); slices.Contains(states, i) {
			break // The path is in a cycle.
		}
		states = append(states, i)
	}
	told, most := fmt.Sprintf("%d words", w.told.words), fmt.Sprintf("%d words", mostWords)
	switch rows := fmt.Sprintf("%d lines of a small screen", w.told.rows); {
	case w.told.words <= mostWords:
		told, most = rows, fmt.Sprintf("%d lines", mostRows)
	case w.told.rows > mostRows:
		told, most = told+" and "+rows, most+fmt.Sprintf(" and %d lines", mostRows)
	}
	fix := "cut some of it, or put something to do in between: a choice, a question, a line to type"
	if len(states) > 1 {
		fix += "; a link alone on its line isn't a stop"
	}
	from, to := all[0].Pos, all[len(all)-1].Pos.Line
	for _, p := range all[len(all)-1].Text {
		to = max(to, p.Pos.Line)
	}
	f.add(from, append(f.g.path(w.from), f.g.ids(states)[1:]...), fix,
		"%s to read in one go, from line %d to line %d; the limit is %s", told, from.Line, to, most)
}

// measure returns the words of blocks, and the rows that they fill.
func (f *finder) measure(blocks []lesson.Block) size {
	var n size
	for _, b := range blocks {
		width := proseCells
		if b.Kind == lesson.Message {
			width = messageCells
		}
		for _, p := range b.Text {
			n = n.plus(f.sizes.of(p.Spans, func(words string) size {
				return size{len(wordsOf(words)), len(text.Wrap(words, width))}
			}))
		}
		if b.Kind != lesson.Typing {
			n.rows++
		}
	}
	return n
}
