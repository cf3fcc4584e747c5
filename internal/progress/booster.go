package progress

import (
	"cmp"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// boosterDays are when a booster falls due, in days after a lesson was first
// played to its end. What a game has taught is half gone in two weeks without a
// booster (Maertens 2025), so no gap in the first month is longer than that. Growing and
// even gaps do equally well (Latimier 2021); the days themselves are our choice.
var boosterDays = []int{2, 7, 14, 30, 90}

// boosterEvery is how many days lie between later boosters: twice a year, since yearly
// boosters kept an effect that a single lesson lost.
const boosterEvery = 183

// boosterRound returns the number of the last booster that has fallen due this many days after
// the lesson, counted from 1, or 0 for none.
func boosterRound(days int) int {
	round := 0
	for round < len(boosterDays) && days >= boosterDays[round] {
		round++
	}
	if last := len(boosterDays); round == last {
		round += (days - boosterDays[last-1]) / boosterEvery
	}
	return round
}

// The stories of one booster: four with a question and one with a line to type, which
// take two to three minutes.
const (
	boosterChecks = 4
	boosterLines  = 1
)

// settle adds today to a lesson whose days are all impossible because the clock was
// wrong, so that its boosters can be counted from today. The lock must be held, unless
// the book isn't shared yet.
func (b *Book) settle(today Day) {
	for _, l := range b.rec.Lessons {
		if len(l.Done) > 0 && !slices.ContainsFunc(l.Done, func(d Day) bool {
			return d.trusted(today)
		}) && today.trusted(today) {
			l.Done = set(l.Done, []Day{today})
			b.changes++
		}
	}
}

// due returns the number of the booster of a lesson that is due, counted from 1, or 0.
// The next booster replaces one that was missed.
func (r Record) due(id string, today Day) int {
	l := r.Lessons[id]
	if l == nil {
		return 0
	}
	i := slices.IndexFunc(l.Done, func(d Day) bool { return d.trusted(today) })
	if i < 0 {
		return 0
	}
	first := l.Done[i]
	round := boosterRound(int(today - first))
	done := func(d Round) bool { return d.Round == round && d.Day >= first && d.Day.trusted(today) }
	if p := r.Practice[id]; p != nil && slices.ContainsFunc(p.Rounds, done) {
		return 0
	}
	return round
}

// Due returns those of the lessons whose booster is due today.
func (b *Book) Due(ids []string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	today := b.today()
	b.settle(today)
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return b.rec.due(id, today) == 0 })
}

// Source is a lesson with the stories that its boosters are made of.
type Source struct {
	Lesson  string
	Stories []lesson.Scene
}

// urgency orders the stories of a booster: answered wrongly last time, new, answered
// rightly some time ago, answered rightly in the last booster.
type urgency uint8

const (
	failed urgency = iota
	unseen
	rested
	fresh
)

// Stories chooses the stories of a booster from the lessons that are due: stories that
// were answered wrongly last time come first, those answered rightly only every second
// time, the lessons take turns, and a line to type is last. Each story gets the id
// "lesson/story".
func (b *Book) Stories(sources []Source) []lesson.Scene {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []story
	for _, src := range sources {
		practice := cmp.Or(b.rec.Practice[src.Lesson], &Practice{})
		for i, s := range src.Stories {
			x := practice.story(s, s.ID, i)
			x.ID = src.Lesson + "/" + s.ID
			all = append(all, x)
		}
	}
	var checks, lines []lesson.Scene
	for _, s := range byUrgency(all) {
		switch {
		case s.Check != nil && len(checks) < boosterChecks:
			checks = append(checks, s)
		case s.Rehearsal != nil && len(lines) < boosterLines:
			lines = append(lines, s)
		}
	}
	return append(checks, lines...)
}

// story is a story of a booster, with how it was answered before.
type story struct {
	lesson.Scene
	urgency urgency
	shown   Day
	turn    int // Place among the stories of its lesson: lessons take turns.
}

func (p *Practice) story(s lesson.Scene, id string, turn int) story {
	x := story{Scene: s, turn: turn}
	x.urgency, x.shown = p.urgency(id)
	return x
}

// byUrgency returns the scenes of stories, the most urgent first.
func byUrgency(all []story) []lesson.Scene {
	slices.SortStableFunc(all, func(a, b story) int {
		return cmp.Or(cmp.Compare(a.urgency, b.urgency), cmp.Compare(a.shown, b.shown), cmp.Compare(a.turn, b.turn))
	})
	var scenes []lesson.Scene
	for _, s := range all {
		scenes = append(scenes, s.Scene)
	}
	return scenes
}

// urgency returns how urgent a story is, and the day it was last answered.
func (p *Practice) urgency(story string) (urgency, Day) {
	var last Answer
	latest := 0
	for _, a := range p.Answers {
		latest = max(latest, a.Round)
		if a.At == story && (a.Round > last.Round || a.Round == last.Round && a.Day >= last.Day) {
			last = a
		}
	}
	switch {
	case last.At == "":
		return unseen, 0
	case !last.Right:
		return failed, last.Day
	case last.Round == latest:
		return fresh, last.Day
	}
	return rested, last.Day
}

// keepBooster keeps the answer of the run's last move and, at the end of the run, notes
// that the boosters that were due are done.
func (b *Book) keepBooster(run play.Run) {
	today := b.today()
	if a, ok := b.answer(run); ok {
		id, story, _ := strings.Cut(a.At, "/")
		a.At, a.Round = story, b.rec.due(id, today)
		b.practised(id, Practice{Answers: []Answer{a}})
	}
	if run.Turn() != play.End {
		return
	}
	for _, s := range run.Lesson().Scenes {
		id, _, ok := strings.Cut(s.ID, "/")
		round := b.rec.due(id, today)
		if !ok || round == 0 {
			continue
		}
		var done []Round
		for k := range round {
			done = append(done, Round{Round: k + 1, Day: today})
		}
		b.practised(id, Practice{Rounds: done})
	}
}

// practised adds to the practice of a lesson or a situation.
func (b *Book) practised(id string, more Practice) {
	b.rec = union(b.rec, Record{Practice: map[string]*Practice{id: &more}})
}
