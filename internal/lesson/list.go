//go:build !js

package lesson

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// list reads a choice list, a knowledge check, the moves of a rehearsal, or a
// flat list of prose. What their items begin with tells them apart.
func (b *builder) list(n *ast.List) {
	links, boxes, items := countItems(n)
	s := b.scene
	switch {
	case boxes == 0 && s != nil && s.Rehearsal != nil && len(s.Rehearsal.Moves) == 0 && (links == 0 || b.isMoves(n)):
		b.moves(n)
	case links == 0 && boxes == 0:
		if text := b.flatList(n); len(text) > 0 {
			b.tell(Block{Kind: Narration, Text: text, Pos: text[0].Pos})
		}
	case s == nil:
		b.add(b.at(n), "format", "put a heading above it: ## The first scene", "the cover can only have prose")
	case len(s.Choices) > 0 || s.Check != nil || s.Rehearsal != nil || s.Onward != nil:
		b.second(b.at(n))
	case links == items && b.deck != nil:
		b.add(b.at(n), "format", "ask a question: - [x] right, - [ ] wrong", "a story in a deck can't lead anywhere")
	case links == items:
		b.choices(n)
	case boxes == items:
		b.check(n)
	default:
		b.mixed(n, links >= boxes)
	}
}

// countItems counts the items of a list, those with a link, and those with a box.
func countItems(n *ast.List) (links, boxes, items int) {
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		items++
		if firstLink(i.FirstChild()) != nil {
			links++
		}
		if box(i.FirstChild()) != nil {
			boxes++
		}
	}
	return links, boxes, items
}

// mixed reports the first item of a list that is not like the others.
func (b *builder) mixed(n *ast.List, choices bool) {
	answers := false
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		if box(i.FirstChild()) != nil {
			answers = true
		} else if answers && firstLink(i.FirstChild()) != nil {
			b.add(b.at(i), "format", "end the question above it with one link, [Go on](#the-next-scene), and put the "+
				"choices in that scene; if it's an answer, begin it with a box: - [ ] or - [x]",
				"this choice is in a list of answers")
			b.full = b.scene
			return
		}
	}
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		if e, ok := firstChild(i.FirstChild()).(*ast.Emphasis); ok && choices && firstLink(e) != nil {
			b.add(b.at(i), "format", "take out the ** or * around the link: - [words](#scene)",
				"this link is inside bold or italic words")
			return
		}
		if choices && firstLink(i.FirstChild()) == nil {
			b.add(b.at(i), "format", "make it a link: - [words](#scene); or take it out of the list",
				"this item in a list of choices has no link")
			return
		}
		if !choices && box(i.FirstChild()) == nil {
			b.add(b.at(i), "format", "begin it with a box: - [ ] for a wrong answer, - [x] for the right one",
				"this item in a list of answers has no box")
			return
		}
	}
}

func (b *builder) choices(n *ast.List) {
	b.scene.Choices = make([]Choice, 0, n.ChildCount()) // They don't move any more, so that links can point to them.
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		head := i.FirstChild()
		link := firstLink(head)
		at := b.at(link)
		p := b.leading(head, link)
		for rest := link.NextSibling(); rest != nil; rest = rest.NextSibling() {
			if secondLink(link) {
				b.add(at, "format", "split it into two items, each with one link", "this choice has two links")
				break
			}
			if t, ok := rest.(*ast.Text); !ok || strings.TrimSpace(string(t.Segment.Value(b.source))) != "" {
				b.add(at, "format", "put all the words of the choice between [ and ]",
					"this choice has words outside its link")
				break
			}
		}
		c := Choice{Text: b.inline(link, nil), If: p.If, Pos: at}
		if strings.TrimSpace(c.String()) == "" {
			b.add(at, "format", "write the choice between [ and ]", "this choice has no words")
		}
		c.Reply = b.reply(c)
		c.Reaction = b.reaction(head)
		b.scene.Choices = append(b.scene.Choices, c)
		b.link(link, &b.scene.Choices[len(b.scene.Choices)-1])
	}
}

// reply returns what the focus writes or says by taking a choice, or nil if the words of
// the choice aren't wholly in double quotes.
func (b *builder) reply(c Choice) *Reply {
	words := []rune(c.String())
	const open, end = `"“„«»`, `"”“»«`
	n := len(words)
	if n < 3 || !strings.ContainsRune(open, words[0]) || !strings.ContainsRune(end, words[n-1]) ||
		strings.ContainsAny(string(words[1:n-1]), `"“”„«»`) {
		return nil
	}
	bare := slices.Clone(c.Text)
	first, last := &bare[0], &bare[len(bare)-1]
	first.Text = strings.TrimLeft(first.Text, open)
	last.Text = strings.TrimRight(last.Text, end)
	block := func(kind Kind, text []Span) Block {
		return Block{Kind: kind, Who: b.l.Focus, Text: []Para{{Spans: tidy(text), Pos: c.Pos}}, Pos: c.Pos}
	}
	return &Reply{Sent: block(Message, bare), Said: block(Speech, slices.Clone(c.Text))}
}

// leading reads the conditions in front of a choice's link.
func (b *builder) leading(head ast.Node, link *ast.Link) Para {
	var p Para
	for c := head.FirstChild(); c != nil && c != ast.Node(link); c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
			b.chip(&p, c, true)
		case *ast.Text:
			if strings.TrimSpace(string(c.Segment.Value(b.source))) != "" {
				b.add(b.at(c), "format", "put all the words of the choice between [ and ]",
					"this choice has words outside its link")
			}
		}
	}
	b.unset(b.at(head), p)
	return p
}

// unset reports facts that a choice sets, which isn't allowed.
func (b *builder) unset(at Pos, p Para) {
	for _, set := range p.Sets {
		b.add(at, "format", "set it in the scene that the choice leads to", "a choice can't set the fact %q", set)
	}
}

func (b *builder) check(n *ast.List) {
	check := &Check{Pos: b.at(n)}
	right := 0
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		head := i.FirstChild()
		tick := box(head)
		o := Option{Right: tick.IsChecked, Pos: b.at(head)}
		o.Text = b.inline(head, nil)
		was := b.same
		b.same = cmp.Or(was, "the explanation of an answer")
		for c := head.NextSibling(); c != nil; c = c.NextSibling() {
			o.Why = append(o.Why, b.prose(c, false)...)
		}
		b.same = was
		if len(o.Why) == 0 {
			b.add(o.Pos, "practice", "leave an empty line below it, then say why on a line that begins with two spaces",
				"the answer %q isn't explained", o.String())
		}
		if o.Right {
			right++
		}
		check.Options = append(check.Options, o)
	}
	if right != 1 {
		b.add(check.Pos, "format", "mark the right one with - [x] and the others with - [ ]",
			"%d answers are marked right", right)
	}
	if len(check.Options) < 2 || len(check.Options) > 5 {
		b.add(check.Pos, "format", "write three or four", "this question has %d answers", len(check.Options))
	}
	b.scene.Check = check
}

// flatList reads a list of prose. An item is one paragraph.
func (b *builder) flatList(n *ast.List) []Para {
	var text []Para
	number := n.Start
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		if i.ChildCount() != 1 {
			b.add(b.at(i), "format", "use a flat list, one paragraph per item",
				"a nested list or quote can't be used here")
			continue
		}
		p := b.para(i.FirstChild())
		p.Bullet = "•"
		if n.IsOrdered() {
			p.Bullet = fmt.Sprintf("%d.", number)
			number++
		}
		text = append(text, p)
	}
	return text
}

// secondLink reports whether another link follows one in its paragraph.
func secondLink(link ast.Node) bool {
	for n := link.NextSibling(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.Link); ok {
			return true
		}
	}
	return false
}

// firstLink returns the link of a paragraph in a list item, or nil.
func firstLink(n ast.Node) *ast.Link {
	if n == nil {
		return nil
	}
	if _, ok := n.(*ast.List); ok {
		return nil
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if l, ok := c.(*ast.Link); ok {
			return l
		}
	}
	return nil
}

// box returns the tick box that an item begins with, or nil.
func box(n ast.Node) *east.TaskCheckBox {
	t, _ := firstChild(n).(*east.TaskCheckBox)
	return t
}

func firstChild(n ast.Node) ast.Node {
	if n == nil {
		return nil
	}
	return n.FirstChild()
}
