package progress

import (
	"cmp"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Rounds of practice: two at first, one more each time, up to as many as an exchange has
// turns.
const fewestRounds = 2

// practiseKey is under which name of a record a situation is practised.
func practiseKey(situation string) string { return "practise/" + situation }

// Rounds returns the stories of the next practice of a situation: those first in which the
// line gave in last time, then new ones, in their order. It is a step harder each time.
func (b *Book) Rounds(situation string, stories []lesson.Scene) []lesson.Scene {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.rec.Practice[practiseKey(situation)]
	type story struct {
		lesson.Scene
		urgency urgency
		shown   Day
	}
	var all []story
	for _, s := range stories {
		_, id, _ := strings.Cut(s.ID, "/")
		x := story{Scene: s}
		x.urgency, x.shown = p.urgency(id)
		all = append(all, x)
	}
	slices.SortStableFunc(all, func(a, b story) int {
		return cmp.Or(cmp.Compare(a.urgency, b.urgency), cmp.Compare(a.shown, b.shown))
	})
	n := fewestRounds
	if p != nil {
		n += len(p.Rounds)
	}
	var rounds []lesson.Scene
	for _, s := range all[:min(n, play.MostTurns, len(all))] {
		rounds = append(rounds, s.Scene)
	}
	return rounds
}

// PractiseDue returns which of the situations to practise next: one that was never
// practised, or else the one that has waited longest.
func (b *Book) PractiseDue(situations []string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	best, waits := "", Day(0)
	for _, s := range situations {
		last := Day(0)
		if p := b.rec.Practice[practiseKey(s)]; p != nil {
			for _, r := range p.Rounds {
				last = max(last, r.Day)
			}
		}
		if best == "" || last < waits {
			best, waits = s, last
		}
	}
	return best
}

// keepPractise keeps whether the line that was just said held, and at the end that a
// practice is done. What was typed, and what it did, is no part of it.
func (b *Book) keepPractise(run play.Run) {
	scene := run.Lesson().Scenes[0].ID
	situation, _, _ := strings.Cut(scene, "/")
	key, today := practiseKey(situation), b.today()
	if b.rec.Practice == nil {
		b.rec.Practice = make(map[string]*Practice)
	}
	if b.rec.Practice[key] == nil {
		b.rec.Practice[key] = &Practice{}
	}
	round := len(b.rec.Practice[key].Rounds) + 1
	traces := run.Traces()
	if n := len(traces); n > 0 && traces[n-1].Turn == play.Say && !run.Missed() {
		_, story, _ := strings.Cut(traces[n-1].At, "/")
		a := Answer{At: story, Day: today, Round: round, Right: !slices.ContainsFunc(traces[n-1].Said, lesson.Weakens)}
		b.rec.Practice[key] = mergePractice(b.rec.Practice[key], &Practice{Answers: []Answer{a}})
	}
	if run.Turn() == play.End {
		b.rec.Practice[key] = mergePractice(b.rec.Practice[key], &Practice{Rounds: []Round{{Round: round, Day: today}}})
	}
}
