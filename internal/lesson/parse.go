//go:build !js

package lesson

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// Parse reads a whole lesson. The file's name gives the id and is in the diagnostics.
// The lesson is nil if there is any diagnostic: a lesson that is only partly
// understood must not be played.
//
// Diagnostics have the rule "text" for characters that are not safe to show, "limit"
// for excess, "link" for links, headings and facts that don't fit together, "signs" and
// "practice" for parts of these rules of internal/check, and "format" for the rest.
func Parse(file string, src []byte) (*Lesson, []Diagnostic) {
	r, clean := gate(file, src)
	if len(r.diags) > 0 {
		return nil, r.diags
	}
	head, body := r.head(clean)
	head.File = r.file
	guessed := len(r.diags) > 0
	if body == 0 { // There is no front matter.
		return nil, r.diags
	}
	sum := sha256.Sum256([]byte(clean))
	if r.scan(clean[body:], r.pos(body).Line) {
		SortDiagnostics(r.diags)
		return nil, r.diags
	}
	clean = r.mend(clean, body, head, false)
	r.read(clean)
	l := &Lesson{Head: head, Version: hex.EncodeToString(sum[:6])}
	b := &builder{report: r, source: []byte(blank(clean, body)), l: l, guessed: guessed}
	b.build()
	SortDiagnostics(r.diags)
	if len(r.diags) > 0 {
		return nil, r.diags
	}
	l.voices()
	return b.l, nil
}

// blank returns the source with the front matter as empty lines, so that the offsets
// in the Markdown tree are those of the file.
func blank(src string, body int) string {
	front := []byte(src[:body])
	for i := range front {
		if front[i] != '\n' {
			front[i] = ' '
		}
	}
	return string(front) + src[body:]
}

// builder walks the Markdown tree, once, and fills the lesson.
type builder struct {
	*report
	source []byte
	l      *Lesson
	scene  *Scene // Nil on the cover.
	full   *Scene // The last scene reported for having more than one thing to do.
	links  []pending
	out    []pending // Links that lead out of the file, or seem to.
	conds  []Cond
	sets   []Cond // Facts that are set, with their positions.
	drafts bool   // A message is being read, which may begin with struck words.
	same   string // Names what is being read if it can't have conditions; "" otherwise.
	deck   *Deck  // Set while a deck is read, whose stories can't have links.
	// guessed is set if the front matter had errors, so that the declared facts aren't
	// known for certain.
	guessed bool
}

// pending is a link whose scene may be further down.
type pending struct {
	id     string
	pos    Pos
	title  string
	choice *Choice
}

func (b *builder) build() {
	md := goldmark.New(goldmark.WithExtensions(extension.Footnote, extension.TaskList, extension.Strikethrough))
	doc := md.Parser().Parse(gmtext.NewReader(b.source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if notes, ok := n.(*east.FootnoteList); ok {
			b.footnotes(notes)
		}
	}
	titled := false
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			titled = b.heading(h, titled)
			continue
		}
		b.block(n)
	}
	b.endScene()
	b.resolve()
}

func (b *builder) heading(h *ast.Heading, titled bool) bool {
	at := b.at(h)
	switch {
	case h.Level == 1 && b.deck != nil:
		b.form(h)
	case h.Level == 1 && !titled && b.scene == nil:
		return true
	case h.Level == 1:
		b.add(at, "format", "type ## instead of #: a scene's heading has two", "there's a second title")
	case h.Level > 2:
		b.add(at, "format", "type ## instead: a scene's heading has two", "a heading can't have %d marks", h.Level)
	case len(b.l.Scenes) == MaxScenes:
		b.add(at, "limit", "split the lesson in two", "more than %d scenes", MaxScenes)
	default:
		b.endScene()
		title := Para{Spans: b.inline(h, nil)}.String()
		id := Slug(title)
		if b.l.Scene(id) >= 0 {
			b.add(at, "link", fmt.Sprintf("give this one or the one in line %d a different heading",
				b.l.Scenes[b.l.Scene(id)].Pos.Line), "two scenes are called %q", title)
		}
		if id == "" {
			b.add(at, "format", "type a name after ##", "this scene has no name")
		}
		b.l.Scenes = append(b.l.Scenes, Scene{ID: id, Title: title, Pos: at, strict: b.l.Format() == 2})
		b.scene = &b.l.Scenes[len(b.l.Scenes)-1]
	}
	return titled
}

// endScene checks that the scene that ends here is complete.
func (b *builder) endScene() {
	s := b.scene
	if s == nil {
		return
	}
	if b.deck != nil {
		b.endItem(s)
		return
	}
	if asks := s.asks(); asks != "" && s.Onward == nil && b.full != s {
		b.add(s.Pos, "format", "end the scene with one link: [Go on](#scene)", "the %s in %q leads nowhere", asks,
			s.Title)
	}
	b.endRehearsal(s)
}

func (b *builder) endRehearsal(s *Scene) {
	if r := s.Rehearsal; r != nil {
		if len(r.Moves) == 0 {
			b.add(r.Pos, "format", "list its moves below it, such as: - `decline` no, nope; the moves are boundary, "+
				"decline, name-it, leave, tell, and ~feed, ~agree, ~excuse, ~bargain for those that give in",
				"the line to type has no moves")
		}
		if len(r.Models) == 0 {
			b.add(r.Pos, "format", "write one below the moves: > **"+r.Who+":** …",
				"the line to type has no model answer")
		} else if !slices.ContainsFunc(r.Models, func(m Block) bool { return len(m.Text[0].If) == 0 }) {
			b.add(r.Models[0].Pos, "format", "write one without a condition, below the moves",
				"every line that %s could have typed has a condition", r.Who)
		}
	}
}

// resolve points every link at its scene, rates the choices, and checks that facts
// and the scenes in conditions exist.
func (b *builder) resolve() {
	if len(b.l.Scenes) == 0 && len(b.diags) == 0 {
		b.add(Pos{len(b.lines), 1}, "format", "write the first one as: ## Heading", "the lesson has no scenes")
	}
	ids := make([]heading, len(b.l.Scenes))
	for i, s := range b.l.Scenes {
		ids[i] = heading{s.ID, s.Title, s.Pos.Line}
	}
	for _, p := range b.links {
		to := b.l.Scene(p.id)
		if to < 0 {
			b.add(p.pos, "link", sceneFix(p.id, ids, "#%s"), "there's no scene %q in this file", "#"+p.id)
			continue
		}
		p.choice.To = to
	}
	for _, p := range b.links { // Only now, because rating follows the links.
		p.choice.Rating, p.choice.Rated = b.rate(p), p.title != ""
	}
	b.asked()
	for _, p := range b.out {
		asked := p.id[strings.LastIndexAny(p.id, "#=/")+1:]
		b.add(p.pos, "format", sceneFix(asked, ids, "(#%s)"), "a link can't lead out of the file")
	}
	for _, c := range b.conds {
		if c.Scene != "" && b.l.Scene(c.Scene) < 0 {
			b.add(c.Pos, "link", sceneFix(c.Scene, ids, "`"+Cond{Scene: "%s", Not: c.Not}.String()+"`"),
				"there's no scene %q in this file", c.Scene)
		}
		if c.Scene == "" {
			b.known(c)
		}
	}
	for _, c := range b.sets {
		b.known(c)
	}
}

// known reports a fact that the front matter does not declare, and names those that it
// declares, because it may be one of them misspelt.
func (b *builder) known(c Cond) {
	if b.l.remembers(c.Fact) || b.guessed {
		return
	}
	var names []string
	for _, f := range b.l.Remembered() {
		names = append(names, f.Name)
	}
	fix := "add it to the front matter, on a line below facts:, after two spaces:   " + c.Fact + ": what it means"
	if len(names) == 0 {
		fix = "add two lines to the front matter: facts:, and below it, after two spaces:   " + c.Fact +
			": what it means"
	} else {
		fix = "the facts are " + strings.Join(names, ", ") + "; use one of them, or " + fix
	}
	b.add(c.Pos, "link", didYouMean(nearest(c.Fact, names))+fix, "fact %q is not declared", c.Fact)
}

// asked reports more than [MaxAsked] scenes that conditions ask about.
func (b *builder) asked() {
	met := make(map[string]bool)
	for _, c := range b.conds {
		if c.Scene == "" || met[c.Scene] {
			continue
		}
		if met[c.Scene] = true; len(met) == MaxAsked+1 {
			b.add(c.Pos, "limit", "set a fact in some of them instead, and ask for that",
				"conditions ask about more than %d scenes", MaxAsked)
		}
	}
}

// rate returns the rating in the link's title, or else that of the first alert that
// follows the link.
func (b *builder) rate(p pending) Rating {
	if i := slices.Index(ratings, p.title); i >= 0 {
		return Rating(i)
	} else if p.title != "" {
		b.add(p.pos, "format", "type one of safe, risky, harmful, neutral", "unknown rating %q", p.title)
	}
	switch _, alert := b.l.FirstAlert(p.choice.To); alert {
	case Tip, Important:
		return Safe
	case Warning:
		return Risky
	case Caution:
		return Harmful
	}
	return Neutral
}

// footnotes reads the footnotes, which are the warning signs.
func (b *builder) footnotes(list *east.FootnoteList) {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		note, ok := n.(*east.Footnote)
		if !ok {
			continue
		}
		label := string(note.Ref)
		kind := strings.TrimRight(strings.TrimRight(label, "0123456789"), "-")
		s := Sign{Label: label, Kind: kind, Pos: b.at(note)}
		was := b.same
		b.same = "the explanation of a sign"
		for c := note.FirstChild(); c != nil; c = c.NextSibling() {
			s.Why = append(s.Why, b.prose(c, false)...)
		}
		b.same = was
		if len(s.Why) == 0 {
			b.add(s.Pos, "signs", "say in a sentence or two why it's a sign here", "sign %q isn't explained", label)
		}
		b.l.Signs = append(b.l.Signs, s)
	}
}

// at returns the position of a node. If the node of an extension has none, at uses
// its first child or its own lines.
func (b *builder) at(n ast.Node) Pos {
	for c := n; c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			return b.pos(t.Segment.Start)
		}
		if c.Pos() > 0 {
			return b.pos(c.Pos())
		}
		if c.Type() == ast.TypeBlock && c.Lines() != nil && c.Lines().Len() > 0 {
			return b.pos(c.Lines().At(0).Start)
		}
	}
	return Pos{1, 1}
}
