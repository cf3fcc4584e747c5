package tui

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// sides are the blanks on either side of each row of a page, "" where nothing is beside it.
// Each has a colour that is made from the words of its row.
//
// The library sends of a row what is different from the row that stood there before, from the
// first letter to the last one. Of "2  a teacher" after "2  an aunt" it leaves out the "2", and
// of a message the name above it, where the same person wrote what stood there. People who see
// the screen have it all; a screen reader that reads what it is sent (yasr, Speakup) doesn't.
// Nobody sees the colour of a blank, but to the library a row between other blanks is another
// row, and it sends the whole of it. Nothing has to be erased for that: what is erased all at
// once goes into the history of some terminals.
type sides []string

// goesWith is how many rows below one belong to it: the frame and the first words of a message
// below the name.
const goesWith = 2

// margins returns the sides of a page of a body and a panel. A row of what is read is sent again
// with those that belong to it; a row of the panel, such as an option, by itself. So is the top
// line, where it says that there is more below.
func margins(rows []string, bodyAt, panelAt int, more bool) sides {
	s := make(sides, len(rows))
	for i := bodyAt; i < len(rows); i++ {
		last := i
		if i < panelAt {
			last = min(i+goesWith, panelAt-1)
		}
		s[i] = blankBeside(rows[i : last+1]...)
	}
	if more {
		s[0] = blankBeside(rows[0])
	}
	return s
}

// blankBeside returns a blank in a colour made from rows. Other rows have, but for one in 256,
// another colour (FNV-1a, folded).
func blankBeside(rows ...string) string {
	h := uint32(2166136261)
	for _, row := range rows {
		for i := range len(row) {
			h = (h ^ uint32(row[i])) * 16777619
		}
	}
	return "\x1b[38;5;" + strconv.Itoa(int(uint8(h^h>>8^h>>16^h>>24))) + "m \x1b[m"
}

// put puts the blanks beside rows that begin after so many blanks of their own, and behind
// them where there's room.
func (s sides) put(rows []string, left, width int) {
	for i, blank := range s {
		row := rows[i]
		if blank == "" || left == 0 || len(row) <= left {
			continue
		}
		rows[i] = row[:left-1] + blank + row[left:]
		if ansi.StringWidth(row) < width {
			rows[i] += blank
		}
	}
}
