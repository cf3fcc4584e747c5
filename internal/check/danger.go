package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// danger: a lesson in which somebody may hurt themselves announces it in its
// content note, and names the emergency number or a crisis line in its scenes.
// Nobody meets such a line unprepared, and help comes with it.
func (f *finder) danger() {
	var first *piece
	named := false
	words, note := folded(f.lex.Danger), fold(f.l.Note)
	for _, p := range f.pieces() {
		if p.staff || p.text == f.l.Note {
			continue
		}
		named = named || strings.Contains(p.folded, " emergency number ") || strings.Contains(p.folded, " crisis line ")
		if first == nil && contains(p.folded, words) {
			first = &p
		}
	}
	if first == nil {
		return
	}
	if !contains(note, words) {
		f.add(first.pos, nil, "say in the note that somebody talks of hurting themselves", "somebody may hurt themselves, and the content note doesn't say that it comes up")
	}
	if !named {
		f.add(first.pos, nil, "name the emergency number or a crisis line where help comes", "somebody may hurt themselves, and no line that helps at once is named")
	}
}

// activity: what a facilitator's note asks of a class keeps everybody safe.
func (f *finder) activity() {
	phrases := folded(f.lex.Activities)
	for _, p := range f.pieces() {
		if !p.staff {
			continue
		}
		if i := slices.IndexFunc(phrases, func(x string) bool { return strings.Contains(p.folded, x) }); i >= 0 {
			f.add(p.pos, nil, "let each write or say a line for the one who is pressured", "%q is nothing to ask of a class", f.lex.Activities[i])
		}
	}
}

// deckDanger holds short stories to naming help: they share one content note,
// which stands in ui.toml.
func (f *finder) deckDanger(part lesson.Form) {
	whole := ""
	for _, p := range f.pieces() {
		whole += p.folded
	}
	if contains(whole, folded(f.lex.Danger)) && !strings.Contains(whole, " emergency number ") && !strings.Contains(whole, " crisis line ") {
		f.add(part.Pos, nil, "name the emergency number or a crisis line where help comes", "somebody may hurt themselves, and no line that helps at once is named")
	}
}

func contains(words string, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(words, p) })
}
