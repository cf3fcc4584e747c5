package hear

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Words gives the kind of a word, as a path in a tree: words that are used in the same
// places of messages have the same path, and the longer the prefix that two paths share,
// the more alike their words are (Brown et al. 1992). So a word that no writer has used is
// still heard by its kind: "snitch" like "tell", "nawh" like "nah".
type Words map[string]string

// ReadWords reads a file of words: each line has a path and the words with that path.
// "#" begins a comment. The error names the line.
func ReadWords(src []byte) (Words, error) {
	w := make(Words)
	for i, line := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := w.decode(line); err != nil {
			return nil, fmt.Errorf("read the words: line %d: %w", i+1, err)
		}
	}
	return w, nil
}

func (w *Words) decode(line string) error {
	fields := strings.Fields(line)
	if len(fields) < 2 || strings.Trim(fields[0], "01") != "" {
		return fmt.Errorf("%q is no path and words", line)
	}
	if *w == nil {
		*w = make(Words)
	}
	for _, word := range fields[1:] {
		(*w)[word] = fields[0]
	}
	return nil
}

// encode writes the words, sorted by path.
func (w Words) encode() string {
	words := slices.SortedFunc(maps.Keys(w), func(a, b string) int {
		return cmp.Or(strings.Compare(w[a], w[b]), strings.Compare(a, b))
	})
	var b strings.Builder
	for i, word := range words {
		switch {
		case i > 0 && w[words[i-1]] == w[word]:
			b.WriteString(" " + word)
		case i > 0:
			b.WriteString("\n" + w[word] + " " + word)
		default:
			b.WriteString(w[word] + " " + word)
		}
	}
	if len(words) > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// kind returns the path of a word, or "?" for an unknown word.
func (w Words) kind(word string) string {
	if path, ok := w[word]; ok {
		return path
	}
	return "?"
}
