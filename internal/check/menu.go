package check

import (
	"fmt"
	"slices"
	"strings"

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
			f.add(m[0].Pos, nil, "add what someone in this place might do that isn't safe",
				"every choice here is safe, so that there is nothing to decide")
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
	at := f.l.Scenes[0].Pos
	lists, pairs := 0, 0
	var places []lesson.Pos // Of the lists that it is about.
	var first, last, longest, shortest int
	var choices, answers tally
	for _, m := range f.menus() {
		for _, c := range m {
			choices.count(c.String(), c.Pos, c.Rating == lesson.Safe)
		}
		k := safest(m)
		if k < 0 {
			continue
		}
		lists++
		pairs += one(len(m) == 2)
		places = append(places, m[0].Pos)
		words := func(i int) string { return m[i].String() }
		first, last = first+one(k == 0), last+one(k == len(m)-1)
		longest, shortest = longest+one(isLongest(len(m), k, words)), shortest+one(isShortest(len(m), k, words))
	}
	if lists >= fewestLists {
		for _, c := range []struct {
			n     int
			words string
		}{{first, "first"}, {last, "last"}, {longest, "longest"}, {shortest, "shortest"}} {
			// Of two choices one is first and one last: an odd number of such lists can't be even.
			if c.n > max(lists/2, (pairs+1)/2) {
				f.add(at, nil, "change the order or the words of some of the choices in "+lines(places)+
					"; a third choice in a list of two helps, too",
					"the safest choice is the %s in %d of %d lists, at most half are allowed", c.words, c.n, lists)
			}
		}
	}
	checks, tell := 0, 0
	for _, s := range f.l.Scenes {
		if s.Check == nil {
			continue
		}
		checks++
		for i, o := range s.Check.Options {
			answers.count(o.String(), o.Pos, o.Right)
			tell += one(o.Right && isLongest(len(s.Check.Options), i, func(i int) string {
				return s.Check.Options[i].String()
			}))
		}
	}
	if 2*tell > checks && checks >= fewestLists {
		f.add(at, nil, "make wrong answers as long as the right one",
			"the longest answer is the right one in %d of %d checks, at most half are allowed", tell, checks)
	}
	f.apart(at, choices, "unsafe choices", "safe")
	if checks >= fewestLists {
		f.apart(at, answers, "wrong answers", "right")
	}
}

// tally counts words that give away what is wrong.
type tally struct {
	right, wrong, because, becauseRight, absolute, absoluteRight int

	why, all []string // Wrong ones that give reasons, and that speak in absolutes, with their lines.
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
	note := func(list *[]string, is int) {
		quoted := fmt.Sprintf("%q in line %d", strings.Trim(s, "\"“”"), at.Line)
		if !right && is > 0 && !slices.Contains(*list, quoted) { // A list may be open in several ways.
			*list = append(*list, quoted)
		}
	}
	note(&t.why, because)
	note(&t.all, absolute)
	if right {
		t.right, t.becauseRight, t.absoluteRight = t.right+1, t.becauseRight+because, t.absoluteRight+absolute
	} else {
		t.wrong, t.because, t.absolute = t.wrong+1, t.because+because, t.absolute+absolute
	}
}

func (f *finder) apart(at lesson.Pos, t tally, these, others string) {
	if t.right == 0 || t.wrong == 0 {
		return
	}
	for _, c := range []struct {
		wrong, right int
		words        string
		such         []string
	}{{t.because, t.becauseRight, "justify themselves (so, because, since, as, until)", t.why},
		{t.absolute, t.absoluteRight, "speak in absolutes (all, always, never, any, just)", t.all}} {
		wrong, right := 100*c.wrong/t.wrong, 100*c.right/t.right
		if wrong-right > mostApart {
			such := strings.Join(c.such[:min(len(c.such), 4)], ", ")
			if more := len(c.such) - 4; more > 0 {
				such += fmt.Sprintf(" and %d more", more)
			}
			f.add(at, nil, "take such words out of some of these: "+such+"; or put them into some of the "+others+
				" ones, too", "%d %% of the %s %s, and %d %% of the %s ones", wrong, these, c.words, right, others)
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
		if i != at && len(of(i)) <= len(of(at)) {
			return false
		}
	}
	return true
}
