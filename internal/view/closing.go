package view

import "wayout/internal/lesson"

// closing is what a room is told last, by whom the story is about: that it isn't your fault is
// true of what was done to someone, and not of what someone has done.
func (v *View) closing(l *lesson.Lesson) string {
	c := v.room.Closing
	switch {
	case l.Role == "adult":
		return c.Adult
	case l.Risk == "making-fakes":
		return c.Harm
	case l.Role == "bystander":
		return c.Bystander
	case l.Fine:
		return c.Fine
	}
	return c.Target
}

// after is what a room is asked last.
func (v *View) after(l *lesson.Lesson) string {
	if l.Role == "adult" {
		return v.room.Closing.AfterAdult
	}
	return v.room.After
}
