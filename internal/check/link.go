package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// link checks that every scene is reachable, and that every fact is set and used. The
// parser checks that links resolve and headings differ. A fact that says that someone
// was told counts as used by the rule "told", even if no condition asks about it.
func (f *finder) link() {
	reached := make([]bool, len(f.l.Scenes))
	for _, s := range f.g.states {
		reached[s.Scene] = true
	}
	for i, ok := range reached {
		if !ok {
			s := &f.l.Scenes[i]
			f.add(s.Pos, nil, "link to it from the scene before, - [words](#"+s.ID+
				"); or loosen the condition on a link to it; or take the scene out",
				"nothing leads to the scene %q", s.Title)
		}
	}
	for _, leak := range f.l.Leaks {
		if set, _ := f.uses(leak.Name); len(set) == 0 {
			f.add(leak.Pos, nil, "write `+"+leak.Name+"` where it's given away", "leak %q is never set", leak.Name)
		}
	}
	for _, fact := range f.l.Facts {
		set, used := f.uses(fact.Name)
		switch {
		case len(set) == 0 && len(used) == 0:
			f.add(fact.Pos, nil, fmt.Sprintf("take out line %d, or type `+%s` where it comes true", fact.Pos.Line,
				fact.Name), "fact %q is never set", fact.Name)
		case len(set) == 0:
			f.add(fact.Pos, nil,
				fmt.Sprintf("type `+%s` where it comes true; or take out line %d, and `?%s` or `!%s` in %s", fact.Name,
					fact.Pos.Line, fact.Name, fact.Name, lines(used)),
				"fact %q is never set", fact.Name)
		case len(used) == 0 && !isTold(fact.Name):
			f.add(fact.Pos, nil,
				fmt.Sprintf("type `?%s` or `!%s` in front of words that depend on it; or take out both line %d and "+
					"`+%s` in %s", fact.Name, fact.Name, fact.Pos.Line, fact.Name, lines(set)),
				"fact %q is never used", fact.Name)
		}
	}
}

// lines returns the line numbers of some positions, each once, for a diagnostic.
func lines(at []lesson.Pos) string {
	var all []string
	for _, p := range at {
		if s := fmt.Sprint(p.Line); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) == 1 {
		return "line " + all[0]
	}
	return "lines " + strings.Join(all, ", ")
}

// uses returns where a fact is set, and where conditions ask about it.
func (f *finder) uses(fact string) (set, used []lesson.Pos) {
	for i := range f.l.Scenes {
		for _, c := range play.Conditions(&f.l.Scenes[i]) {
			if c.Fact == fact {
				used = append(used, c.Pos)
			}
		}
		for b := range f.l.Scenes[i].Blocks() {
			for _, p := range b.Text {
				if slices.Contains(p.Sets, fact) {
					set = append(set, p.Pos)
				}
			}
		}
	}
	return set, used
}
