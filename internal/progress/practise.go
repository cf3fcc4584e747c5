package progress

import (
	"cmp"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// fewestRounds is how many rounds the first practice has. Each later one has one more, up to
// the number of turns of an exchange.
const fewestRounds = 2

// practiseKey returns the key of a situation in [Record.Practice].
func practiseKey(situation string) string { return "practise/" + situation }

// Rounds returns the stories of the next practice of a situation: first those in which the
// learner's line gave in last time, then new ones, in order. Each practice is a step harder.
func (b *Book) Rounds(situation string, stories []lesson.Scene) []lesson.Scene {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := cmp.Or(b.rec.Practice[practiseKey(situation)], &Practice{})
	var all []story
	for i, s := range stories {
		_, id, _ := strings.Cut(s.ID, "/")
		all = append(all, p.story(s, id, i))
	}
	return byUrgency(all)[:min(fewestRounds+len(p.Rounds), play.MostTurns, len(all))]
}

// PractiseDue returns which of the situations to practise next: one that was never
// practised, or else the one that was practised longest ago.
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

// keepPractise keeps whether the line that was just said held firm and, at the end, that a
// practice is done. It keeps neither what was typed nor the moves that were heard.
func (b *Book) keepPractise(run play.Run) {
	scene := run.Lesson().Scenes[0].ID
	situation, _, _ := strings.Cut(scene, "/")
	key, today := practiseKey(situation), b.today()
	round := len(cmp.Or(b.rec.Practice[key], &Practice{}).Rounds) + 1
	traces := run.Traces()
	if n := len(traces); n > 0 && traces[n-1].Turn == play.Say && !run.Missed() {
		_, story, _ := strings.Cut(traces[n-1].At, "/")
		a := Answer{At: story, Day: today, Round: round, Right: !slices.ContainsFunc(traces[n-1].Said, lesson.Weakens)}
		b.practised(key, Practice{Answers: []Answer{a}})
	}
	if run.Turn() == play.End {
		b.practised(key, Practice{Rounds: []Round{{Round: round, Day: today}}})
	}
}
