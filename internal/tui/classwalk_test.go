package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wayout/internal/play"
	"wayout/internal/room"
)

// everyPhase calls test with a class at every page of a lesson and in every phase that it can
// have there: not asked, asked, closed, shown with a clear result, a tie or no result, blank,
// paused, at everyone's own pace, and on every page before and after the story.
func everyPhase(f *fakeClass, test func(name string)) {
	here, seen := f.class, make(map[string]bool)
	in := func(name string, do func()) {
		was := f.class
		do()
		f.rev, f.seq = f.rev+1, f.seq+1
		test(name)
		f.class = was
		f.rev, f.seq = f.rev+1, f.seq+1
	}
	page := func(name string) {
		in(name, func() {})
		in(name+", blank", func() { f.do(room.Blank) })
		in(name+", paused", func() { f.do(room.Stop) })
		in(name+", own pace", func() { f.do(room.OwnPace) })
		in(name+", blank at their own pace", func() { f.do(room.OwnPace, room.Blank) })
		q := f.class.Question()
		if q.Scene == "" {
			return
		}
		in(name+", open", func() { f.do(room.Ask) })
		in(name+", closed", func() { f.do(room.Ask, room.Close) })
		for what, votes := range map[string][]int{"clear": {12, 9}, "a tie": {10, 10}, "most": {20, 1},
			"none": {1, 1}} {
			shown := func() { f.do(room.Ask); f.vote(votes...); f.do(room.Close, room.Show) }
			in(name+", shown: "+what, shown)
			in(name+", shown and blank: "+what, func() { shown(); f.do(room.Blank) })
		}
	}
	test("joining")
	f.do(room.Start)
	page("rules")
	for i := range f.l.Scenes {
		f.class = here
		f.do(room.Start)
		if err := f.order(room.Command{Verb: room.Scene, Text: f.l.Scenes[i].ID}); err != nil {
			f.t.Fatal(err)
		}
		for n := 0; ; n++ {
			if shape := shapeOf(f.class); !seen[shape] { // Each shape once: a lesson has hundreds of pages.
				seen[shape] = true
				page(fmt.Sprint(f.l.Scenes[i].ID, " ", n))
			}
			slides, at := f.class.Talk().Slides()
			if f.class.Talk().Phase() != room.Story || at == len(slides)-1 && f.class.Talk().Run().Turn() != play.End {
				break
			}
			f.do(room.Next)
		}
		if f.class.Talk().Phase() == room.Out {
			f.do(room.Next)
			page("the last page")
		}
	}
	f.class = here
	in("over", func() { f.do(room.Start, room.End) })
}

// shapeOf returns what the keys of a class may depend on, at the present page.
func shapeOf(c room.Class) string {
	t := c.Talk()
	_, back := t.Back()
	_, whatIf := t.WhatIf()
	return fmt.Sprint(t.Phase(), t.Slide().Kind, t.Run().Turn(), len(room.QuestionOf(t.Run()).Options), back, whatIf)
}

// frozen saves what a test of keys may change; thaw restores it.
func (d *desk) frozen(f *fakeClass) (thaw func()) {
	stack, env, class, ballot := slices.Clone(d.p.stack), d.p.env, f.class, f.ballot
	gone, hidden, quiet := d.p.gone, d.p.hidden, slices.Clone(d.p.quiet)
	return func() {
		d.p.stack, d.p.env, f.class, f.ballot = slices.Clone(stack), env, class, ballot
		d.p.gone, d.p.hidden, d.p.quiet = gone, hidden, quiet
		f.rev, f.seq = f.rev+1, f.seq+1
		d.send(nil)
		d.p.stack[0] = stack[0]
	}
}

// TestFootersOfAClassHold takes the desk, a seat and the projector through every page and
// phase of a class. Each key in the hints must change what is seen and must not be refused.
// A line of the table that is off must give a reason of its own, not the general words for
// a key that does nothing.
func TestFootersOfAClassHold(t *testing.T) {
	for _, role := range []string{"the desk", "a seat", "the projector"} {
		t.Run(role, func(t *testing.T) {
			var f *fakeClass
			var o Options
			if role == "the desk" {
				f, o = newFakeClass(t, "")
				o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
			} else {
				f, o = atSeat(t)
				f.put("me", room.Seat{Projector: role == "the projector"})
			}
			d := newDesk(t, o, 80, 24)
			d.press("esc")
			everyPhase(f, func(name string) {
				if f.class.Phase() == room.Ended {
					return // The named key leaves or closes the program.
				}
				d.p.stack = d.p.stack[:1]
				d.send(nil)
				d.footHolds(f, role+", "+name)
			})
		})
	}
}

func (d *desk) footHolds(f *fakeClass, name string) {
	d.t.Helper()
	nothing := d.p.env.words.T("present.nothing")
	hints, _ := d.p.env.hintLine(d.p.table(), d.p.env.column())
	was := d.screen().String()
	for _, a := range d.p.table() {
		if a.off == nothing {
			d.t.Errorf("%s: %q is off, and nobody says why", name, a.Help().Key)
		}
		if a.off != "" || len(a.Keys()) == 0 || slices.Contains(a.Keys(), "q") {
			continue
		}
		if !strings.Contains(stripped(hints), a.Help().Key+" "+a.Help().Desc) {
			continue
		}
		does := false
		for _, press := range pressesOf(a) { // One of two arrows may be at the end of the list.
			thaw := d.frozen(f)
			d.send(press)
			does = does || d.screen().String() != was || d.p.gone
			if top, ok := d.p.stack[0].(classScreen); ok && top.said != "" {
				d.t.Errorf("%s: %q is named and only says %q", name, a.Help().Key, top.said)
			}
			if thaw(); does {
				break
			}
		}
		if !does {
			d.t.Errorf("%s: %q is named and does nothing:\n%s", name, a.Help().Key+" "+a.Help().Desc, was)
		}
	}
}

// TestSeatReadsBack checks that a student can read back what the class was shown, to its first
// page, and that nothing can be answered there. The facilitator's next page, a blank screen and
// a key of the student each lead back to the present page.
func TestSeatReadsBack(t *testing.T) {
	f, o := atSeat(t)
	q := f.toQuestion()
	opening := strings.Join(strings.Fields(f.l.Cover[0].Text[0].String())[:3], " ")
	f.do(room.Ask)
	d := newDesk(t, o, 80, 24)
	d.want(q.Options[0].Words, "pgup scroll up")
	for range 20 {
		d.press("pgup")
	}
	d.want("You're reading back", opening, "esc to the class", "pgdn scroll down", "That's the beginning")
	d.press("1")
	if m, _, _ := f.ballot.Seat("me"); len(m.Picks) > 0 {
		t.Error("an answer was given to a page that was read back")
	}
	for range 20 {
		d.press("pgdown")
	}
	d.want(q.Options[0].Words, "Nobody sees who chose what")
	d.press("pgup", "esc", "2")
	if m, _, _ := f.ballot.Seat("me"); m.Picks[q.Scene] != q.Options[1].Pick {
		t.Error("back at the question, and the answer isn't taken")
	}
	d.press("pgup")
	f.do(room.Blank)
	d.send(nil)
	d.want("Look up for a moment")
	d.press("pgup")
	if d.screen().Contains(opening) {
		t.Errorf("it is blank, and the story can be read back:\n%s", d.screen())
	}
	f.do(room.Blank)
	d.send(nil)
	d.press("pgup")
	f.do(room.Close)
	d.send(nil)
	d.want("The question is closed")
}
