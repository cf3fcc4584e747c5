package tui

import (
	"io/fs"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/watch"
)

// author is an author's file; a test adds its editions.
type author struct{ editions []watch.Edition }

func (a *author) news() (watch.Edition, bool) {
	if len(a.editions) == 0 {
		panic(noNews{})
	}
	ed := a.editions[0]
	a.editions = a.editions[1:]
	return ed, true
}

func (a *author) save(d *desk, eds ...watch.Edition) {
	a.editions = append(a.editions, eds...)
	d.send(nil)
}

// watching returns the options that an author starts the program with.
func watching(t testing.TB, eds ...watch.Edition) (Options, *author) {
	a := &author{editions: eds}
	o := options(t)
	o.Watch = &WatchOptions{File: "my-lesson.md", News: a.news}
	return o, a
}

var unclear = []lesson.Diagnostic{{Line: 12, Rule: "words", Message: "this is long", Fix: "make two of it"},
	{Line: 40, Rule: "menu", Message: "all choices are safe", Fix: "add one that isn't"}}

// TestWatch checks that the file plays from where it was changed, that after a broken edition
// the last playable one stays, and that what check finds is one key away.
func TestWatch(t *testing.T) {
	l := coursetest.Example(t)
	o, a := watching(t, watch.Edition{Number: 1, Lesson: l, Moved: true},
		watch.Edition{Number: 1, Lesson: l, Found: unclear, Checked: true})
	d := newDesk(t, o, 80, 24)
	d.in("rest-in-peace-greg")
	d.want("2 things to fix", "Line 12: this is long")

	way := []play.Action{{Turn: play.Choose, Pick: 1}, {Turn: play.Go}}
	a.save(d, watch.Edition{Number: 2, Lesson: l, Moved: true, Scene: "gary", Way: way},
		watch.Edition{Number: 2, Lesson: l, Scene: "gary", Way: way, Checked: true})
	if said := d.in("gary"); !strings.Contains(said, "hows papaw? still on the fork?") {
		t.Error("what is known on the way isn't")
	}
	if strings.Contains(d.screen().String(), "to fix") {
		t.Error("what was mended is still said")
	}

	// A file that can't be played, or other line ends, don't lose the author's place.
	d.until("a gentleman never tells", nil)
	d.press("2")
	d.want("ok mystery man")
	a.save(d, watch.Edition{Number: 3, Lesson: l, Broken: true, Checked: true, Found: unclear[:1]})
	d.want("ok mystery man", "Not playable as it is", "Line 12")
	a.save(d, watch.Edition{Number: 4, Lesson: l, Missed: fs.ErrNotExist, Broken: true, Checked: true})
	d.want("ok mystery man", "There is no my-lesson.md just now")
	a.save(d, watch.Edition{Number: 5, Lesson: l, Found: unclear, Checked: true})
	d.want("ok mystery man", "2 things to fix")

	// The findings say what to do; saving the file again leaves them open.
	d.press("esc")
	d.want("my-lesson.md", "Line 40: all choices are safe", "To fix it: add one that isn't")
	a.save(d, watch.Edition{Number: 6, Lesson: l, Moved: true, Scene: "gary", Way: way},
		watch.Edition{Number: 6, Lesson: l, Scene: "gary", Way: way, Checked: true})
	d.want("Nothing to fix")
	d.press("enter")
	d.in("gary")

	// A scene to which nothing leads can be played, too.
	a.save(d, watch.Edition{Number: 7, Lesson: l, Moved: true, Scene: "andre"})
	d.in("andre")
}

// TestWatchFromNothing checks that the screen says so while a file can't be played, and plays it once it can.
func TestWatchFromNothing(t *testing.T) {
	o, a := watching(t, watch.Edition{Number: 1, Broken: true, Checked: true, Found: unclear[:1]})
	d := newDesk(t, o, 60, 16)
	d.want("This can't be played yet", "make two of it")
	d.press("enter")
	d.want("This can't be played yet")
	a.save(d, watch.Edition{Number: 2, Lesson: coursetest.Example(t), Moved: true})
	d.press("enter")
	d.in("rest-in-peace-greg")
}

// in checks that a scene is played, and returns all that was told up to its end.
func (d *desk) in(scene string) string {
	d.t.Helper()
	s, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
	if !ok || s.chat.run.Scene().ID != scene {
		d.t.Fatalf("%q isn't played:\n%s", scene, d.screen())
	}
	var said strings.Builder
	for _, b := range s.chat.run.Beats() {
		if b.Block != nil {
			said.WriteString(b.Block.String() + "\n")
		}
	}
	return said.String()
}
