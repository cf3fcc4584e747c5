package play

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// negators turn a cue that follows within three words into no match: "not
// leaving" does not leave. A plain "no" is an answer, not a negation.
var negators = []string{"not", "never", "dont", "wont", "cant", "isnt", "aint", "didnt", "wouldnt"}

// slipLetters is from how many letters on a word of a cue may be mistyped by one
// letter. Shorter words are too near to each other: "bye" and "by".
const slipLetters = 5

// Notice returns the names of the moves that a typed line makes, each once, in
// the order of the moves. Words are compared without case and accents, on word
// borders, one clause at a time; a negated cue is no match, nor is one inside a
// phrase that the move excepts ("no problem"). A letter too many, too few, wrong
// or out of place is forgiven in words of five letters and more, and letters
// that are drawn out count once ("noooo").
func Notice(line string, moves []lesson.Move) []string {
	var clauses [][]string
	for _, c := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(".,;:!?\n", r) }) {
		if words := strings.Fields(text.Fold(c)); len(words) > 0 {
			for i, w := range words {
				words[i] = shortened(w)
			}
			clauses = append(clauses, words)
		}
	}
	var found []string
	for _, m := range moves {
		if !slices.Contains(found, m.Name) && slices.ContainsFunc(clauses, func(words []string) bool {
			return heard(words, m)
		}) {
			found = append(found, m.Name)
		}
	}
	return found
}

// heard reports whether a clause holds a cue of a move, its words in a row,
// unnegated, and not as a part of something else.
func heard(words []string, m lesson.Move) bool {
	excepted := make([]bool, len(words))
	for _, phrase := range m.But {
		for _, at := range places(words, phrase) {
			for i := range strings.Fields(text.Fold(phrase)) {
				excepted[at+i] = true
			}
		}
	}
	for _, cue := range m.Cues {
		for _, at := range places(words, cue) {
			if !excepted[at] && !negated(words[max(0, at-3):at]) {
				return true
			}
		}
	}
	return false
}

// places returns where the words of a phrase stand in a row.
func places(words []string, phrase string) []int {
	want := strings.Fields(text.Fold(phrase))
	var at []int
	for i := 0; len(want) > 0 && i+len(want) <= len(words); i++ {
		if slices.EqualFunc(words[i:i+len(want)], want, alike) {
			at = append(at, i)
		}
	}
	return at
}

func negated(before []string) bool {
	return slices.ContainsFunc(before, func(w string) bool { return slices.Contains(negators, w) })
}

// shortened draws three and more equal letters together to one, as in "noooo".
func shortened(w string) string {
	var b strings.Builder
	rs := []rune(w)
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		n := j - i
		if n > 2 {
			n = 1
		}
		for range n {
			b.WriteRune(rs[i])
		}
		i = j
	}
	return b.String()
}

// alike reports whether a typed word is the wanted one, or a slip of it: one
// letter added, left out, changed, or swapped with its neighbour (Damerau 1964).
func alike(typed, want string) bool {
	if typed == want {
		return true
	}
	if utf8.RuneCountInString(want) < slipLetters {
		return false
	}
	a, b := []rune(typed), []rune(want)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
