package check

import "wayout/internal/lesson"

// fewestLists is how many choice lists it takes to speak of "always".
const fewestLists = 3

// mostLongest is the share of checks whose longest answer may be the right one. With
// three or four answers, chance makes it a quarter to a third; who writes a test makes
// the right answer the longest unless held to it.
const mostLongest = 0.4

// giveaway: over a lesson the safe choices are not always first, last or
// longest, and the longest answer of a check is right in at most 40 %.
func (f *finder) giveaway() {
	if f.l.Format() == 2 {
		f.giveaway2()
		return
	}
	var lists, first, last, longest int
	var checks, tell int
	for _, s := range f.l.Scenes {
		if at := safest(s.Choices); at >= 0 && len(s.Choices) > 1 {
			lists++
			if at == 0 {
				first++
			}
			if at == len(s.Choices)-1 {
				last++
			}
			if isLongest(len(s.Choices), at, func(i int) string { return s.Choices[i].String() }) {
				longest++
			}
		}
		if s.Check != nil {
			checks++
			for i, o := range s.Check.Options {
				if o.Right && isLongest(len(s.Check.Options), i, func(i int) string {
					return s.Check.Options[i].String()
				}) {
					tell++
				}
			}
		}
	}
	at := f.l.Scenes[0].Pos
	if lists >= fewestLists {
		for _, c := range []struct {
			n     int
			words string
		}{{first, "first"}, {last, "last"}, {longest, "longest"}} {
			if c.n == lists {
				f.add(at, nil, "change the order or the words of some lists", "the safe choice is always the %s",
					c.words)
			}
		}
	}
	if float64(tell) > mostLongest*float64(checks) {
		f.add(at, nil, "make wrong answers as long as the right one",
			"the longest answer is the right one in %d of %d checks, at most 40 %% are allowed", tell, checks)
	}
}

// safest returns the index of the only safe choice, or -1.
func safest(choices []lesson.Choice) int {
	at := -1
	for i, c := range choices {
		if c.Rating != lesson.Safe {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// isLongest reports whether text at is longer than every other.
func isLongest(n, at int, of func(int) string) bool {
	for i := range n {
		if i != at && len(of(i)) >= len(of(at)) {
			return false
		}
	}
	return true
}
