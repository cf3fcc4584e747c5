package course

import (
	"errors"
	"slices"

	"wayout/internal/fineoff"
	"wayout/internal/lesson"
)

// Short is what is played without a lesson, read already, as a [Pack] is: a browser loads it
// once it's asked for.
type Short struct {
	Practise []Sparring
	Chats    []fineoff.Chat            // As [fineoff.Set.Chats] has them.
	Boosters map[string][]lesson.Scene // By the ID of a lesson.
}

// Shorts says what a course has of it.
type Shorts struct {
	Practise, FineOrOff bool
	Boosters            []string // The IDs of the lessons that have some.
}

// Short returns what is played without a lesson by learners, with the boosters of these
// lessons.
func (c *Course) Short(lessons []Entry) (*Short, error) {
	s := &Short{Boosters: make(map[string][]lesson.Scene)}
	all, err := c.Practise()
	if err != nil {
		return nil, err
	}
	s.Practise = slices.DeleteFunc(all, Sparring.ForAdults)
	if c.HasFineOrOff() {
		set, err := c.FineOrOff()
		if err != nil {
			return nil, err
		}
		s.Chats = set.Chats()
	}
	for _, e := range lessons {
		stories, err := c.BoosterStories(e.ID)
		if err != nil {
			return nil, err
		}
		if len(stories) > 0 {
			s.Boosters[e.ID] = stories
		}
	}
	return s, nil
}

// Has says what there is of it.
func (s *Short) Has() Shorts {
	h := Shorts{Practise: len(s.Practise) > 0, FineOrOff: len(s.Chats) > 0}
	for id := range s.Boosters {
		h.Boosters = append(h.Boosters, id)
	}
	slices.Sort(h.Boosters)
	return h
}

// decks is where the stories are read that are no lessons: the files of a course, or a [Short].
type decks interface {
	hasPractise() bool
	practise() ([]Sparring, error)
	hasFineOrOff() bool
	fineOrOff() (fineoff.Set, error)
	hasBooster(id string) bool
	boosters(id string) ([]lesson.Scene, error)
}

// files are decks as they are written.
type files struct{ *Course }

// Take has a course that was unpacked play what has come.
func (c *Course) Take(s *Short) {
	if p, ok := c.decks.(*loaded); ok {
		p.short, p.err = *s, nil
	}
}

// loaded is decks that were read already, and may still have to come.
type loaded struct {
	has   Shorts
	short Short
	err   error // [errNotCome] until then.
}

// errNotCome is returned while what is asked for isn't loaded.
var errNotCome = errors.New("what is played without a lesson hasn't come yet")

func (p *loaded) hasPractise() bool { return p.has.Practise }

func (p *loaded) hasFineOrOff() bool { return p.has.FineOrOff }

func (p *loaded) hasBooster(id string) bool { return slices.Contains(p.has.Boosters, id) }

func (p *loaded) practise() ([]Sparring, error) { return p.short.Practise, p.err }

func (p *loaded) fineOrOff() (fineoff.Set, error) { return fineoff.Of(p.short.Chats), p.err }

func (p *loaded) boosters(id string) ([]lesson.Scene, error) { return p.short.Boosters[id], p.err }
