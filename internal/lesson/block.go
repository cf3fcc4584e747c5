//go:build !js

package lesson

import (
	"cmp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"wayout/internal/text"
)

// alerts are the GitHub alerts, by the word in the brackets.
var alerts = map[string]Alert{"TIP": Tip, "WARNING": Warning, "CAUTION": Caution, "IMPORTANT": Important,
	"NOTE": NoAlert}

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
		b.add(b.at(n), "format", "take it out", "raw HTML can't be used here")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		b.add(b.at(n), "format", "write it as a paragraph, without spaces in front", "code can't be used here")
	case *ast.ThematicBreak:
		b.add(b.at(n), "format", "take it out; a scene begins with a heading: ## Words",
			"a horizontal line can't be used here")
	default:
		b.add(b.at(n), "format", "use paragraphs, quotes and flat lists", "this can't be used here")
	}
}

func (b *builder) paragraph(n *ast.Paragraph) {
	if link, ok := soleLink(n); ok && b.scene != nil {
		b.onward(link)
		return
	}
	if b.scene != nil && b.opensWithName(n) {
		if s, ok := b.speech(n); ok {
			b.told(s)
		}
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
		for _, p := range block.Text {
			if len(p.If)+len(p.Sets) > 0 {
				b.add(p.Pos, "format", "move it into a scene", "the cover can't use facts")
			}
		}
		b.l.Cover = append(b.l.Cover, block)
	case s == nil:
		b.add(block.Pos, "format", "put the heading of the first scene above it, such as: ## The first message",
			"only prose can come before the first scene")
	case s.Rehearsal != nil && len(s.Rehearsal.Moves) > 0 && s.Onward == nil &&
		(block.Kind == Message || block.Kind == Speech):
		b.model(block)
	case len(s.Choices) > 0 || s.Onward != nil || s.Check != nil || s.Rehearsal != nil:
		b.after(block.Pos)
	default:
		s.Told = append(s.Told, block)
	}
}

// asks returns what a scene asks besides its choices, in the words of a diagnostic, or "".
func (s *Scene) asks() string {
	switch {
	case s.Check != nil:
		return "question"
	case s.Rehearsal != nil:
		return "line to type"
	}
	return ""
}

// second reports that a scene has a second thing to do.
func (b *builder) second(at Pos) {
	s := b.scene
	switch {
	case (s.Check != nil || s.Rehearsal != nil) && s.Onward == nil:
		b.after(at)
	case b.full != s:
		b.add(at, "format", "give it a scene of its own: put a heading above it, ## The next scene",
			"the scene %q has a second thing to do", s.Title)
		b.full = s
	}
}

// after reports that something follows the one thing to do in a scene, once for each scene.
func (b *builder) after(at Pos) {
	s := b.scene
	const link = "end it with one link on a line of its own, [Go on](#the-next-scene), and put a heading below that: " +
		"## The next scene"
	switch asks := s.asks(); {
	case b.full == s:
	case asks != "":
		b.add(at, "format", link, "a scene does one thing, and %q goes on after its %s", s.Title, asks)
	default:
		b.add(at, "format", "move it above the choices, or put a heading above it: ## The next scene",
			"nothing can come after the choices")
	}
	b.full = s
}

// model adds a model answer to the rehearsal. What others answer isn't one: it goes below a move.
func (b *builder) model(m Block) {
	r, p := b.scene.Rehearsal, m.Text[0]
	switch {
	case !strings.EqualFold(m.Who, r.Who): // A name in other case is reported by the rule on names.
		b.add(m.Pos, "format",
			"put it below the move that it answers, indented by two spaces, or below a heading of its own: "+
				"## The next scene", "%s speaks in between the lines that %s could have typed", m.Who, r.Who)
	case m.Event != "" || m.Draft != "":
		b.add(m.Pos, "format", "write only the words that would be typed",
			"a line that %s could have typed has more in it than words", r.Who)
	case len(m.Signs) > 0:
		b.misplaced(m.Pos)
	case len(p.Sets) > 0:
		b.add(p.Pos, "format", "set it in the scene that comes next",
			"a line that %s could have typed can't set the fact %q", r.Who, p.Sets[0])
	}
	r.Models = append(r.Models, m)
}

// onward reads a paragraph that is only a link: the continue link of the scene.
func (b *builder) onward(link *ast.Link) {
	s, at := b.scene, b.at(link)
	if b.ledOut(at) {
		return
	}
	if len(s.Choices) > 0 || s.Onward != nil {
		b.add(at, "format", "make one list of them: begin each with a hyphen and a space: - [words](#scene)",
			"the scene %q has two links on that aren't in a list", s.Title)
		return
	}
	s.Onward = &Choice{Text: b.inline(link, nil), Pos: at}
	b.link(link, s.Onward)
}

func (b *builder) link(link *ast.Link, c *Choice) {
	dest, ok := strings.CutPrefix(string(link.Destination), "#")
	if !ok {
		b.out = append(b.out, pending{id: string(link.Destination), pos: b.at(link)})
		return
	}
	b.links = append(b.links, pending{unescape(dest), b.at(link), string(link.Title), c})
}

// quote reads a block quote, which is a message or an alert.
func (b *builder) quote(n *ast.Blockquote) {
	if name, ok := b.alertName(n); ok {
		b.alert(n, name)
		return
	}
	if m, ok := b.message(n); ok {
		b.told(m)
	}
}

// told adds a message or speech, or begins a rehearsal if its words are only a line to write on.
func (b *builder) told(m Block) {
	if isBlankLine(m) {
		if b.scene == nil || b.scene.Rehearsal != nil {
			b.add(m.Pos, "format", "give it a scene of its own", "this scene already has a line to type")
			return
		}
		switch p := m.Text[0]; {
		case len(p.If) > 0:
			b.add(p.If[0].Pos, "format", "take it out, and put the condition on a choice that leads to this scene",
				"a line to type can't have a condition")
		case len(p.Sets) > 0:
			b.add(p.Pos, "format", "put it on a line of its own at the top of the scene",
				"a line to type can't set the fact %q", p.Sets[0])
		case len(m.Signs) > 0:
			b.misplaced(m.Pos)
		}
		b.scene.Rehearsal = &Rehearsal{Who: m.Who, Aloud: m.Kind == Speech, Pos: m.Pos}
		return
	}
	b.tell(m)
}

// opensWithName reports whether a paragraph begins with a bold name and a colon, after
// any conditions.
func (b *builder) opensWithName(n *ast.Paragraph) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
			continue
		case *ast.Text:
			if strings.TrimSpace(string(c.Segment.Value(b.source))) == "" {
				continue
			}
		case *ast.Emphasis:
			var name string
			if t, ok := c.LastChild().(*ast.Text); ok && c.Level == 2 {
				name = string(t.Segment.Value(b.source))
			}
			after := ""
			if t, ok := c.NextSibling().(*ast.Text); ok {
				after = string(t.Segment.Value(b.source))
			}
			return name != "" && len(name) <= longestName && (strings.HasSuffix(strings.TrimSpace(name), ":") ||
				strings.HasPrefix(after, ":"))
		}
		return false
	}
	return false
}

// speech reads "**Name:** words" outside a quote.
func (b *builder) speech(n *ast.Paragraph) (Block, bool) {
	var signs []int
	p := b.paraFrom(n, n.FirstChild(), &signs)
	who, rest, ok := speaker(p.Spans)
	if !ok {
		b.add(p.Pos, "format", `type **Name:** "words"`, "this speech has no name in front of it")
		return Block{}, false
	}
	if countBoldNames(rest) > 0 {
		b.add(Pos{p.Pos.Line + 1, 1}, "format", "put an empty line above this line",
			"two people speak in one paragraph")
	}
	s := Block{Kind: Speech, Who: who, Signs: signs, Pos: p.Pos}
	p.Spans = rest
	s.Text = []Para{p}
	if strings.TrimSpace(p.String()) == "" {
		b.add(p.Pos, "format", "write what "+who+" says", "this speech is empty")
	}
	return s, true
}

// message reads "> **Name:** words".
func (b *builder) message(n *ast.Blockquote) (Block, bool) {
	at := b.at(n)
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || n.ChildCount() != 1 {
		fix := "write > **Name:** words, or > [!TIP]"
		if ok { // An empty quote has no child at all.
			second := first.NextSibling()
			if _, para := second.(*ast.Paragraph); para {
				at, fix = b.at(second),
					"take the > out of the empty line above, so that each message is a quote of its own"
			} else {
				at, fix = b.at(second), "write it in words: a message is one paragraph"
			}
		}
		b.add(at, "format", fix, "this quote is neither a message nor a panel")
		return Block{}, false
	}
	var signs []int
	b.drafts = true
	p := b.paraFrom(first, first.FirstChild(), &signs)
	b.drafts = false
	if isMoment(first) && b.scene != nil {
		p.Spans = plain(p.Spans)
		return Block{Kind: AppLine, Text: []Para{p}, Signs: signs, Pos: at}, true
	}
	who, rest, ok := speaker(p.Spans)
	if !ok {
		name := cmp.Or(b.l.Focus, "Name")
		b.add(at, "format", "type who says it: > **"+name+":** "+text.Line(p.String(), 60)+
			"; or open a panel with a line > [!TIP]", "this quote is neither a message nor a panel")
		return Block{}, false
	}
	if b.l.Focus != "" && strings.Contains(Para{Spans: rest}.String(), b.l.Focus+":") || countBoldNames(rest) > 0 {
		second := Pos{at.Line + 1, 1}
		b.add(second, "format", "put an empty line above this line", "two messages in one quote")
	}
	m := Block{Kind: Message, Who: who, Signs: signs, Pos: at}
	rest = b.draft(&m, rest)
	m.Event, rest = event(rest)
	p.Spans = rest
	m.Text = []Para{p}
	switch words := strings.TrimSpace(p.String()); {
	case words == "…" || words == "...":
		p.Spans = nil
		return Block{Kind: Typing, Who: who, Text: []Para{p}, Pos: at}, true
	case words == "" && m.Event == "":
		b.add(at, "format", "write what "+who+" says", "this message is empty")
	}
	return m, true
}

// draft takes the struck words off the beginning of a message: they were typed and
// deleted. Only the person whom the learner helps may have a draft.
func (b *builder) draft(m *Block, spans []Span) []Span {
	for len(spans) > 0 && spans[0].struck {
		m.Draft, spans = m.Draft+spans[0].Text, spans[1:]
	}
	m.Draft = strings.TrimSpace(m.Draft)
	if m.Draft != "" && b.l.Focus != "" && m.Who != b.l.Focus {
		b.add(m.Pos, "format", "take out the ~~: nobody sees what "+m.Who+" deletes",
			"only the person the learner helps can have a deleted draft")
	}
	for i := range spans {
		if spans[i].struck {
			b.add(m.Pos, "format", "put the struck-out words first, right after the name, or take out the ~~",
				"there are struck-out words in the middle of this message")
		}
		spans[i].struck = false
	}
	return tidy(spans)
}

// event splits an event of the chat from its content. An event is an italic phrase at the
// beginning of a message, followed by a space or by nothing.
func event(spans []Span) (string, []Span) {
	if len(spans) == 0 || !spans[0].Italic || spans[0].Bold ||
		len(spans) > 1 && !strings.HasPrefix(spans[1].Text, " ") {
		return "", spans
	}
	return strings.TrimSpace(spans[0].Text), tidy(spans[1:])
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
		b.add(b.pos(seg.Start), "format", "put "+text.Line(strings.TrimSpace(rest), 60)+
			" on a line of its own below: > "+text.Line(strings.TrimSpace(rest), 60),
			"[!%s] has to be alone on its line", name)
	}
	return name, ok && closed
}

// alert reads an alert: feedback, or a NOTE for the facilitator.
func (b *builder) alert(n *ast.Blockquote, name string) {
	at := b.at(n)
	kind, ok := alerts[strings.ToUpper(name)]
	if !ok {
		b.add(at, "format", "type one of [!TIP], [!WARNING], [!CAUTION], [!IMPORTANT], [!NOTE]", "unknown panel %q",
			name)
		return
	}
	var says []Para
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		says = append(says, b.prose(c, c == n.FirstChild())...)
	}
	if len(says) == 0 {
		if !b.reported(at.Line) {
			b.add(at, "format", "write what it says below: > words", "this panel is empty")
		}
		return
	}
	if kind == NoAlert {
		for _, p := range says {
			if len(p.If)+len(p.Sets) > 0 {
				b.add(p.Pos, "format", "move it into the scene's text", "a note for the facilitator can't use facts")
			}
		}
		if b.scene == nil {
			b.add(at, "format", "move it into a scene", "the cover can't have a note for the facilitator")
			return
		}
		b.scene.Notes = append(b.scene.Notes, says)
		return
	}
	b.tell(Block{Kind: Feedback, Alert: kind, Text: says, Pos: at})
}

// prose reads a paragraph or a flat list. With skip it leaves out the first line,
// which names the alert.
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
	b.add(b.at(n), "format", "use paragraphs and flat lists", "this can't be used here")
	return nil
}

// isBlankLine reports whether a message is only a line to write on.
func isBlankLine(m Block) bool {
	if m.Kind != Message && m.Kind != Speech || len(m.Text) == 0 {
		return false
	}
	s := strings.TrimSpace(m.Text[0].String())
	return len(s) >= 3 && strings.Trim(s, "_") == ""
}
