package check

import (
	"slices"

	"wayout/internal/lesson"
)

// mostReplies is the largest number of people for whom the paths of a lesson are walked.
// No real lesson has more people who threaten and are answered.
const mostReplies = 8

// reply checks that no rehearsal answers someone who has threatened. All public guidance
// on blackmail says to stop answering, and even a line that says "I'm telling" is an
// answer. After a threat a rehearsal may only tell someone else; before it, refusing a
// request is fine.
func (f *finder) reply() {
	const threatened memory = 1
	t := f.threats()
	walked := 0
	for _, who := range t.who {
		// In most lessons no rehearsal answers a threat, so no walk is needed.
		if walked == mostReplies || !slices.ContainsFunc(f.l.Scenes, func(s lesson.Scene) bool {
			return s.Rehearsal != nil && answers(s.Told, s.Rehearsal, who)
		}) {
			continue
		}
		walked++
		at, path := f.g.paths(
			func(i int, m memory) memory { return m | t.in(f.g.told(i), who) },
			func(e int32, m memory) memory { return m | t.in(f.g.reaction(e), who) },
			func(i int, m memory) bool {
				r := f.g.scene(i).Rehearsal
				return r != nil && m == threatened && answers(f.g.told(i), r, who)
			})
		if at >= 0 {
			s := f.g.scene(at)
			f.add(s.Rehearsal.Pos, path, "make it a line to someone who can help: put it after a message of theirs, "+
				"or give it `tell`, and no `decline` or `leave`",
				"%s has made a threat, and the line in %q replies to it", who, s.Title)
		}
	}
}

// answers reports whether a rehearsal is an answer to someone: the last message above
// it is theirs, or there is none and the line refuses or doesn't tell.
func answers(told []lesson.Block, r *lesson.Rehearsal, who string) bool {
	if last := lastVoice(told, r.Who); last != nil {
		return last.Who == who
	}
	if r.Situation != "" && r.Situation != "refuse" {
		return false // The line is said to someone who can help, or to a friend.
	}
	return r.Has("decline") || r.Has("leave") || !r.Has("tell")
}

// lastVoice returns the last message or speech that is not by the one who will speak.
func lastVoice(told []lesson.Block, speaker string) *lesson.Block {
	for i := len(told) - 1; i >= 0; i-- {
		if (told[i].Kind == lesson.Message || told[i].Kind == lesson.Speech) && told[i].Who != speaker {
			return &told[i]
		}
	}
	return nil
}

// threats are the messages of a lesson that threaten, and who writes them, in the
// order of the file.
type threats struct {
	who []string
	at  map[*lesson.Span]bool // By the address of a message's first span, because many states tell it.
}

func (f *finder) threats() threats {
	t := threats{at: make(map[*lesson.Span]bool)}
	words := folded(f.lex.Threats)
	see := func(blocks []lesson.Block) {
		for _, b := range blocks {
			if !f.threatens(b, words) {
				continue
			}
			if t.at[&b.Text[0].Spans[0]] = true; !slices.Contains(t.who, b.Who) {
				t.who = append(t.who, b.Who)
			}
		}
	}
	for _, s := range f.l.Scenes {
		see(s.Told)
		for _, c := range s.Choices {
			see(c.Reaction)
		}
	}
	return t
}

// in returns 1 if someone threatens in the blocks, and otherwise 0.
func (t threats) in(blocks []lesson.Block, who string) memory {
	if slices.ContainsFunc(blocks, func(b lesson.Block) bool {
		return b.Kind == lesson.Message && b.Who == who && len(b.Text) > 0 && len(b.Text[0].Spans) > 0 &&
			t.at[&b.Text[0].Spans[0]]
	}) {
		return 1
	}
	return 0
}

// threatens reports whether a message is a threat, by its signs or its words. In a lesson on
// a bystander only the signs count, because a friend may quote a threat.
func (f *finder) threatens(b lesson.Block, words []string) bool {
	if b.Kind != lesson.Message || b.Who == f.l.Focus || len(b.Text) == 0 || len(b.Text[0].Spans) == 0 {
		return false
	}
	target := f.l.Role == "target"
	for _, sign := range b.Signs {
		kind := f.l.Signs[sign].Kind
		if kind == "threat" || kind == "exposure" && target {
			return true
		}
	}
	return target && threatWords(b, words)
}

func threatWords(b lesson.Block, words []string) bool {
	return slices.ContainsFunc(b.Text, func(p lesson.Para) bool { return contains(fold(p.String()), words) })
}

// deckReply checks the same for short stories. They mark no signs, so the words of
// the last message decide.
func (f *finder) deckReply(part lesson.Form) {
	words := folded(f.lex.Threats)
	for _, s := range part.Items {
		if s.Rehearsal == nil {
			continue
		}
		if last := lastVoice(s.Told, s.Rehearsal.Who); last != nil && threatWords(*last, words) {
			f.add(s.Rehearsal.Pos, nil, "make it a line to someone who can help",
				"%s makes a threat, and the line in %q replies to it", last.Who, s.Title)
		}
	}
}
