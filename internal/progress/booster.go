package progress

import (
	"cmp"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// boosterDays are when a booster falls due, in days after a lesson was first
// played to its end. What a game has taught is half gone in two weeks without
// one (Maertens 2025), so that no gap of the first month is longer. Growing and even
// gaps do equally well (Latimier 2021); the days themselves are our choice.
var boosterDays = []int{2, 7, 14, 30, 90}

// boosterEvery is how many days lie between the boosters after those: twice a year, since
// yearly ones kept an effect that a single lesson lost.
const boosterEvery = 183

// boosterRound returns which booster is the last to have fallen due so many days after the
// lesson, from 1, or 0.
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

// Stories of one booster: four short ones and one line to type, which is two to
// three minutes.
const (
	boosterChecks = 4
	boosterLines  = 1
)

// settle gives a lesson whose days can't have been, since the clock was wrong,
// a first day that can. Called with the lock held, or before there is anybody
// else.
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

// due returns the booster of a lesson that is due, from 1, or 0. A booster that
// was missed is stood in for by the next.
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

// Source is the stories that the boosters of a lesson are made of.
type Source struct {
	Lesson  string
	Stories []lesson.Scene
}

// urgency orders the stories of a booster: what went wrong last time, what is
// new, what went right some time ago, what went right the last time.
type urgency uint8

const (
	failed urgency = iota
	unseen
	rested
	fresh
)

// Stories puts the stories of a booster together: what failed last time first,
// what went right only every second time, the lessons in turn, a line to type at
// the end. Each gets the id "lesson/story". Sources are those of the lessons that
// are due.
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

// story is one that can be told, with what its practice says of it.
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

// byUrgency returns stories, those that want to be shown most first.
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

// urgency returns how much a story wants to be shown, and when it was last.
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

// keepBooster keeps the answer that was the run's last move, and at the end of
// the run that the boosters which were due are done.
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

// practised adds to what was practised of a lesson or a situation.
func (b *Book) practised(id string, more Practice) {
	b.rec = union(b.rec, Record{Practice: map[string]*Practice{id: &more}})
}
