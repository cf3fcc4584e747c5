package tui

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/room"
)

// anyOrder has commands run in an order that rapid draws.
func (d *desk) anyOrder(t *rapid.T) {
	d.pick = func(n int) int { return rapid.IntRange(0, n).Draw(t, "next") }
}

// TestKeysInAnyOrderOfCommands presses random keys, while the commands that they start
// finish at any time and in any order. In the end the screen must be as if each command
// had run at once.
func TestKeysInAnyOrderOfCommands(t *testing.T) {
	all := t
	keys := []string{"enter", "esc", "up", "down", "1", "2", "3", "h", "?"}
	rapid.Check(t, func(t *rapid.T) {
		now, later := newDesk(all, options(all), 80, 24), newDesk(all, options(all), 80, 24)
		later.anyOrder(t)
		for range rapid.IntRange(1, 12).Draw(t, "keys") {
			k := keys[rapid.IntRange(0, len(keys)-1).Draw(t, "key")]
			now.press(k)
			later.press(k)
			later.some()
			if _, reading := later.p.stack[len(later.p.stack)-1].(playerScreen); reading {
				break // There a key acts on what is shown, which depends on when it was drawn.
			}
		}
		later.all()
		if is, was := later.screen().String(), now.screen().String(); is != was {
			t.Fatalf("one after the other:\n%s\nin any order:\n%s", was, is)
		}
	})
}

// TestRecordInAnyOrderOfCommands plays in haste, with the record saved at any time and in any
// order: in the end the file holds what is on the screen.
func TestRecordInAnyOrderOfCommands(t *testing.T) {
	all := t
	keys := []string{"enter", "enter", "enter", "1", "2", "3", "f", "u", "esc", "tab"}
	rapid.Check(t, func(t *rapid.T) {
		o := options(all)
		dir := all.TempDir()
		o.Lesson, o.Book = "the-countdown", progress.Open(progress.Options{Dir: dir, Today: today})
		d := newDesk(all, o, 80, 24)
		d.press("enter", "enter")
		d.anyOrder(t)
		for range rapid.IntRange(1, 20).Draw(t, "keys") {
			d.press(keys[rapid.IntRange(0, len(keys)-1).Draw(t, "key")])
			d.some()
		}
		d.all()
		l, _, err := d.p.env.course.Lesson("the-countdown")
		if err != nil {
			t.Fatal(err)
		}
		kept, _, _ := d.p.env.book.Resume(l, o.Seed)
		file, _, _ := progress.Open(progress.Options{Dir: dir, Today: today}).Resume(l, o.Seed)
		if !reflect.DeepEqual(kept.Actions(), file.Actions()) {
			t.Fatalf("the record has %v, and the file %v", kept.Actions(), file.Actions())
		}
		p, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
		if !ok || p.chat.run.Lesson().ID != l.ID {
			return
		}
		// A line that was not understood is asked for again, and not kept.
		done := slices.DeleteFunc(slices.Clone(p.chat.run.Actions()), play.Action.Missed)
		if len(done) > 0 && !slices.EqualFunc(kept.Actions(), done, func(a, b play.Action) bool {
			return reflect.DeepEqual(a, b)
		}) {
			t.Fatalf("the record has %v, and the screen %v", kept.Actions(), done)
		}
	})
}

// TestLastAnswerCountsInAnyOrder answers an open question several times in haste: the
// last answer must be the one that counts, and that the seat shows.
func TestLastAnswerCountsInAnyOrder(t *testing.T) {
	all := t
	rapid.Check(t, func(t *rapid.T) {
		f, o := atSeat(all)
		q := f.toQuestion()
		f.do(room.Ask)
		d := newDesk(all, o, 80, 24)
		d.anyOrder(t)
		last := -1
		for range rapid.IntRange(1, 8).Draw(t, "keys") {
			last = rapid.IntRange(0, len(q.Options)-1).Draw(t, "answer")
			d.press(fmt.Sprint(last + 1))
			d.some()
		}
		d.all()
		m, _, _ := f.ballot.Seat("me")
		if pick, ok := m.Picks[q.Scene]; !ok || pick != q.Options[last].Pick {
			t.Fatalf("answer %d counts, %d was the last", pick, q.Options[last].Pick)
		}
	})
}

// TestOrdersInAnyOrderOfCommands leads a class in haste: orders, those about the seats
// too, are followed in the order of the keys, and none is lost.
func TestOrdersInAnyOrderOfCommands(t *testing.T) {
	all := t
	rapid.Check(t, func(t *rapid.T) {
		f, o := newFakeClass(all, "")
		var got []room.Verb
		o.Desk = &DeskOptions{Lesson: f.l, News: f.news, JoinInfo: comingIn,
			Order: func(orders ...room.Command) func() error {
				for _, c := range orders {
					got = append(got, c.Verb)
				}
				return f.give(orders...)
			}}
		seats := func(verb room.Verb) func() func() (int, error) {
			return func() func() (int, error) {
				got = append(got, verb)
				return func() (int, error) { return 1, nil }
			}
		}
		o.Desk.Seats = &Seats{More: seats("more"), Remove: seats("remove")}
		d := newDesk(all, o, 80, 24)
		d.press("enter")
		d.anyOrder(t)
		got = nil
		var want []room.Verb
		keys := map[string]room.Verb{".": room.Blank, "l": room.Lock, "u": room.Back, "a": "more", "x": "remove"}
		names := []string{".", "l", "u", "a", "x"}
		for range rapid.IntRange(1, 10).Draw(t, "keys") {
			k := names[rapid.IntRange(0, len(names)-1).Draw(t, "key")]
			want = append(want, keys[k])
			d.press(k)
			d.some()
		}
		d.all()
		if !slices.Equal(got, want) {
			t.Fatalf("ordered was %v, and followed %v", want, got)
		}
	})
}
