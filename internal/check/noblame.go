package check

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// pressures are the kinds of warning sign after which a path must say whose fault it
// isn't: threats, requests, trades, and pictures that are used.
var pressures = []string{"threat", "exposure", "trade", "private-turn", "shame", "dare", "payment"}

// noBlame checks that after a message with pressure every path says that it isn't the
// young person's fault, and that no sentence blames. Programmes that speak of self-blame
// teach more (Gubbels 2021: d .78 against .41), and blame is one of the greatest
// barriers to telling (UKCIS and Welsh Government on victim-blaming language). In a
// lesson on a bystander, saying it about the person who was harmed counts as well.
func (f *finder) noBlame() {
	f.blame()
	comfort := f.comfort()
	var known once[bool]
	reassures := func(p lesson.Para) bool {
		return known.of(p.Spans, func(words string) bool { return contains(fold(words), comfort) })
	}
	const owed memory = 1
	see := func(blocks []lesson.Block, m memory, pressed func(b *lesson.Block)) memory {
		for i := range blocks {
			if b := &blocks[i]; f.pressed(b) {
				m = owed
				pressed(b)
			}
			if slices.ContainsFunc(blocks[i].Text, reassures) {
				m = 0
			}
		}
		return m
	}
	nobody := func(*lesson.Block) {}
	var said []int // Endings that are already reported.
	for {
		states := f.g.walk(
			func(i int, m memory) memory { return see(f.g.told(i), m, nobody) },
			func(e int32, m memory) memory { return see(f.g.reaction(e), m, nobody) },
			func(i int, m memory) bool {
				return m == owed && f.g.scene(i).Ending() && !slices.Contains(said, f.g.states[i].Scene)
			})
		if states == nil {
			return
		}
		said = append(said, f.g.states[states[len(states)-1]].Scene)
		var by lesson.Block
		f.along(states, func(blocks []lesson.Block) { see(blocks, 0, func(b *lesson.Block) { by = *b }) })
		f.owes(states, by)
	}
}

// owes reports a path with pressure on which nobody says whose fault it isn't.
func (f *finder) owes(states []int, by lesson.Block) {
	end := f.g.scene(states[len(states)-1])
	fix := "say it afterwards, such as: It isn't " + f.l.Focus + "'s fault."
	if f.l.Role == "bystander" {
		fix = "say it afterwards about the person it was done to, such as: It wasn't her fault. If that was " +
			f.l.Focus + ", say it about " + f.l.Focus
	}
	words := cmp.Or(by.String(), by.Event)
	i := slices.IndexFunc(by.Signs, f.presses)
	f.add(by.Pos, f.g.ids(states), fix,
		"%s pushes here (%q, [^%s]), and on one way to the ending %q in line %d nobody "+
			"says afterwards whose fault it isn't", by.Who, text.Line(words, 60),
		f.l.Signs[by.Signs[i]].Label, end.Title, end.Pos.Line)
}

// comfort returns the folded phrases that say whose fault it isn't. In a lesson on a bystander
// they may name anyone except those who press.
func (f *finder) comfort() []string {
	names := []string{f.l.Focus}
	if f.l.Role == "bystander" {
		var pressers []string
		also := func(name string) {
			if name != "" && !slices.Contains(pressers, name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		for i := range f.l.Scenes {
			for b := range f.l.Scenes[i].Blocks() {
				if f.pressed(b) {
					pressers = append(pressers, b.Who)
				}
			}
		}
		for i := range f.l.Scenes {
			for b := range f.l.Scenes[i].Blocks() {
				also(b.Who)
			}
		}
		faults := regexp.MustCompile(`((?:\p{Lu}[\p{L}\p{M}-]* )*\p{Lu}[\p{L}\p{M}-]*)['’]s? fault`)
		for _, p := range f.pieces() {
			for _, m := range faults.FindAllStringSubmatch(p.text, -1) {
				also(m[1])
			}
		}
	}
	var all []string
	for _, phrase := range f.lex.Reassure {
		if !strings.Contains(phrase, "{focus}") {
			all = append(all, fold(phrase))
			continue
		}
		for _, name := range names {
			all = append(all, fold(strings.ReplaceAll(phrase, "{focus}", name)))
			if strings.HasSuffix(name, "s") { // Nils' fault.
				all = append(all, fold(strings.ReplaceAll(phrase, "{focus}'s", name+"'")))
			}
		}
	}
	return all
}

// pressed reports whether a block is a message or speech with pressure.
func (f *finder) pressed(b *lesson.Block) bool {
	return (b.Kind == lesson.Message || b.Kind == lesson.Speech) && slices.ContainsFunc(b.Signs, f.presses)
}

func (f *finder) presses(sign int) bool { return slices.Contains(pressures, f.l.Signs[sign].Kind) }

// blame reports phrases that put the blame on the young person.
func (f *finder) blame() {
	for i, phrase := range folded(f.lex.Blame) {
		for _, p := range f.holding(phrase) {
			fix := "say what can be done now; the person who pushes is responsible"
			if p.said {
				fix = "let them say how it feels, such as: i feel sick about it; people in a story don't blame " +
					"themselves either, because the reader may join in"
			}
			f.add(p.pos, nil, fix, "%q puts the blame on the young person", f.lex.Blame[i])
		}
	}
}
