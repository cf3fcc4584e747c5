package check

import (
	"slices"
	"strings"
	"unicode"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// The limits on words. Grade 6 is a reading age of 11 to 12; GOV.UK writes for an age of
// 9, for adults too. Feedback that explains teaches, and a bare right or wrong does
// not (Van der Kleij 2015: .49 against .05); that it takes 15 to 60 words is our guess.
const (
	gradeLearner, gradeStaff    = 6.0, 9.0
	mostSentence                = 25
	leastFeedback, mostFeedback = 15, 60
)

// words checks for words of the explicit list, long sentences, feedback of the wrong
// length, and characters whose width differs between terminals.
func (f *finder) words() {
	for i, w := range folded(f.lex.Explicit) {
		for _, p := range f.holding(w) {
			f.add(p.pos, nil, "say only that someone asks for a picture, or a private picture",
				"the word %q doesn't belong in a lesson", f.lex.Explicit[i])
		}
	}
	f.stilted()
	longest, limit := mostSentence, gradeLearner
	switch second := f.l.Format() == 2; {
	case second && f.l.Role == "adult":
		longest, limit = mostSentence2, gradeStaff2
	case second:
		longest, limit = mostSentence2, gradeLearner2
	case f.l.Role == "adult":
		limit = gradeStaff
	}
	for _, p := range f.pieces() {
		if !text.Stable(p.text) {
			f.add(p.pos, nil, "use a character that's a single code point", "terminals disagree on how wide this is")
		}
		for _, s := range sentences(p.text) {
			if n := len(wordsOf(s)); n > longest && !p.staff && !f.spoken(p) {
				f.add(p.pos, nil, "split it in two", "this sentence has %d words; the limit is %d", n, longest)
			}
		}
	}
	if g := f.grade(); g > limit {
		f.add(lesson.Pos{Line: 1, Col: 1}, nil, "use shorter sentences and plainer words",
			"the reading grade is %.1f; the limit is %.0f", g, limit)
	}
	if f.l.Format() == 2 {
		return // In version 2 the rule "feedback" counts the words in every state.
	}
	for _, s := range f.l.Scenes {
		for _, b := range s.Told {
			if b.Kind == lesson.Feedback {
				f.feedbackLength(b)
			}
		}
	}
}

// The limits of version 2: chat and speech aren't graded, so only narration has to be
// plain.
const (
	gradeLearner2, gradeStaff2 = 8.0, 10.0
	mostSentence2              = 30
)

// spoken reports whether a text is someone's words, which aren't held to a grade.
func (f *finder) spoken(p piece) bool { return p.said && f.l.Format() == 2 }

// stilted reports phrases that nobody would say, with a better word.
func (f *finder) stilted() {
	if f.l.Format() < 2 {
		return
	}
	for _, s := range f.lex.Stilted {
		for _, p := range f.holding(fold(s.Phrase)) {
			switch {
			case p.said:
			case s.Ours:
				say, _, _ := strings.Cut(s.Say, ",")
				f.add(p.pos, nil, "say: "+s.Say, "lessons say %q, not %q", say, s.Phrase)
			default:
				f.add(p.pos, nil, "say: "+s.Say, "this sounds stiff: %q", s.Phrase)
			}
		}
	}
}

// feedbackLength checks the number of words of feedback: the lower limit without its
// conditional paragraphs, and the upper limit with all of them.
func (f *finder) feedbackLength(b lesson.Block) {
	var least, most int
	for _, p := range b.Text {
		n := len(wordsOf(p.String()))
		most += n
		if len(p.If) == 0 {
			least += n
		}
	}
	if least < leastFeedback {
		f.add(b.Pos, nil, "name the cue, the likely effect and the safer move",
			"this feedback has %d words; it needs at least %d", least, leastFeedback)
	}
	if most > mostFeedback {
		f.add(b.Pos, nil, "keep what matters most", "this feedback has %d words; the limit is %d", most, mostFeedback)
	}
}

// grade returns the Flesch-Kincaid grade of what a learner reads (Kincaid and
// others 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.
func (f *finder) grade() float64 {
	var words, syllables, ends int
	for _, p := range f.pieces() {
		if p.staff && f.l.Role != "adult" || f.spoken(p) {
			continue
		}
		for _, s := range sentences(p.text) {
			ws := wordsOf(s)
			if len(ws) == 0 {
				continue
			}
			ends++
			words += len(ws)
			for _, w := range ws {
				syllables += Syllables(w)
			}
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(ends) + 11.8*float64(syllables)/float64(words) - 15.59
}

// sentences splits a text at the ends of sentences.
func sentences(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".!?…:;\n", r) })
}

// wordsOf returns the words of a text: runs of letters, digits, apostrophes and
// inner hyphens.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r != '\'' && r != '-' && r != '’' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// Syllables estimates the syllables of an English word: groups of vowels, less
// a silent e. It is a rough estimate; no dictionary is used.
func Syllables(word string) int {
	w := strings.Trim(strings.ToLower(word), "'’-")
	isVowel := func(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
	n := 0
	for i := range len(w) {
		if isVowel(w[i]) && (i == 0 || !isVowel(w[i-1])) {
			n++
		}
	}
	ends := func(s string) bool { return strings.HasSuffix(w, s) }
	silent := ends("e") && !ends("le") || ends("ed") && !ends("ted") && !ends("ded") ||
		ends("es") && !slices.ContainsFunc([]string{"ses", "ches", "shes", "ges", "ces", "xes", "zes"}, ends)
	if silent && n > 1 {
		n--
	}
	has := func(s string) bool { return strings.Contains(w, s) }
	for _, split := range []string{"ia", "io", "eo", "ua"} {
		if has(split) && !slices.ContainsFunc([]string{"tio", "sio", "cia", "qua", "gua", "peo"}, has) {
			n++
			break
		}
	}
	return max(n, 1)
}
