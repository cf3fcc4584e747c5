package check

import (
	"fmt"
	"unicode/utf8"

	"wayout/internal/lesson"
)

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
	lists := 0
	var first, last, longest []lesson.Pos
	var tell []lesson.Pos
	checks := 0
	for _, s := range f.l.Scenes {
		if at := safest(s.Choices); at >= 0 && len(s.Choices) > 1 {
			lists++
			c := s.Choices[at]
			if at == 0 {
				first = append(first, c.Pos)
			}
			if at == len(s.Choices)-1 {
				last = append(last, c.Pos)
			}
			if isLongest(len(s.Choices), at, func(i int) string { return s.Choices[i].String() }) {
				longest = append(longest, c.Pos)
			}
		}
		if s.Check != nil {
			checks++
			for i, o := range s.Check.Options {
				if o.Right && isLongest(len(s.Check.Options), i, func(i int) string {
					return s.Check.Options[i].String()
				}) {
					tell = append(tell, o.Pos)
				}
			}
		}
	}
	if lists >= fewestLists {
		for _, c := range []struct {
			at         []lesson.Pos
			words, fix string
		}{{first, "first", place}, {last, "last", place}, {longest, "longest", longer}} {
			if len(c.at) == lists {
				at := inOrder(c.at)
				f.add(at[0], nil, fmt.Sprintf(c.fix, some(1, at)), "the safe choice is always the %s (%s)", c.words,
					lines(at))
			}
		}
	}
	if most := mostLongest * float64(checks); float64(len(tell)) > most {
		f.longestRight(tell, checks, int(most))
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
		if i != at && utf8.RuneCountInString(of(i)) >= utf8.RuneCountInString(of(at)) {
			return false
		}
	}
	return true
}
