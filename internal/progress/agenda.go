package progress

import (
	"slices"

	"wayout/internal/lesson"
)

// Item is one thing that a learner can do next.
type Item struct {
	Kind   ItemKind
	Lesson string // The id, of GoOn and OneLesson.
}

// ItemKind says what an item is.
type ItemKind uint8

// The kinds of item, in the order in which they stand.
const (
	GoOn      ItemKind = iota // Where the learner stopped.
	Due                       // A booster that is due.
	Finished                  // The end of the course, once every lesson was done.
	FineOrOff                 // The game without a story.
	Practise                  // Practising what to say, without a story.
	OneLesson                 // A lesson of the course.
	Before                    // The stories before the course, until a lesson was done.
	After                     // The stories after it, once those before were done.
	Changed                   // What has changed, once both were done.
)

// Course is what the agenda has to know of a course: the ids of its lessons in order, and
// whether it has stories before and after them, "Fine or off?" and practising.
type Course interface {
	IDs() []string
	HasForms() bool
	HasFineOrOff() bool
	HasPractise() bool
}

// Agenda returns what a learner can do, first what they come back for. What takes three
// minutes stands before the lessons, because new users didn't find it below sixteen of them.
// Nothing nags: a booster that is not wanted stays one line.
func (b *Book) Agenda(c Course) []Item {
	ids, forms := c.IDs(), c.HasForms()
	var all []Item
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
	return all
}

// Booster puts the stories of what is due together; see [Book.Stories]. Of is
// asked for the stories of a lesson.
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
