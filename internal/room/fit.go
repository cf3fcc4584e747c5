package room

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// face is the size of a screen that a slide has to fit on. Heights are in rows, widths in cells.
type face struct {
	rows   int // Rows between the title and the keys.
	text   int // Width of narration.
	bubble int // Width of the words of a message.
	border int // Rows for the border of a message, above and below together.
	gap    int // Rows between messages and narration, and around a question.
	status int // Rows for the state of a question, and for the headcount.
}

// faces returns the screens that a slide has to fit on: one of 60 by 16 cells, whose letters are
// large enough to be read from the last row of a room, and the usual terminal of 80 by 24, where
// messages have borders.
func faces() [2]face {
	return [2]face{{rows: 14, text: 56, bubble: 38, status: 2},
		{rows: 20, text: 72, bubble: 48, border: 2, gap: 1, status: 3}}
}

// rows is how many rows something takes on each of the faces, in their order.
type rows [2]int

func (r rows) plus(o rows) rows { return rows{r[0] + o[0], r[1] + o[1]} }

// fit reports whether so many rows fit on each of the faces.
func (r rows) fit() bool {
	all := faces()
	return r[0] <= all[0].rows && r[1] <= all[1].rows
}

// onEach returns how many rows something takes on each of the faces.
func onEach(takes func(face) int) (r rows) {
	for k, f := range faces() {
		r[k] = takes(f)
	}
	return r
}

// beatRows returns how many rows beat i takes below beat before, or on top if before is -1.
func beatRows(run play.Run, before, i int) rows {
	return onEach(func(f face) int { return f.beat(run.Beats(), before, i) })
}

// slideRows returns how many rows beats take on one slide, together with what can be done if
// asks is set.
func slideRows(run play.Run, at []int, asks bool) (r rows) {
	before := -1
	for _, i := range at {
		r = r.plus(beatRows(run, before, i))
		before = i
	}
	if asks {
		r = r.plus(onEach(func(f face) int { return f.asks(run) }))
	}
	return r
}

// wrapped returns how many rows words take at a width in cells. A word that is too long is broken.
func wrapped(words string, width int) int {
	lines, at := 1, 0
	for w := range strings.FieldsSeq(words) {
		n := 0
		for _, r := range w {
			n++
			if r >= 0x1100 { // Most of these are two cells wide.
				n++
			}
		}
		switch {
		case at == 0:
			at = n
		case at+1+n <= width:
			at += 1 + n
		default:
			lines++
			at = n
		}
		for ; at > width; at -= width {
			lines++
		}
	}
	return lines
}

// beat returns how many rows beat i takes below beat before, or on top if before is -1.
func (f face) beat(beats []play.Beat, before, i int) int {
	b := beats[i].Block
	switch {
	case b == nil && beats[i].Choice == nil:
		return 2
	case b == nil:
		return wrapped(beats[i].Choice.String(), f.text-4) + 1
	}
	var above *lesson.Block
	if before >= 0 {
		above = beats[before].Block
	}
	return f.block(b, above)
}

// block returns how many rows a block takes below another block, or on top if above is nil.
func (f face) block(b, above *lesson.Block) int {
	said := above != nil && above.Kind == lesson.Message
	if b.Kind == lesson.Message {
		words := b.Text[0].String()
		rows := 0
		if !said || above.Who != b.Who {
			rows++ // The name.
		}
		if b.Event != "" {
			return rows + wrapped("["+b.Event+"] "+words, f.bubble)
		}
		if b.Draft != "" {
			rows += wrapped(b.Who+" types “"+b.Draft+"” and deletes it.", f.text*3/4)
		}
		return rows + wrapped(words, f.bubble) + f.border
	}
	rows := 1 // The empty row below the block.
	if said {
		rows += f.gap
	}
	switch b.Kind {
	case lesson.Speech:
		return rows + wrapped(b.Who+": "+b.Text[0].String(), f.text-2)
	case lesson.AppLine:
		return rows + wrapped(b.Text[0].String(), f.text-4)
	case lesson.Feedback:
		return rows + 1 + paraRows(b.Text, f.text-3) // One row for the head; a bar beside the text.
	}
	return rows + paraRows(b.Text, f.text-2)
}

// asks returns how many rows the question or the rehearsal of a run's present scene takes.
func (f face) asks(run play.Run) int {
	q := QuestionOf(run)
	if q.Scene == "" { // A rehearsal: what to say, and how to find the words.
		return 2 + 2*f.gap
	}
	rows := wrapped(q.Asks, f.text) + 2*f.gap + f.status
	for _, o := range q.Options {
		rows += wrapped(o.Words, f.text-5) + 1 // One row for the bar of the result.
	}
	return rows
}
