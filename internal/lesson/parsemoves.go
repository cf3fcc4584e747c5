//go:build !js

package lesson

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// situate finds the situation of a rehearsal. In a lesson of version 2 it reports a move
// of another situation than that of the first move.
func (b *builder) situate(r *Rehearsal) {
	for _, s := range situations {
		if !slices.ContainsFunc(r.Moves, func(m Move) bool {
			return !Aside(m.Name) && !slices.Contains(s.moves, m.String())
		}) {
			r.Situation = s.name
			return
		}
	}
	if b.l.Format() < 2 {
		return
	}
	in := situations[0]
	most := -1
	for _, s := range situations {
		n := 0
		for _, m := range r.Moves {
			if slices.Contains(s.moves, m.String()) {
				n++
			}
		}
		if n > most {
			in, most = s, n
		}
	}
	for _, m := range r.Moves {
		if !Aside(m.Name) && !slices.Contains(in.moves, m.String()) {
			b.add(m.Pos, "format", "the moves of "+in.name+" are "+strings.Join(in.moves, ", ")+
				", and danger and unclear go anywhere",
				"%q isn't a move of the situation %q, which the others belong to", m.String(), in.name)
		}
	}
}

// isMoves reports whether a list is the moves of a rehearsal: its first item has a code
// span that isn't a condition.
func (b *builder) isMoves(n *ast.List) bool {
	for c := firstChild(firstChild(n.FirstChild())); c != nil; c = c.NextSibling() {
		if code, ok := c.(*ast.CodeSpan); ok && !conditional(b.code(code)) {
			return true
		}
	}
	return false
}

// conditional reports whether a code span is a condition or sets a fact.
func conditional(code string) bool { return code != "" && strings.ContainsRune("+?!", rune(code[0])) }

// moves reads the moves of a rehearsal, such as "- `decline` no, nope". An item may name
// several moves, have a link, and hold what the others answer.
func (b *builder) moves(n *ast.List) {
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		b.move(i)
	}
	b.situate(b.scene.Rehearsal)
}

// move reads one item of the moves.
func (b *builder) move(i ast.Node) {
	r, head := b.scene.Rehearsal, i.FirstChild()
	if _, ok := firstChild(head).(*ast.CodeSpan); !ok {
		b.add(b.at(i), "format", "write - `decline` no, nope, not doing that", "this move has no name")
		return
	}
	var named []Move
	var words string
	var onward *Choice
	for c := head.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
			if conditional(b.code(c)) {
				b.add(b.at(c), "format", "put it before the answer, below the move: > `?told` **Name:** …",
					"a move can't have a condition or set a fact")
				continue
			}
			name, weak := strings.CutPrefix(b.code(c), "~")
			named = append(named, Move{Name: name, Weak: weak, Pos: b.at(c)})
		case *ast.Text:
			words += string(c.Segment.Value(b.source)) + " "
		case *ast.Link:
			onward = b.moveLink(c, onward)
		default:
			b.add(b.at(c), "format", "write plain words, separated by commas",
				"cue words can't be bold, italic or anything else")
		}
	}
	reaction := b.reaction(head)
	for _, m := range named {
		m.Cues, m.Onward, m.Reaction = list(words), onward, reaction
		if slices.ContainsFunc(r.Moves, func(o Move) bool { return o.Name == m.Name && o.Weak == m.Weak }) {
			b.add(m.Pos, "format", "keep one of the two", "the move %q is here twice", m.String())
		}
		known := Aside(m.Name)
		for _, s := range situations {
			known = known || slices.Contains(s.moves, m.String())
		}
		if len(m.Cues) == 0 && !known {
			b.add(m.Pos, "format", "add some, separated by commas", "the move %q has no cue words", m.Name)
		}
		r.Moves = append(r.Moves, m)
	}
}

// moveLink reads the link of a move.
func (b *builder) moveLink(link *ast.Link, before *Choice) *Choice {
	at := b.at(link)
	switch {
	case b.ledOut(at):
		return nil
	case before != nil:
		b.add(at, "format", "keep one of them", "this move has two links")
		return before
	}
	c := &Choice{Text: b.inline(link, nil), Pos: at}
	b.link(link, c)
	return c
}

// ledOut reports whether a link is in a deck, whose stories can't have links, and adds a diagnostic.
func (b *builder) ledOut(at Pos) bool {
	if b.deck != nil {
		b.add(at, "format", "take it out", "a story in a deck can't lead anywhere")
	}
	return b.deck != nil
}

// reaction reads the messages and speech below a choice or a move, inside its list item.
func (b *builder) reaction(head ast.Node) []Block {
	var all []Block
	for q := head.NextSibling(); q != nil; q = q.NextSibling() {
		var block Block
		var ok bool
		quote, _ := q.(*ast.Blockquote)
		spoken, _ := q.(*ast.Paragraph)
		switch {
		case quote != nil:
			block, ok = b.message(quote)
		case spoken != nil && b.opensWithName(spoken):
			block, ok = b.speech(spoken)
		default:
			b.add(b.at(q), "format", "only messages and speech can follow a choice; put the rest in the next scene",
				"this can't be used in a choice")
		}
		if !ok {
			continue
		}
		for _, p := range block.Text {
			b.unset(block.Pos, p)
		}
		all = append(all, block)
	}
	return all
}
