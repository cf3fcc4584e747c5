package check

import (
	"fmt"
	"unicode/utf8"

	"wayout/internal/lesson"
)

// fewestLists is how many choice lists a lesson needs before "always" means something.
const fewestLists = 3

// mostLongest is the largest share of checks whose longest answer may be the right one.
// With three or four answers, chance makes it a quarter to a third, but authors tend to
// make the right answer the longest.
const mostLongest = 0.4

// giveaway checks that the safe choices of a lesson are not always first, last or longest,
// and that the longest answer is the right one in at most 40 % of the checks.
func (f *finder) giveaway() {
	if f.l.Format() == 2 {
		f.giveaway2()
		return
	}
	var tells standing
	for _, s := range f.l.Scenes {
		if at := safest(s.Choices); at >= 0 && len(s.Choices) > 1 {
			tells.note(s.Choices, at)
		}
	}
	if tells.lists >= fewestLists {
		for i, p := range places[:3] { // In version 1 short choices are fine.
			if at := inOrder(tells.at[i]); len(at) == tells.lists {
				f.add(at[0], nil, fmt.Sprintf(p.fix, some(1, at)), "the safe choice is always the %s (%s)", p.name,
					lines(at))
			}
		}
	}
	tell, checks, _ := f.answers()
	if most := mostLongest * float64(checks); float64(len(tell)) > most {
		f.longestRight(tell, checks, int(most))
	}
}

// places are what can give a choice away in its list, each with a fix.
var places = [...]struct{ name, fix string }{{"first", place}, {"last", place}, {"longest", longer},
	{"shortest", shorter}}

// standing counts the lists that have exactly one safest choice.
type standing struct {
	lists int
	at    [len(places)][]lesson.Pos // For each of places, the positions of the safest choices there.
}

// note adds a list whose safest choice has the index at.
func (s *standing) note(choices []lesson.Choice, at int) {
	s.lists++
	longest, shortest := extreme(choices, at)
	for i, is := range [len(places)]bool{at == 0, at == len(choices)-1, longest, shortest} {
		if is {
			s.at[i] = append(s.at[i], choices[at].Pos)
		}
	}
}

// answers returns the positions of right answers that are the longest of their check, the number
// of checks, and a tally of the words of all answers.
func (f *finder) answers() (tell []lesson.Pos, checks int, words tally) {
	for _, s := range f.l.Scenes {
		if s.Check == nil {
			continue
		}
		checks++
		for i, o := range s.Check.Options {
			words.count(o.String(), o.Pos, o.Right)
			if longest, _ := extreme(s.Check.Options, i); longest && o.Right {
				tell = append(tell, o.Pos)
			}
		}
	}
	return tell, checks, words
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

// extreme reports whether text at is longer than every other, and whether it is shorter.
func extreme[T fmt.Stringer](texts []T, at int) (longest, shortest bool) {
	longest, shortest = true, true
	n := utf8.RuneCountInString(texts[at].String())
	for i, t := range texts {
		if o := utf8.RuneCountInString(t.String()); i != at {
			longest, shortest = longest && n > o, shortest && n < o
		}
	}
	return longest, shortest
}
