package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// menus returns the choices that stand together in some state, each set once.
func (f *finder) menus() [][]lesson.Choice {
	var all [][]lesson.Choice
	met := make(map[string]bool)
	for _, v := range f.g.views {
		choices := f.l.Scenes[v.scene].Choices
		var open []lesson.Choice
		key := fmt.Sprint(v.scene)
		for _, w := range v.ways {
			if w.pick >= 0 {
				open = append(open, choices[w.pick])
				key += fmt.Sprint(" ", w.pick)
			}
		}
		if len(open) > 1 && !met[key] {
			met[key] = true
			all = append(all, open)
		}
	}
	return all
}

// menu: no choice list has only safe choices. Where one alone is open it is no list.
func (f *finder) menu() {
	for _, m := range f.menus() {
		if !slices.ContainsFunc(m, func(c lesson.Choice) bool { return c.Rating != lesson.Safe }) {
			f.add(m[0].Pos, nil, "add something people might really do here that isn't safe",
				"every choice here is safe, so there's nothing to decide")
		}
	}
}

// What wrong answers are told by: they give reasons, and they speak in absolutes.
var (
	justifies = []string{"so", "because", "since", "as", "until"}
	parts     = []string{"a", "an", "the", "my", "his", "her", "their", "your", "our"}
	absolutes = []string{"all", "always", "never", "any", "just"}
)

// mostApart is by how many points wrong answers may do so more often than right ones.
const mostApart = 15

// giveaway2: neither place, length nor such words tell the safest choice or the right
// answer.
func (f *finder) giveaway2() {
	lists, pairs := 0, 0
	var first, last, longest, shortest []lesson.Pos // The safest choices that are it.
	var without []lesson.Pos                        // Lists that have none, or several.
	var choices, answers tally
	for _, m := range f.menus() {
		for _, c := range m {
			choices.count(c.String(), c.Pos, c.Rating == lesson.Safe)
		}
		k := safest(m)
		if k < 0 {
			if !slices.Contains(without, m[0].Pos) {
				without = append(without, m[0].Pos)
			}
			continue
		}
		lists++
		pairs += one(len(m) == 2)
		words := func(i int) string { return m[i].String() }
		note := func(list *[]lesson.Pos, is bool) {
			if is {
				*list = append(*list, m[k].Pos)
			}
		}
		note(&first, k == 0)
		note(&last, k == len(m)-1)
		note(&longest, isLongest(len(m), k, words))
		note(&shortest, isShortest(len(m), k, words))
	}
	// Of two choices one is first and one last: an odd number of such lists can't be even.
	if most := max(lists/2, (pairs+1)/2); lists >= fewestLists {
		not := uncounted(without)
		f.tooOften(first, lists, most, "first", place+not)
		f.tooOften(last, lists, most, "last", place+not)
		f.tooOften(longest, lists, most, "longest", longer+not)
		f.tooOften(shortest, lists, most, "shortest", shorter+not)
	}
	checks := 0
	var tell []lesson.Pos
	for _, s := range f.l.Scenes {
		if s.Check == nil {
			continue
		}
		checks++
		for i, o := range s.Check.Options {
			answers.count(o.String(), o.Pos, o.Right)
			if o.Right && isLongest(len(s.Check.Options), i, func(i int) string {
				return s.Check.Options[i].String()
			}) {
				tell = append(tell, o.Pos)
			}
		}
	}
	if 2*len(tell) > checks && checks >= fewestLists {
		f.longestRight(tell, checks, checks/2)
	}
	f.apart(choices, "unsafe choices", "safe")
	if checks >= fewestLists {
		f.apart(answers, "wrong answers", "right")
	}
}

// What to do about a choice that its place or its length tells. What is done must not make
// it the last where it was the first, nor the shortest where it was the longest.
const (
	place  = "move it in %s: between two others it's neither first nor last, and a list of two can get a third"
	longer = "in %s: with three choices, lengthen one that isn't safe, or shorten the safe one until it's between " +
		"the others; with two, make both equally long, counting quotation marks, or write a third"
	shorter = "in %s: with three choices, shorten one that isn't safe, or lengthen the safe one until it's between " +
		"the others; with two, make both equally long, counting quotation marks, or write a third"
)

// uncounted says which lists aren't counted, and why: an author who counts them, too, looks
// for the fault in the wrong place.
func uncounted(lists []lesson.Pos) string {
	if len(lists) == 0 {
		return ""
	}
	return fmt.Sprintf(". Lists with one safe choice count; those with none or several don't (%s)",
		lines(inOrder(lists)))
}

// tooOften reports what the safest choice is in more lists than it may be.
func (f *finder) tooOften(at []lesson.Pos, lists, most int, what, fix string) {
	if len(at) <= most {
		return
	}
	at = inOrder(at)
	f.add(at[0], nil, fmt.Sprintf(fix, some(len(at)-most, at)),
		"the safest choice is the %s in %d of %d lists (%s); at most %d should be", what, len(at), lists, lines(at),
		most)
}

// longestRight reports checks whose right answer is the longest.
func (f *finder) longestRight(at []lesson.Pos, checks, most int) {
	at = inOrder(at)
	f.add(at[0], nil, "make a wrong answer as long as the right one in "+some(len(at)-most, at)+
		", or longer, and without words that justify it (so, because)",
		"the longest answer is the right one in %d of %d questions (%s); at most %d should be", len(at), checks,
		lines(at),
		most)
}

// some says in how many of these something is to be changed.
func some(n int, of []lesson.Pos) string {
	switch {
	case len(of) == 1:
		return "line " + fmt.Sprint(of[0].Line)
	case n >= len(of):
		return "all of these"
	case n == 1:
		return "one of these"
	}
	return fmt.Sprintf("%d of these", n)
}

func inOrder(at []lesson.Pos) []lesson.Pos {
	return slices.SortedFunc(slices.Values(at), func(a, b lesson.Pos) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
}

// tally counts words that give away what is wrong.
type tally struct {
	right, wrong, because, becauseRight, absolute, absoluteRight int

	why, all     []string   // Wrong ones that give reasons, and that speak in absolutes, with their lines.
	whyAt, allAt lesson.Pos // The first of each.
}

func (t *tally) count(s string, at lesson.Pos, right bool) {
	words := strings.Fields(text.Fold(s))
	because := 0
	for i, w := range words {
		// "As his mother" says in which part, and gives no reason.
		if slices.Contains(justifies, w) && !(w == "as" && i+1 < len(words) && slices.Contains(parts, words[i+1])) {
			because = 1
		}
	}
	absolute := 0
	for i, w := range words {
		// "All right" says nothing of all.
		if slices.Contains(absolutes, w) && !(w == "all" && i+1 < len(words) && words[i+1] == "right") {
			absolute = 1
		}
	}
	note := func(list *[]string, first *lesson.Pos, is int) {
		quoted := fmt.Sprintf("%q in line %d", strings.Trim(s, "\"“”"), at.Line)
		if !right && is > 0 && !slices.Contains(*list, quoted) { // A list may be open in several ways.
			if len(*list) == 0 || at.Line < first.Line {
				*first = at
			}
			*list = append(*list, quoted)
		}
	}
	note(&t.why, &t.whyAt, because)
	note(&t.all, &t.allAt, absolute)
	if right {
		t.right, t.becauseRight, t.absoluteRight = t.right+1, t.becauseRight+because, t.absoluteRight+absolute
	} else {
		t.wrong, t.because, t.absolute = t.wrong+1, t.because+because, t.absolute+absolute
	}
}

func (f *finder) apart(t tally, these, others string) {
	if t.right == 0 || t.wrong == 0 {
		return
	}
	for _, c := range []struct {
		wrong, right int
		words        string
		such         []string
		at           lesson.Pos
	}{{t.because, t.becauseRight, "justify themselves (so, because, since, as, until)", t.why, t.whyAt},
		{t.absolute, t.absoluteRight, "speak in absolutes (all, always, never, any, just)", t.all, t.allAt}} {
		wrong, right := 100*c.wrong/t.wrong, 100*c.right/t.right
		if wrong-right > mostApart {
			such := strings.Join(c.such[:min(len(c.such), 4)], ", ")
			if more := len(c.such) - 4; more > 0 {
				such += fmt.Sprintf(" and %d more", more)
			}
			f.add(c.at, nil, "take such words out of some of these: "+such+"; or put some into the "+others+
				" ones", "%d %% of the %s %s, against %d %% of the %s ones", wrong, these, c.words, right, others)
		}
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// isShortest reports whether text at is shorter than every other.
func isShortest(n, at int, of func(int) string) bool {
	for i := range n {
		if i != at && utf8.RuneCountInString(of(i)) <= utf8.RuneCountInString(of(at)) {
			return false
		}
	}
	return true
}
