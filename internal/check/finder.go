package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// fold returns the folded words of a text with a space at both ends, so that a
// search for a folded phrase matches only whole words.
func fold(s string) string { return " " + text.Fold(s) + " " }

// folded returns the phrases folded, for searching.
func folded(phrases []string) []string {
	all := make([]string, len(phrases))
	for i, p := range phrases {
		all[i] = fold(p)
	}
	return all
}

// finder is one check of one lesson. It gathers the diagnostics of the rules.
type finder struct {
	l      *lesson.Lesson
	lex    Lexicon
	g      *graph
	rule   string
	texts  []piece
	index  map[string][]int32 // For each folded word, the texts that hold it.
	found  []lesson.Diagnostic
	counts once[int]  // Words of paragraphs; see count.
	sizes  once[size] // How much of a screen the paragraphs fill.
}

func (f *finder) add(p lesson.Pos, path []string, fix, format string, args ...any) {
	d := lesson.Diagnostic{File: f.l.File, Line: p.Line, Col: p.Col, Rule: f.rule,
		Message: fmt.Sprintf(format, args...), Fix: fix, Path: path}
	if !slices.ContainsFunc(f.found, func(o lesson.Diagnostic) bool {
		return o.Rule == d.Rule && o.Line == d.Line && o.Col == d.Col && o.Message == d.Message
	}) {
		f.found = append(f.found, d)
	}
}

// piece is one text of a lesson.
type piece struct {
	text   string
	folded string // For searching phrases; see fold.
	lower  string
	pos    lesson.Pos
	staff  bool // Only a facilitator reads it.
	said   bool // A message, speech or a choice: someone's words, which version 2 doesn't grade.
}

// pieces returns every text of the lesson, one piece for each paragraph. They are
// gathered once for all rules.
func (f *finder) pieces() []piece {
	if f.texts == nil {
		f.texts = f.gather()
	}
	return f.texts
}

// holding returns the texts that contain a folded phrase. There are hundreds of phrases and
// over a thousand texts, so it searches only texts with the first word of the phrase.
func (f *finder) holding(phrase string) []piece {
	if f.index == nil {
		f.index = make(map[string][]int32)
		for i, p := range f.pieces() {
			for w := range strings.FieldsSeq(p.folded) {
				if in := f.index[w]; len(in) == 0 || in[len(in)-1] != int32(i) {
					f.index[w] = append(in, int32(i))
				}
			}
		}
	}
	first, _, _ := strings.Cut(strings.TrimSpace(phrase), " ")
	var all []piece
	for _, i := range f.index[first] {
		if p := f.texts[i]; strings.Contains(p.folded, phrase) {
			all = append(all, p)
		}
	}
	return all
}

func (f *finder) gather() []piece {
	var all []piece
	said := false
	one := func(s string, p lesson.Pos, staff bool) {
		if s != "" {
			all = append(all, piece{s, fold(s), strings.ToLower(s), p, staff, said})
		}
	}
	paras := func(text []lesson.Para, staff bool) {
		for _, p := range text {
			one(p.String(), p.Pos, staff)
		}
	}
	blocks := func(bs []lesson.Block) {
		for _, b := range bs {
			said = b.Kind != lesson.Narration && b.Kind != lesson.Feedback
			one(b.Draft, b.Pos, false)
			paras(b.Text, false)
			said = false
		}
	}
	one(f.l.Title, lesson.Pos{Line: 2, Col: 1}, false)
	one(f.l.Goal, f.l.Place("goal"), false)
	one(f.l.Note, f.l.Place("note"), false)
	one(f.l.Behind, f.l.Place("behind"), false)
	blocks(f.l.Cover)
	for _, s := range f.l.Scenes {
		one(s.Title, s.Pos, false)
		blocks(s.Told)
		for _, n := range s.Notes {
			paras(n, true)
		}
		for _, c := range s.Choices {
			said = true
			one(c.String(), c.Pos, false)
			said = false
			blocks(c.Reaction)
		}
		if s.Onward != nil {
			one(s.Onward.String(), s.Onward.Pos, false)
		}
		if s.Check != nil {
			for _, o := range s.Check.Options {
				one(o.String(), o.Pos, false)
				paras(o.Why, false)
			}
		}
		if s.Rehearsal != nil {
			blocks(s.Rehearsal.Models)
			for _, m := range s.Rehearsal.Moves {
				blocks(m.Reaction)
			}
		}
	}
	for _, s := range f.l.Signs {
		paras(s.Why, false)
	}
	return all
}
