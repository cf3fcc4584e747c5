package view

import (
	"wayout/internal/course"
)

// View makes items from the lessons and words of a course. It never changes after it
// is made, so it may be shared between goroutines.
type View struct {
	course *course.Course
	words  *course.Words
	room   course.RoomWords
}

// Solo returns the view of a course for a learner alone. It doesn't read the words for
// rooms, so it can't fail as [New] can.
func Solo(c *course.Course) *View { return &View{course: c, words: c.Words()} }

// Card is what an adult does first after a disclosure.
type Card struct {
	Head   string
	Points []string // What to do if someone is in danger is first.
}

// Card returns the card for the adult who leads.
func (v *View) Card() Card { return Card{v.room.CardHead, v.room.Card} }

// New returns the view of a course. Rules are the school's own ground rules; if nil,
// those of the course apply. The error names the file of the course that is wrong.
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
