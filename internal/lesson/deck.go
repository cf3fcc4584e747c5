package lesson

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Session says what a lesson was put together for that does not come from a
// file of its own; see [Chain].
type Session string

// The sessions.
const (
	Booster Session = "booster" // A few short stories, days after a lesson.
	Before  Session = "before"  // The first form of the stories before and after.
	After   Session = "after"   // Its parallel form.

	Practise Session = "practise" // A few lines to type, without a story around them.

	FineOrOff Session = "fine-or-off" // One chat of the game of that name. Nothing of it is kept.
)

// Quiet reports whether answers are taken without a comment: what is explained
// before the course would be no measure of it.
func (s Session) Quiet() bool { return s == Before }

// Deck is a file of short stories, each with one thing to do: the boosters of a
// lesson, or the two forms of before-after.md.
type Deck struct {
	File  string
	Forms []Form
}

// Form is what stands under one title of a deck.
type Form struct {
	Title string
	Items []Scene // Each has a Check or a Rehearsal, and leads nowhere.
	Pos   Pos
}

// MaxForms bounds the titles of a deck.
const MaxForms = 4

// ParseDeck reads a deck: "#" for a title, "##" for a story of messages and
// narration, which ends in one task list or one line to type. There is no front
// matter. The deck is nil when there is anything to report; see [Parse].
func ParseDeck(file string, src []byte) (*Deck, []Diagnostic) {
	r, clean := gate(file, src)
	if len(r.diags) == 0 {
		r.scan(clean, 1)
	}
	if len(r.diags) > 0 {
		SortDiagnostics(r.diags)
		return nil, r.diags
	}
	clean = r.mend(clean, 0, Head{}, true)
	r.read(clean)
	deck := &Deck{File: r.file}
	b := &builder{report: r, source: []byte(clean), l: &Lesson{Head: Head{File: r.file}}, deck: deck}
	b.same = "a story in a deck"
	b.build()
	b.fill()
	SortDiagnostics(r.diags)
	if len(r.diags) > 0 {
		return nil, r.diags
	}
	return deck, nil
}

// form begins a title of the deck.
func (b *builder) form(h *ast.Heading) {
	b.endScene()
	b.scene = nil
	if len(b.deck.Forms) == MaxForms {
		b.add(b.at(h), "limit", "use fewer titles", "more than %d titles", MaxForms)
		return
	}
	b.deck.Forms = append(b.deck.Forms, Form{Title: Para{Spans: b.inline(h, nil)}.String(), Pos: b.at(h)})
}

// endItem holds a story of a deck to its shape.
func (b *builder) endItem(s *Scene) {
	switch {
	case len(b.deck.Forms) == 0:
		b.add(s.Pos, "format", "put # and a title above it", "the story %q has no title above it", s.Title)
	case s.Check == nil && s.Rehearsal == nil:
		b.add(s.Pos, "format", "end it with a question or a line to type", "the story %q asks nothing", s.Title)
	}
	if len(s.Notes) > 0 {
		b.add(s.Pos, "format", "take it out", "a story in a deck can't have a note for the facilitator")
	}
	b.endRehearsal(s)
}

// fill shares the stories out to the titles above them.
func (b *builder) fill() {
	if len(b.l.Signs) > 0 {
		b.add(b.l.Signs[0].Pos, "format", "take out the footnotes", "a story in a deck can't mark warning signs")
	}
	if len(b.l.Cover) > 0 {
		b.add(b.l.Cover[0].Pos, "format", "move it below a ## heading",
			"nothing can come between a title and its first story")
	}
	for _, s := range b.l.Scenes {
		at := -1
		for i, f := range b.deck.Forms {
			if f.Pos.Line < s.Pos.Line {
				at = i
			}
		}
		if at >= 0 {
			b.deck.Forms[at].Items = append(b.deck.Forms[at].Items, s)
		}
	}
	for _, f := range b.deck.Forms {
		if len(f.Items) == 0 {
			b.add(f.Pos, "format", "write the first one as: ## Heading", "there is no story under %q", f.Title)
		}
	}
}

// Chain puts stories together to a lesson that tells one after the other and
// then the end, which has no way on. Onward are the words that lead from one to
// the next. The stories must have come from [ParseDeck]; their ids may be
// changed, so that the stories of several decks stay apart.
func Chain(head Head, kind Session, stories []Scene, onward string, end Scene) *Lesson {
	l := &Lesson{Head: head, Session: kind, Scenes: slices.Clone(stories)}
	for i := range l.Scenes {
		l.Scenes[i].Onward = &Choice{Text: []Span{{Text: onward}}, To: i + 1, Pos: l.Scenes[i].Pos}
	}
	l.Scenes = append(l.Scenes, end)
	return l
}

// IsDeck reports whether a file is a deck by its name.
func IsDeck(name string) bool {
	return strings.HasSuffix(name, ".boosters.md") || name == "before-after.md" || name == PractiseFile
}

// PractiseFile is the deck of what is practised without a story: a title a situation.
const PractiseFile = "practise.md"
