package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// menus returns each set of choices that are open together in some state.
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

// menu checks that no choice list has only safe choices. A single open choice isn't a list.
func (f *finder) menu() {
	for _, m := range f.menus() {
		if !slices.ContainsFunc(m, func(c lesson.Choice) bool { return c.Rating != lesson.Safe }) {
			f.add(m[0].Pos, nil, "add something people might really do here that isn't safe",
				"every choice here is safe, so there's nothing to decide")
		}
	}
}

// Words that give wrong answers away: they give reasons, or speak in absolutes.
var (
	justifies = []string{"so", "because", "since", "as", "until"}
	parts     = []string{"a", "an", "the", "my", "his", "her", "their", "your", "our"}
	absolutes = []string{"all", "always", "never", "any", "just"}
)

// mostApart is by how many percentage points wrong answers may do so more often than right ones.
const mostApart = 15

// giveaway2 checks that neither place, length nor such words give the safest choice or the
// right answer away.
func (f *finder) giveaway2() {
	pairs := 0
	var tells standing
	var without []lesson.Pos // Lists that have no safest choice, or several.
	var choices tally
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
		pairs += one(len(m) == 2)
		tells.note(m, k)
	}
	// In a list of two, the safest choice is first or last. An odd number of such lists can't be balanced.
	if most := max(tells.lists/2, (pairs+1)/2); tells.lists >= fewestLists {
		not := uncounted(without)
		for i, p := range places {
			f.tooOften(tells.at[i], tells.lists, most, p.name, p.fix+not)
		}
	}
	tell, checks, answers := f.answers()
	if 2*len(tell) > checks && checks >= fewestLists {
		f.longestRight(tell, checks, checks/2)
	}
	f.apart(choices, "unsafe choices", "safe")
	if checks >= fewestLists {
		f.apart(answers, "wrong answers", "right")
	}
}

// Fixes for a choice that its place or length gives away. A fix must not turn the first choice
// into the last, or the longest into the shortest.
const (
	place  = "move it in %s: between two others it's neither first nor last, and a list of two can get a third"
	longer = "in %s: with three choices, lengthen one that isn't safe, or shorten the safe one until it's between " +
		"the others; with two, make both equally long, counting quotation marks, or write a third"
	shorter = "in %s: with three choices, shorten one that isn't safe, or lengthen the safe one until it's between " +
		"the others; with two, make both equally long, counting quotation marks, or write a third"
)

// uncounted says which lists aren't counted, and why, so that an author doesn't look for the
// fault in them.
func uncounted(lists []lesson.Pos) string {
	if len(lists) == 0 {
		return ""
	}
	return fmt.Sprintf(". Lists with one safe choice count; those with none or several don't (%s)",
		lines(inOrder(lists)))
}

// tooOften reports that the safest choice has a place or length in more lists than it may.
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

// some says in how many of these lines to change something.
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

// tally counts words that give wrong options away.
type tally struct {
	right, wrong      int
	because, absolute habit
}

// habit is how many right and how many wrong options use some words.
type habit struct {
	right, wrong int
	such         []string   // The wrong options, with their lines.
	at           lesson.Pos // The position of the first wrong option.
}

func (t *tally) count(s string, at lesson.Pos, right bool) {
	words := strings.Fields(text.Fold(s))
	says := func(listed []string, word string, before []string) bool {
		for i, w := range words {
			if slices.Contains(listed, w) && !(w == word && i+1 < len(words) && slices.Contains(before, words[i+1])) {
				return true
			}
		}
		return false
	}
	quoted := fmt.Sprintf("%q in line %d", strings.Trim(s, "\"“”"), at.Line)
	t.right, t.wrong = t.right+one(right), t.wrong+one(!right)
	if says(justifies, "as", parts) { // "As his mother" names a role, and gives no reason.
		t.because.note(quoted, at, right)
	}
	if says(absolutes, "all", []string{"right"}) { // "All right" isn't absolute.
		t.absolute.note(quoted, at, right)
	}
}

func (h *habit) note(quoted string, at lesson.Pos, right bool) {
	if right {
		h.right++
		return
	}
	h.wrong++
	if slices.Contains(h.such, quoted) { // The same option may be in several menus.
		return
	}
	if len(h.such) == 0 || at.Line < h.at.Line {
		h.at = at
	}
	h.such = append(h.such, quoted)
}

func (f *finder) apart(t tally, these, others string) {
	if t.right == 0 || t.wrong == 0 {
		return
	}
	for _, c := range []struct {
		habit
		words string
	}{{t.because, "justify themselves (so, because, since, as, until)"},
		{t.absolute, "speak in absolutes (all, always, never, any, just)"}} {
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
