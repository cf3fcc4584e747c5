package course

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wayout/internal/hear"
	"wayout/internal/text"
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
	inAbout = 2.0 // The situation, the goal, the place, or the name of who is helped.
	inNote  = 1.0
)

// Find returns the lessons for learners that typed words are about, the best first: those in
// which the words occur, in the title, the situation, the goal, the content note, the place, the
// name of who is helped, or the words of course.toml that people look for it by. The case
// doesn't matter, and the beginning of a word is enough. Small words don't count beside others,
// nor do those that no lesson has. Of two words both are needed where a lesson has both, of a
// sentence half of what the best has; a rare word counts for more than one that many have.
// Without a word all are found, in their order.
func (c *Course) Find(typed string) []Found {
	words := c.weighty(typed)
	all, scores := make([]Found, 0, len(c.Lessons)), make(map[string]float64)
	weights := make([][]float64, len(c.Lessons)) // Of each lesson, by word.
	in := make([]int, len(words))                // How many lessons have a word.
	hits, best := make([]int, len(c.Lessons)), 0 // How many words a lesson has, and the most that one has.
	for i, e := range c.Lessons {
		weights[i] = make([]float64, len(words))
		for k, word := range words {
			if weights[i][k] = c.sought(e).weight(word); weights[i][k] > 0 {
				in[k]++
				hits[i]++
			}
		}
		best = max(best, hits[i])
	}
	if best == 0 && len(words) > 0 {
		return nil
	}
	needed := best
	if best > 2 {
		needed = (best + 1) / 2
	}
	for i, e := range c.Lessons {
		if hits[i] < needed {
			continue
		}
		for k, w := range weights[i] {
			scores[e.ID] += w * math.Log(1+float64(len(c.Lessons))/float64(max(in[k], 1)))
		}
		all = append(all, Found{e.ID, c.sought(e).why(e, words)})
	}
	slices.SortStableFunc(all, func(a, b Found) int { return cmp.Compare(scores[b.ID], scores[a.ID]) })
	return all
}

// sought is what a lesson is looked for by: texts as begins takes them.
type sought struct {
	keys, about, note string
	parts             []part
}

// part is a place in a lesson that can say why it was found, as it is written and as it is looked
// through.
type part struct{ words, plain string }

// sought returns what a lesson is looked for by. It's made once, since a search asks for it with
// every key.
func (c *Course) sought(e Entry) *sought {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.looked[e.ID]; s != nil {
		return s
	}
	situation := c.Situation(e.ID)
	s := &sought{keys: plainText(e.Title + " " + c.plan.Find[e.ID]), note: plainText(e.Note),
		about: plainText(strings.Join([]string{situation, e.Goal, e.Setting, e.Focus}, " "))}
	for _, words := range slices.Concat([]string{situation, e.Goal}, sentences(e.Note), []string{e.Setting}) {
		s.parts = append(s.parts, part{words, plainText(words)})
	}
	if c.looked == nil {
		c.looked = make(map[string]*sought)
	}
	c.looked[e.ID] = s
	return s
}

// weight is how much it counts where a lesson has a word, or 0.
func (s *sought) weight(word string) float64 {
	switch {
	case begins(s.keys, word):
		return inKeys
	case begins(s.about, word):
		return inAbout
	case begins(s.note, word):
		return inNote
	}
	return 0
}

// why returns what of a lesson has most of the words, in the shortest place that has them. Words
// that aren't shown say nothing to a reader: there it's how the note begins, which says what
// happens.
func (s *sought) why(e Entry, words []string) string {
	best, most := "", 0
	for _, p := range s.parts {
		n := 0
		for _, word := range words {
			if begins(p.plain, word) {
				n++
			}
		}
		if n > most {
			best, most = p.words, n
		}
	}
	if note := sentences(e.Note); best == "" && len(note) > 0 {
		return note[0]
	}
	return fromWord(best, words)
}

// late is how far into a long sentence the words may stand that it was found by, for it to be told
// from its beginning: only the first line of it may be shown, which has a short one whole. Both in
// bytes.
const late, short = 40, 70

// fromWord returns a sentence from the part that has one of the words, where that comes late.
func fromWord(sentence string, words []string) string {
	before := 0
	for part := range strings.SplitAfterSeq(sentence, ", ") {
		if slices.ContainsFunc(words, func(word string) bool { return begins(plainText(part), word) }) {
			break
		}
		before += len(part)
	}
	if before < late || len(sentence) <= short {
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
	plain := plainText(text)
	return !slices.ContainsFunc(c.weighty(typed), func(word string) bool { return !begins(plain, word) })
}

// Has reports whether every one of the typed words occurs in a text, the small ones too.
func Has(typed, text string) bool {
	words, plain := strings.Fields(plainWords(typed)), plainText(text)
	return !slices.ContainsFunc(words, func(word string) bool { return !begins(plain, word) })
}

// FindsNow reports whether any of the typed words is one of someone who may be in danger, or a
// sentence is heard as one: what helps right now is found by it before everything else, whatever
// stands beside it. A sentence needs the recogniser, which is read when it is first asked for.
func (c *Course) FindsNow(typed string) bool {
	words, urgent := c.weighty(typed), plainText(c.words.T("home.urgent"))
	if len(words) == 1 && begins(urgent, words[0]) {
		return true
	}
	if slices.ContainsFunc(words, func(word string) bool {
		whole := strings.Contains(urgent+" ", " "+word+" ")
		return whole || utf8.RuneCountInString(word) >= leastUrgent && begins(urgent, word)
	}) {
		return true
	}
	return len(strings.Fields(typed)) >= leastSentence && c.hearsDanger(typed)
}

// leastSentence is from how many words on what is looked for may be a sentence.
const leastSentence = 3

// hearsDanger reports whether a line is heard as danger. In a language that has nothing to hear
// it with, none is.
func (c *Course) hearsDanger(line string) bool {
	r, err := c.Recogniser()
	return err == nil && r.Hear(hear.Tell, text.Line(line, mostTyped)).Outcome == hear.InDanger
}

// mostTyped is how many bytes of a line that is looked for are heard.
const mostTyped = 800

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

// begins reports whether a word of a plain text begins with this one.
func begins(plain, word string) bool { return strings.Contains(plain, " "+word) }

// plainText is a text as begins takes it.
func plainText(text string) string { return " " + plainWords(text) }

// plainWords returns a text in small letters with single spaces for all that is neither a
// letter nor a digit; an apostrophe goes without one.
func plainWords(s string) string {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
	parts := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return strings.Join(strings.FieldsFunc(s, parts), " ")
}
