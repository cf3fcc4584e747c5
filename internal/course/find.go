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

// Found is a lesson that a search has found.
type Found struct {
	ID  string
	Why string // The part that has the words: its situation, its goal, or a sentence of its note.
}

// The weight of a word by the place in which it is found. The words that people look for a lesson
// by weigh most; a note mentions much that a lesson isn't about.
const (
	inKeys  = 3.0 // The title, or the words of course.toml.
	inAbout = 2.0 // The situation, the goal, the place, or the name of who is helped.
	inNote  = 1.0
)

// Find returns the lessons for learners that match the typed words, the best first. The words
// are looked for in the title, the situation, the goal, the content note, the place, the name of
// the person who is helped, and the search words of course.toml. The case doesn't matter, and the
// beginning of a word is enough. Small words don't count beside others, and words that no lesson
// has never count. For two words, a lesson must have both if any lesson does; for more, half as
// many as the best lesson has. A rare word counts for more than a common one.
// Without a word, all lessons are found, in course order.
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

// sought holds the texts of a lesson that a search looks through, as begins takes them.
type sought struct {
	keys, about, note string
	parts             []part
}

// part is a text that can show why a lesson was found: as it is written, and as begins takes it.
type part struct{ words, plain string }

// sought returns the texts of a lesson to look through. They are made once, since a search needs
// them at every key press.
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

// weight returns the weight of a word by the best place that has it, or 0 if none has.
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

// why returns the part of a lesson that has most of the words, the shortest one if several do.
// If only the hidden search words match, it returns the beginning of the note, which says what
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

// A sentence longer than short is cut if the words that were found come later than late, because
// only its first line may be shown; a sentence up to short fits into one line. Both are in
// bytes.
const late, short = 40, 70

// fromWord returns a sentence from the clause that has one of the words, if that comes late.
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

// sentences splits a text after each full stop that ends a sentence.
func sentences(s string) []string {
	var all []string
	for part := range strings.SplitAfterSeq(s, ". ") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// Matches reports whether a text has every typed word, leaving out small words as [Course.Find]
// does.
func (c *Course) Matches(typed, text string) bool {
	plain := plainText(text)
	return !slices.ContainsFunc(c.weighty(typed), func(word string) bool { return !begins(plain, word) })
}

// Has reports whether a text has every typed word, including the small ones.
func Has(typed, text string) bool {
	words, plain := strings.Fields(plainWords(typed)), plainText(text)
	return !slices.ContainsFunc(words, func(word string) bool { return !begins(plain, word) })
}

// FindsNow reports whether a search has an urgent word, or is a sentence that the recogniser hears
// as danger: then the help for right now must come before all results, whatever else was typed.
// The recogniser is read when it is first needed.
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

// leastSentence is how many words a search needs to count as a sentence.
const leastSentence = 3

// hearsDanger reports whether a line is heard as danger. In a language without a recogniser, no
// line is.
func (c *Course) hearsDanger(line string) bool {
	r, err := c.Recogniser()
	return err == nil && r.Hear(hear.Tell, text.Line(line, mostTyped)).Outcome == hear.InDanger
}

// mostTyped is how many bytes of a search are heard.
const mostTyped = 800

// leastUrgent is how many letters of an urgent word have to be typed among other words: with
// fewer, almost every sentence would have the beginning of one.
const leastUrgent = 4

// weighty returns the typed words without the small ones, or all of them if all are small.
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

// plainText returns a text in the form that begins takes: plain words, each after a space.
func plainText(text string) string { return " " + plainWords(text) }

// plainWords returns a text in lower case, with a single space for each run of characters that
// are neither letters nor digits. Apostrophes are removed without a space.
func plainWords(s string) string {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
	parts := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return strings.Join(strings.FieldsFunc(s, parts), " ")
}
