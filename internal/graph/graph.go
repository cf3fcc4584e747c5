package graph

import (
	"slices"

	"wayout/internal/lesson"
)

// Scene is one scene of a lesson.
type Scene struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Line    int      `json:"line"`           // Its line in the file.
	Alert   string   `json:"alert"`          // Of its feedback: "tip", "warning", "caution", "important", or "".
	Asks    string   `json:"asks,omitempty"` // "choices", "check", "rehearsal", or "" if it asks for nothing.
	Sets    []string `json:"sets,omitempty"` // The facts that a run remembers from here on.
	Ending  bool     `json:"ending"`
	Reached bool     `json:"reached"` // Ways lead here from the start.
	Ways    []Way    `json:"ways,omitempty"`
}

// Way is a way from one scene to another.
type Way struct {
	Words  string   `json:"words"`
	To     string   `json:"to"`               // The id of a scene.
	Kind   string   `json:"kind"`             // "choice", "continue", or "move" of a rehearsal.
	Rating string   `json:"rating,omitempty"` // The rating of a choice.
	If     []string `json:"if,omitempty"`     // Conditions, as in the file.
}

// Of returns the scenes of a lesson in the order of the file; the first is the start.
func Of(l *lesson.Lesson) []Scene {
	all := make([]Scene, len(l.Scenes))
	reached := l.Reached([]int{0}, -1)
	for i := range l.Scenes {
		s := &l.Scenes[i]
		n := Scene{ID: s.ID, Title: s.Title, Line: s.Pos.Line, Alert: alertNames[s.Alert()], Sets: sets(s),
			Ending:  s.Ending(),
			Reached: reached[i]}
		id := func(c *lesson.Choice) string { return l.Scenes[c.To].ID }
		switch {
		case s.Check != nil:
			n.Asks = "check"
		case s.Rehearsal != nil:
			n.Asks = "rehearsal"
			for _, m := range s.Rehearsal.Moves {
				if m.Onward != nil {
					n.Ways = append(n.Ways, Way{Words: m.String(), To: id(m.Onward), Kind: "move"})
				}
			}
		case len(s.Choices) > 0:
			n.Asks = "choices"
		}
		for k := range s.Choices {
			c := &s.Choices[k]
			n.Ways = append(n.Ways, Way{c.String(), id(c), "choice", c.Rating.String(), conditions(c.If)})
		}
		if s.Onward != nil {
			n.Ways = append(n.Ways, Way{Words: s.Onward.String(), To: id(s.Onward), Kind: "continue"})
		}
		all[i] = n
	}
	return all
}

// alertNames are the names of alerts in a lesson's file, in lower case.
var alertNames = map[lesson.Alert]string{lesson.Tip: "tip", lesson.Warning: "warning", lesson.Caution: "caution",
	lesson.Important: "important"}

// places returns the index of each scene, by id.
func places(scenes []Scene) map[string]int {
	at := make(map[string]int)
	for i, s := range scenes {
		at[s.ID] = i
	}
	return at
}

func conditions(all []lesson.Cond) []string {
	var words []string
	for _, c := range all {
		words = append(words, c.String())
	}
	return words
}

func sets(s *lesson.Scene) []string {
	var all []string
	for _, b := range s.Told {
		for _, p := range b.Text {
			for _, fact := range p.Sets {
				if !slices.Contains(all, fact) {
					all = append(all, fact)
				}
			}
		}
	}
	return all
}
