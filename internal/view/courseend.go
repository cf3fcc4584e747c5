package view

import "wayout/internal/play"

// CourseEnd is shown to a learner who has played every lesson of the course: what to remember
// from each situation, and how many endings they have found. It has no score, so that
// learners don't compare themselves.
type CourseEnd struct {
	Head, Text string
	Parts      []CourseEndPart
	Last       string
}

// CourseEndPart is one situation of the course.
type CourseEndPart struct {
	Title   string
	Stays   string   // What to remember from it, in a sentence or two; "" for a school's own lessons.
	Lessons []string // Each title, with how many endings were found.
}

// CourseEnd returns the end of the course. Seen returns the ids of the scenes that the learner has
// seen in a lesson. CourseEnd reads every lesson, which is too slow for the first frame.
func (v *View) CourseEnd(seen func(id string) []string) CourseEnd {
	w := v.words
	out := CourseEnd{Head: w.T("finish.title"), Last: w.T("finish.last")}
	stories, foundAll, all := 0, 0, 0
	for _, e := range v.course.Lessons {
		l, _, err := v.course.Lesson(e.ID)
		if err != nil || l == nil {
			continue // The home screen says what is wrong with the lesson.
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
