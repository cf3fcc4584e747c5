package course

import (
	"errors"
	"fmt"
	"strings"

	"wayout/internal/firstaid"
)

// Pack is what a renderer needs of a course, already read: for a browser, where the libraries
// that read it would be too large. The lessons and the recogniser are sent separately.
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

// Forms are words by plural form, such as "one". Words that don't go with a number have only
// "other".
type Forms map[string]string

// Unpack returns the course that was packed. It has no files, so [Course.Lesson] finds none.
// The function plural returns the plural form of a number in the language, such as "one".
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

// packed is the [tables] of a [Pack].
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

// packedWords fills in the names in braces without the i18n library; it knows nothing else.
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
