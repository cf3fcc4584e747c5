package room

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Hindsight is what a slide looks back on after the story. Together the slides hold what a learner
// alone is shown at the end, except the ratings of choices and what someone practised.
type Hindsight struct {
	Behind bool  // Who was really typing.
	Key    bool  // The ending that was reached, and the key message unless the ending has just said it.
	Knew   []int // What the other person has found out, as indexes into [play.Outcome.Knows].
	Signs  []int // The warning signs in the story, as indexes into the lesson's signs.
	Moves  []int // The moves that help, as indexes of the six moves.
}

// plus returns a Hindsight with everything in b and o.
func (b Hindsight) plus(o Hindsight) Hindsight {
	return Hindsight{b.Behind || o.Behind, b.Key || o.Key, append(b.Knew, o.Knew...), append(b.Signs, o.Signs...),
		append(b.Moves, o.Moves...)}
}

// part is one thing to look back on, which isn't split between slides.
type part struct {
	Hindsight
	head int            // The rows of its head, which only the first part under it on a slide needs.
	rows func(face) int // The rows of the rest.
}

// under reports whether a part has the same head as another.
func (p part) under(o *part) bool {
	return o != nil && (len(p.Knew) > 0 && len(o.Knew) > 0 || len(p.Signs) > 0 && len(o.Signs) > 0)
}

// lookBack returns the slides that look back on a run that is over.
func lookBack(run play.Run) []Slide {
	var all []Slide
	var now Hindsight
	var filled rows
	var before *part
	for _, p := range parts(run) {
		need := p.need(before)
		if before != nil && (len(p.Moves) > 0 || !filled.plus(need).fit()) {
			all = append(all, Slide{Kind: LookBack, Hindsight: now})
			now, filled, need = Hindsight{}, rows{}, p.need(nil)
		}
		now, filled, before = now.plus(p.Hindsight), filled.plus(need), &p
	}
	if before == nil {
		return nil
	}
	return append(all, Slide{Kind: LookBack, Hindsight: now})
}

// need returns how many rows a part takes below another part, or on top if before is nil.
func (p part) need(before *part) rows {
	need := onEach(p.rows)
	if !p.under(before) {
		need = need.plus(rows{p.head, p.head})
	}
	return need
}

// parts returns what a room looks back on, in order.
func parts(run play.Run) []part {
	o, l := run.Outcome(), run.Lesson()
	var all []part
	if l.Behind != "" {
		all = append(all, part{Hindsight{Behind: true}, 2, func(f face) int { return wrapped(l.Behind, f.text) }})
	}
	if l.Session == "" || !run.KeyToldLast() { // A set of short stories has no ending to name.
		all = append(all, part{Hindsight{Key: true}, 6, func(f face) int {
			if run.KeyToldLast() {
				return 0
			}
			return paraRows(o.Key, f.text-3)
		}})
	}
	for i, k := range o.Knows {
		all = append(all, part{Hindsight{Knew: []int{i}}, 2, func(f face) int {
			n := wrapped(k.Leak.Means, f.text-2)
			if k.From != nil {
				n += wrapped(k.From.Who+": “”"+k.From.String(), f.text-4)
			} else if k.By != nil {
				n += wrapped(k.By.String(), f.text-4)
			}
			return n
		}})
	}
	for _, i := range o.Missed { // A room can't mark signs, so it has missed all of them.
		all = append(all, part{Hindsight{Signs: []int{i}}, 3, func(f face) int {
			n := 1
			if b := o.Stood[i]; b != nil {
				n += wrapped(b.Who+": “”"+b.String(), f.text-4)
			}
			return n
		}})
	}
	if l.Threatens() || l.MovesMoney() {
		// The words of the moves aren't known to this package. Three moves fit, with the text before them.
		for _, three := range [][]int{{0, 1, 2}, {3, 4, 5}} {
			all = append(all, part{Hindsight{Moves: three}, 0, func(face) int { return 0 }})
		}
	}
	return all
}

// paraRows returns how many rows paragraphs take, one below the other.
func paraRows(text []lesson.Para, width int) (n int) {
	for i, p := range text {
		if i > 0 && p.Bullet == "" {
			n++
		}
		n += wrapped(p.String(), width)
	}
	return n
}
