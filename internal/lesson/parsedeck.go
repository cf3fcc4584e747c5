//go:build !js

package lesson

import (
	"github.com/yuin/goldmark/ast"
)

// ParseDeck reads a deck: "#" is a title, "##" a story of messages and narration,
// which ends with one knowledge check or one rehearsal. There is no front matter.
// The deck is nil if there is any diagnostic; see [Parse].
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

// endItem checks the shape of a story of a deck.
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

// fill assigns the stories to the titles above them.
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
