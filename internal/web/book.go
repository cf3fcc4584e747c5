package web

import (
	"wayout/internal/lesson"
)

// bookScene is a scene of the gamebook, by its number.
type bookScene struct {
	Number int
	Scene  lesson.Scene
	Told   []bookBlock
	Ways   []bookWay
	Onward int      // The number of the next scene, or 0.
	Boxes  []string // What to tick once this was read.
}

// bookBlock is something told, with what it depends on.
type bookBlock struct {
	lesson.Block
	Paras []bookPara
}

// bookPara is a paragraph with what it depends on, in words.
type bookPara struct {
	lesson.Para
	Only []bookCond
}

// bookCond is a box that must be ticked, or must not.
type bookCond struct {
	Means string
	Not   bool
	Scene int // The number of a scene that must have been read, or 0.
}

// bookWay is a choice, and where it leads.
type bookWay struct {
	lesson.Choice
	Number int
	Only   []bookCond
	Says   []lesson.Block // What is said before one turns the page.
}

// book turns a lesson into a gamebook: numbers for scenes, boxes for facts.
func book(l *lesson.Lesson) []bookScene {
	conds := func(all []lesson.Cond) []bookCond {
		var out []bookCond
		for _, c := range all {
			b := bookCond{Not: c.Not}
			if c.Scene != "" {
				b.Scene = l.Scene(c.Scene) + 1
			}
			for _, f := range l.Facts {
				if f.Name == c.Fact {
					b.Means = f.Means
				}
			}
			out = append(out, b)
		}
		return out
	}
	var all []bookScene
	for i, s := range l.Scenes {
		b := bookScene{Number: i + 1, Scene: s}
		for _, t := range s.Told {
			block := bookBlock{Block: t}
			for _, p := range t.Text {
				block.Paras = append(block.Paras, bookPara{p, conds(p.If)})
				for _, name := range p.Sets {
					for _, f := range l.Facts {
						if f.Name == name {
							b.Boxes = append(b.Boxes, f.Means)
						}
					}
				}
			}
			b.Told = append(b.Told, block)
		}
		for _, c := range s.Choices {
			b.Ways = append(b.Ways, bookWay{c, c.To + 1, conds(c.If), c.Reaction})
		}
		if s.Onward != nil {
			b.Onward = s.Onward.To + 1
		}
		all = append(all, b)
	}
	return all
}

// Asks reports whether the scene has a knowledge check.
func (b bookScene) Asks() bool { return b.Scene.Check != nil }
