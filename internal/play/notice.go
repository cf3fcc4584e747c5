package play

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// negators turn a cue that follows within three words into no match: "not
// leaving" does not leave. A plain "no" is an answer, not a negation.
var negators = []string{"not", "never", "dont", "wont", "cant", "isnt", "aint", "didnt", "wouldnt"}

// Notice returns the names of the moves that a typed line makes, each once, in
// the order of the moves. Words are compared without case and accents, on word
// borders, one clause at a time; a negated cue is no match.
func Notice(line string, moves []lesson.Move) []string {
	var clauses [][]string
	for _, c := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(".,;:!?\n", r) }) {
		if words := strings.Fields(text.Fold(c)); len(words) > 0 {
			clauses = append(clauses, words)
		}
	}
	var found []string
	for _, m := range moves {
		if !slices.Contains(found, m.Name) && slices.ContainsFunc(m.Cues, func(cue string) bool { return heard(clauses, cue) }) {
			found = append(found, m.Name)
		}
	}
	return found
}

// heard reports whether some clause holds the cue's words in a row, unnegated.
func heard(clauses [][]string, cue string) bool {
	want := strings.Fields(text.Fold(cue))
	if len(want) == 0 {
		return false
	}
	for _, words := range clauses {
		for i := 0; i+len(want) <= len(words); i++ {
			if slices.Equal(words[i:i+len(want)], want) && !negated(words[max(0, i-3):i]) {
				return true
			}
		}
	}
	return false
}

func negated(before []string) bool {
	return slices.ContainsFunc(before, func(w string) bool { return slices.Contains(negators, w) })
}
