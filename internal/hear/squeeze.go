package hear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// The weights are most of the recogniser's size in a download. gzip, which looks for
// repetitions, leaves them a third larger than need be, because they are numbers that hardly
// ever repeat. So an adaptive arithmetic coder squeezes them bit by bit, with the carry
// propagation of LZMA (Pavlov's LZMA specification, in the public domain). Each bit is
// predicted from what was seen in the same context before. The coder uses only integers, so
// that every machine writes and reads the same bytes.
const (
	squeezed = "hear2\n"
	slots    = 1 << 20 // Predictions, found by a hash of the context; collisions are rare.
	evens    = 1 << 15 // A probability of one half, of 1<<16.
	mostSeen = 250     // The learning rate of a context falls no further after this many bits.
	surest   = 36      // Of 1<<16: no prediction is closer to certainty.
	full     = 1 << 24 // When span is below this, a byte is written.
)

var errSqueezed = errors.New("the squeezed text is cut off, or isn't one")

// squeeze compresses the parts of a text. The first two are words, the others weights, in
// the form of [Pack]. Equal parts give equal bytes.
func squeeze(parts []string) []byte {
	out := []byte(squeezed)
	out = binary.AppendUvarint(out, uint64(len(parts)))
	for i, part := range parts {
		w := &squeezer{span: 1<<32 - 1, held: 1, expects: newExpects()}
		c := &context{weights: i > 1}
		for _, b := range []byte(part) {
			w.byte(c.hash(), b)
			c.saw(b)
		}
		for range 5 {
			w.shift()
		}
		out = binary.AppendUvarint(out, uint64(len(part)))
		out = binary.AppendUvarint(out, uint64(len(w.out)))
		out = append(out, w.out...)
	}
	return out
}

// unsqueeze reads the output of squeeze. It refuses more than maxModel bytes of text.
func unsqueeze(src []byte) (parts []string, err error) {
	src = src[len(squeezed):]
	number := func() int {
		n, used := binary.Uvarint(src)
		if used <= 0 || n > maxModel {
			err = errSqueezed
			return 0
		}
		src = src[used:]
		return int(n)
	}
	room := maxModel
	for i := range number() {
		long, short := number(), number()
		if err != nil || short > len(src) || long > room {
			return nil, fmt.Errorf("part %d: %w", i+1, errSqueezed)
		}
		room -= long
		r := &unsqueezer{span: 1<<32 - 1, in: src[:short], expects: newExpects()}
		src = src[short:]
		for range 5 {
			r.code = r.code<<8 | uint32(r.next())
		}
		c := &context{weights: i > 1}
		var part strings.Builder
		for range long {
			b := r.byte(c.hash())
			part.WriteByte(b)
			c.saw(b)
			if r.past > 8 { // The coder reads a few bytes ahead, but no more than that.
				return nil, fmt.Errorf("part %d: %w", i+1, errSqueezed)
			}
		}
		parts = append(parts, part.String())
	}
	return parts, err
}

// context is what predicts a byte: in words, the two bytes before it; in weights, the letter of
// the score that the number belongs to, and the position in the number.
type context struct {
	weights      bool
	before       uint32 // The last two bytes.
	letter, part uint32
	weighed      uint32 // Which of the previous two features have weights, as bits.
}

func (c *context) hash() uint32 {
	x := c.before
	if c.weights {
		x = c.letter | c.part<<8 | c.weighed<<16
	}
	x *= 2654435761
	return x ^ x>>15
}

func (c *context) saw(b byte) {
	c.before = (c.before<<8 | uint32(b)) & 0xffff
	switch {
	case b == '\n':
		c.weighed = c.weighed << 1 & 3
		if c.letter != 0 {
			c.weighed |= 1
		}
		c.letter, c.part = 0, 0
	case b >= 'a' && b <= 'z' || b == nothing[0]:
		c.letter, c.part = uint32(b), 1
	case b == '-':
		c.part = 2
	case c.part == 2 || c.part == 4:
		c.part = 4 // In digits after a minus.
	default:
		c.part = 3
	}
}

// expects holds, for each slot, how likely a zero is, of 1<<16, and how many bits it has seen.
type expects struct {
	zero []uint16
	seen []uint8
}

func newExpects() expects {
	e := expects{make([]uint16, slots), make([]uint8, slots)}
	for i := range e.zero {
		e.zero[i] = evens
	}
	return e
}

// of returns the slot of the next bit of a byte. Node has the bits of the byte that are known
// so far, below a leading one.
func (expects) of(hash, node uint32) uint32 { return (hash + node*0x9e3779b1>>7) % slots }

func (e expects) learn(slot uint32, one bool) {
	n, p, to := int(e.seen[slot]), int(e.zero[slot]), 1<<16-1
	if one {
		to = 0
	}
	p += (to - p) * 2 / (2*n + 3) // The mean of what was seen, starting from half a zero and half a one.
	e.zero[slot] = uint16(min(max(p, surest), 1<<16-surest))
	if n < mostSeen {
		e.seen[slot]++
	}
}

// squeezer writes bits. Bytes that a carry may still change are held back.
type squeezer struct {
	expects
	low  uint64
	span uint32
	last byte
	held int
	out  []byte
}

func (w *squeezer) byte(hash uint32, b byte) {
	node := uint32(1)
	for i := 7; i >= 0; i-- {
		bit := uint32(b) >> i & 1
		w.bit(w.of(hash, node), bit == 1)
		node = node<<1 | bit
	}
}

func (w *squeezer) bit(slot uint32, one bool) {
	zero := (w.span >> 16) * uint32(w.zero[slot])
	if one {
		w.low += uint64(zero)
		w.span -= zero
	} else {
		w.span = zero
	}
	w.learn(slot, one)
	for w.span < full {
		w.span <<= 8
		w.shift()
	}
}

func (w *squeezer) shift() {
	if carry := byte(w.low >> 32); carry != 0 || uint32(w.low) < 0xff<<24 {
		for ; w.held > 0; w.held-- {
			w.out = append(w.out, w.last+carry)
			w.last = 0xff
		}
		w.last = byte(w.low >> 24)
	}
	w.held++
	w.low = w.low & 0xffffff << 8
}

// unsqueezer reads bits.
type unsqueezer struct {
	expects
	span, code uint32
	in         []byte
	past       int // Bytes read past the end of the input.
}

func (r *unsqueezer) next() byte {
	if len(r.in) == 0 {
		r.past++
		return 0
	}
	b := r.in[0]
	r.in = r.in[1:]
	return b
}

func (r *unsqueezer) byte(hash uint32) byte {
	node := uint32(1)
	for node < 1<<8 {
		slot, bit := r.of(hash, node), uint32(0)
		zero := (r.span >> 16) * uint32(r.zero[slot])
		if r.code >= zero {
			bit = 1
			r.code -= zero
			r.span -= zero
		} else {
			r.span = zero
		}
		r.learn(slot, bit == 1)
		for r.span < full {
			r.span <<= 8
			r.code = r.code<<8 | uint32(r.next())
		}
		node = node<<1 | bit
	}
	return byte(node)
}
