package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
)

// Lexicon is the words that the rules know, from the files of a language.
type Lexicon struct {
	Blame    []string // Phrases that put the blame on the young person.
	Explicit []string // Words that no lesson has.
	Brands   []string // Real names; one with a capital is matched as it stands.
	Reassure []string // Phrases that say whose fault it is not; {focus} is filled in.
	Signs    []string // The kinds of warning sign.
}

// ReadLexicon reads words.toml and signs.toml.
func ReadLexicon(words, signs []byte) (Lexicon, error) {
	var lex Lexicon
	if _, err := toml.Decode(string(words), &lex); err != nil {
		return lex, fmt.Errorf("read words.toml: %w", err)
	}
	kinds := make(map[string]any)
	if _, err := toml.Decode(string(signs), &kinds); err != nil {
		return lex, fmt.Errorf("read signs.toml: %w", err)
	}
	lex.Signs = slices.Sorted(maps.Keys(kinds))
	return lex, nil
}
