package input

import (
	"bytes"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"
)

// How long a terminal may take. A byte that belongs to the one before it comes within
// milliseconds; over a bad line it can be a second.
const (
	escapeWithin = 50 * time.Millisecond // After this silence an escape alone is the escape key.
	restWithin   = time.Second           // After this silence a torn sequence is given up.
	wholeWithin  = 5 * time.Second       // After this long it is given up even if bytes still drip in.
	lateWithin   = 10 * time.Second      // For this long the rest of what was given up is recognised.
	leaveWithin  = 2 * time.Second       // Three q within this time leave.
)

// How much a terminal may say in one piece, in bytes.
const (
	mostPaste    = 1 << 10
	mostReply    = 256
	mostSequence = 64
	mostPlaces   = 8 // Counts answers, not bytes.
)

// The keys that leave at once, as a terminal sends them.
const (
	ctrlC = 0x03
	ctrlX = 0x18
)

const escape = 0x1b

// state is where in a sequence a framer is.
type state uint8

const (
	inKeys        state = iota
	inEscape            // After ESC: the key, or the beginning of more.
	inControl           // After ESC [.
	inConsole           // After ESC [ [: a function key of the Linux console.
	inMouse             // After ESC [ M: three bytes of the old mouse protocol.
	inKeypad            // After ESC O.
	inReply             // After ESC ] P _ ^ or X, up to ESC \ or, for ], BEL.
	inReplyEnd          // In a reply, after ESC.
	inPaste             // Between the marks of a paste.
	inPasteEscape       // In a paste, after ESC.
	inPasteMark         // In a paste, after ESC [.
)

// framer cuts what a terminal sends into whole keys, pastes and replies. It has no
// clock: each call says what time it is.
type framer struct {
	typing bool // Text is typed now, so that a paste means something.

	state  state
	seq    []byte // The sequence so far, without its beginning, up to a bound.
	long   bool   // The sequence was longer than the bound.
	late   bool   // This is the rest of a sequence that was given up, and is dropped.
	double bool   // Another escape stood before the escape.
	kind   byte   // What began a reply.
	need   int    // Bytes of the mouse that are still to come.
	text   []byte // What was pasted so far.
	torn   time.Time

	given    state // The state that was given up last; its rest is recognised until givenOut.
	givenOut time.Time

	places [][2]int // The terminal's answers to where its cursor is: row and column, from 1.

	letter []byte // The bytes so far of a letter of several bytes.
	last   time.Time
	out    [][]byte

	raw     []byte // The same inside sequences too; see leaves.
	pressed int    // How many q came in a row,
	passed  int    // how many of them were handed on, and when the first came.
	began   time.Time
	wentOut bool // The present byte went through as a key.
}

// feed takes a piece of what the terminal sends, and returns the keys, pastes and replies that are whole.
func (f *framer) feed(piece []byte, now time.Time) [][]byte {
	f.silent(now)
	if f.state == inKeys && len(piece) > 0 && now.Before(f.givenOut) {
		f.resume(piece, now)
	}
	for _, b := range piece {
		f.wentOut = false
		switch b {
		case ctrlC, ctrlX:
			f.leave(b)
		default:
			f.take(b)
		}
		f.leaves(b, now)
	}
	if len(piece) > 0 {
		f.last = now
	}
	return f.taken()
}

// quiet tells the framer that nothing more has come up to now, and returns what that completes.
func (f *framer) quiet(now time.Time) [][]byte {
	f.silent(now)
	return f.taken()
}

func (f *framer) taken() [][]byte {
	out := f.out
	f.out = nil
	return out
}

// deadline returns when quiet has to be called unless more comes; the zero time means never.
func (f *framer) deadline() time.Time {
	switch f.state {
	case inEscape:
		return f.last.Add(escapeWithin)
	case inPaste, inPasteEscape, inPasteMark:
		end := f.last.Add(restWithin)
		if !f.torn.IsZero() && f.torn.Add(wholeWithin).Before(end) {
			return f.torn.Add(wholeWithin)
		}
		return end
	}
	return time.Time{}
}

// silent applies the time limits after a silence up to now.
func (f *framer) silent(now time.Time) {
	if now.Sub(f.last) < escapeWithin {
		return
	}
	if now.Sub(f.last) >= restWithin {
		f.letter, f.raw = nil, nil
	}
	switch f.state {
	case inKeys:
		return
	case inEscape:
		if f.double {
			f.key("\x1b[27u")
		}
		f.key("\x1b[27u") // A bare escape would make the decoder wait for what may follow.
		f.giveUp(now)
		return
	}
	if f.torn.IsZero() {
		f.torn = f.last.Add(escapeWithin)
	}
	if now.Sub(f.last) >= restWithin || now.Sub(f.torn) >= wholeWithin {
		f.giveUp(now)
	}
}

// giveUp goes back to keys, and remembers for a while whose rest may still come.
func (f *framer) giveUp(now time.Time) {
	f.given, f.givenOut = f.state, now.Add(lateWithin)
	f.pasted()
	f.reset()
}

func (f *framer) reset() {
	f.state, f.seq, f.long, f.late, f.double, f.text, f.torn = inKeys, nil, false, false, false, nil, time.Time{}
}

// leave hands on a key that leaves at once, and drops any sequence that it interrupts.
func (f *framer) leave(b byte) {
	f.reset()
	f.letter, f.givenOut = nil, time.Time{}
	f.pass([]byte{b})
}

// leaves counts presses of q, of which three leave, even inside a sequence: those that
// a sequence has swallowed are handed on with the third.
func (f *framer) leaves(b byte, now time.Time) {
	f.raw = append(f.raw, b)
	if !utf8.FullRune(f.raw) {
		return
	}
	r, _ := utf8.DecodeRune(f.raw)
	f.raw = f.raw[:0]
	if Latin(r) != 'q' || !unicode.IsLetter(r) || f.typing {
		f.pressed, f.passed = 0, 0
		return
	}
	if f.pressed == 0 || now.Sub(f.began) > leaveWithin {
		f.pressed, f.passed, f.began = 0, 0, now
	}
	f.pressed++
	if f.wentOut {
		f.passed++
	}
	if f.pressed < 3 {
		return
	}
	for range 3 - f.passed {
		f.reset()
		f.pass([]byte{'q'})
	}
	f.pressed, f.passed = 0, 0
}

// pass hands on a whole piece.
func (f *framer) pass(piece []byte) { f.out = append(f.out, piece) }

func (f *framer) key(as string) { f.pass([]byte(as)) }

// take takes a byte that isn't ctrlC or ctrlX.
func (f *framer) take(b byte) {
	switch f.state {
	case inKeys:
		f.plain(b)
	case inEscape:
		f.escaped(b)
	case inControl:
		f.control(b)
	case inConsole:
		f.console(b)
	case inMouse:
		if f.need--; b < ' ' {
			f.again(b)
		} else if f.need == 0 {
			f.reset() // Dropped: we ask for the newer mouse protocol.
		}
	case inKeypad:
		f.keypad(b)
	case inReply, inReplyEnd:
		f.reply(b)
	default:
		f.paste(b)
	}
}

// again ends a sequence at a byte that it can't contain, and takes the byte as a key.
func (f *framer) again(b byte) {
	f.reset()
	f.take(b)
}

// plain takes a byte of a key that is a letter or a control.
func (f *framer) plain(b byte) {
	switch {
	case b == escape:
		f.letter, f.state = nil, inEscape
		return
	case b < utf8.RuneSelf:
		f.letter, f.wentOut = nil, true
		f.key(string(rune(b)))
		return
	}
	if utf8.RuneStart(b) {
		f.letter = nil
	}
	f.letter = append(f.letter, b)
	if !utf8.FullRune(f.letter) {
		return
	}
	if r, n := utf8.DecodeRune(f.letter); n > 1 && r > 0x9f { // Up to U+009F are controls.
		f.wentOut = true
		f.key(string(r))
	}
	f.letter = nil
}

// escaped takes what follows an escape.
func (f *framer) escaped(b byte) {
	switch {
	case f.late && b == '\\': // The end of a reply.
		f.reset()
	case b == escape:
		if f.double {
			f.key("\x1b[27u")
		}
		f.double = true
	case b == '[':
		f.state = inControl
	case b == 'O':
		f.state = inKeypad
	case bytes.IndexByte([]byte("]P_^X"), b) >= 0:
		f.state, f.kind = inReply, b
	case b >= ' ' && b < utf8.RuneSelf:
		if f.double {
			f.key("\x1b[27u")
		}
		f.reset()
		f.pass(fmt.Appendf(nil, "\x1b[%d;3u", b)) // The key with alt, in a form that can't be read as two keys.
	case b < ' ':
		f.key("\x1b[27u")
		f.again(b)
	default:
		f.again(b)
	}
}

func (f *framer) collect(b byte, most int) {
	if len(f.seq) < most {
		f.seq = append(f.seq, b)
	} else {
		f.long = true
	}
}

// control takes what follows ESC [.
func (f *framer) control(b byte) {
	switch {
	case b == escape:
		f.reset()
		f.state = inEscape
	case b < ' ', b >= 0x7f:
		f.again(b)
	case b == '[' && len(f.seq) == 0:
		f.state = inConsole
	case b == 'M' && len(f.seq) == 0:
		f.state, f.need = inMouse, 3
	case b < '@':
		f.collect(b, mostSequence)
	default:
		f.sequence(b)
	}
}

// console takes the last byte of a function key of the Linux console, after ESC [ [.
func (f *framer) console(b byte) {
	late := f.late
	switch {
	case b < ' ':
		f.again(b)
		return
	case b >= 'A' && b <= 'D' && !late:
		f.key("\x1bO" + string(rune('P'+b-'A')))
	}
	f.reset()
}

// sequence takes the last byte of a sequence, and hands it on where it is a key or an
// answer that is being waited for.
func (f *framer) sequence(last byte) {
	seq := string(f.seq) + string(rune(last))
	long, late, double := f.long, f.late, f.double
	switch {
	case !long && seq == "200~":
		f.reset()
		f.state = inPaste
		if double {
			f.key("\x1b[27u")
		}
		return
	case !long && parse(seq).leaves() != 0:
		f.leave(parse(seq).leaves())
		return
	case !long && !late && parse(seq).place():
		if q := parse(seq); len(f.places) < mostPlaces {
			f.places = append(f.places, [2]int{q.param(0, 0), q.param(1, 0)})
		}
	case long, late, !parse(seq).known():
	case double && parse(seq).cursor(): // A key with alt, which does nothing here.
	default:
		if double {
			f.key("\x1b[27u")
		}
		f.key("\x1b[" + seq)
	}
	f.reset()
}

// keypad takes what follows ESC O.
func (f *framer) keypad(b byte) {
	switch {
	case b == escape:
		f.reset()
		f.state = inEscape
	case b <= ' ', b >= 0x7f:
		f.again(b)
	case b >= '0' && b <= '9':
		f.collect(b, 4)
	default:
		if !f.late && !f.double && onKeypad(b) {
			f.key("\x1bO" + string(f.seq) + string(rune(b)))
		}
		f.reset()
	}
}

// reply takes a byte of what a terminal answers.
func (f *framer) reply(b byte) {
	end := f.state == inReplyEnd
	switch {
	case b == 0x07 && f.kind == ']', end && b == '\\':
		if f.kind == ']' && !f.long && !f.late && colours(f.seq) {
			f.pass([]byte("\x1b]" + string(f.seq) + "\x07"))
		}
		f.reset()
	case b == escape:
		f.state = inReplyEnd
	case end: // The escape has ended it; whether it was the key can't be known.
		f.reset()
		f.state = inEscape
		f.take(b)
	case b < ' ' && !f.torn.IsZero():
		f.again(b) // A key such as enter, after the reply was torn.
	default:
		f.collect(b, mostReply)
	}
}

// paste takes a byte of a paste, or of the mark that ends it.
func (f *framer) paste(b byte) {
	switch {
	case b == escape:
		f.state = inPasteEscape
	case f.state == inPasteEscape && b == '[':
		f.state, f.seq, f.long = inPasteMark, nil, false
	case f.state == inPasteMark && b >= ' ' && b < '@':
		f.collect(b, mostSequence)
	case f.state == inPasteMark && b >= '@' && b < 0x7f:
		f.inPaste(string(f.seq) + string(rune(b)))
	default:
		f.state = inPaste
		if len(f.text) < mostPaste {
			f.text = append(f.text, b)
		}
	}
}

// inPaste takes a sequence that came in a paste. It is dropped, since the decoder could misread it,
// unless it ends the paste or leaves, or is a key that comes after the paste was torn.
func (f *framer) inPaste(seq string) {
	torn := !f.torn.IsZero()
	f.state = inPaste
	switch {
	case f.long:
	case parse(seq).leaves() != 0:
		f.leave(parse(seq).leaves())
	case seq == "201~":
		f.pasted()
		f.reset()
	case torn && parse(seq).known():
		f.pasted()
		f.reset()
		f.key("\x1b[" + seq)
	}
}

// pasted hands on what was pasted if text is typed now, and drops it otherwise.
func (f *framer) pasted() {
	var text []rune
	for _, r := range string(f.text) {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			text = append(text, ' ')
		case r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f) && r != utf8.RuneError:
			text = append(text, r)
		}
	}
	if f.typing && len(text) > 0 {
		f.pass([]byte("\x1b[200~" + string(text) + "\x1b[201~"))
	}
	f.text = nil
}

// resume continues a sequence that was given up, if a piece is the rest of it. What a
// person types comes byte by byte; the rest of a sequence comes at once.
func (f *framer) resume(piece []byte, now time.Time) {
	if to := f.restOf(piece); to != inKeys {
		f.reset()
		f.state, f.late, f.torn, f.givenOut = to, true, now, time.Time{}
	}
}

// restOf returns the state that a piece continues, or inKeys if it is keys.
func (f *framer) restOf(piece []byte) state {
	ends := bytes.IndexByte(piece, 0x07) >= 0 || bytes.Contains(piece, []byte("\x1b\\"))
	to := inKeys
	switch f.given {
	case inEscape, inPasteEscape, inReplyEnd:
		if (len(piece) > 1 || !f.typing) && restOfEscape(piece, ends) {
			to = inEscape
		}
	case inControl:
		if restOfControl(piece) {
			to = inControl
		}
	case inReply:
		if ends || len(piece) > 2 && piece[0] != escape {
			to = inReply
		}
	case inPaste, inPasteMark:
		if len(piece) > 1 && (piece[0] != escape || bytes.Contains(piece, []byte("201~"))) {
			to = inPaste
		}
		if f.given == inPasteMark && restOfControl(piece) {
			to = inControl
		}
	}
	return to
}
