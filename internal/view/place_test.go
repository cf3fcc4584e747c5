package view

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// placed checks where in a class some items may be: the opening before everything else, the
// items that look back only after the ending, the line about a jump only on the first page
// after one, and what to prepare only before the class begins.
func placed(t *testing.T, name string, class room.Class, lists ...[]Item) {
	t.Helper()
	talk := class.Talk()
	story := class.Phase() != room.Joining && class.Phase() != room.Ended && talk.Phase() == room.Story
	kind := talk.Slide().Kind
	for _, it := range slices.Concat(lists...) {
		ok := true
		switch it.(type) {
		case Opening:
			ok = story && kind == room.Opening && len(talk.Run().Actions()) == 0
		case KeyMessage, Reached, Knew, Signs, SixMoves, Behind:
			ok = story && kind == room.LookBack && talk.Run().Turn() == play.End
		case Moved:
			ok = story && talk.Landed()
		case Prepare:
			ok = class.Phase() == room.Joining
		}
		if !ok {
			t.Errorf("%s: %T stands where it may not", name, it)
		}
	}
}

// led leads a class through a lesson along its first choices, from the lobby to the last page, and
// calls f on each page.
func led(t *testing.T, l *lesson.Lesson, f func(room.Class)) {
	t.Helper()
	c, none := room.NewClass(room.NewTalk(l, room.Seed)), room.NewBallot()
	f(c)
	for _, order := range []room.Verb{room.Start, room.Next} {
		next, err := c.Do(room.Command{Verb: order}, none)
		if err != nil {
			t.Fatal(err)
		}
		c = next
		f(c)
	}
	for range 1000 {
		next, err := c.Do(room.Command{Verb: room.Next}, none)
		if err != nil {
			next, err = c.Do(room.Command{Verb: room.Choose, Number: 1}, none)
		}
		if err != nil {
			return
		}
		c = next
		f(c)
	}
	t.Fatalf("%s doesn't end", l.ID)
}

// TestAClassIsToldWhomItIsAbout leads a class through every lesson: the first page of the story is
// the opening, and after the ending comes what a learner alone looks back on, except the ratings of
// choices and what was practised. The key message isn't said twice in a row. What a sign was doing
// is only in the notes of the desk, since the room is asked. Otherwise participants, the projector
// and the desk are shown the same.
func TestAClassIsToldWhomItIsAbout(t *testing.T) {
	_, v := open(t)
	for _, l := range coursetest.ShippedLessons(t) {
		var first, back, before, desk []Item
		var end play.Run
		led(t, l, func(c room.Class) {
			items := v.Class(room.View{Class: c}, Participant)
			projector := v.Class(room.View{Class: c, Seat: room.Seat{Projector: true}}, Projector)
			if c.Phase() == room.Telling && !reflect.DeepEqual(items, projector) {
				t.Errorf("%s: the projector is shown something else", l.ID)
			}
			switch talk := c.Talk(); {
			case talk.Phase() != room.Story || c.Phase() == room.Joining:
			case talk.Slide().Kind == room.LookBack:
				back, end = append(back, items[1:]...), talk.Run()
				desk = append(desk, v.Class(room.View{Class: c}, Facilitator)...)
			case first == nil:
				first = items[1:]
			default:
				before = items[1:]
			}
		})
		want := look([]Item{opening(l, []int{0})}).texts
		if len(first) != 1 || !slices.Equal(look(first[:1]).texts, want) && len(l.Cover) == 1 {
			t.Errorf("%s begins with %+v", l.ID, first)
		}
		told := strings.Join(look(back).texts, "\n")
		for _, it := range v.Debrief(end) {
			switch it.(type) {
			case Path, Rehearsed, StepOut:
				continue
			}
			for _, words := range Words(it) {
				if words == v.words.T("debrief.missed") || words == v.words.T("debrief.key") {
					continue
				}
				if _, ok := it.(KeyMessage); ok && strings.Contains(strings.Join(look(before).texts, "\n"), words) {
					continue // The last page of the story has just said it.
				}
				if !strings.Contains(told, words) && !strings.Contains(strings.Join(look(desk).texts, "\n"), words) {
					t.Errorf("%s: a class isn't told %q", l.ID, words)
				}
			}
		}
	}
}

// TestClosing checks the closing words of each lesson in a room: only someone harmed is told
// "it isn't your fault", and adults aren't spoken to as young people.
func TestClosing(t *testing.T) {
	_, v := open(t)
	c := v.room.Closing
	want := map[string]string{
		"anonymous-heron": c.Fine, "meet-me-in-a-paddock": c.Fine,
		"voice-note-3-12": c.Target, "pops-will-carry-you": c.Target, "hell-be-at-the-gate": c.Target,
		"six-strangers-and-a-goat": c.Target, "justice-for-greg": c.Target, "thats-not-my-hair": c.Target,
		"three-stars": c.Target, "who-sat-down": c.Target,
		"only-four-people": c.Harm,
		"seen-by-46":       c.Bystander, "hold-my-phone": c.Bystander, "do-you-need-a-bag": c.Bystander,
		"dont-tell-cer": c.Bystander, "ten-to-ten": c.Bystander,
		"asking-for-a-friend": c.Adult, "the-phone-on-the-desk": c.Adult,
	}
	for _, l := range coursetest.ShippedLessons(t) {
		var last, over []Item
		led(t, l, func(c room.Class) {
			last = v.Class(room.View{Class: c}, Participant)
			ended, err := c.Do(room.Command{Verb: room.End}, room.NewBallot())
			if err != nil {
				t.Fatal(err)
			}
			over = v.Class(room.View{Class: ended}, Participant)
		})
		for _, items := range [][]Item{last, over} {
			if texts := look(items).texts; want[l.ID] == "" || !slices.Contains(texts, want[l.ID]) {
				t.Errorf("%s ends with %q, and not with %q", l.ID, texts, want[l.ID])
			}
		}
		if after := look(last).texts; slices.Contains(after, v.room.After) != (l.Role != "adult") {
			t.Errorf("%s asks %q last", l.ID, after)
		}
		delete(want, l.ID)
	}
	if len(want) > 0 {
		t.Errorf("no lessons: %v", want)
	}
}

// TestPrepare checks for every lesson that before the class begins the desk has the content note
// and the first note, as its last item.
func TestPrepare(t *testing.T) {
	_, v := open(t)
	for _, l := range coursetest.ShippedLessons(t) {
		c := room.View{Class: room.NewClass(room.NewTalk(l, room.Seed))}
		items := v.Class(c, Facilitator)
		p, ok := items[len(items)-1].(Prepare)
		if !ok || p.Note != l.Note || len(p.Notes) == 0 || !reflect.DeepEqual(p.Notes, l.Scenes[0].Notes) {
			t.Errorf("%s: the desk has %+v", l.ID, items)
		}
	}
}

// TestJumps checks for every lesson that the scenes that only follow danger are last in the list
// of scenes, are labelled, and ask for confirmation; that the desk can preview what everyone
// would read; and that everyone is told of a jump, once.
func TestJumps(t *testing.T) {
	_, v := open(t)
	for _, l := range coursetest.ShippedLessons(t) {
		access := play.New(l).Access()
		all := v.Jumps(l)
		if len(all) != len(l.Scenes) {
			t.Errorf("%s: %d scenes of %d", l.ID, len(all), len(l.Scenes))
		}
		apart := false
		for _, j := range all {
			danger := access[l.Scene(j.Scene)] == play.ByDanger
			if danger != (j.Asks != "") || danger != strings.HasPrefix(j.Words, "danger: ") || apart && !danger {
				t.Errorf("%s: %+v", l.ID, j)
			}
			apart = danger
			jumped(t, v, l, j)
		}
		if !apart {
			t.Errorf("%s: the list doesn't end with danger", l.ID)
		}
	}
}

// jumped checks the preview of a jump, and the pages after it.
func jumped(t *testing.T, v *View, l *lesson.Lesson, j Jump) {
	t.Helper()
	c, err := room.NewClass(room.NewTalk(l, room.Seed)).Do(room.Command{Verb: room.Start}, room.NewBallot())
	if err != nil {
		t.Fatal(err)
	}
	reads := v.Preview(c.Talk(), j.Scene)
	if c, err = c.Do(room.Command{Verb: room.Scene, Text: j.Scene}, room.NewBallot()); err != nil {
		t.Fatal(err)
	}
	told := v.Class(room.View{Class: c}, Participant)[1:]
	if len(reads) < 2 || !reflect.DeepEqual(look(reads).texts[:2], look(told).texts[:2]) {
		t.Errorf("%s: %s is read as %+v, and not %+v", l.ID, j.Scene, told, reads)
	}
	moved := func() (n int) {
		for _, it := range v.Class(room.View{Class: c}, Participant) {
			if _, ok := it.(Moved); ok {
				n++
			}
		}
		return n
	}
	if moved() != 1 {
		t.Errorf("%s: a jump to %s isn't told", l.ID, j.Scene)
	}
	if c, err = c.Do(room.Command{Verb: room.Next}, room.NewBallot()); err == nil && moved() != 0 {
		t.Errorf("%s: a jump to %s is told twice", l.ID, j.Scene)
	}
}
