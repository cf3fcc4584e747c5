package course

import (
	"errors"
	"slices"

	"wayout/internal/fineoff"
	"wayout/internal/lesson"
)

// Short is what can be played without a lesson, already read, as a [Pack] is. A browser loads it
// when it is first needed.
type Short struct {
	Practise []Sparring
	Chats    []fineoff.Chat            // As [fineoff.Set.Chats] has them.
	Boosters map[string][]lesson.Scene // By the ID of a lesson.
}

// Shorts says which parts of a [Short] a course has.
type Shorts struct {
	Practise, FineOrOff bool
	Boosters            []string // The IDs of the lessons that have some.
}

// Short returns what learners can play without a lesson, with the boosters of these lessons.
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

// Has says which parts there are.
func (s *Short) Has() Shorts {
	h := Shorts{Practise: len(s.Practise) > 0, FineOrOff: len(s.Chats) > 0}
	for id := range s.Boosters {
		h.Boosters = append(h.Boosters, id)
	}
	slices.Sort(h.Boosters)
	return h
}

// decks is where short stories are read: the files of a course, or a [Short].
type decks interface {
	hasPractise() bool
	practise() ([]Sparring, error)
	hasFineOrOff() bool
	fineOrOff() (fineoff.Set, error)
	hasBooster(id string) bool
	boosters(id string) ([]lesson.Scene, error)
}

// files reads decks from the files of a course.
type files struct{ *Course }

// Take gives an unpacked course the short stories that were loaded.
func (c *Course) Take(s *Short) {
	if p, ok := c.decks.(*loaded); ok {
		p.short, p.err = *s, nil
	}
}

// loaded is decks from a [Short], which may not have been loaded yet.
type loaded struct {
	has   Shorts
	short Short
	err   error // [errNotCome] until the stories are loaded.
}

// errNotCome is returned while the stories aren't loaded.
var errNotCome = errors.New("what is played without a lesson hasn't come yet")

func (p *loaded) hasPractise() bool { return p.has.Practise }

func (p *loaded) hasFineOrOff() bool { return p.has.FineOrOff }

func (p *loaded) hasBooster(id string) bool { return slices.Contains(p.has.Boosters, id) }

func (p *loaded) practise() ([]Sparring, error) { return p.short.Practise, p.err }

func (p *loaded) fineOrOff() (fineoff.Set, error) { return fineoff.Of(p.short.Chats), p.err }

func (p *loaded) boosters(id string) ([]lesson.Scene, error) { return p.short.Boosters[id], p.err }
