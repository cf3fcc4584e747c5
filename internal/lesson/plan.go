package lesson

// PlanWords is what a plan to tell someone is made of, from plan.toml. An id
// stands for one part of all.
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
	Parent bool // Of a person; one of the two in a plan is none, since home isn't safe for everyone.
}

// Part returns the part with this id.
func (w PlanWords) Part(id string) (PlanPart, bool) {
	for _, parts := range [][]PlanPart{w.When, w.People, w.By, w.Start} {
		for _, p := range parts {
			if p.ID == id {
				return p, true
			}
		}
	}
	return PlanPart{}, false
}
