package course

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Found is a lesson that typed words have found.
type Found struct {
	ID  string
	Why string // What of it has the words: its situation, its goal, or a sentence of its note.
}

// How much it counts where a word stands. What people look for a lesson by counts most; a note
// speaks of much that a lesson isn't about.
const (
	inKeys  = 3.0 // The title, or the words of course.toml.
	inAbout = 2.0 // The situation, the goal, the place, or whom one helps.
	inNote  = 1.0
)

// Find returns the lessons for learners that typed words are about, the best first: those in
// which the words occur, in the title, the situation, the goal, the content note, the place, the
// name of whom one helps, or the words of course.toml that people look for it by. The case
// doesn't matter, and the beginning of a word is enough. Small words don't count beside others,
// nor do those that no lesson has. Of two words both are needed where a lesson has both, of a
// sentence half of what the best has; a rare word counts for more than one that many have.
// Without a word all are found, in their order.
func (c *Course) Find(typed string) []Found {
	words := c.weighty(typed)
	all, scores := make([]Found, 0, len(c.Lessons)), make(map[string]float64)
	weights := make([][]float64, len(c.Lessons)) // Of each lesson, by word.
	in := make([]int, len(words))                // How many lessons have a word.
	for i, e := range c.Lessons {
		weights[i] = make([]float64, len(words))
		for k, word := range words {
			if weights[i][k] = c.weight(e, word); weights[i][k] > 0 {
				in[k]++
			}
		}
	}
	hits := func(i int) (n int) {
		for _, w := range weights[i] {
			if w > 0 {
				n++
			}
		}
		return n
	}
	best := 0
	for i := range c.Lessons {
		best = max(best, hits(i))
	}
	if best == 0 && len(words) > 0 {
		return nil
	}
	needed := best
	if best > 2 {
		needed = (best + 1) / 2
	}
	for i, e := range c.Lessons {
		if hits(i) < needed {
			continue
		}
		for k, w := range weights[i] {
			scores[e.ID] += w * math.Log(1+float64(len(c.Lessons))/float64(max(in[k], 1)))
		}
		all = append(all, Found{e.ID, c.why(e, words)})
	}
	slices.SortStableFunc(all, func(a, b Found) int {
		switch x, y := scores[a.ID], scores[b.ID]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return all
}

// weight is how much it counts where a lesson has a word, or 0.
func (c *Course) weight(e Entry, word string) float64 {
	switch {
	case begins(e.Title+" "+c.plan.Find[e.ID], word):
		return inKeys
	case begins(strings.Join([]string{c.Situation(e.ID), e.Goal, e.Setting, e.Focus}, " "), word):
		return inAbout
	case begins(e.Note, word):
		return inNote
	}
	return 0
}

// why returns what of a lesson has most of the words, in the shortest place that has them. Words
// that aren't shown say nothing to a reader: there it's how the note begins, which says what
// happens.
func (c *Course) why(e Entry, words []string) string {
	note := sentences(e.Note)
	best, most := "", 0
	for _, part := range append([]string{c.Situation(e.ID), e.Goal}, append(note, e.Setting)...) {
		n := 0
		for _, word := range words {
			if begins(part, word) {
				n++
			}
		}
		if n > most {
			best, most = part, n
		}
	}
	if best == "" && len(note) > 0 {
		return note[0]
	}
	return fromWord(best, words)
}

// late is how far into a sentence the words may stand that it was found by, in bytes, for it to
// be told from its beginning: only the first line of it may be shown.
const late = 40

// fromWord returns a sentence from the part that has one of the words, where that comes late.
func fromWord(sentence string, words []string) string {
	before := 0
	for part := range strings.SplitAfterSeq(sentence, ", ") {
		if slices.ContainsFunc(words, func(word string) bool { return begins(part, word) }) {
			break
		}
		before += len(part)
	}
	if before < late {
		return sentence
	}
	return "… " + sentence[before:]
}

// sentences parts a text after each full stop that ends a sentence.
func sentences(s string) []string {
	var all []string
	for part := range strings.SplitAfterSeq(s, ". ") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// Matches reports whether every one of the typed words that count occurs in a text, as
// [Course.Find] looks for them.
func (c *Course) Matches(typed, text string) bool {
	return !slices.ContainsFunc(c.weighty(typed), func(word string) bool { return !begins(text, word) })
}

// Has reports whether every one of the typed words occurs in a text, the small ones too.
func Has(typed, text string) bool {
	words := strings.Fields(plainWords(typed))
	return !slices.ContainsFunc(words, func(word string) bool { return !begins(text, word) })
}

// FindsNow reports whether any of the typed words is one of someone who may be in danger: what
// helps right now is found by it before everything else, whatever stands beside it.
func (c *Course) FindsNow(typed string) bool {
	words, urgent := c.weighty(typed), c.words.T("home.urgent")
	if len(words) == 1 && begins(urgent, words[0]) {
		return true
	}
	return slices.ContainsFunc(words, func(word string) bool {
		whole := strings.Contains(" "+urgent+" ", " "+word+" ")
		return whole || utf8.RuneCountInString(word) >= leastUrgent && begins(urgent, word)
	})
}

// leastUrgent is how much of an urgent word has to be typed among others, in letters: with fewer,
// every sentence would begin one.
const leastUrgent = 4

// weighty returns the typed words without the small ones, or all where there are no others.
func (c *Course) weighty(typed string) []string {
	all := strings.Fields(plainWords(typed))
	small := strings.Fields(plainWords(c.words.T("home.small")))
	words := slices.DeleteFunc(slices.Clone(all), func(word string) bool { return slices.Contains(small, word) })
	if len(words) == 0 {
		return all
	}
	return words
}

// begins reports whether a word of a text begins with this one.
func begins(text, word string) bool { return strings.Contains(" "+plainWords(text), " "+word) }

// plainWords returns a text in small letters with single spaces for all that is neither a
// letter nor a digit; an apostrophe goes without one.
func plainWords(s string) string {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
	parts := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return strings.Join(strings.FieldsFunc(s, parts), " ")
}
