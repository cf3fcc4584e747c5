//go:build !js

package lesson

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"wayout/internal/text"
)

// para reads a paragraph, its conditions and the facts that it sets.
func (b *builder) para(n ast.Node) Para { return b.paraFrom(n, firstChild(n), nil) }

// paraAfterBreak reads a paragraph without its first line, which names an alert.
func (b *builder) paraAfterBreak(n ast.Node) Para {
	c := firstChild(n)
	for ; c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			p := b.paraFrom(n, c.NextSibling(), nil)
			if first := c.NextSibling(); first != nil {
				p.Pos = b.at(first) // Not the line that names the alert.
			}
			return p
		}
	}
	return Para{Pos: b.at(n)}
}

// paraFrom reads paragraph n from its node c on, and adds the signs of a message to signs.
func (b *builder) paraFrom(n, c ast.Node, signs *[]int) Para {
	p := Para{Pos: b.at(n)}
	leading := true
	for ; c != nil; c = c.NextSibling() {
		if code, ok := c.(*ast.CodeSpan); ok {
			b.chip(&p, code, leading)
			continue
		}
		if t, ok := c.(*ast.Text); !ok || strings.TrimSpace(string(t.Segment.Value(b.source))) != "" {
			leading = false
		}
		b.span(&p.Spans, c, Span{}, signs)
	}
	p.Spans = tidy(p.Spans)
	return p
}

// chip reads a code span: `+fact`, `?fact`, `!fact`, `?scene:id`.
func (b *builder) chip(p *Para, code *ast.CodeSpan, leading bool) {
	at := b.at(code)
	s := b.code(code)
	if len(s) < 2 || !conditional(s) {
		b.add(at, "format", "write `+fact`, `?fact` or `!fact`", "the code span %q can't be used here", s)
		return
	}
	if b.same != "" {
		b.add(at, "format",
			"take it out, and write what's true on every way here; anything else goes in a scene's text",
			"%s is the same for everyone, so %q can't be used in it", b.same, s)
		return
	}
	name := s[1:]
	if s[0] == '+' {
		p.Sets = append(p.Sets, name)
		b.sets = append(b.sets, Cond{Fact: name, Pos: at})
		return
	}
	if !leading {
		b.add(at, "format", "put it first in the paragraph or item", "the condition %q is in the middle", s)
	}
	c := Cond{Fact: name, Not: s[0] == '!', Pos: at}
	if id, ok := strings.CutPrefix(name, "scene:"); ok {
		c.Fact, c.Scene = "", id
	}
	p.If = append(p.If, c)
	b.conds = append(b.conds, c)
}

func (b *builder) code(n *ast.CodeSpan) string {
	var s string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s += string(t.Segment.Value(b.source))
		}
	}
	return strings.TrimSpace(s)
}

// inline reads the children of a node that may hold only words and emphasis.
func (b *builder) inline(n ast.Node, signs *[]int) []Span {
	var spans []Span
	b.spans(&spans, n, Span{}, signs)
	return tidy(spans)
}

// spans appends the spans of the children of a node.
func (b *builder) spans(spans *[]Span, n ast.Node, style Span, signs *[]int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.span(spans, c, style, signs)
	}
}

// span appends the spans of one inline node. Signs is nil where no sign is allowed.
func (b *builder) span(spans *[]Span, n ast.Node, style Span, signs *[]int) {
	switch n := n.(type) {
	case *ast.Text:
		style.Text = b.words(n)
		if n.SoftLineBreak() || n.HardLineBreak() {
			style.Text += " "
		}
		*spans = append(*spans, style)
	case *ast.String:
		style.Text = string(n.Value)
		*spans = append(*spans, style)
	case *ast.Emphasis:
		if n.Level == 1 {
			style.Italic = true
		} else {
			style.Bold = true
		}
		b.spans(spans, n, style, signs)
	case *east.Strikethrough:
		if !b.drafts {
			b.add(b.at(n), "format", "take out the ~ marks",
				"struck-out words can only be at the beginning of a message")
		}
		style.struck = true
		b.spans(spans, n, style, signs)
	case *east.FootnoteLink:
		b.mark(n, signs)
	case *east.FootnoteBacklink, *east.TaskCheckBox:
	case *ast.CodeSpan:
		b.add(b.at(n), "format", codeFix(b.code(n)), "code can't be used here")
	case *ast.Link:
		if style.Bold || style.Italic {
			b.add(b.at(n), "format", "take out the ** or * around the link: [words](#scene)",
				"this link is inside bold or italic words")
			return
		}
		b.add(b.at(n), "format",
			"if it's a choice, begin the line with a hyphen: - [words](#scene); otherwise put the "+
				"link alone between two empty lines", "this link has other words beside it")
	case *ast.AutoLink:
		b.add(b.pos(n.Pos()), "format", "take it out", "a link can't lead out of the file")
	case *ast.Image:
		b.add(b.at(n), "format", "take it out", "a lesson can't have images")
	case *ast.RawHTML:
		b.add(b.pos(n.Segments.At(0).Start), "format", "take it out", "raw HTML can't be used here")
	default:
		b.add(b.at(n), "format", "use words and emphasis", "this can't be used here")
	}
}

// codeFix says what to do about a code span among other words.
func codeFix(code string) string {
	if conditional(code) {
		return "take it out: a condition goes first in a choice, a paragraph, a message or speech"
	}
	return "take out the ` marks"
}

// mark reads a footnote mark: a warning sign, in a message only.
func (b *builder) mark(n *east.FootnoteLink, signs *[]int) {
	at := b.at(n.Parent())
	if n.Pos() > 0 {
		at = b.pos(n.Pos())
	}
	if signs == nil {
		b.misplaced(at)
		return
	}
	if i := n.Index - 1; i >= 0 && i < len(b.l.Signs) {
		*signs = append(*signs, i)
	}
}

// misplaced reports a mark where no message or speech can carry it.
func (b *builder) misplaced(at Pos) {
	b.add(at, "format", "put the mark on the message or speech that shows the sign",
		"this sign isn't on a message or speech")
}

// words returns the words of a text node. It resolves escapes and entities, and passes
// the result through the text gate again.
func (b *builder) words(n *ast.Text) string {
	raw := n.Segment.Value(b.source)
	// The parser may split the text between "[" and "^".
	if at := strings.Index(string(raw), "[^"); at >= 0 {
		b.unexplained(n.Segment.Start+at, n.Segment.Start+at+2)
	} else if at := n.Segment.Start; at > 0 && b.source[at-1] == '[' && strings.HasPrefix(string(raw), "^") {
		b.unexplained(at-1, at+1)
	}
	if n.IsRaw() {
		return string(raw)
	}
	made := util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(raw)))
	clean, found := text.Clean(made, text.Policy{})
	for _, f := range found {
		b.add(b.pos(n.Segment.Start), "text", "take it out", "%s", f.What)
	}
	return strings.ReplaceAll(clean, "\n", " ")
}

// unexplained reports a footnote mark without a footnote. Its label begins at offset at.
func (b *builder) unexplained(mark, at int) {
	label, _, _ := strings.Cut(text.Line(string(b.source[at:min(at+60, len(b.source))]), 60), "]")
	fix := "explain it on a line at the end of the file: [^" + label + "]: why it is a sign here"
	if n := nearest(label, b.labels); n != "" {
		fix = "did you mean [^" + n + "]? If not, " + fix
	}
	b.add(b.pos(mark), "signs", fix, "this footnote mark isn't explained anywhere")
}

// speaker splits "Sam: hey" where "Sam:" is bold.
func speaker(spans []Span) (string, []Span, bool) {
	if len(spans) == 0 || !spans[0].Bold {
		return "", nil, false
	}
	name, rest := strings.TrimSpace(spans[0].Text), spans[1:]
	if bare, ok := strings.CutSuffix(name, ":"); ok {
		name = strings.TrimSpace(bare)
	} else if len(rest) > 0 && strings.HasPrefix(rest[0].Text, ":") {
		rest = append([]Span{{Text: rest[0].Text[1:], Italic: rest[0].Italic}}, rest[1:]...)
	} else {
		return "", nil, false
	}
	return name, tidy(rest), name != "" && len(name) <= longestName
}

// countBoldNames counts bold words that end in a colon: messages run together.
func countBoldNames(spans []Span) int {
	n := 0
	for _, s := range spans {
		if s.Bold && strings.HasSuffix(strings.TrimSpace(s.Text), ":") {
			n++
		}
	}
	return n
}

// tidy joins spans of equal style, folds white space, and trims both ends.
func tidy(spans []Span) []Span {
	var out []Span
	for _, s := range spans {
		if k := len(out) - 1; k >= 0 && out[k].Italic == s.Italic && out[k].Bold == s.Bold &&
			out[k].struck == s.struck {
			out[k].Text += s.Text
		} else {
			out = append(out, s)
		}
	}
	space := true
	kept := out[:0]
	for _, s := range out {
		var b strings.Builder
		for _, r := range s.Text {
			if r == ' ' && space {
				continue
			}
			space = r == ' '
			b.WriteRune(r)
		}
		if s.Text = b.String(); s.Text != "" {
			kept = append(kept, s)
		}
	}
	if k := len(kept) - 1; k >= 0 {
		if kept[k].Text = strings.TrimRight(kept[k].Text, " "); kept[k].Text == "" {
			kept = kept[:k]
		}
	}
	return kept
}

// plain drops all emphasis.
func plain(spans []Span) []Span {
	for i := range spans {
		spans[i].Italic, spans[i].Bold = false, false
	}
	return tidy(spans)
}

// soleLink returns the link that is all of a paragraph.
func soleLink(n *ast.Paragraph) (*ast.Link, bool) {
	l, ok := n.FirstChild().(*ast.Link)
	return l, ok && n.ChildCount() == 1
}

// isMoment reports whether a paragraph is wholly italic, after any conditions.
func isMoment(n *ast.Paragraph) bool {
	e, ok := n.LastChild().(*ast.Emphasis)
	if !ok || e.Level != 1 {
		return false
	}
	for c := n.FirstChild(); c != ast.Node(e); c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
		case *ast.Text:
			if c.Segment.Len() > 1 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// unescape decodes the percent-encoding that editors put into links to headings in
// other scripts.
func unescape(id string) string {
	if s, err := url.PathUnescape(id); err == nil {
		return s
	}
	return id
}
