package check

import (
	"cmp"
	"path"
	"strings"

	"wayout/internal/lesson"
)

// The fewest stories of a deck of boosters: enough for one that asks four times
// and has one line to type, which takes two to three minutes.
const fewestAsking, fewestLines = 4, 1

// The stories of a form of before-after.md, and how many of them, at the end,
// are on asking for help: what people know goes up more easily than what they would
// do, and asking for help is what programmes move least (Jones 2023; see the README of
// the lessons).
const formStories, formForms = 6, 2

// Deck holds a deck of short stories to the rules that are about words, and to
// its shape, which is the rule "practice".
func Deck(d *lesson.Deck, lex Lexicon) []lesson.Diagnostic {
	var found []lesson.Diagnostic
	form, practise := path.Base(d.File) == "before-after.md", path.Base(d.File) == lesson.PractiseFile
	for _, part := range d.Forms {
		l := lesson.Chain(lesson.Head{Title: part.Title, File: d.File}, lesson.Booster, part.Items, "",
			lesson.Scene{Pos: part.Pos})
		f := &finder{l: l, lex: lex}
		for _, r := range []struct {
			name string
			run  func()
		}{{"no-blame", f.blame}, {"brand", f.brand}, {"words", f.words}, {"giveaway", f.giveaway}} {
			f.rule = r.name
			r.run()
		}
		f.rule = "reply"
		f.deckReply(part)
		f.rule = "danger"
		f.deckDanger(part)
		f.rule = "practice"
		switch {
		case form:
			f.formShape(part)
		case practise:
			f.practiseShape(part)
		default:
			f.boosterShape(part)
		}
		found = append(found, f.found...)
	}
	f := &finder{l: &lesson.Lesson{Head: lesson.Head{File: d.File}}, rule: "practice"}
	switch {
	case form && len(d.Forms) != formForms:
		f.add(d.Forms[0].Pos, nil, "write # Form A and # Form B", "this has %d forms; it needs %d", len(d.Forms),
			formForms)
	case !form && !practise && len(d.Forms) != 1:
		f.add(d.Forms[1].Pos, nil, "put all stories under one title", "boosters go under one title, and this has %d",
			len(d.Forms))
	case form:
		f.parallel(d)
	}
	found = append(found, f.found...)
	lesson.SortDiagnostics(found)
	return found
}

func (f *finder) boosterShape(part lesson.Form) {
	asking, lines := 0, 0
	for _, s := range part.Items {
		if s.Check != nil {
			asking++
		} else {
			lines++
			f.moves(s.Rehearsal)
			f.deckExchange(s.Rehearsal)
		}
	}
	if asking < fewestAsking {
		f.add(part.Pos, nil, "write more of them", "%d stories ask a question; at least %d have to", asking,
			fewestAsking)
	}
	if lines < fewestLines {
		f.add(part.Pos, nil, "end a story with a line to type: > **Kai:** ________", "no story has a line to type")
	}
}

// practiseShape holds what is practised without a story to its shape: every round has a
// line that is answered, and two lines that it could have been. All of one title are of
// one situation, and someone who refuses meets a dozen levers.
func (f *finder) practiseShape(part lesson.Form) {
	situation := ""
	for _, s := range part.Items {
		r := s.Rehearsal
		if r == nil || !r.Branches() || r.Situation == "" {
			f.add(s.Pos, nil, "end it with a line to type, and what the others answer to each move",
				"nobody answers in the round %q", s.Title)
			continue
		}
		f.moves(r)
		f.deckExchange(r)
		if len(r.Models) != 2 {
			f.add(r.Pos, nil, "write two", "there should be 2 model answers, not %d", len(r.Models))
		}
		if situation = cmp.Or(situation, r.Situation); r.Situation != situation {
			f.add(r.Pos, nil, "put it under a title of its own", "%q belongs to the situation %s, and the others to %s",
				s.Title,
				r.Situation, situation)
		}
	}
	if situation == "refuse" && len(part.Items) < fewestLevers {
		f.add(part.Pos, nil, "write more of them", "this has %d levers; it needs at least %d", len(part.Items),
			fewestLevers)
	}
}

// fewestLevers is how many ways to push there are at least.
const fewestLevers = 12

func (f *finder) formShape(part lesson.Form) {
	if n := len(part.Items); n != formStories {
		f.add(part.Pos, nil, "write four stories and two questions on asking for help",
			"this form has %d stories; it needs %d", n,
			formStories)
	}
	for _, s := range part.Items {
		if s.Check == nil {
			f.add(s.Pos, nil, "ask with a task list", "the story %q asks nothing that can be compared", s.Title)
		}
	}
}

// parallel holds two forms to as many answers a story: a guess is then as often
// right in the one as in the other.
func (f *finder) parallel(d *lesson.Deck) {
	a, b := d.Forms[0].Items, d.Forms[1].Items
	for i := 0; i < min(len(a), len(b)); i++ {
		if a[i].Check != nil && b[i].Check != nil && len(a[i].Check.Options) != len(b[i].Check.Options) {
			f.add(b[i].Pos, nil, "give both the same number of answers",
				"the story that matches it, %q, has %d answers, and this one has %d",
				strings.TrimSpace(a[i].Title), len(a[i].Check.Options), len(b[i].Check.Options))
		}
	}
}
