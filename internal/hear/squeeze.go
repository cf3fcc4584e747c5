package hear

import "errors"

// The weights are most of what the recogniser costs a program that is downloaded, and
// gzip, which looks for repetitions, leaves two fifths of them on the table: they are
// numbers, and hardly ever repeat. So they are squeezed bit by bit. Every bit is expected by
// what was seen in several contexts before, which are weighed against each other by how well
// each has done (as in Mahoney's PAQ, "Adaptive Weighing of Context Models for Lossless Data
// Compression", 2005), and an arithmetic coder writes how far that was from the truth. There
// are no fractions in it, so that every machine writes and reads the same bytes.
const (
	squeezed  = "hear3\n"
	slots     = 1 << 20 // Of what is expected, found by a hash of the context: few meet.
	evens     = 1 << 15 // As likely as not, of 1<<16.
	mostSeen  = 250     // A context that has seen more goes on learning as fast as then.
	surest    = 32      // Of 1<<16: nothing is expected with less doubt.
	inputs    = 6       // The most contexts of a bit.
	atFirst   = 26000   // What the word of a context weighs before it has shown its worth, of 1<<16.
	quickness = 6       // How fast contexts are weighed anew.
	ahead     = 8       // Bytes that reading may look for past the end.
)

var errSqueezed = errors.New("the squeezed text is cut off, or isn't one")

// coder writes bits, or reads what another has written: what is expected of the next bit is
// the same on both sides, and so one method does either.
type coder struct {
	reads     bool
	low, high uint32
	code      uint32
	bytes     []byte // Written, or yet to be read.
	past      int    // Bytes that were looked for after the last one.

	slots  []uint32  // How likely a one is, of 1<<16, above how often that was seen.
	mixers [][]int32 // By set: how much each context counts.
	n      int       // Of contexts of the next bit.
	hashes [inputs]uint32
	at     [inputs]*uint32
	says   [2 * inputs]int32
	scales *scales
}

func newCoder() *coder {
	c := &coder{high: 1<<32 - 1, slots: make([]uint32, slots), mixers: make([][]int32, sets), scales: newScales()}
	for i := range c.slots {
		c.slots[i] = evens << 8
	}
	return c
}

func newReader(src []byte) *coder {
	c := newCoder()
	c.reads, c.bytes = true, src
	for range 4 {
		c.code = c.code<<8 | c.next()
	}
	return c
}

func (c *coder) next() uint32 {
	if len(c.bytes) == 0 {
		c.past++
		return 0
	}
	b := c.bytes[0]
	c.bytes = c.bytes[1:]
	return uint32(b)
}

// broken reports whether more was read than was ever written.
func (c *coder) broken() bool { return c.past > ahead }

// done returns what was written.
func (c *coder) done() []byte {
	return append(c.bytes, byte(c.high>>24), byte(c.high>>16), byte(c.high>>8), byte(c.high))
}

// in sets the contexts of the next bits.
func (c *coder) in(contexts ...uint32) { c.n = copy(c.hashes[:], contexts) }

// bit writes a bit, or reads one. Each set of bits weighs contexts on its own.
func (c *coder) bit(set, node int, one bool) bool {
	mixer := c.mixers[set]
	if mixer == nil {
		mixer = make([]int32, 2*inputs)
		for i := range inputs {
			mixer[i] = atFirst
		}
		c.mixers[set] = mixer
	}
	sum := int64(0)
	for i := range c.n {
		slot := &c.slots[(c.hashes[i]^uint32(node))%slots]
		c.at[i] = slot
		p, seen := int32(*slot>>8), int32(*slot&0xff)
		c.says[i] = c.scales.logit[p>>4]
		c.says[inputs+i] = (p - evens) >> 5 * min(seen, 4) >> 2
		sum += int64(mixer[i])*int64(c.says[i]) + int64(mixer[inputs+i])*int64(c.says[inputs+i])
	}
	p := logistic(int32(max(min(sum>>16, 1<<20), -1<<20)))
	one = c.split(uint32(p)<<4+8, one)
	off := -p * quickness
	if one {
		off += 4095 * quickness
	}
	for i := range c.n {
		mixer[i] += (c.says[i]*off + 1<<15) >> 16
		mixer[inputs+i] += (c.says[inputs+i]*off + 1<<15) >> 16
		c.scales.learn(c.at[i], one)
	}
	return one
}

// split cuts the span of the coder where the odds of a one are, and keeps one part.
func (c *coder) split(odds uint32, one bool) bool {
	middle := c.low + uint32(uint64(c.high-c.low)*uint64(odds)>>16)
	if c.reads {
		one = c.code <= middle
	}
	if one {
		c.high = middle
	} else {
		c.low = middle + 1
	}
	for (c.low^c.high)>>24 == 0 {
		if c.reads {
			c.code = c.code<<8 | c.next()
		} else {
			c.bytes = append(c.bytes, byte(c.high>>24))
		}
		c.low, c.high = c.low<<8, c.high<<8|0xff
	}
	return one
}

// symbol writes or reads a byte in the contexts that were set, half by half, so that what is
// expected of a half stands together.
func (c *coder) symbol(set int, b byte) byte {
	bases := c.hashes
	for i := range c.n {
		c.hashes[i] &^= 15
	}
	high := c.half(set, b>>4)
	for i := range c.n {
		c.hashes[i] = mixed(bases[i], uint32(high)+1) &^ 15
	}
	return high<<4 | c.half(set, b&15)
}

func (c *coder) half(set int, b byte) byte {
	node := 1
	for i := 3; i >= 0; i-- {
		node <<= 1
		if c.bit(set, node>>1, b>>i&1 == 1) {
			node |= 1
		}
	}
	return byte(node & 15)
}

// number writes or reads a number of up to 24 bits.
func (c *coder) number(x int) int {
	n := 0
	for i := 23; i >= 0; i-- {
		n <<= 1
		c.in(mixed(1, uint32(i)))
		if c.bit(ofNumbers, 0, x>>i&1 == 1) {
			n |= 1
		}
	}
	return n
}

// text writes or reads any text.
func (c *coder) text(s string) string {
	long := c.number(len(s))
	var out []byte
	var before uint32
	for i := 0; i < long && !c.broken(); i++ {
		var b byte
		if !c.reads {
			b = s[i]
		}
		c.in(mixed(2, before&0xff), mixed(3, before&0xffff), mixed(4, before&0xffffff), mixed(5, before))
		b = c.symbol(ofText, b)
		out = append(out, b)
		before = before<<8 | uint32(b)
	}
	return string(out)
}

// mixed is a hash of a hash and something more.
func mixed(a, b uint32) uint32 {
	x := (a ^ b*0x9e3779b1) * 0x85ebca6b
	return x ^ x>>13
}

// scales are what is looked up for every bit.
type scales struct {
	logit [1 << 12]int32
	step  [mostSeen + 1]int32 // What a context learns of a bit that it sees the nth time, of 1<<16.
}

func newScales() *scales {
	s := &scales{}
	from := int32(0)
	for x := int32(-2047); x <= 2047; x++ {
		for ; from <= logistic(x); from++ {
			s.logit[from] = x
		}
	}
	for ; from < int32(len(s.logit)); from++ {
		s.logit[from] = 2047
	}
	for n := range s.step {
		s.step[n] = 2 << 16 / int32(2*n+3) // The mean of what was seen, and of half of each before that.
	}
	return s
}

func (s *scales) learn(slot *uint32, one bool) {
	p, seen, to := int64(*slot>>8), *slot&0xff, int64(0)
	if one {
		to = 1<<16 - 1
	}
	p += (to - p) * int64(s.step[seen]) >> 16
	p = min(max(p, surest), 1<<16-surest)
	*slot = uint32(p)<<8 | min(seen+1, mostSeen)
}

// logistic is 4096/(1+exp(-x/256)).
func logistic(x int32) int32 {
	if x > 2047 {
		return 4095
	} else if x < -2047 {
		return 0
	}
	at, part := x>>7+16, x&127
	return (curveAt[at]*(128-part) + curveAt[at+1]*part + 64) >> 7
}

var curveAt = [...]int32{1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994,
	3348, 3607, 3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094}
