package hear

import (
	"math/bits"
	"strings"
)

// places is a set of positions between the tokens of a line. A pattern is matched from all
// possible positions at once, so that the time is at most the words of a line times the steps
// of a pattern, however many ways there are through its brackets.
type places [4]uint64

// mostPlaces is how many positions a set can hold; a line has fewer tokens (maxTokens).
const mostPlaces = 4 * 64

func (p *places) add(at int) {
	if at < mostPlaces {
		p[at/64] |= 1 << (at % 64)
	}
}

func (p *places) join(o places) {
	for i := range p {
		p[i] |= o[i]
	}
}

func (p places) none() bool { return p == places{} }

// last returns the last place, or -1.
func (p places) last() int {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] != 0 {
			return i*64 + bits.Len64(p[i]) - 1
		}
	}
	return -1
}

// each calls f with every place.
func (p places) each(f func(at int)) {
	for i, rest := range p {
		for rest != 0 {
			f(i*64 + bits.TrailingZeros64(rest))
			rest &= rest - 1
		}
	}
}

// match returns the end of the longest match that begins at a token, or -1. Commas are
// skipped within a match, because phones put them anywhere.
func (p pattern) match(words []token, at int) int {
	var from places
	from.add(at)
	return p.ends(words, from).last()
}

// ends returns where the pattern can end if it begins at any of some places.
func (p pattern) ends(words []token, from places) places {
	for i := range p {
		if from.none() {
			break
		}
		from = p[i].ends(words, from)
	}
	return from
}

// ends returns where the step can end if it begins at any of some places.
func (s *step) ends(words []token, from places) (to places) {
	if s.optional {
		to = from
	}
	if s.choices != nil {
		to.join(s.anyChoice(words, from))
		return to
	}
	from.each(func(at int) {
		switch {
		case s.start:
			if at == 0 || words[at-1].end {
				to.add(at)
			}
		case s.stop:
			if at >= len(words) || words[at].end {
				to.add(at)
			}
		case s.any:
			addGap(&to, words, at)
		default:
			if at = behindCommas(words, at); at < len(words) && s.is(words[at].word) {
				to.add(at + 1)
			}
		}
	})
	return to
}

// anyChoice returns where one of the choices of a step can end.
func (s *step) anyChoice(words []token, from places) (to places) {
	all := s.choices
	if s.by != nil {
		all = s.open
		from.each(func(at int) {
			word := behindCommas(words, at)
			if word >= len(words) {
				return
			}
			var here places
			here.add(at)
			for _, c := range s.by[words[word].word] {
				to.join(c.ends(words, here))
			}
		})
	}
	for _, c := range all {
		to.join(c.ends(words, from))
	}
	return to
}

// behindCommas returns the place of the next token that isn't a comma.
func behindCommas(words []token, at int) int {
	for at > 0 && at < len(words) && words[at].end && words[at].word == "," {
		at++
	}
	return at
}

// is reports whether a step matches a word.
func (s *step) is(word string) bool {
	if s.number {
		return word[0] >= '0' && word[0] <= '9'
	}
	return word == s.word || s.prefix && strings.HasPrefix(word, s.word)
}

// addGap adds the places up to gap words further on, within a sentence.
func addGap(to *places, words []token, at int) {
	for n := 0; n <= gap; n++ {
		to.add(at + n)
		if at+n >= len(words) || words[at+n].end && words[at+n].word != "," {
			return
		}
	}
}
