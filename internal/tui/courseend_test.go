package tui

import (
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/play"
	"wayout/internal/progress"
)

// finished returns the options of someone who has played every lesson of the course to an end.
func finished(t testing.TB) Options {
	t.Helper()
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: t.TempDir(), Today: today})
	for _, id := range o.Course.IDs() {
		l, _, err := o.Course.Lesson(id)
		if err != nil || l == nil {
			t.Fatal(id, err)
		}
		run, err := play.Replay(l, 1, check.Paths(l)[0].Actions)
		if err != nil {
			t.Fatal(err)
		}
		o.Book.Keep(run)
	}
	return o
}

// TestCourseEnd checks that once every lesson was played, Home selects the end of the course,
// which names each lesson with its endings, and that Home has no such line before.
func TestCourseEnd(t *testing.T) {
	d := newDesk(t, later(t), 80, 40)
	if d.screen().Contains("That's all of them") {
		t.Errorf("the course ends early:\n%s", d.screen())
	}
	o := finished(t)
	d = newDesk(t, o, 80, 60)
	d.want("▸ That's all of them: the end of the course")
	d.press("enter")
	d.want("Somebody had to be told", "The real thing may look different")
	for _, e := range o.Course.Lessons {
		d.want(e.Title + " · 1 of ")
	}
	d.press("esc", "down", "enter", "esc", "esc")
	if s := d.screen().String(); strings.Contains(s, "▸ That's all") {
		t.Errorf("it is pointed at again:\n%s", s)
	}
	d = newDesk(t, func() Options { o := finished(t); o.Course = whole(t).Course; return o }(), 80, 24)
	if d.screen().Contains("That's all of them") {
		t.Error("other lessons than those of the course end it")
	}
}
