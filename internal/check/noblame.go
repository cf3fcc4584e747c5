package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// pressures are the kinds of sign after which a path must say whose fault it is
// not: a threat, a request or a trade, a picture that is used.
var pressures = []string{"threat", "exposure", "trade", "private-turn", "shame", "dare", "payment"}

// noBlame: after a message with pressure every path says that it is not the
// young person's fault, and no sentence blames. Programmes that speak of self-blame
// teach more (Gubbels 2021: d .78 against .41), and blame is one of the greatest
// barriers to telling (UKCIS and Welsh Government on victim-blaming language).
func (f *finder) noBlame() {
	f.blame()
	var comfort []string
	for _, phrase := range f.lex.Reassure {
		comfort = append(comfort, fold(strings.ReplaceAll(phrase, "{focus}", f.l.Focus)))
	}
	known := make(map[*lesson.Span]bool) // By the paragraph's first word: many states tell it.
	reassures := func(p lesson.Para) bool {
		if len(p.Spans) == 0 {
			return false // An event of the chat.
		}
		says, ok := known[&p.Spans[0]]
		if !ok {
			words := fold(p.String())
			says = slices.ContainsFunc(comfort, func(phrase string) bool { return strings.Contains(words, phrase) })
			known[&p.Spans[0]] = says
		}
		return says
	}
	const owed memory = 1
	see := func(blocks []lesson.Block, m memory) memory {
		for _, b := range blocks {
			if (b.Kind == lesson.Message || b.Kind == lesson.Speech) && slices.ContainsFunc(b.Signs, f.presses) {
				m = owed
			}
			if slices.ContainsFunc(b.Text, reassures) {
				m = 0
			}
		}
		return m
	}
	at, path := f.g.paths(
		func(i int, m memory) memory { return see(f.g.told(i), m) },
		func(i, k int, m memory) memory { return see(f.g.reaction(i, k), m) },
		func(i int, m memory) bool { return m == owed && f.g.scene(i).Ending() })
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "say after the pressure: It is not "+f.l.Focus+"'s fault.",
			"a path with pressure ends in %q and nobody says whose fault it is not", f.g.scene(at).Title)
	}
}

func (f *finder) presses(sign int) bool { return slices.Contains(pressures, f.l.Signs[sign].Kind) }

// blame finds the phrases that put the blame on the young person.
func (f *finder) blame() {
	for i, phrase := range folded(f.lex.Blame) {
		for _, p := range f.holding(phrase) {
			fix := "say what can be done now; the one who pressures is responsible"
			if p.said {
				fix = "also where people say it of themselves, since whoever reads it says it along: let them say " +
					"how it feels, such as: i feel sick about it"
			}
			f.add(p.pos, nil, fix, "%q puts the blame on the young person", f.lex.Blame[i])
		}
	}
}
