package view

import "wayout/internal/lesson"

// Prepare returns what a facilitator should read before a lesson begins.
func (v *View) Prepare(l *lesson.Lesson) Prepare {
	out := Prepare{Head: v.words.T("desk.prepare"), Note: l.Note}
	for i := range l.Scenes {
		if notes := l.Scenes[i].Notes; len(notes) > 0 {
			out.Notes = notes
			break
		}
	}
	return out
}
