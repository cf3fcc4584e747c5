package play

import "errors"

// Plan is what a learner means to do: "If … happens, I will tell … by …, and
// start with …" (teaching.md rule 12). It holds ids of plan.toml and nothing
// that was typed.
type Plan struct {
	When   string `json:"when"`   // What may happen.
	First  string `json:"first"`  // Whom to tell.
	Second string `json:"second"` // Whom to tell if the first one reacts badly.
	By     string `json:"by"`     // How.
	Start  string `json:"start"`  // The ready sentence to begin with, or "" for words of one's own.
}

// PlanWords is what a plan is made of, from plan.toml.
type PlanWords struct {
	When   []PlanPart
	People []PlanPart
	By     []PlanPart
	Start  []PlanPart
}

// PlanPart is one part that can be taken.
type PlanPart struct {
	ID     string
	Text   string
	Parent bool // Of a person: the one is not enough (teaching.md rule 14).
}

// Errors of a plan that is not whole.
var (
	ErrSamePerson  = errors.New("the two people are the same")
	ErrOnlyParents = errors.New("one of the two is no parent")
	ErrNoSuchPart  = errors.New("there is no such part")
)

// Seconds returns who can be the second person beside a first one: somebody
// else, and no parent where the first is one.
func (w PlanWords) Seconds(first string) []PlanPart {
	var all []PlanPart
	one, _ := part(w.People, first)
	for _, p := range w.People {
		if p.ID != first && (!one.Parent || !p.Parent) {
			all = append(all, p)
		}
	}
	return all
}

// Whole returns nil where every part of a plan is there, the two people differ,
// and one of them is no parent.
func (w PlanWords) Whole(p Plan) error {
	_, when := part(w.When, p.When)
	first, one := part(w.People, p.First)
	second, two := part(w.People, p.Second)
	_, by := part(w.By, p.By)
	_, start := part(w.Start, p.Start)
	switch {
	case !when || !one || !two || !by || !start && p.Start != "":
		return ErrNoSuchPart
	case p.First == p.Second:
		return ErrSamePerson
	case first.Parent && second.Parent:
		return ErrOnlyParents
	}
	return nil
}

// Text returns the words of a part, or "" where there is none of this id.
func (w PlanWords) Text(id string) string {
	for _, parts := range [][]PlanPart{w.When, w.People, w.By, w.Start} {
		if p, ok := part(parts, id); ok {
			return p.Text
		}
	}
	return ""
}

func part(parts []PlanPart, id string) (PlanPart, bool) {
	for _, p := range parts {
		if p.ID == id {
			return p, true
		}
	}
	return PlanPart{}, false
}
