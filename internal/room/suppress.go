package room

import (
	"cmp"
	"slices"
)

// few is the smallest number of people that a shown number may stand for. A smaller number is
// about someone in particular. England's regulator of exams draws the same line:
// https://www.gov.uk/government/publications/ofquals-statistics-policies-and-procedures/rounding-policy
const few = 5

// fewest is the smallest number of answers for which a result may be shown: [Suppress] needs two
// groups of few.
const fewest = 2 * few

// FewestAnswers is how many answers a question has to have at least before a result is shown. It
// is for words about the rule: [Suppress] doesn't compare with it, and may need more.
const FewestAnswers = fewest

// Least returns the smallest number of seats that a shown number may stand for: few, and one
// more for every seat beyond the headcount, because one person may hold all of those seats and
// know their answers. Callers must not show anything without a headcount (people is 0): the
// order [Show] is refused, and a result is empty (Class.poll and tally.result).
func Least(seats, people int) int { return few + max(seats-people, 0) }

// Result is what may be shown of the answers to a question, never more than [Suppress]
// allows.
type Result struct {
	Scene   string     `json:"scene"`
	Options []int      `json:"options"` // The possible answers, in the order in which they were asked.
	Kind    ResultKind `json:"kind"`
	Groups  []Group    `json:"groups,omitempty"` // The bars, if Kind is Bars.
	Most    int        `json:"most,omitempty"`   // The answer, if Kind is Most.
}

// Group is one bar. It may count several options together, so that no bar stands for one to
// four people.
type Group struct {
	Options []int `json:"options"`
	Count   int   `json:"count"`
}

// ResultKind says how much may be shown.
type ResultKind uint8

// The kinds of result.
const (
	Hidden ResultKind = iota // Nothing: too few answers, or answers too much alike.
	Bars                     // Exact numbers, with small ones added together.
	Most                     // More than two in three gave one answer; no numbers.
)

// Suppress returns what may be shown of the counts of a question's options.
//
// Least, from the function [Least], is the smallest number of seats that a number may stand
// for. From what is shown, an observer who knows the answers of any least-1 seats can't work
// out the answer of another seat, whatever was answered. class_test.go tries every count of
// answers for two to five options, up to a number of seats that it names. It follows that
//
//   - an exact number stands for no one or for at least that many seats. Smaller numbers
//     are added together, and to the next larger one if the sum is still too small, so that
//     no single number can be computed from the sum;
//   - if almost everyone agrees, exact numbers would tell what the others think, and "all"
//     would tell about everyone. Then no number is shown, and the same words are used for
//     everything from just over two thirds to all;
//   - many different counts look the same, and if too few would, nothing is shown.
//
// The price is that fewer than twice least answers never show a result. A single bar would
// say what everyone thinks, so there must be two, and each of them has to reach least. With five
// that makes ten answers, which is why a result is hidden under ten. The words for almost
// everyone need 16: of 16 answers, 11 are more than two thirds, and the other 5 are as many
// as a number may stand for; of 15 only 4 would be left.
func Suppress(q Question, counts []int, least int) Result {
	r := Result{Scene: q.Scene}
	n, top := 0, 0
	for i, o := range q.Options {
		r.Options = append(r.Options, o.Pick)
		n += counts[i]
		if counts[i] > counts[top] {
			top = i
		}
	}
	switch {
	case n == 0:
	case 3*counts[top] > 2*n:
		// The words are used only if at least so many others are possible. If fewer were, those
		// others would know that everyone else gave this answer.
		if most := 2*n/3 + 1; n-most >= least {
			r.Kind, r.Most = Most, q.Options[top].Pick
		}
	default:
		if groups := merge(r.Options, counts, least); len(groups) > 1 {
			r.Kind, r.Groups = Bars, groups
		}
	}
	return r
}

// merge adds small counts together until none stands for fewer than least. The bars are in the
// order of the options, with the added ones last.
func merge(options, counts []int, least int) []Group {
	type cell struct{ at, count int }
	var small, large []cell
	for i, n := range counts {
		if n > 0 && n < least {
			small = append(small, cell{i, n})
		} else {
			large = append(large, cell{i, n})
		}
	}
	sum := 0
	for _, c := range small {
		sum += c.count
	}
	slices.SortStableFunc(large, func(a, b cell) int { return cmp.Compare(a.count, b.count) })
	for sum > 0 && sum < least && len(large) > 0 {
		sum += large[0].count
		small, large = append(small, large[0]), large[1:]
	}
	if len(small) > 0 { // An option that no one chose must look like one that few chose.
		for len(large) > 0 && large[0].count == 0 {
			small, large = append(small, large[0]), large[1:]
		}
	}
	byPlace := func(a, b cell) int { return cmp.Compare(a.at, b.at) }
	slices.SortFunc(small, byPlace)
	slices.SortFunc(large, byPlace)
	var groups []Group
	filled := 0
	for _, c := range large {
		groups = append(groups, Group{[]int{options[c.at]}, c.count})
		if c.count > 0 {
			filled++
		}
	}
	if len(small) > 0 {
		g := Group{Count: sum}
		for _, c := range small {
			g.Options = append(g.Options, options[c.at])
		}
		groups = append(groups, g)
		if sum > 0 {
			filled++
		}
	}
	if filled < 2 {
		return nil
	}
	return groups
}

// Steps returns a number of answers as it may be shown while a question is open: in steps of
// five, so that most answers change nothing that is shown. Once everyone has answered,
// [View].AllAnswered says so: it doesn't say what anyone answered.
func Steps(n int) int { return n / few * few }
