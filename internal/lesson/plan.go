package lesson

// PlanWords is the parts of which a plan to tell someone is made, from plan.toml.
// Ids are unique among all parts.
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
	Parent bool // The person is a parent. A plan can't name two, since home isn't safe for everyone.
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
