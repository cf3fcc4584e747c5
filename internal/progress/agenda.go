package progress

import (
	"slices"

	"wayout/internal/lesson"
)

// Item is one thing that a learner can do next.
type Item struct {
	Kind   ItemKind
	Lesson string // The lesson's id, for GoOn and OneLesson.
}

// ItemKind says what an item is. Its words are looked up by this name.
type ItemKind string

// The kinds of item, in the order in which they are listed.
const (
	Now       ItemKind = "now"       // What helps someone right now.
	GoOn      ItemKind = "goon"      // Where the learner stopped.
	Due       ItemKind = "due"       // A booster that is due.
	Finished  ItemKind = "finished"  // The end of the course, once every lesson is done.
	FineOrOff ItemKind = "fineoroff" // The game without a story.
	Practise  ItemKind = "practise"  // Practising what to say, without a story.
	OneLesson ItemKind = "lesson"    // A lesson of the course.
	Before    ItemKind = "before"    // The stories before the course, until a lesson is done.
	After     ItemKind = "after"     // The stories after the course, if those before it are done.
	Changed   ItemKind = "changed"   // What has changed, once both are done.
	MakePlan  ItemKind = "makeplan"  // Making a plan to tell someone.
	KeptPlan  ItemKind = "keptplan"  // The plan, once one is kept.
	Article   ItemKind = "article"   // What the lessons are drawn from.
	Settings  ItemKind = "settings"
)

// Course is what the agenda needs to know of a course: the ids of its lessons in order, and
// whether it has stories before and after them, "Fine or off?" and situations to practise.
type Course interface {
	IDs() []string
	HasForms() bool
	HasFineOrOff() bool
	HasPractise() bool
}

// Agenda returns what a learner can do: help for right now first, then what they come back for.
// Things that take three minutes come before the lessons, because new users didn't find them
// below sixteen lessons. Nothing nags: an unwanted booster stays one line.
func (b *Book) Agenda(c Course) []Item {
	ids, forms := c.IDs(), c.HasForms()
	all := []Item{{Kind: Now}}
	if last := b.Last(ids); last != "" {
		all = append(all, Item{GoOn, last})
	}
	if len(b.Due(ids)) > 0 {
		all = append(all, Item{Kind: Due})
	}
	if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !b.State(id).Done }) {
		all = append(all, Item{Kind: Finished})
	}
	if c.HasFineOrOff() {
		all = append(all, Item{Kind: FineOrOff})
	}
	if c.HasPractise() {
		all = append(all, Item{Kind: Practise})
	}
	for _, id := range ids {
		all = append(all, Item{OneLesson, id})
	}
	done := b.AnyDone()
	_, _, both := b.Change()
	before := b.FormDone(lesson.Before)
	switch {
	case both:
		all = append(all, Item{Kind: Changed})
	case forms && before && done:
		all = append(all, Item{Kind: After})
	case forms && !before && !done:
		all = append(all, Item{Kind: Before})
	}
	plan := MakePlan
	if _, kept := b.Plan(); kept {
		plan = KeptPlan
	}
	return append(all, Item{Kind: plan}, Item{Kind: Article}, Item{Kind: Settings})
}

// Booster returns the stories of the booster that is due; see [Book.Stories]. The
// function of returns the stories of a lesson.
func (b *Book) Booster(ids []string, of func(id string) ([]lesson.Scene, error)) ([]lesson.Scene, error) {
	var sources []Source
	for _, id := range b.Due(ids) {
		stories, err := of(id)
		if err != nil {
			return nil, err
		}
		sources = append(sources, Source{Lesson: id, Stories: stories})
	}
	return b.Stories(sources), nil
}
