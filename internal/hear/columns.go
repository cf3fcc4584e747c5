package hear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// columns are the weights without the form of [Model.Encode]: names of features, and for each
// section of the text what each of them weighs there, score by score.
type columns struct {
	rest     string // The lines that aren't weights.
	names    []string
	sections []column

	place   map[string]int
	order   []int      // In which weights are written: a word before the pairs that it stands in.
	parents [][2]int32 // The features that a feature is made of; -1 for none.
	kinds   []uint32   // A hash of the kind of each feature.
}

// column is what features weigh in a section.
type column struct {
	heads int
	rows  [][]int32 // By feature; nil where it isn't known there.
}

// The sets of bits.
const (
	ofNumbers = iota
	ofText
	ofSame
	ofNames
	ofFirsts // The first byte of a name that the one before doesn't have.
	ofRows
	ofScores                       // Whether there is a weight, by score.
	ofSigns  = ofScores + mostHead // Which way it weighs, by score.
	ofSizes  = ofSigns + mostHead
	sets     = ofSizes + mostPlain + 1
)

const (
	mostHead  = 26      // Of scores: each has a letter.
	mostPlain = 14      // A weight of more steps is written out as a number.
	mostName  = 250     // Of bytes in a name.
	mostNames = 1 << 20 // Of features.
)

func squeeze(f *columns) []byte {
	c := newCoder()
	f.code(c)
	return append([]byte(squeezed), c.done()...)
}

func unsqueeze(src []byte) (*columns, error) {
	c := newReader(src[len(squeezed):])
	f := &columns{}
	return f, f.code(c)
}

// code writes the columns, or reads them.
func (f *columns) code(c *coder) error {
	f.rest = c.text(f.rest)
	number := c.number(len(f.names))
	if number > mostNames {
		return errSqueezed
	}
	names, room := []string{}, maxModel
	before, sameBefore := "", 0
	for i := range number {
		name := ""
		if !c.reads {
			name = f.names[i]
		}
		name, sameBefore = c.name(name, before, sameBefore)
		if room -= len(name); c.broken() || room < 0 {
			return fmt.Errorf("feature %d: %w", i+1, errSqueezed)
		}
		names, before = append(names, name), name
	}
	f.names = names
	f.arrange()
	for i, heads := range headsIn(f.rest) {
		if c.reads {
			f.sections = append(f.sections, column{heads, make([][]int32, number)})
		}
		if heads > mostHead {
			return errSqueezed
		}
		if f.column(c, i); c.broken() {
			return fmt.Errorf("section %d: %w", i+1, errSqueezed)
		}
	}
	return nil
}

// headsIn returns how many scores each section of weights has.
func headsIn(rest string) (all []int) {
	for line := range strings.Lines(rest) {
		switch {
		case line == "[words]\n":
		case strings.HasPrefix(line, "["):
			all = append(all, 0)
		case len(all) > 0 && isHead(line):
			all[len(all)-1]++
		}
	}
	return all
}

// name writes or reads a name: how much of the one before it has in common with it, and what
// follows, expected by the letters, the word and the word before.
func (c *coder) name(name, before string, sameBefore int) (string, int) {
	same := 0
	for same < min(len(name), len(before), mostName) && name[same] == before[same] {
		same++
	}
	kind, _, _ := strings.Cut(before, ":")
	lastWord, long := strings.LastIndexByte(before, ' '), len(before)
	c.in(mixed(11, mixed(hashOf(kind), uint32(sameBefore))), mixed(12, mixed(hashOf(kind), uint32(long))),
		mixed(13, mixed(uint32(lastWord), uint32(sameBefore))),
		mixed(14, mixed(mixed(uint32(lastWord), uint32(sameBefore)), uint32(long))))
	same = min(int(c.symbol(ofSame, byte(same))), len(before))
	out := append(make([]byte, 0, 32), before[:same]...)
	s := spelt{}
	for _, b := range out {
		s.saw(b)
	}
	for set := ofFirsts; len(out) <= mostName; set = ofNames {
		var b byte = '\n'
		if !c.reads && len(out) < len(name) {
			b = name[len(out)]
		}
		var low uint32 // Names are sorted.
		if set == ofFirsts && same < len(before) {
			low = uint32(before[same]) + 1
		}
		c.in(mixed(15, s.last&0xff|low<<8), mixed(16, s.last&0xffffff), mixed(17, s.last),
			mixed(18, mixed(s.word, s.kind)), mixed(19, mixed(s.word, s.before)))
		if b = c.symbol(set, b); b == '\n' {
			break
		}
		out = append(out, b)
		s.saw(b)
	}
	return string(out), same
}

// spelt is what is known of a name so far, as hashes.
type spelt struct{ last, kind, word, before uint32 }

func (s *spelt) saw(b byte) {
	s.last = s.last<<8 | uint32(b)
	switch {
	case b == ':' && s.kind == 0:
		s.kind, s.word = mixed(s.word, 1), 0
	case b == ' ':
		s.before, s.word = s.word, 0
	default:
		s.word = mixed(s.word, uint32(b)+1)
	}
}

func hashOf(s string) uint32 {
	x := uint32(len(s))
	for i := range len(s) {
		x = mixed(x, uint32(s[i]))
	}
	return x
}

// arrange puts features in the order in which their weights are written, and finds what each
// is made of: the weights of a pair are expected by those of its words.
func (f *columns) arrange() {
	f.place = make(map[string]int, len(f.names))
	for i, name := range f.names {
		f.place[name] = i
	}
	f.order, f.kinds = make([]int, len(f.names)), make([]uint32, len(f.names))
	f.parents = make([][2]int32, len(f.names))
	ranks := make([]int, len(f.names))
	for i, name := range f.names {
		kind, rest, _ := strings.Cut(name, ":")
		words := strings.Fields(rest)
		f.order[i], f.parents[i] = i, [2]int32{-1, -1}
		if kind == "w" {
			ranks[i] = len(words)
		} else if kind != "k" {
			ranks[i] = 9
		}
		f.kinds[i] = mixed(hashOf(kind), uint32(len(words)))
		of := "w:"
		if kind == "kk" || kind == "k8" {
			of = "k:"
		}
		for j := 0; j < 2 && len(words) > 0; j++ {
			var part []string
			switch {
			case kind == "w" && len(words) == 3:
				part = words[j : j+2]
			case len(words) == 2:
				part = words[j : j+1]
			case len(words) == 1 && j == 0 && kind != "w" && kind != "k":
				part = words
			default:
				continue
			}
			if at, ok := f.place[of+strings.Join(part, " ")]; ok {
				f.parents[i][j] = int32(at)
			}
		}
	}
	slices.SortStableFunc(f.order, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
}

// column writes or reads what each feature weighs in a section.
func (f *columns) column(c *coder, section int) {
	rows, salt := f.sections[section].rows, uint32(section+1)<<8
	none := make([]int32, f.sections[section].heads)
	before, known := none, uint32(0) // The row before, and which of the last two features had one.
	for _, i := range f.order {
		elsewhere, made := uint32(1), uint32(0) // In which sections before this, and of which known features.
		for _, other := range f.sections[:section] {
			elsewhere <<= 1
			if other.rows[i] != nil {
				elsewhere |= 1
			}
		}
		parents := [2][]int32{none, none}
		for j, at := range f.parents[i] {
			if at >= 0 && rows[at] != nil {
				made |= 1 << j
				parents[j] = rows[at]
			}
		}
		kind := f.kinds[i]
		c.in(mixed(salt|1, kind^known), mixed(salt|2, kind^elsewhere<<8), mixed(salt|3, kind^made<<2^known&1),
			mixed(salt|4, kind^elsewhere<<8^made), mixed(salt|5, known|made<<2|elsewhere<<4))
		is := c.bit(ofRows, 0, rows[i] != nil)
		known = known << 1 & 2
		if !is {
			continue
		}
		known |= 1
		if c.reads {
			rows[i] = make([]int32, len(none))
		}
		c.row(rows[i], before, parents, salt, kind)
		if before = rows[i]; c.broken() {
			return
		}
	}
}

// row writes or reads what a feature weighs, score by score.
func (c *coder) row(row, before []int32, parents [2][]int32, salt, kind uint32) {
	var whole, last, lastTwo, some uint32 // Of the scores of the whole line, and of those that weigh something.
	for head, x := range row {
		h := salt | uint32(head)<<2
		made := rough(parents[0][head])<<3 | rough(parents[1][head])
		both, near := rough(parents[0][head]+parents[1][head]), sign(before[head])
		c.in(mixed(h, kind), mixed(h, mixed(kind, whole<<4|some)), mixed(h, last|lastTwo<<8|1<<16),
			mixed(h, made|2<<16), mixed(h, near|both<<2|3<<16), mixed(h, mixed(kind, last|both<<8)))
		if c.bit(ofScores+head, 0, x != 0) {
			c.in(mixed(h|1, kind), mixed(h|1, whole), mixed(h|1, last|lastTwo<<8|1<<16),
				mixed(h|1, made|2<<16), mixed(h|1, both|last<<4|whole<<12|3<<28), mixed(h|1, mixed(kind, near)))
			row[head] = c.size(x, c.bit(ofSigns+head, 0, x > 0), h, kind, last, made)
			some, lastTwo = min(some+1, 6), last
			last = uint32(head+1)<<2 | sign(row[head])
		}
		if head < 3 {
			whole = whole*3 + sign(row[head])
		}
	}
}

// size writes or reads how much a weight is, of which it is known which way it weighs.
func (c *coder) size(x int32, up bool, h, kind, last, made uint32) int32 {
	side := int32(-1)
	if up {
		side = 1
	}
	steps := int32(1)
	for ; steps <= mostPlain; steps++ {
		at := uint32(steps)<<1 | uint32(side+1)>>1 | 1<<8
		c.in(mixed(at, kind), mixed(at, h|1<<20), mixed(at, mixed(kind, last)), mixed(at, made|3<<20))
		if !c.bit(ofSizes+int(steps), 0, x*side > steps) {
			return side * steps
		}
	}
	return side * int32(c.number(int(x*side)))
}

func sign(x int32) uint32 {
	switch {
	case x > 0:
		return 2
	case x < 0:
		return 1
	}
	return 0
}

// rough is which way a weight weighs, and roughly how much.
func rough(x int32) uint32 {
	for i, most := range [...]int32{-7, -3, -1, 0, 2, 6} {
		if x <= most {
			return uint32(i)
		}
	}
	return 6
}
