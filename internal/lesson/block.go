package lesson

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"wayout/internal/text"
)

// alerts are GitHub's, by the word in the brackets.
var alerts = map[string]Alert{"TIP": Tip, "WARNING": Warning, "CAUTION": Caution, "IMPORTANT": Important, "NOTE": NoAlert}

// block reads one node of the top level.
func (b *builder) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		b.paragraph(n)
	case *ast.Blockquote:
		b.quote(n)
	case *ast.List:
		b.list(n)
	case *east.FootnoteList:
	case *ast.HTMLBlock:
		b.add(b.at(n), "format", "take it out", "raw HTML has no meaning here")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		b.add(b.at(n), "format", "write it as a paragraph, from the first column", "code has no meaning here")
	case *ast.ThematicBreak:
		b.add(b.at(n), "format", "take it out; a scene begins with a heading: ## Words", "a line across has no meaning here")
	default:
		b.add(b.at(n), "format", "use paragraphs, quotes and flat lists", "this has no meaning here")
	}
}

func (b *builder) paragraph(n *ast.Paragraph) {
	if link, ok := soleLink(n); ok && b.scene != nil {
		b.onward(link)
		return
	}
	p := b.para(n)
	block := Block{Kind: Narration, Text: []Para{p}, Pos: p.Pos}
	if isMoment(n) {
		block.Kind = Moment
		block.Text[0].Spans = plain(block.Text[0].Spans)
	}
	b.tell(block)
}

// tell appends a block to the scene, or to the cover.
func (b *builder) tell(block Block) {
	s := b.scene
	switch {
	case s == nil && block.Kind == Narration:
		if len(block.Text[0].If)+len(block.Text[0].Sets) > 0 {
			b.add(block.Pos, "format", "move it into a scene", "the cover knows no facts")
		}
		b.l.Cover = append(b.l.Cover, block)
	case s == nil:
		b.add(block.Pos, "format", "put the heading of the first scene above it, such as: ## The first message", "above the first scene stands prose only")
	case s.Rehearsal != nil && len(s.Rehearsal.Moves) > 0 && s.Onward == nil && block.Kind == Message:
		s.Rehearsal.Models = append(s.Rehearsal.Models, block)
	case len(s.Choices) > 0 || s.Onward != nil || s.Check != nil || s.Rehearsal != nil:
		b.add(block.Pos, "format", "move it above the choices, or put a heading above it: ## The next scene", "nothing is told after the choices")
	default:
		s.Told = append(s.Told, block)
	}
}

// onward reads a paragraph that is only a link: continue.
func (b *builder) onward(link *ast.Link) {
	s, at := b.scene, b.at(link)
	if b.deck != nil {
		b.add(at, "format", "take it out", "a story of a deck leads nowhere")
		return
	}
	if len(s.Choices) > 0 || s.Onward != nil {
		b.add(at, "format", "make one list of them: begin each with a hyphen and a space: - [words](#scene)", "the scene %q has two ways on that are no choice list", s.Title)
		return
	}
	s.Onward = &Choice{Text: b.inline(link, nil), Pos: at}
	b.link(link, -1)
}

func (b *builder) link(link *ast.Link, pick int) {
	dest, ok := strings.CutPrefix(string(link.Destination), "#")
	if !ok {
		b.out = append(b.out, &pending{id: string(link.Destination), pos: b.at(link)})
		return
	}
	b.links = append(b.links, &pending{id: unescape(dest), pos: b.at(link), title: string(link.Title), scene: len(b.l.Scenes) - 1, pick: pick})
}

// quote reads a message or an alert.
func (b *builder) quote(n *ast.Blockquote) {
	if name, ok := b.alertName(n); ok {
		b.alert(n, name)
		return
	}
	m, ok := b.message(n)
	if !ok {
		return
	}
	if isBlankLine(m) {
		if b.scene == nil || b.scene.Rehearsal != nil {
			b.add(m.Pos, "format", "give it a scene of its own", "a second line to type")
			return
		}
		b.scene.Rehearsal = &Rehearsal{Who: m.Who, Pos: m.Pos}
		return
	}
	b.tell(m)
}

// message reads "> **Name:** words".
func (b *builder) message(n *ast.Blockquote) (Block, bool) {
	at := b.at(n)
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || n.ChildCount() != 1 {
		fix := "write > **Name:** words, or > [!TIP]"
		if second := n.FirstChild().NextSibling(); ok && second != nil {
			if _, para := second.(*ast.Paragraph); para {
				at, fix = b.at(second), "take the > out of the empty line above, so that each message is a quote of its own"
			} else {
				at, fix = b.at(second), "write it as words: a message is one paragraph"
			}
		}
		b.add(at, "format", fix, "a quote that is no message and no comment")
		return Block{}, false
	}
	var signs []int
	p := b.paraWith(first, &signs)
	who, rest, ok := speaker(p.Spans)
	if !ok {
		name := b.l.Focus
		if name == "" {
			name = "Name"
		}
		b.add(at, "format", "type who says it: > **"+name+":** "+text.Line(p.String(), 60)+"; or open a comment with a line > [!TIP]", "a quote that is no message and no comment")
		return Block{}, false
	}
	if b.l.Focus != "" && strings.Contains(Para{Spans: rest}.String(), b.l.Focus+":") || countBoldNames(rest) > 0 {
		second := Pos{at.Line + 1, 1}
		b.add(second, "format", "put an empty line above this line", "two messages in one quote")
	}
	m := Block{Kind: Message, Who: who, Signs: signs, Pos: at}
	p.Spans = rest
	m.Text = []Para{p}
	switch strings.TrimSpace(p.String()) {
	case "…", "...":
		return Block{Kind: Typing, Who: who, Pos: at}, true
	case "":
		b.add(at, "format", "write what "+who+" says", "an empty message")
	}
	return m, true
}

func (b *builder) alertName(n *ast.Blockquote) (string, bool) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return "", false
	}
	seg := p.Lines().At(0)
	first := strings.TrimSpace(string(seg.Value(b.source)))
	name, ok := strings.CutPrefix(first, "[!")
	name, rest, closed := strings.Cut(name, "]")
	if ok && closed && strings.TrimSpace(rest) != "" {
		b.add(b.pos(seg.Start), "format", "put "+text.Line(strings.TrimSpace(rest), 60)+" on a line of its own below: > "+text.Line(strings.TrimSpace(rest), 60), "words beside [!%s], which stands alone on its line", name)
	}
	return name, ok && closed
}

// alert reads a comment. A NOTE is for the facilitator.
func (b *builder) alert(n *ast.Blockquote, name string) {
	at := b.at(n)
	kind, ok := alerts[strings.ToUpper(name)]
	if !ok {
		b.add(at, "format", "type one of [!TIP], [!WARNING], [!CAUTION], [!IMPORTANT], [!NOTE]", "unknown comment %q", name)
		return
	}
	var says []Para
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		says = append(says, b.prose(c, c == n.FirstChild())...)
	}
	if len(says) == 0 {
		if !b.reported(at.Line) {
			b.add(at, "format", "write what it says below: > words", "an empty comment")
		}
		return
	}
	if kind == NoAlert {
		for _, p := range says {
			if len(p.If)+len(p.Sets) > 0 {
				b.add(p.Pos, "format", "move it into the scene's text", "a note for the facilitator knows no facts")
			}
		}
		if b.scene == nil {
			b.add(at, "format", "move it into a scene", "the cover has no facilitator notes")
			return
		}
		b.scene.Notes = append(b.scene.Notes, says)
		return
	}
	if len(says[0].If) > 0 {
		b.add(at, "format", "begin with a paragraph that is always there", "a comment that is not always there")
	}
	b.tell(Block{Kind: Feedback, Alert: kind, Text: says, Pos: at})
}

// prose reads a paragraph or a flat list. With skip the first line, which names
// the alert, is left out.
func (b *builder) prose(n ast.Node, skip bool) []Para {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		var p Para
		if skip {
			p = b.paraAfterBreak(n)
		} else {
			p = b.para(n)
		}
		if len(p.Spans)+len(p.Sets) == 0 {
			return nil
		}
		return []Para{p}
	case *ast.List:
		return b.flatList(n)
	}
	b.add(b.at(n), "format", "use paragraphs and flat lists", "this has no meaning here")
	return nil
}

// isBlankLine reports whether a message is only a line to write on.
func isBlankLine(m Block) bool {
	if m.Kind != Message {
		return false
	}
	s := strings.TrimSpace(m.Text[0].String())
	return len(s) >= 3 && strings.Trim(s, "_") == ""
}
