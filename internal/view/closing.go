package view

import "wayout/internal/lesson"

// closing returns what a room is told last. It depends on whom the story is about: "it isn't
// your fault" is true for someone harmed, but not for someone who has harmed others.
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

// after returns what a room is asked last.
func (v *View) after(l *lesson.Lesson) string {
	if l.Role == "adult" {
		return v.room.Closing.AfterAdult
	}
	return v.room.After
}
