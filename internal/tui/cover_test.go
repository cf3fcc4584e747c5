package tui

import (
	"testing"

	"wayout/internal/lesson"
)

// TestCoverSaysWhatCheckFinds: a lesson with findings says so before it begins, with
// their count, and whose it is.
func TestCoverSaysWhatCheckFinds(t *testing.T) {
	o := options(t)
	o.Course.Judge = func(*lesson.Lesson) int { return 4 }
	d := newDesk(t, o, 80, 24)
	d.press("enter", "enter")
	d.want("part of the course", "check still", "4 things")
}
