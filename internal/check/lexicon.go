package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
)

// Lexicon is the words that the rules use, from the files of a language.
type Lexicon struct {
	Blame      []string  // Phrases that put the blame on the young person.
	Explicit   []string  // Words that no lesson may have.
	Brands     []string  // Real names; one with a capital is matched with its case.
	Reassure   []string  // Phrases that say whose fault it is not; {focus} is filled in.
	Threats    []string  // Words of a threat, for messages without a sign that marks it.
	Danger     []string  // Words of someone who may hurt themselves.
	Activities []string  // What no facilitator's note may ask of a class.
	Spoilers   []string  // Words that name the trick or the remedy, for the rule spoiler.
	Stilted    []Stilted // Phrases that nobody would say.
	Signs      []string  // The kinds of warning sign.
	SixMoves   []string  // The one wording against blackmail; see six-moves.toml.
}

// Stilted is a phrase that nobody would say, and what to say instead. Ours marks a phrase that
// isn't wrong, but for which lessons always use the other word.
type Stilted struct {
	Phrase, Say string
	Ours        bool
}

// ReadLexicon reads words.toml, signs.toml and six-moves.toml.
func ReadLexicon(words, signs, six []byte) (Lexicon, error) {
	var lex Lexicon
	if _, err := toml.Decode(string(words), &lex); err != nil {
		return lex, fmt.Errorf("read words.toml: %w", err)
	}
	kinds := make(map[string]any)
	if _, err := toml.Decode(string(signs), &kinds); err != nil {
		return lex, fmt.Errorf("read signs.toml: %w", err)
	}
	var moves struct{ Moves []string }
	if _, err := toml.Decode(string(six), &moves); err != nil {
		return lex, fmt.Errorf("read six-moves.toml: %w", err)
	}
	lex.SixMoves = moves.Moves
	lex.Signs = slices.Sorted(maps.Keys(kinds))
	return lex, nil
}
