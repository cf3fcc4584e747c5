package room

import (
	"cmp"
	"slices"
)

// few is the smallest number of people that a number may stand for. Below it a
// number is about somebody (Ofqual and the US Department of Education use the same).
const few = 5

// Least returns the smallest number of seats that a number may stand for where there
// are more seats than people: few, and all the seats that stand for nobody, because
// they may belong to one person who knows what each of them has answered. No number
// of people said (0) means that nothing can be shown; see [Class.Do].
func Least(seats, people int) int { return few + max(seats-people, 0) }

// Result is what may be shown of the answers to a question: never more than
// [Suppress] has let through.
type Result struct {
	Scene   string     `json:"scene"`
	Options []int      `json:"options"` // What could be answered, in the order in which it was asked.
	Kind    ResultKind `json:"kind"`
	Groups  []Group    `json:"groups,omitempty"` // Of Bars.
	Most    int        `json:"most,omitempty"`   // Of Most: the answer.
}

// Group is a bar: answers that are counted together, so that none of them stands
// for fewer than five people.
type Group struct {
	Options []int `json:"options"`
	Count   int   `json:"count"`
}

// ResultKind says how much may be shown.
type ResultKind uint8

// The kinds of result.
const (
	Hidden ResultKind = iota // Nothing: too few, or too much alike.
	Bars                     // Exact numbers, small ones put together.
	Most                     // More than two in three gave one answer; no numbers.
)

// Suppress returns what may be shown of the counts of a question's options.
//
// Least is the smallest number of seats that a number may stand for, from [Least].
// What is shown, an observer who knows the answers of any least-1 seats can't turn
// into the answer of another one, whatever was answered; class_test.go holds it, by
// trying everything. It follows that
//
//   - an exact number stands for nobody or for at least that many seats. Smaller ones
//     are put together, with the next larger one where that is not enough, so that
//     nothing can be computed from the sum;
//   - where all but a few are of one mind, numbers would tell what the rest think,
//     and "all" would tell of everybody. Then there is no number, and the same
//     words stand for everything from two thirds to all;
//   - who gives the same picture is not told apart: small groups see nothing.
//
// That fewer than twice as many can never be shown anything but "nothing" is the
// price.
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
		// The words must leave room for that many others, or else those who know
		// that they are the others know everybody.
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

// merge puts small counts merge until none stands for fewer than least. The
// bars come in the order of the options, what was put merge last.
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
	if len(small) > 0 { // What nobody chose must not be told apart from what few did.
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

// Steps returns a number of answers as it may be shown while a question is open:
// in steps of five, so that nobody can watch it move by one.
func Steps(n int) int { return n / few * few }
