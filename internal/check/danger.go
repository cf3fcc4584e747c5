package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// danger checks that a lesson in which someone may hurt themselves announces it in
// its content note, and names the emergency number or a crisis line in its scenes, so
// that nobody meets such a line unprepared or without help.
func (f *finder) danger() {
	var first *piece
	named := false
	words, note := folded(f.lex.Danger), fold(f.l.Note)
	for _, p := range f.pieces() {
		if p.staff || p.text == f.l.Note {
			continue
		}
		named = named || namesHelp(p.folded)
		if first == nil && contains(p.folded, words) {
			first = &p
		}
	}
	f.laughs()
	f.helpFirst()
	if first == nil {
		return
	}
	if !contains(note, words) {
		f.add(first.pos, nil, "say in the note that someone talks about hurting themselves",
			"someone may hurt themselves, and the note at the top doesn't mention it")
	}
	if !named {
		f.add(first.pos, nil, "name the emergency number or a crisis line where help comes",
			"someone may hurt themselves, and no crisis line or emergency number is named")
	}
}

// namesHelp reports whether folded words name a line that helps at once.
func namesHelp(words string) bool {
	return strings.Contains(words, " emergency number ") || strings.Contains(words, " crisis line ")
}

// helpFirst checks that a move for a line that speaks of danger leads to a scene that names
// the emergency number or a crisis line. Without such a move the program shows help itself.
func (f *finder) helpFirst() {
	if f.l.Format() < 2 {
		return
	}
	for s, m := range f.l.Moves() {
		if m.Name != lesson.Danger {
			continue
		}
		to, words := &f.l.Scenes[s.After(m).To], ""
		for _, b := range to.Told {
			words += fold(b.String())
		}
		if !namesHelp(words) {
			f.add(m.Pos, nil, "give it a scene of its own, where someone calls a crisis line or the emergency number",
				"a line about being in danger leads to %q, where no crisis line or emergency number is named", to.Title)
		}
	}
}

// laughs checks that nobody laughs at a line that wasn't understood. It may have been the
// hardest line of someone's life.
func (f *finder) laughs() {
	if f.l.Format() < 2 {
		return
	}
	laughing := folded([]string{"haha", "hahaha", "lol", "lmao", "rofl", "hehe"})
	for _, m := range f.l.Moves() {
		for _, b := range m.Reaction {
			if words := b.String(); m.Name == lesson.Unclear &&
				(strings.Contains(words, "!") || contains(fold(words), laughing)) {
				f.add(b.Pos, nil, "answer plainly, such as: Say that again? I'm listening.",
					"a line that wasn't understood is answered with a joke")
			}
		}
	}
}

// activity reports notes that ask a facilitator for an unsafe activity.
func (f *finder) activity() {
	phrases := folded(f.lex.Activities)
	for _, p := range f.pieces() {
		if !p.staff {
			continue
		}
		if i := slices.IndexFunc(phrases, func(x string) bool { return strings.Contains(p.folded, x) }); i >= 0 {
			f.add(p.pos, nil, "have each of them write or say a line for the person under pressure",
				"%q: no class should be asked to do that", f.lex.Activities[i])
		}
	}
}

// deckDanger checks that short stories that speak of danger name help. They share one
// content note, which is in ui.toml, so it isn't checked here.
func (f *finder) deckDanger(part lesson.Form) {
	whole := ""
	for _, p := range f.pieces() {
		whole += p.folded
	}
	if contains(whole, folded(f.lex.Danger)) && !namesHelp(whole) {
		f.add(part.Pos, nil, "name the emergency number or a crisis line where help comes",
			"someone may hurt themselves, and no crisis line or emergency number is named")
	}
}

func contains(words string, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(words, p) })
}
