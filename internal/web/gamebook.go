package web

import (
	"slices"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// gamebookScene is a numbered scene of the gamebook.
type gamebookScene struct {
	Number  int
	Scene   lesson.Scene
	Told    []gamebookBlock
	Models  []gamebookBlock // Model answers for a line of the player's own.
	Choices []gamebookChoice
	Lines   []gamebookLine // What a line of the player's own leads to.
	Onward  *gamebookChoice
	Read    string // The box to tick once the scene was read, if a condition needs it; or "".
	Late    bool   // Tick Read only after the ways on, which depend on an earlier visit.
}

// gamebookBlock is a block of the story with its conditions.
type gamebookBlock struct {
	lesson.Block
	Paras []gamebookPara
	Stops bool // Someone who is typing stops without a message.
}

// gamebookPara is a paragraph with its conditions in words.
type gamebookPara struct {
	lesson.Para
	Only  []gamebookCond
	Head  string   // For feedback: its kind, in words.
	Boxes []string // The boxes to tick once the paragraph was read.
}

// gamebookCond is a box that must be ticked, or must not.
type gamebookCond struct {
	Means string
	Not   bool
	Scene int // The number of a scene that must have been read, or 0.
}

// gamebookChoice is a choice, and where it leads.
type gamebookChoice struct {
	lesson.Choice
	Number int
	Only   []gamebookCond
	Says   []gamebookBlock // What is said before the player turns the page.
}

// gamebookLine is a move that a line of the player's own may make, what the others answer, and
// where it leads.
type gamebookLine struct {
	If     string
	Number int
	Says   []gamebookBlock
}

// gamebook makes the gamebook of a lesson: scenes become numbers, and facts become boxes to tick.
type gamebook struct {
	l     *lesson.Lesson
	of    *course.Course
	means map[string]string // What each fact and leak means, in words.
	asked []bool            // By scene: whether a condition asks if it was read.
}

func newGamebook(c *course.Course, l *lesson.Lesson) *gamebook {
	g := &gamebook{l: l, of: c, means: make(map[string]string), asked: make([]bool, len(l.Scenes))}
	for _, f := range l.Facts {
		g.means[f.Name] = f.Means
	}
	for _, f := range l.Leaks {
		g.means[f.Name] = c.Words().T("handout.knows", "What", f.Means)
	}
	for i := range l.Scenes {
		for _, c := range play.Conditions(&l.Scenes[i]) {
			if c.Scene != "" {
				g.asked[l.Scene(c.Scene)] = true
			}
		}
	}
	return g
}

// boxes returns the words of all boxes: the facts, and the scenes that conditions ask for.
func (g *gamebook) boxes() []string {
	var all []string
	for _, f := range g.l.Remembered() {
		all = append(all, g.means[f.Name])
	}
	for i, asked := range g.asked {
		if asked {
			all = append(all, g.read(i+1))
		}
	}
	return all
}

// read returns the words of the box for a scene.
func (g *gamebook) read(number int) string { return g.of.Words().T("handout.read", "Number", number) }

func (g *gamebook) conds(all []lesson.Cond) []gamebookCond {
	var out []gamebookCond
	for _, c := range all {
		b := gamebookCond{Not: c.Not, Means: g.means[c.Fact]}
		if c.Scene != "" {
			b.Scene = g.l.Scene(c.Scene) + 1
		}
		out = append(out, b)
	}
	return out
}

func (g *gamebook) blocks(told []lesson.Block) []gamebookBlock {
	var all []gamebookBlock
	for i, t := range told {
		block := gamebookBlock{Block: t, Stops: t.Kind == lesson.Typing && stops(told[i:])}
		first := true // No earlier paragraph holds in every case.
		for _, p := range t.Text {
			para := gamebookPara{Para: p, Only: g.conds(p.If)}
			for _, name := range p.Sets {
				para.Boxes = append(para.Boxes, g.means[name])
			}
			if t.Kind == lesson.Feedback && first {
				para.Head = view.Solo(g.of).Alert(t.Alert)
			}
			first = first && len(p.If) > 0
			block.Paras = append(block.Paras, para)
		}
		all = append(all, block)
	}
	return all
}

// stops reports whether someone who is typing stops without a message. If the next block depends
// on the player's path, it is false.
func stops(told []lesson.Block) bool {
	if len(told) < 2 {
		return false
	}
	if next := told[1].Text; len(next) > 0 && len(next[0].If) > 0 && !sameConds(next[0].If, told[0].Text[0].If) {
		return false
	}
	switch next := &told[1]; next.Kind {
	case lesson.Message:
		return next.Who != told[0].Who
	case lesson.Typing, lesson.AppLine, lesson.Moment:
		return true
	}
	return false
}

func sameConds(a, b []lesson.Cond) bool {
	return slices.EqualFunc(a, b, func(a, b lesson.Cond) bool {
		return a.Fact == b.Fact && a.Scene == b.Scene && a.Not == b.Not
	})
}

// scenes returns the scenes of the book.
func (g *gamebook) scenes() []gamebookScene {
	var all []gamebookScene
	for i := range g.l.Scenes {
		s := &g.l.Scenes[i]
		b := gamebookScene{Number: i + 1, Scene: *s, Told: g.blocks(s.Told)}
		for _, c := range s.Choices {
			b.Choices = append(b.Choices, g.choice(c))
		}
		if s.Onward != nil {
			onward := g.choice(*s.Onward)
			b.Onward = &onward
		}
		if r := s.Rehearsal; r != nil {
			b.Models = g.blocks(r.Models)
			b.Lines = g.lines(r, b.Onward.Number)
		}
		if g.asked[i] {
			b.Read, b.Late = g.read(i+1), b.asksFor(s)
		}
		all = append(all, b)
	}
	return all
}

func (g *gamebook) choice(c lesson.Choice) gamebookChoice {
	return gamebookChoice{c, c.To + 1, g.conds(c.If), g.blocks(c.Reaction)}
}

// lines returns the ways on from a line to type, if its moves make a difference. On paper there
// is no unclear line, because players know what they wrote.
func (g *gamebook) lines(r *lesson.Rehearsal, onward int) []gamebookLine {
	var all []gamebookLine
	if !r.Branches() {
		return nil
	}
	for _, m := range r.Moves {
		if m.Name == lesson.Unclear {
			continue
		}
		line := gamebookLine{If: g.of.Words().T("handout.ifdanger"), Number: onward, Says: g.blocks(m.Reaction)}
		if m.Name != lesson.Danger { // Danger is never named as a move.
			line.If = g.of.Words().T("handout.ifyou", "Move", g.of.MoveName(m.Name))
		}
		if m.Onward != nil {
			line.Number = m.Onward.To + 1
		}
		all = append(all, line)
	}
	return all
}

// asksFor reports whether the ways on from a scene depend on an earlier visit to it.
func (b *gamebookScene) asksFor(s *lesson.Scene) bool {
	ways := *s
	ways.Told = nil
	return slices.ContainsFunc(play.Conditions(&ways), func(c lesson.Cond) bool { return c.Scene == s.ID })
}
