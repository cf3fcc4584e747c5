package course

import (
	"errors"
	"fmt"
	"strings"

	"wayout/internal/firstaid"
)

// Pack is what a renderer asks of a course, read already: for a browser, where there is no
// room for the libraries that read it. The lessons themselves, and what hears, come apart.
type Pack struct {
	Lang    string
	Lessons []Entry
	About   []string // The situation of each lesson, "" for none.
	Words   map[string]Forms
	Signs   map[string]sign
	Moves   map[string]move
	Room    RoomWords
	Six     SixMoves
	Guide   *firstaid.Guide
	Has     Shorts
}

// Forms are words by the form of the plural that they are for: only "other" where they stand
// beside no number.
type Forms map[string]string

// Unpack returns the course that was packed. It has no files: [Course.Lesson] finds none.
// Plural returns the form of the plural of a number in the language, such as "one".
func (p *Pack) Unpack(plural func(count any) string) *Course {
	c := &Course{Lang: p.Lang, Lessons: p.Lessons, tables: packed{p}, signs: p.Signs, moves: p.Moves,
		decks: &loaded{has: p.Has, err: errNotCome}}
	for i, about := range p.About {
		id := p.Lessons[i].ID
		if n := len(c.plan.Situations); n > 0 && c.plan.Situations[n-1].Title == about {
			c.plan.Situations[n-1].Lessons = append(c.plan.Situations[n-1].Lessons, id)
		} else if about != "" {
			c.plan.Situations = append(c.plan.Situations, situation{Title: about, Lessons: []string{id}})
		}
	}
	c.words = &Words{in: packedWords{p.Words, plural}}
	return c
}

// packed is tables that were read already.
type packed struct{ *Pack }

func (p packed) read(name string, into any) error {
	switch into := into.(type) {
	case *SixMoves:
		*into = p.Six
	case *RoomWords:
		*into = p.Room
	default:
		return fmt.Errorf("%s isn't packed", name)
	}
	return nil
}

func (p packed) guide() (*firstaid.Guide, error) { return p.Guide, nil }

// packedWords fills in words without the library for it: names in braces, and nothing else.
type packedWords struct {
	words  map[string]Forms
	plural func(count any) string
}

var errNoWords = errors.New("no words")

func (w packedWords) localize(id string, data map[string]any, count any) (string, error) {
	forms, ok := w.words[id]
	if !ok {
		return "", errNoWords
	}
	form := "other"
	if count != nil {
		form = w.plural(count)
	}
	said, ok := forms[form]
	if !ok {
		return "", errNoWords // As the library has it.
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(said, "{{.")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, after, _ := strings.Cut(rest, "}}")
		if v, ok := data[name]; ok {
			fmt.Fprint(&b, v)
		} else {
			b.WriteString("<no value>") // As the library has it: a test sees it.
		}
		said = after
	}
}
