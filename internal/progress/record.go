package progress

import (
	"bytes"
	"cmp"
	"maps"
	"reflect"
	"slices"

	"wayout/internal/play"
)

// Record is all that is kept of a learner.
type Record struct {
	Lessons  map[string]*Lesson   `json:"lessons,omitempty"`  // By id.
	Practice map[string]*Practice `json:"practice,omitempty"` // Boosters by lesson; practice by practiseKey.
	Forms    map[string]*Form     `json:"forms,omitempty"`    // The stories before and after, by [lesson.Session].
	Plan     *Plan                `json:"plan,omitempty"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Lesson is what was done in one lesson. Everything but the place only grows.
type Lesson struct {
	Done    []Day    `json:"done,omitempty"`    // Days on which it was played to an end.
	Scenes  []string `json:"scenes,omitempty"`  // The ids of scenes that the learner has seen.
	Choices []string `json:"choices,omitempty"` // What was chosen, as "scene/next scene".
	Signs   []string `json:"signs,omitempty"`   // Labels of the signs that were spotted.
	Said    []string `json:"said,omitempty"`    // Moves that typed lines have made.
	Checks  []Answer `json:"checks,omitempty"`
	Place   *Place   `json:"place,omitempty"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Place is where to go on. Of two places, the one with the higher number counts.
type Place struct {
	N       int    `json:"n"`                 // Counts the places of a record; the highest is the latest.
	Version string `json:"version,omitempty"` // Of the lesson.
	Moves   []Step `json:"moves,omitempty"`   // Empty if the lesson is over.

	More Unknown `json:",unknown"` // What a later version has written.
}

// Step is one move on the way to a place.
type Step struct {
	play.Trace

	More Unknown `json:",unknown"` // What a later version has written.
}

// steps returns the moves of a run as steps. Steps that are the same as before keep
// their unknown fields.
func steps(moves []play.Trace, was []Step) []Step {
	out := make([]Step, len(moves))
	on := true
	for i, m := range moves {
		out[i].Trace = m
		on = on && i < len(was) && reflect.DeepEqual(m, was[i].Trace)
		if on {
			out[i].More = was[i].More
		}
	}
	return out
}

// traces returns the moves of steps.
func traces(all []Step) []play.Trace {
	out := make([]play.Trace, len(all))
	for i, s := range all {
		out[i] = s.Trace
	}
	return out
}

// Answer is one answered question.
type Answer struct {
	At    string          `json:"at"` // The id of the scene or the story.
	Day   Day             `json:"day"`
	Round int             `json:"round,omitempty"` // The number of a booster or a practice, from 1.
	Pick  int             `json:"pick"`            // The index of the option in the lesson's file, or play.Unsure.
	How   play.Confidence `json:"how"`
	Right bool            `json:"right"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Practice is the boosters of one lesson, or the practice of one situation.
type Practice struct {
	Rounds  []Round  `json:"rounds,omitempty"`
	Answers []Answer `json:"answers,omitempty"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Round is a booster that was done, or replaced by a later one.
type Round struct {
	Round int `json:"round"` // From 1.
	Day   Day `json:"day"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Form is one form of the stories before and after.
type Form struct {
	N       int      `json:"n"`
	Day     Day      `json:"day"`
	Done    bool     `json:"done,omitempty"`
	Answers []Answer `json:"answers,omitempty"`

	More Unknown `json:",unknown"` // What a later version has written.
}

// Plan is the plan that the learner asked to keep.
type Plan struct {
	N    int  `json:"n"`
	Gone bool `json:"gone,omitempty"` // The learner has removed it.
	play.Plan

	More Unknown `json:",unknown"` // What a later version has written.
}

// union merges two records. It is commutative and idempotent, so that the order in which
// windows save doesn't matter.
func union(a, b Record) Record {
	return Record{
		Lessons:  merge(a.Lessons, b.Lessons, mergeLesson),
		Practice: merge(a.Practice, b.Practice, mergePractice),
		Forms:    merge(a.Forms, b.Forms, func(a, b *Form) *Form { return later(a, b, a.N, b.N) }),
		Plan:     mergePlan(a.Plan, b.Plan),
		More:     a.More.with(b.More),
	}
}

func merge[T any](a, b map[string]*T, both func(a, b *T) *T) map[string]*T {
	out := maps.Clone(a)
	for k, v := range b {
		if out == nil {
			out = make(map[string]*T)
		}
		if was, ok := out[k]; ok {
			v = both(was, v)
		}
		out[k] = v
	}
	return out
}

func mergeLesson(a, b *Lesson) *Lesson {
	out := &Lesson{
		Done: set(a.Done, b.Done), Scenes: set(a.Scenes, b.Scenes), Choices: set(a.Choices, b.Choices),
		Signs: set(a.Signs, b.Signs), Said: set(a.Said, b.Said), Checks: answers(a.Checks, b.Checks),
		Place: a.Place, More: a.More.with(b.More),
	}
	switch {
	case a.Place == nil:
		out.Place = b.Place
	case b.Place != nil:
		out.Place = later(a.Place, b.Place, a.Place.N, b.Place.N)
	}
	return out
}

func mergePractice(a, b *Practice) *Practice {
	rounds := append(slices.Clone(a.Rounds), b.Rounds...)
	slices.SortFunc(rounds, func(a, b Round) int {
		return cmp.Or(cmp.Compare(a.Round, b.Round), cmp.Compare(a.Day, b.Day))
	})
	var once []Round
	for _, r := range rounds {
		if last := len(once) - 1; last >= 0 && once[last].Round == r.Round && once[last].Day == r.Day {
			once[last].More = once[last].More.with(r.More)
			continue
		}
		once = append(once, r)
	}
	return &Practice{Rounds: once, Answers: answers(a.Answers, b.Answers), More: a.More.with(b.More)}
}

func mergePlan(a, b *Plan) *Plan {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return later(a, b, a.N, b.N)
}

// later returns the value with the higher number. If two windows have used the same
// number, the longer encoding and then the order of the bytes decide, so that both windows
// decide alike.
func later[T any](a, b *T, an, bn int) *T {
	x, _ := marshal(a) // It can't fail for the types of this package.
	y, _ := marshal(b)
	if cmp.Or(cmp.Compare(an, bn), cmp.Compare(len(x), len(y)), bytes.Compare(x, y)) >= 0 {
		return a
	}
	return b
}

// set returns the values of a and b, each once, in order.
func set[T cmp.Ordered](a, b []T) []T {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// answers returns the answers of a and b, each once, in order.
func answers(a, b []Answer) []Answer {
	type keyed struct {
		key string
		Answer
	}
	var all []keyed
	for _, x := range append(slices.Clone(a), b...) {
		k, _ := marshal(x) // As above.
		all = append(all, keyed{string(k), x})
	}
	slices.SortFunc(all, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Round, b.Round), cmp.Compare(a.key, b.key))
	})
	all = slices.CompactFunc(all, func(a, b keyed) bool { return a.key == b.key })
	var out []Answer
	for _, x := range all {
		out = append(out, x.Answer)
	}
	return out
}

// tidy returns a record as union would have made it, in case the file was edited by
// hand.
func tidy(r Record) Record {
	drop(r.Lessons)
	drop(r.Practice)
	drop(r.Forms)
	for k, v := range r.Lessons {
		r.Lessons[k] = mergeLesson(v, &Lesson{})
	}
	for k, v := range r.Practice {
		r.Practice[k] = mergePractice(v, &Practice{})
	}
	return r
}

// drop removes entries that are null in the file.
func drop[T any](m map[string]*T) {
	maps.DeleteFunc(m, func(_ string, v *T) bool { return v == nil })
}

// count returns how many answers a record holds.
func (r Record) count() int {
	n := 0
	for _, l := range r.Lessons {
		n += len(l.Choices) + len(l.Checks) + len(l.Said)
	}
	for _, p := range r.Practice {
		n += len(p.Answers)
	}
	for _, f := range r.Forms {
		n += len(f.Answers)
	}
	if r.Plan != nil && !r.Plan.Gone {
		n++
	}
	return n
}

// latest returns the highest number of a place, a form or the plan.
func (r Record) latest() int {
	n := 0
	for _, l := range r.Lessons {
		if l.Place != nil {
			n = max(n, l.Place.N)
		}
	}
	for _, f := range r.Forms {
		n = max(n, f.N)
	}
	if r.Plan != nil {
		n = max(n, r.Plan.N)
	}
	return n
}

// with returns the fields of u and v. If both have a field, the order of the bytes
// decides, so that the result doesn't depend on which is u.
func (u Unknown) with(v Unknown) Unknown {
	if len(v) == 0 {
		return u
	}
	out := maps.Clone(v)
	for k, x := range u {
		if y, ok := out[k]; !ok || bytes.Compare(x, y) > 0 {
			out[k] = x
		}
	}
	return out
}
