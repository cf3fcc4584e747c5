package input

import (
	"slices"
	"strconv"
	"strings"
)

// sequence is what follows ESC [, up to and with its last byte.
type sequence struct {
	mark   byte    // One of < = > ?, or 0.
	params [][]int // Each split at its colons; -1 for an empty part.
	inter  string
	last   byte // 0 where it is no sequence.
}

// parse reads a sequence; the result has a last byte of 0 if s is none.
func parse(s string) sequence {
	if s == "" {
		return sequence{}
	}
	q := sequence{}
	body, last := s[:len(s)-1], s[len(s)-1]
	if body != "" && strings.IndexByte("<=>?", body[0]) >= 0 {
		q.mark, body = body[0], body[1:]
	}
	end := strings.IndexFunc(body, func(r rune) bool { return r < '0' })
	if end >= 0 {
		body, q.inter = body[:end], body[end:]
	}
	if body != "" {
		for param := range strings.SplitSeq(body, ";") {
			var subs []int
			for sub := range strings.SplitSeq(param, ":") {
				n, err := strconv.Atoi(sub)
				if sub == "" {
					n, err = -1, nil
				}
				if err != nil || n > 1<<21 { // No letter has a greater number.
					return sequence{}
				}
				subs = append(subs, n)
			}
			q.params = append(q.params, subs)
		}
	}
	q.last = last
	return q
}

// param returns part sub of parameter i, or -1.
func (q sequence) param(i, sub int) int {
	if i < len(q.params) && sub < len(q.params[i]) {
		return q.params[i][sub]
	}
	return -1
}

// cursor reports whether the sequence is a key that its last byte alone names, such as an arrow.
func (q sequence) cursor() bool {
	first := q.param(0, 0)
	return q.mark == 0 && q.inter == "" && q.last != 0 && strings.IndexByte("ABCDEFHPQSZ", q.last) >= 0 &&
		len(q.params) <= 2 && (first == -1 || first == 1)
}

// place reports whether the sequence says where the cursor is.
func (q sequence) place() bool {
	return q.mark == 0 && q.inter == "" && q.last == 'R' && len(q.params) == 2 && q.param(0, 0) > 0 && q.param(1, 0) > 0
}

// known reports whether the sequence is a key, a report of the mouse protocol that we ask
// for, a report that the window has lost the keyboard or has it again, or an answer that
// the library waits for: whether frames can be drawn in one piece, how wide letters are,
// and what the keyboard can report. Nothing reads any other sequence, and it could be
// taken for a key.
func (q sequence) known() bool {
	first := q.param(0, 0)
	switch q.form() {
	case "~", "^", "@":
		return first >= 1 && first <= 34 && len(q.params) <= 2 || first == 27 && len(q.params) == 3
	case "u":
		return first >= 1 && len(q.params) <= 3
	case "<M", "<m":
		return len(q.params) == 3
	case "?$y":
		return first == 2026 || first == 2027
	case "?u":
		return true
	case "I", "O":
		return len(q.params) == 0
	}
	return q.cursor()
}

// form returns the kind of the sequence, such as "?u": its mark, the bytes between its
// parameters and its last byte, and the last byte.
func (q sequence) form() string {
	mark := ""
	if q.mark != 0 {
		mark = string(rune(q.mark))
	}
	return mark + q.inter + string(rune(q.last))
}

// leaves returns ctrlC or ctrlX if the sequence stands for that key, or 0. Two protocols
// send keys as sequences: kitty's, and xterm's "modify other keys".
func (q sequence) leaves() byte {
	code, base, mod := q.param(0, 0), q.param(0, 2), q.param(1, 0)
	switch {
	case q.mark != 0 || q.inter != "":
		return 0
	case q.last == '~' && code == 27:
		code, base = q.param(2, 0), -1
	case q.last != 'u' || q.param(1, 1) == 3: // A key that is released.
		return 0
	}
	const shift, ctrl, locks = 1, 4, 64 | 128
	if bits := mod - 1; mod < 1 || bits&ctrl == 0 || bits&^(shift|ctrl|locks) != 0 {
		return 0
	}
	switch OnLatin(rune(code), rune(base)) {
	case 'x':
		return ctrlX
	case 'c':
		return ctrlC
	}
	return 0
}

// onKeypad reports whether a byte after ESC O is a key.
func onKeypad(b byte) bool { return strings.IndexByte("ABCDEFHPQRSMXjklmnopqrstuvwxy", b) >= 0 }

// restOfEscape reports whether a piece can be what follows ESC; ends says whether the
// piece holds the end of a reply.
func restOfEscape(piece []byte, ends bool) bool {
	switch piece[0] {
	case '[', ']', '^', '_', '\\': // No screen has these keys.
		return true
	case 'P', 'X':
		return ends || len(piece) > 3
	case 'O':
		return len(piece) > 1 && onKeypad(piece[1])
	}
	return false
}

// restOfControl reports whether a piece can be the rest of what began with ESC [.
func restOfControl(piece []byte) bool {
	i := slices.IndexFunc(piece, func(b byte) bool { return b < ' ' || b >= '@' })
	if i < 0 {
		return len(piece) > 1
	}
	return i > 0 && piece[i] >= '@' && piece[i] < 0x7f
}

// colours reports whether a reply gives a colour of the terminal: of its text, its
// background, or its cursor.
func colours(reply []byte) bool {
	which, colour, ok := strings.Cut(string(reply), ";")
	digits, isRGB := strings.CutPrefix(colour, "rgb:")
	if !isRGB {
		digits, isRGB = strings.CutPrefix(colour, "rgba:")
	}
	return ok && isRGB && (which == "10" || which == "11" || which == "12") && digits != "" && len(digits) <= 24 &&
		strings.Trim(digits, "0123456789abcdefABCDEF/") == ""
}
