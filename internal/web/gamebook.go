package web

import (
	"wayout/internal/lesson"
)

// gamebookScene is a numbered scene of the gamebook.
type gamebookScene struct {
	Number  int
	Scene   lesson.Scene
	Told    []gamebookBlock
	Models  []gamebookBlock // What a line of their own could have been.
	Choices []gamebookChoice
	Lines   []gamebookLine // What a line of the player's own leads to.
	Onward  int            // The number of the next scene, or 0.
	Boxes   []string       // What to tick after reading this scene.
}

// gamebookBlock is a block of the story with its conditions.
type gamebookBlock struct {
	lesson.Block
	Paras []gamebookPara
}

// gamebookPara is a paragraph with its conditions in words.
type gamebookPara struct {
	lesson.Para
	Only []gamebookCond
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

// gamebookLine is what a line of the player's own may do, what the others answer, and where it
// leads.
type gamebookLine struct {
	Move   string
	Number int
	Says   []gamebookBlock
}

// gamebookWords are the words that a gamebook takes from the course.
type gamebookWords struct {
	knows func(what string) string // The words of a box for something that the other person knows.
	move  func(name string) string
}

// boxes returns what each fact and leak of a lesson means, in words.
func boxes(l *lesson.Lesson, w gamebookWords) map[string]string {
	means := make(map[string]string)
	for _, f := range l.Facts {
		means[f.Name] = f.Means
	}
	for _, f := range l.Leaks {
		means[f.Name] = w.knows(f.Means)
	}
	return means
}

// gamebook turns a lesson into a gamebook: numbers for scenes, boxes for facts and leaks.
func gamebook(l *lesson.Lesson, w gamebookWords) []gamebookScene {
	means := boxes(l, w)
	conds := func(all []lesson.Cond) []gamebookCond {
		var out []gamebookCond
		for _, c := range all {
			b := gamebookCond{Not: c.Not, Means: means[c.Fact]}
			if c.Scene != "" {
				b.Scene = l.Scene(c.Scene) + 1
			}
			out = append(out, b)
		}
		return out
	}
	blocks := func(told []lesson.Block) []gamebookBlock {
		var all []gamebookBlock
		for _, t := range told {
			block := gamebookBlock{Block: t}
			for _, p := range t.Text {
				block.Paras = append(block.Paras, gamebookPara{p, conds(p.If)})
			}
			all = append(all, block)
		}
		return all
	}
	var all []gamebookScene
	for i, s := range l.Scenes {
		b := gamebookScene{Number: i + 1, Scene: s, Told: blocks(s.Told)}
		for _, t := range s.Told {
			for _, p := range t.Text {
				for _, name := range p.Sets {
					b.Boxes = append(b.Boxes, means[name])
				}
			}
		}
		for _, c := range s.Choices {
			b.Choices = append(b.Choices, gamebookChoice{c, c.To + 1, conds(c.If), blocks(c.Reaction)})
		}
		if s.Rehearsal != nil {
			b.Models = blocks(s.Rehearsal.Models)
		}
		if r := s.Rehearsal; r != nil && r.Branches() {
			for _, m := range r.Moves {
				line := gamebookLine{Move: w.move(m.Name), Number: s.Onward.To + 1, Says: blocks(m.Reaction)}
				if m.Onward != nil {
					line.Number = m.Onward.To + 1
				}
				if m.Name != lesson.Unclear { // On paper everyone knows what they wrote.
					b.Lines = append(b.Lines, line)
				}
			}
		}
		if s.Onward != nil {
			b.Onward = s.Onward.To + 1
		}
		all = append(all, b)
	}
	return all
}

// Asks reports whether the scene has a knowledge check.
func (b gamebookScene) Asks() bool { return b.Scene.Check != nil }
