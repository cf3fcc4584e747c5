package alone

import (
	"slices"

	"wayout/internal/course"
	"wayout/internal/fineoff"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/view"
)

// Has gives the player what is played without a lesson, once that is loaded.
func (p *Player) Has(s *course.Short) { p.course.Take(s) }

// Practising is the data for the template of the list of situations.
type Practising struct{ Rows []Situation }

// Situation is a situation to practise. The first of a list is the one to practise next.
type Situation struct{ Name, Title string }

// Practising returns the situations that can be practised without a lesson.
func (p *Player) Practising() (Practising, error) {
	all, err := p.situations()
	if err != nil {
		return Practising{}, err
	}
	var out Practising
	var names []string
	for _, s := range all {
		names = append(names, s.Situation)
		out.Rows = append(out.Rows, Situation{s.Situation, s.Title})
	}
	due := p.Book.PractiseDue(names)
	for _, s := range out.Rows {
		if s.Name == due {
			s.Title = p.course.Words().T("practise.due", "Title", s.Title)
			out.Rows = append([]Situation{s}, out.Rows...)
			break
		}
	}
	return out, nil
}

// situations returns the situations that learners practise.
func (p *Player) situations() ([]course.Sparring, error) {
	all, err := p.course.Practise()
	return slices.DeleteFunc(slices.Clone(all), course.Sparring.ForAdults), err
}

// Practise begins the next rounds of a situation.
func (p *Player) Practise(situation string, seed uint64) error {
	all, err := p.situations()
	if err != nil {
		return err
	}
	here, _ := p.help.Find(p.country)
	for _, s := range all {
		if s.Situation == situation {
			rounds := p.Book.Rounds(s.Situation, s.Stories)
			p.Start(play.Start(p.course.Spar(s, rounds, here.Note), seed))
		}
	}
	return nil
}

// Booster begins the short stories that are due, or with the ID of a lesson those about it,
// because a learner without a record can't be told when they're due.
func (p *Player) Booster(id string, seed uint64) error {
	var stories []lesson.Scene
	if id == "" {
		var err error
		if stories, err = p.Book.Booster(p.boosted(), p.course.BoosterStories); err != nil {
			return err
		}
	} else {
		all, err := p.course.BoosterStories(id)
		if err != nil {
			return err
		}
		stories = p.Book.Stories([]progress.Source{{Lesson: id, Stories: all}})
	}
	if len(stories) > 0 {
		p.Start(play.Start(p.course.Booster(stories), seed))
	}
	return nil
}

// boosted returns the IDs of the lessons that have short stories for later.
func (p *Player) boosted() []string {
	var ids []string
	for _, id := range p.course.IDs() {
		if p.course.HasBooster(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// FineOrOff begins the next round of the game. All rounds use the first seed, so that no chat
// comes again too soon.
func (p *Player) FineOrOff(seed uint64) error {
	set, err := p.course.FineOrOff()
	if err != nil {
		return err
	}
	if p.dealt == 0 {
		p.dealer = seed
	}
	p.round = set.Deal(p.dealer, p.dealt)
	p.dealt++
	p.chat()
	return nil
}

// chat begins the present chat of the round.
func (p *Player) chat() { p.Start(play.Start(p.course.FineOrOffChat(p.round), p.dealer)) }

// gaming reports whether a round is being played, or has just ended.
func (p *Player) gaming() bool { return p.on && p.run.Lesson().Session == lesson.FineOrOff }

// onward counts the answer to a chat when the learner goes on, and begins the next chat.
func (p *Player) onward() {
	if !p.gaming() || p.round.Over() || p.run.Turn() != play.End {
		return
	}
	p.round = p.round.Answer(fineoff.Answer(p.run.Actions()[0].Pick))
	if !p.round.Over() {
		p.chat()
	}
}

// Round is what a page shows about a round of the game.
type Round struct {
	At    string   // Such as "3 of 8".
	Intro bool     // This is the first page of the round.
	Tally []string // At the end, how the chats were read.
}

// apart adapts the page of something that isn't a lesson: it has no debrief.
func (p *Player) apart(out *Page) {
	// No message can be marked: their authors haven't marked any warning signs, so the feedback
	// "there is none" would mislead.
	out.Printed, out.Alone.After, out.Alone.Marks = "", nil, nil
	out.Over = p.run.Turn() == play.End
	if out.Over && p.run.Lesson().Session == lesson.Practise {
		out.Again = string(lesson.Practise)
	}
	if !p.gaming() {
		return
	}
	r := Round{At: p.course.Words().T("fineoff.at", "At", p.round.At()+1, "Of", p.round.Len())}
	if r.Intro = p.round.At() == 0 && out.Begins; !r.Intro {
		out.Begins = false
	}
	if p.round.Over() {
		r.Tally = p.course.FineOrOffTally(p.round.Tally())
		out.Alone = view.Alone{Turn: view.End{}}
	}
	out.Alone.CanUndo = false
	if len(out.Alone.Told) > 0 {
		if _, ok := out.Alone.Told[0].(view.Intro); ok {
			out.Alone.Told = out.Alone.Told[1:]
		}
	}
	out.Round = &r
}
