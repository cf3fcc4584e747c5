package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// reply: no rehearsal answers somebody who has threatened. All public guidance on
// blackmail says to stop answering, and a line that says "I'm telling" is an
// answer too. Telling somebody else is what is practised then; a request may be
// refused as long as there was no threat.
func (f *finder) reply() {
	const threatened memory = 1
	for _, who := range f.threateners() {
		at, path := f.g.paths(
			func(i int, m memory) memory { return m | f.threatIn(f.g.told[i], who) },
			func(i int, e edge, m memory) memory { return m | f.threatIn(f.g.reaction(i, e), who) },
			func(i int, m memory) bool {
				r := f.g.scene(i).Rehearsal
				return r != nil && m == threatened && answers(f.g.told[i], r, who)
			})
		if at >= 0 {
			s := f.g.scene(at)
			f.add(s.Rehearsal.Pos, path, "let the line tell somebody who can help: after a message of theirs, or with `tell` and without `decline` and `leave`",
				"%s has threatened, and the line in %q answers", who, s.Title)
		}
	}
}

// answers reports whether a rehearsal is an answer to somebody: theirs is the last
// message above it, or there is none and the line refuses or doesn't tell.
func answers(told []lesson.Block, r *lesson.Rehearsal, who string) bool {
	if last := lastVoice(told, r.Who); last != nil {
		return last.Who == who
	}
	has := func(name string) bool {
		return slices.ContainsFunc(r.Moves, func(m lesson.Move) bool { return m.Name == name })
	}
	return has("decline") || has("leave") || !has("tell")
}

// lastVoice returns the last message that is not by the one who will speak.
func lastVoice(told []lesson.Block, speaker string) *lesson.Block {
	for i := len(told) - 1; i >= 0; i-- {
		if told[i].Kind == lesson.Message && told[i].Who != speaker {
			return &told[i]
		}
	}
	return nil
}

// threateners returns who threatens in the lesson, in the order of their threats.
func (f *finder) threateners() []string {
	var all []string
	see := func(blocks []lesson.Block) {
		for _, b := range blocks {
			if f.threatens(b) && !slices.Contains(all, b.Who) {
				all = append(all, b.Who)
			}
		}
	}
	for _, s := range f.l.Scenes {
		see(s.Told)
		for _, c := range s.Choices {
			see(c.Reaction)
		}
	}
	return all
}

func (f *finder) threatIn(blocks []lesson.Block, who string) memory {
	if slices.ContainsFunc(blocks, func(b lesson.Block) bool { return b.Who == who && f.threatens(b) }) {
		return 1
	}
	return 0
}

// threatens reports whether a message is a threat, by its signs or its words. To a
// bystander a friend tells of what was written to them: only the sign counts.
func (f *finder) threatens(b lesson.Block) bool {
	if b.Kind != lesson.Message || b.Who == f.l.Focus {
		return false
	}
	target := f.l.Role == "target"
	for _, sign := range b.Signs {
		switch f.l.Signs[sign].Kind {
		case "threat":
			return true
		case "exposure":
			if target {
				return true
			}
		}
	}
	return target && f.threatWords(b)
}

func (f *finder) threatWords(b lesson.Block) bool {
	return slices.ContainsFunc(b.Text, func(p lesson.Para) bool {
		words := fold(p.String())
		return slices.ContainsFunc(folded(f.lex.Threats), func(t string) bool { return strings.Contains(words, t) })
	})
}

// deckReply holds the short stories to the same: they mark no signs, so that the
// words of the last message decide.
func (f *finder) deckReply(part lesson.Form) {
	for _, s := range part.Items {
		if s.Rehearsal == nil {
			continue
		}
		if last := lastVoice(s.Told, s.Rehearsal.Who); last != nil && f.threatWords(*last) {
			f.add(s.Rehearsal.Pos, nil, "let the line tell somebody who can help", "%s threatens, and the line in %q answers", last.Who, s.Title)
		}
	}
}
