package tui

import (
	"testing"

	"wayout/internal/lesson"
)

// TestCoverSaysWhatCheckFinds checks that the cover of a lesson with findings gives their
// number, and says whose lesson it is.
func TestCoverSaysWhatCheckFinds(t *testing.T) {
	o := options(t)
	o.Course.Judge = func(*lesson.Lesson) int { return 4 }
	d := newDesk(t, o, 80, 24)
	d.press("enter", "enter")
	d.want("part of the course", "check still", "4 things")
}
