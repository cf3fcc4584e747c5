package check

import (
	"fmt"

	"wayout/internal/lesson"
)

// The limits on text outside the chat: a lesson is a story in what people write and say.
const (
	leastSaid   = 45 // Per cent of the words of a path.
	mostBetween = 60 // Words between two messages or speeches.
)

// share is how many words are messages or speech, and how many are anything else.
type share struct{ said, other int }

func (s share) plus(o share) share { return share{s.said + o.said, s.other + o.other} }

// lacks returns a number over 0 if too few of the words are messages or speech.
func (s share) lacks() int { return leastSaid*(s.said+s.other) - 100*s.said }

// count returns how many words a block has.
func (f *finder) count(b *lesson.Block) int {
	n := len(wordsOf(b.Event)) + len(wordsOf(b.Draft))
	for _, p := range b.Text {
		n += f.counts.of(p.Spans, func(words string) int {
			if f.isMove(&p) {
				return 0 // The wording of the six moves is fixed, so no author can shorten them.
			}
			return len(wordsOf(words))
		})
	}
	return n
}

// isSaid reports whether a block is part of the chat, or speech.
func isSaid(b *lesson.Block) bool {
	switch b.Kind {
	case lesson.Narration, lesson.Feedback, lesson.Moment:
		return false
	}
	return true
}

func (f *finder) share(blocks []lesson.Block) share {
	var s share
	for i := range blocks {
		n := f.count(&blocks[i])
		if isSaid(&blocks[i]) {
			s.said += n
		} else {
			s.other += n
		}
	}
	return s
}

// chat checks that on every path at least 45 % of the words are messages or speech, and
// that before the last scene at most 60 words of narration or feedback are between two
// of them.
func (f *finder) chat() {
	g := f.g
	worst, path := f.leastSaid()
	if worst.lacks() > 0 {
		all := worst.said + worst.other
		f.add(f.l.Scenes[0].Pos, g.ids(g.passed(path)),
			fmt.Sprintf("turn about %d words of narration into messages or speech", (worst.lacks()+99)/100),
			"on one way through, only %d %% of the %d words are messages or speech; it should be at least %d %%",
			100*worst.said/max(all, 1), all, leastSaid)
	}
	f.between()
}

// leastSaid returns the path on which the smallest share of the words is messages or speech.
func (f *finder) leastSaid() (share, []int32) {
	g := f.g
	on := func(at int32) share { // On an edge.
		s, e := f.share(g.reaction(at)), g.edges[at]
		if c := g.choice(e); c != nil && c.Reply != nil {
			s.said += len(wordsOf(c.String()))
		}
		return s
	}
	views := make([]float64, len(g.views))
	for v := range g.views {
		views[v] = float64(f.share(g.views[v].told).lacks())
	}
	_, path := g.heaviest(views, func(e int32) float64 { return float64(on(e).lacks()) })
	worst := f.share(g.told(0))
	for _, e := range path {
		worst = worst.plus(on(e)).plus(f.share(g.told(int(g.edges[e].to))))
	}
	return worst, path
}

// between reports too much narration or feedback between two messages.
func (f *finder) between() {
	g := f.g
	in := make([]int, len(g.states)) // Words told since the last message when a state is entered; at most.
	queue, waits := make([]int32, len(g.states)), make([]bool, len(g.states))
	for i := range queue {
		queue[i], waits[i] = int32(i), true
	}
	for len(queue) > 0 {
		i := queue[0]
		queue, waits[i] = queue[1:], false
		run, _ := f.stretchOf(g.told(int(i)), in[i])
		for at, e := range g.on(int(i)) {
			after, _ := f.stretchOf(g.reaction(at), run)
			if c := g.choice(e); g.scene(int(i)).Rehearsal != nil || c != nil && c.Reply != nil {
				after = 0 // The learner has said something.
			}
			// The count stops just above the limit, so that the search ends even in a cycle.
			if after = min(after, mostBetween+1); after <= in[e.to] {
				continue
			}
			if in[e.to] = after; !waits[e.to] {
				waits[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	met := make([]bool, len(f.l.Scenes))
	for i := range g.states {
		s := g.scene(i)
		if met[g.states[i].Scene] || s.Ending() {
			continue
		}
		if _, at := f.stretchOf(g.told(i), in[i]); at != nil {
			met[g.states[i].Scene] = true
			f.add(at.Pos, g.path(i), "let someone write or say something in between, or cut some of it",
				"more than %d words of narration and panels come between two messages in %q", mostBetween, s.Title)
		}
	}
}

// stretchOf returns how many words have been told since the last message, at the end of
// blocks, and the block that exceeds the limit, or nil.
func (f *finder) stretchOf(blocks []lesson.Block, before int) (int, *lesson.Block) {
	var at *lesson.Block
	for i := range blocks {
		b := &blocks[i]
		if isSaid(b) {
			before = 0
			continue
		}
		if before += f.count(b); before > mostBetween && at == nil {
			at = b
		}
	}
	return before, at
}
