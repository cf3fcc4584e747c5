package check

import (
	"slices"

	"wayout/internal/lesson"
)

// link: every scene is reachable, every fact is set and used. That links
// resolve and headings differ is the parser's to see.
func (f *finder) link() {
	reached := make([]bool, len(f.l.Scenes))
	for _, s := range f.g.states {
		reached[s.Scene] = true
	}
	for i, ok := range reached {
		if !ok {
			f.add(f.l.Scenes[i].Pos, nil, "link to it, loosen a condition, or take it out", "no path reaches the scene %q", f.l.Scenes[i].Title)
		}
	}
	for _, fact := range f.l.Facts {
		set, used := f.uses(fact.Name)
		switch {
		case !set:
			f.add(fact.Pos, nil, "write `+"+fact.Name+"` where it comes true", "fact %q is never set", fact.Name)
		case !used:
			f.add(fact.Pos, nil, "write `?"+fact.Name+"` or `!"+fact.Name+"` where it matters, or take it out", "fact %q is never used", fact.Name)
		}
	}
}

// uses reports whether a fact is set, and whether a condition asks for it.
func (f *finder) uses(fact string) (set, used bool) {
	asks := func(cs []lesson.Cond) {
		used = used || slices.ContainsFunc(cs, func(c lesson.Cond) bool { return c.Fact == fact })
	}
	for _, s := range f.l.Scenes {
		blocks := slices.Clone(s.Told)
		for _, c := range s.Choices {
			asks(c.If)
			blocks = append(blocks, c.Reaction...)
		}
		for _, b := range blocks {
			for _, p := range b.Text {
				asks(p.If)
				set = set || slices.Contains(p.Sets, fact)
			}
		}
	}
	return set, used
}
