package course

import (
	"io/fs"
	"slices"

	"wayout/internal/lesson"
)

// HasPractise reports whether there is something to practise without a story.
func (c *Course) HasPractise() bool { return c.decks.hasPractise() }

// Sparring is what is practised in one situation, such as "refuse".
type Sparring struct {
	Situation string
	Title     string
	Stories   []lesson.Scene // From the mildest lever on. Their ids begin with the situation.
}

// Practise returns what is practised, by situation, in the order of the file; that for
// adults comes last. None where the language has none.
func (c *Course) Practise() ([]Sparring, error) { return c.decks.practise() }

func (f files) hasPractise() bool {
	_, err := fs.Stat(f.shipped, lesson.PractiseFile)
	return err == nil
}

func (f files) practise() ([]Sparring, error) {
	deck, err := f.deck(f.shipped, lesson.PractiseFile)
	if deck == nil {
		return nil, err
	}
	var all []Sparring
	for _, f := range deck.Forms {
		s := Sparring{Title: f.Title, Situation: f.Items[0].Rehearsal.Situation, Stories: slices.Clone(f.Items)}
		for i := range s.Stories {
			s.Stories[i].ID = s.Situation + "/" + s.Stories[i].ID
		}
		all = append(all, s)
	}
	return all, nil
}

// ForAdults reports whether a situation is one that adults practise.
func (s Sparring) ForAdults() bool { return s.Situation == "listen" }

// PractiseNames are the situations that can be practised, as they are named.
func (c *Course) PractiseNames() []string {
	all, _ := c.Practise()
	var names []string
	for _, s := range all {
		names = append(names, s.Situation)
	}
	return names
}

// Spar returns rounds of a situation as a lesson. A learner who leaves, blocks or
// says that someone else knows is out: no round comes after that. Note is what differs in the
// learner's country from the advice at the end, or "".
func (c *Course) Spar(s Sparring, rounds []lesson.Scene, note string) *lesson.Lesson {
	head := lesson.Head{Title: s.Title, Goal: c.words.T("practise.goal"), Note: c.words.T("practise.note")}
	end := c.words.T("practise.end")
	if s.ForAdults() {
		head.Role, end = "adult", c.words.T("practise.endadult")
	} else if note != "" {
		end += " " + note
	}
	l := c.chain(lesson.Practise, rounds, head, end)
	for i := range l.Scenes {
		r := l.Scenes[i].Rehearsal
		if r == nil || s.Situation != "refuse" {
			continue
		}
		out := *r
		out.Moves = slices.Clone(r.Moves)
		for k := range out.Moves {
			if slices.Contains([]string{"leave", "block", "tell"}, out.Moves[k].Name) {
				out.Moves[k].Onward = &lesson.Choice{Text: l.Scenes[i].Onward.Text, To: len(l.Scenes) - 1, Pos: r.Pos}
			}
		}
		l.Scenes[i].Rehearsal = &out
	}
	return l
}
