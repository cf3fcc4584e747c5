package play

import (
	"maps"
	"slices"

	"wayout/internal/exchange"
	"wayout/internal/lesson"
)

// Routes says which answer of a rehearsal a line gets, by the rules of [exchange.Rehearsal].
type Routes = exchange.Rehearsal

// NewRoutes returns the routes of a scene's rehearsal. The scene must have one.
func NewRoutes(l *lesson.Lesson, s *lesson.Scene) Routes {
	r := s.Rehearsal
	w := Routes{In: SituationOf(l, r), Tells: r.Situation == "tell", Friend: l.Role == "bystander", People: people(l)}
	var gives []int // Scenes that doing what was asked for leads to, but skipping the line doesn't.
	for _, m := range r.Moves {
		if slices.Contains(exchange.Acts, m.Name) && m.Onward != nil &&
			(s.Onward == nil || m.Onward.To != s.Onward.To) {
			gives = append(gives, m.Onward.To)
		}
	}
	for i := range r.Moves {
		m := &r.Moves[i]
		happens := slices.Contains(exchange.Acts, m.Name) || Sends(m.Reaction, r.Who) ||
			slices.ContainsFunc(r.Moves, func(o lesson.Move) bool {
				return slices.Contains(exchange.Acts, o.Name) && one(m, &o)
			})
		if m.Onward != nil {
			happens = happens || m.Onward.Rating == lesson.Harmful
			for _, to := range passed(l, m.Onward.To) {
				happens = happens || slices.Contains(gives, to) || Sends(l.Scenes[to].Told, r.Who)
			}
		}
		w.Items = append(w.Items, exchange.Item{Move: m.Name, Weak: m.Weak, Fulfils: happens, Cues: m.Cues})
	}
	for i := range r.Models {
		w.Models = append(w.Models, r.Models[i].String())
	}
	if at := modelMove(r); at >= 0 {
		w.Model = r.Moves[at].Name
	}
	return w
}

// one reports whether two moves are in the same list item, so that they get the same answer.
func one(a, b *lesson.Move) bool {
	return a.Onward != nil && a.Onward == b.Onward ||
		len(a.Reaction) > 0 && len(b.Reaction) > 0 && &a.Reaction[0] == &b.Reaction[0]
}

// passed returns a scene and those that follow it by continue links until something is asked.
func passed(l *lesson.Lesson, from int) []int {
	all := []int{from}
	for s := &l.Scenes[from]; s.Onward != nil && s.Check == nil && s.Rehearsal == nil; s = &l.Scenes[s.Onward.To] {
		if slices.Contains(all, s.Onward.To) {
			break
		}
		all = append(all, s.Onward.To)
	}
	return all
}

// Sends reports whether someone sends an event, such as a photo, before they write a message.
func Sends(blocks []lesson.Block, who string) bool {
	for _, b := range blocks {
		switch {
		case b.Kind == lesson.Feedback, b.Kind == lesson.Message && b.Event == "" && b.Who == who:
			return false // What follows isn't part of the same answer.
		case b.Event != "" && b.Who == who:
			return true
		}
	}
	return false
}

// people returns the names of the people who speak or are helped in a lesson, sorted.
func people(l *lesson.Lesson) []string {
	met := map[string]bool{l.Focus: true}
	note := func(blocks []lesson.Block) {
		for _, b := range blocks {
			met[b.Who] = true
		}
	}
	for i := range l.Scenes {
		s := &l.Scenes[i]
		note(s.Told)
		if s.Rehearsal == nil {
			continue
		}
		met[s.Rehearsal.Who] = true
		for _, m := range s.Rehearsal.Moves {
			note(m.Reaction)
		}
	}
	delete(met, "")
	return slices.Sorted(maps.Keys(met))
}
