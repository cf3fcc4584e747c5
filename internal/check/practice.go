package check

import (
	"slices"

	"wayout/internal/lesson"
)

// protective are the protective moves of a lesson of version 1. Young people named them in a
// survey on ways to resist (Zhang, n = 74: what they think helps, not what was shown to).
var protective = []string{"boundary", "decline", "name-it", "leave", "tell"}

// weakening are the weakening moves of a lesson of version 1: they give someone a way back in.
var weakening = []string{"feed", "agree", "excuse", "bargain"}

// practice checks that every path has a rehearsal and a knowledge check. The parser
// checks that each option is explained.
func (f *finder) practice() {
	for _, s := range f.l.Scenes {
		if s.Rehearsal != nil {
			f.moves(s.Rehearsal)
		}
	}
	const said, answered memory = 1, 2
	help := f.helpScenes()
	at, path := f.g.paths(
		func(i int, m memory) memory {
			if help[f.g.scene(i).ID] {
				return said | answered // A path to a scene of help needs no practice: help comes first.
			}
			if f.g.scene(i).Rehearsal != nil {
				m |= said
			}
			if f.g.scene(i).Check != nil {
				m |= answered
			}
			return m
		},
		func(e int32, m memory) memory {
			if move := f.g.move(f.g.edges[e]); move != nil && move.Name == lesson.Danger {
				return said | answered
			}
			return m
		},
		func(i int, m memory) bool { return f.g.scene(i).Ending() && m != said|answered })
	if at >= 0 {
		f.add(f.g.scene(at).Pos, path, "put both where all paths meet: a line to type, > **"+f.l.Focus+
			":** ________, with its moves, and a question with answers such as - [x] right, - [ ] wrong",
			"a path ends in %q without a line to type, or without a question", f.g.scene(at).Title)
	}
}

// helpScenes returns the ids of the scenes that a line about danger leads to. Only format 2
// has them; the rule "danger" checks that someone helps there.
func (f *finder) helpScenes() map[string]bool {
	help := make(map[string]bool)
	for _, m := range f.l.Moves() {
		if m.Name == lesson.Danger && m.Onward != nil && f.l.Format() == 2 {
			help[f.l.Scenes[m.Onward.To].ID] = true
		}
	}
	return help
}

func (f *finder) moves(r *lesson.Rehearsal) {
	strong := false
	for _, m := range r.Moves {
		if r.Situation != "" || f.l.Format() == 2 { // The parser checks that the situation has the move.
			strong = strong || m.Protects()
			continue
		}
		known := protective
		if m.Weak {
			known = weakening
		}
		if !slices.Contains(known, m.Name) {
			f.add(m.Pos, nil, "type one of `boundary`, `decline`, `name-it`, `leave`, `tell`, `~feed`, `~agree`, "+
				"`~excuse`, `~bargain`", "unknown move %q", m.Name)
		}
		strong = strong || !m.Weak
	}
	if !strong {
		f.add(r.Pos, nil, "add one, such as - `decline` no, nope", "the line to type has no move that protects")
	}
}
