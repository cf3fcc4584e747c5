package check

import (
	"cmp"
	"path"
	"strings"

	"wayout/internal/lesson"
)

// The fewest stories of a deck of boosters: enough for one booster with four
// questions and one rehearsal, which takes two to three minutes.
const fewestAsking, fewestLines = 4, 1

// formStories is the number of stories in a form of before-after.md; the last two are
// questions on asking for help. Programmes change what people know more easily than what
// they would do, and change asking for help least (Jones 2023; see the README of the
// lessons). formForms is the number of forms.
const formStories, formForms = 6, 2

// Deck checks a deck of short stories against the rules that are about words, and
// checks its shape by the rule "practice".
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

// practiseShape checks the shape of practise.md: every round has a rehearsal that branches,
// and two model answers. All rounds of a title have the same situation, and those of
// refusing hold at least a dozen ways to push.
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

// fewestLevers is the smallest number of ways to push for the situation "refuse".
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

// parallel checks that two forms have the same number of answers in each story, so
// that guessing is right as often in one form as in the other.
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
