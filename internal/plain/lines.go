package plain

import (
	"bufio"
	"errors"
	"io"
)

// errGone ends everything at once, because the learner pressed ctrl+c or ctrl+x.
var errGone = errors.New("gone")

// The keys that leave at once, as a terminal sends them. Most terminals send them only
// when enter is pressed, unless the program has changed that.
const ctrlC, ctrlX = 0x03, 0x18

// lines reads what is typed, line by line.
type lines struct {
	in        *bufio.Reader
	wasReturn bool // The last line ended with a carriage return; a line feed may belong to it.
}

func newLines(in io.Reader) *lines { return &lines{in: bufio.NewReader(in)} }

// next returns the next line without its end, cut to maxLine. The last line of the input
// needs no end.
func (l *lines) next() ([]byte, error) {
	var line []byte
	some := false
	for {
		b, err := l.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && some:
			return line, nil
		case err != nil:
			return nil, err
		case b == ctrlC, b == ctrlX:
			return nil, errGone
		}
		again := l.wasReturn && b == '\n' && !some
		l.wasReturn = b == '\r'
		switch {
		case again:
		case b == '\r', b == '\n':
			return line, nil
		default:
			some = true
			if len(line) < maxLine {
				line = append(line, b)
			}
		}
	}
}
