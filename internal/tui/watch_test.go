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

// author is an author's file, whose editions a test hands out.
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

// watching is the program as an author starts it.
func watching(t testing.TB, eds ...watch.Edition) (Options, *author) {
	a := &author{editions: eds}
	o := options(t)
	o.Watch = &WatchOptions{File: "my-lesson.md", News: a.news}
	return o, a
}

var unclear = []lesson.Diagnostic{{Line: 12, Rule: "words", Message: "this is long", Fix: "make two of it"},
	{Line: 40, Rule: "menu", Message: "all choices are safe", Fix: "add one that isn't"}}

// TestWatch: the file plays from where it was changed, a broken one leaves the last that
// could be played, and what is found is one key away.
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

	// Nobody loses their place through a file that can't be played, or other line ends.
	d.until("a gentleman never tells", nil)
	d.press("2")
	d.want("ok mystery man")
	a.save(d, watch.Edition{Number: 3, Lesson: l, Broken: true, Checked: true, Found: unclear[:1]})
	d.want("ok mystery man", "Not playable as it is", "Line 12")
	a.save(d, watch.Edition{Number: 4, Lesson: l, Missed: fs.ErrNotExist, Broken: true, Checked: true})
	d.want("ok mystery man", "There is no my-lesson.md just now")
	a.save(d, watch.Edition{Number: 5, Lesson: l, Found: unclear, Checked: true})
	d.want("ok mystery man", "2 things to fix")

	// What is found, with what to do about it; saving stays there.
	d.press("esc")
	d.want("my-lesson.md", "Line 40: all choices are safe", "To fix it: add one that isn't")
	a.save(d, watch.Edition{Number: 6, Lesson: l, Moved: true, Scene: "gary", Way: way},
		watch.Edition{Number: 6, Lesson: l, Scene: "gary", Way: way, Checked: true})
	d.want("Nothing to fix")
	d.press("enter")
	d.in("gary")

	// A scene to which nothing leads can be looked at, too.
	a.save(d, watch.Edition{Number: 7, Lesson: l, Moved: true, Scene: "andre"})
	d.in("andre")
}

// TestWatchFromNothing: a file that can't be played yet says so, and plays once it can.
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

// in holds that a scene is played, and returns all that was told on the way to its end.
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
