package view

import (
	"wayout/internal/course"
)

// View makes items of what a course holds. It is made once and may be shared; it
// is never changed.
type View struct {
	course *course.Course
	words  *course.Words
	room   course.RoomWords
}

// Solo returns the view of a course for a learner alone, who is shown nothing of a
// room.
func Solo(c *course.Course) *View { return &View{course: c, words: c.Words()} }

// Card is what an adult does first after a disclosure.
type Card struct {
	Head   string
	Points []string // Danger first.
}

// Card returns the card for the adult who leads.
func (v *View) Card() Card { return Card{v.room.CardHead, v.room.Card} }

// New returns the view of a course. Rules are the school's own ground rules; nil
// takes those of the course. The error says which file of the course is not right.
func New(c *course.Course, rules []string) (*View, error) {
	v := Solo(c)
	var err error
	if v.room, err = c.RoomWords(); err != nil {
		return nil, err
	}
	if rules != nil {
		v.room.Rules = rules
	}
	return v, nil
}
