package view

import "wayout/internal/play"

// CourseEnd is what a learner is shown who has played every lesson of the course: what stays
// of each situation, and how many endings they have found. It counts nothing that could be
// compared.
type CourseEnd struct {
	Head, Text string
	Parts      []CourseEndPart
	Last       string
}

// CourseEndPart is one situation of the course.
type CourseEndPart struct {
	Title   string
	Stays   string   // What stays of it, in a sentence or two; "" for a school's own lessons.
	Lessons []string // Each with its endings.
}

// CourseEnd returns the end of the course. Seen returns the ids of the scenes of a lesson where
// the learner has been. It reads every lesson, which is too slow for the first frame.
func (v *View) CourseEnd(seen func(id string) []string) CourseEnd {
	w := v.words
	out := CourseEnd{Head: w.T("finish.title"), Last: w.T("finish.last")}
	stories, foundAll, all := 0, 0, 0
	for _, e := range v.course.Lessons {
		l, _, err := v.course.Lesson(e.ID)
		if err != nil || l == nil {
			continue // Home says what is wrong with it.
		}
		found, of := play.Endings(l, seen(e.ID))
		stories, foundAll, all = stories+1, foundAll+found, all+of
		title, stays := v.course.Situation(e.ID), v.course.Stays(e.ID)
		if n := len(out.Parts); n == 0 || out.Parts[n-1].Title != title {
			out.Parts = append(out.Parts, CourseEndPart{Title: title, Stays: stays})
		}
		part := &out.Parts[len(out.Parts)-1]
		part.Lessons = append(part.Lessons, w.T("finish.lesson", "Title", e.Title,
			"Endings", w.T("home.endings", "Found", found, "Count", of)))
	}
	out.Text = w.T("finish.text", "Stories", stories, "Found", foundAll, "All", all)
	return out
}
