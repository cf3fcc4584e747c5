package course

import (
	"io/fs"
	"slices"

	"wayout/internal/lesson"
)

// HasPractise reports whether there are situations to practise without a lesson.
func (c *Course) HasPractise() bool { return c.decks.hasPractise() }

// Sparring is the practice for one situation, such as "refuse".
type Sparring struct {
	Situation string
	Title     string
	Stories   []lesson.Scene // The mildest lever first. Their ids begin with the situation.
}

// Practise returns the situations to practise, in the order of the file; the one for adults
// comes last. There are none if the language has no file for them.
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

// ForAdults reports whether the situation is for adults.
func (s Sparring) ForAdults() bool { return s.Situation == "listen" }

// PractiseNames returns the names of the situations that can be practised.
func (c *Course) PractiseNames() []string {
	all, _ := c.Practise()
	var names []string
	for _, s := range all {
		names = append(names, s.Situation)
	}
	return names
}

// Spar returns rounds of a situation as a lesson. When a learner leaves, blocks or says
// that someone else knows, no further round comes. Note says how the advice at the end differs
// in the learner's country, or is "".
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
