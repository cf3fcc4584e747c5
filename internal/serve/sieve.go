package serve

import "bytes"

// The bounds of what a terminal at the other end may say in one piece, in bytes
// (trust.md 1.4). A paste without an end took a server's memory, as large as it was.
const (
	mostPaste   = 1 << 10
	mostControl = 256
)

// sieve bounds pastes and control strings in a stream of keys. What is too much of
// one is dropped up to its end; everything else goes through as it is, and at once:
// a lone escape is a key.
type sieve struct {
	state   sieveState
	n       int // Bytes of the piece so far.
	matched int // Bytes of the marker that is looked for.
}

type sieveState uint8

const (
	inKeys    sieveState = iota
	inPaste              // Between the markers of a paste.
	inControl            // Behind ESC ] P _ ^ or X, up to ESC \ or BEL.
)

// The markers of a paste.
const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// filter returns what of p goes through.
func (s *sieve) filter(p []byte) []byte {
	out := make([]byte, 0, len(p))
	for _, b := range p {
		switch s.state {
		case inKeys:
			out = append(out, b)
			s.keys(b)
		case inPaste:
			out = s.paste(out, b)
		default:
			out = s.control(out, b)
		}
	}
	return out
}

// keys looks for what begins a longer piece. The bytes have gone through.
func (s *sieve) keys(b byte) {
	if s.matched == 1 && bytes.IndexByte([]byte("]P_^X"), b) >= 0 {
		s.state, s.n, s.matched = inControl, 0, 0
		return
	}
	s.match(pasteBegins, b)
	if s.matched == len(pasteBegins) {
		s.state, s.n, s.matched = inPaste, 0, 0
	}
}

// match counts how much of a marker has come. Escape begins it anew wherever it
// comes, as it does in a terminal.
func (s *sieve) match(marker string, b byte) {
	switch {
	case b == marker[s.matched]:
		s.matched++
	case b == marker[0]:
		s.matched = 1
	default:
		s.matched = 0
	}
}

// paste lets a paste through as long as it is not too long, and its end always. An
// escape in it that does not begin its end is dropped: it could begin something
// else in whoever reads it.
func (s *sieve) paste(out []byte, b byte) []byte {
	before := s.matched
	s.match(pasteEnds, b)
	switch {
	case s.matched == len(pasteEnds):
		s.state, s.matched = inKeys, 0
		return append(out, pasteEnds...)
	case s.matched > 0:
		return out // It may be the end.
	case before > 1:
		out = s.bounded(out, pasteEnds[1:before], mostPaste)
	}
	return s.bounded(out, string([]byte{b}), mostPaste)
}

// control lets a control string through as long as it is not too long, and its end
// always.
func (s *sieve) control(out []byte, b byte) []byte {
	switch {
	case b == 0x07, b == 0x18, b == 0x1a, s.matched == 1 && b == '\\':
		if s.matched == 1 && b == '\\' {
			out = append(out, 0x1b)
		}
		s.state, s.matched = inKeys, 0 // CAN and SUB give it up.
		return append(out, b)
	case b == 0x1b:
		s.matched = 1
		return out
	}
	s.matched = 0
	return s.bounded(out, string([]byte{b}), mostControl)
}

func (s *sieve) bounded(out []byte, piece string, most int) []byte {
	if s.n += len(piece); s.n <= most {
		return append(out, piece...)
	}
	return out
}
