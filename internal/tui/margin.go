package tui

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// sides are the blanks on either side of each row of a page, or "" for a row without them.
// Each has a colour that is made from the words of its row.
//
// The library sends only the part of a row that differs from the row that stood there before.
// For "2  a teacher" after "2  an aunt" it leaves out the "2", and for a message it leaves out the
// name above it if the same name stood there. People who see the screen have it all; a screen
// reader that reads what the terminal is sent (yasr, Speakup) doesn't. Nobody sees the colour of
// a blank, but a change of it at both ends makes the library send the whole row. The page isn't
// erased for this, because what is erased all at once goes into the history of some terminals.
type sides []string

// goesWith is how many rows below a row belong to it: below a name, the frame and the first words
// of the message.
const goesWith = 2

// margins returns the sides of a page with a body and a panel. A row of the body is sent again
// when it or a row that belongs to it changes; a row of the panel, such as an option, only when it
// changes itself. So is the top line, if it says that there is more below.
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

// blankBeside returns a blank in a colour made from rows. Different rows get the same colour
// once in 256 cases (FNV-1a, folded).
func blankBeside(rows ...string) string {
	h := uint32(2166136261)
	for _, row := range rows {
		for i := range len(row) {
			h = (h ^ uint32(row[i])) * 16777619
		}
	}
	return "\x1b[38;5;" + strconv.Itoa(int(uint8(h^h>>8^h>>16^h>>24))) + "m \x1b[m"
}

// put puts the blanks before rows that are indented by left cells, and after them where there is
// room.
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
