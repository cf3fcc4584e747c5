package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

// twoWindows is a lesson shown to a room, with the facilitator's desk in a window of its own.
type twoWindows struct {
	t          *testing.T
	room, desk *desk
	see        *view.View
	secret     []string        // What the room must not see.
	shown      strings.Builder // Everything that was on the room's screen.
}

// newTwoWindows opens both windows, linked to each other.
func newTwoWindows(t *testing.T, w, h int) *twoWindows {
	both := &twoWindows{t: t}
	open := func(news *[][]byte, share *[][]byte, isDesk bool) *desk {
		o := presentingOf(t, coursetest.Shipped(t), "justice-for-greg")
		o.Present.Desk = isDesk
		o.Present.Link = Link{Share: func(state []byte) { *share = append(*share, state) },
			News: func() (LinkNews, bool) {
				if len(*news) == 0 {
					panic(noNews{})
				}
				state := (*news)[0]
				*news = (*news)[1:]
				return LinkNews{State: state, Peers: 1}, true
			}}
		d := &desk{t: t, p: New(o)} // Without its first commands, one of which waits for a minute.
		d.send(tea.WindowSizeMsg{Width: w, Height: h})
		d.send(LinkNews{Peers: 1})
		return d
	}
	var ofRoom, ofDesk [][]byte
	both.room, both.desk = open(&ofDesk, &ofRoom, false), open(&ofRoom, &ofDesk, true)
	s := both.talk()
	both.see, both.secret = s.see, append(hidden(s.l), s.card.words.Points...)
	return both
}

func (b *twoWindows) talk() presentScreen { return b.room.p.stack[0].(presentScreen) }

// press presses a key in the desk's window or in the room's, and gives the other window the news.
func (b *twoWindows) press(key string, atDesk bool) {
	here, there := b.room, b.desk
	if atDesk {
		here, there = there, here
	}
	here.press(key)
	there.send(nil)
	here.send(nil)
}

// whole returns all that a screen shows, scrolled from its top to its end.
func (b *twoWindows) whole(d *desk) string {
	all := []string{d.screen().String()}
	for strings.Contains(all[len(all)-1], "more below") {
		d.press("down")
		all = append(all, d.screen().String())
		if len(all) > 60 {
			b.t.Fatalf("there is always more below:\n%s", all[len(all)-1])
		}
	}
	for range len(all) - 1 {
		d.press("up")
	}
	return strings.Join(all, "\n")
}

// look checks that both windows show what they should.
func (b *twoWindows) look() {
	b.t.Helper()
	s := b.talk()
	pages, page := s.talk.Slides()
	at := fmt.Sprintf("%s, slide %d of %d, phase %d", s.talk.Run().Scene().ID, page+1, len(pages), s.talk.Phase())
	shown := b.room.screen().String()
	if missing := coursetest.InOrder(shown, wordsShown(b.see.Session(s.talk))); missing != "" {
		b.t.Fatalf("%s: the room isn't shown %q:\n%s", at, missing, shown)
	}
	flat := strings.Join(strings.Fields(shown), " ")
	for _, secret := range b.secret {
		if strings.Contains(flat, secret) {
			b.t.Fatalf("%s: the room sees %q:\n%s", at, secret, shown)
		}
	}
	// Words that the end of the desk's screen cuts stand whole further down.
	scene := s.talk.Run().Scene()
	desk := coursetest.Letters(b.whole(b.desk))
	for _, w := range append(wordsShown(append(b.see.Desk(s.talk), view.Notes{Notes: scene.Notes})), scene.Title) {
		if !strings.Contains(desk, coursetest.Letters(w)) {
			b.t.Fatalf("%s: the desk isn't shown %q:\n%s", at, w, b.desk.screen())
		}
	}
	b.shown.WriteString(shown)
}

// wordsShown returns the words of items, with those that a renderer may leave out on a
// learner's own screen.
func wordsShown(items []view.Item) []string {
	var all []string
	for _, it := range items {
		switch it := it.(type) {
		case view.Rules:
			all = append(append(append(all, it.Head), it.Rules...), it.Before)
		case view.Calm:
			all = append(all, it.Lines...)
		case view.Rehearsal:
			all = append(all, it.Asks)
		case view.Chosen:
			all = append(all, it.Words)
		case view.Place:
			all = append(all, it.Scene)
		case view.Ahead:
			for _, c := range it.Choices {
				all = append(all, c.Words, c.To)
			}
		case view.Notes:
			for _, n := range it.Notes {
				for _, p := range n {
					all = append(all, p.String())
				}
			}
		default:
			all = append(all, view.Words(it)...)
		}
	}
	return all
}

// take presses the key of an action.
func (b *twoWindows) take(m play.Action, atDesk bool) {
	run, key := b.talk().talk.Run(), "pgdown"
	switch {
	case run.Turn() == play.Go: // Also with a single open choice.
	case m.Turn == play.Choose:
		key = fmt.Sprint(slices.Index(run.Open(), m.Pick) + 1)
	case m.Turn == play.Answer:
		key = fmt.Sprint(slices.Index(run.Order(), m.Pick) + 1)
	}
	b.press(key, atDesk)
}

// TestTheExampleBeforeARoom presents a whole lesson along its safest, its worst and its
// longest path, on the room's screen and at a desk beside it, with keys pressed at both.
// Every slide must have what the view says, and by the end the slides must have shown all
// that a learner alone is shown along the same path, in the same order.
func TestTheExampleBeforeARoom(t *testing.T) {
	for i, path := range check.RoomPaths(coursetest.Example(t)) {
		t.Run(path.Name, func(t *testing.T) {
			size := [][2]int{{80, 24}, {60, 16}, {120, 40}}[i]
			b := newTwoWindows(t, size[0], size[1])
			b.look() // The ground rules.
			b.press("pgdown", true)
			run := play.Start(b.talk().l, presentSeed)
			want := b.told(run)
			for n, m := range path.Actions {
				b.toLast(n%2 == 0)
				b.take(m, n%2 == 0)
				var err error
				if m.Turn == play.Say {
					run, err = run.Model()
				} else {
					run, err = run.Resume([]play.Action{m})
				}
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, b.told(run)...)
			}
			b.toLast(true)
			if got := b.talk().talk.Run(); got.Turn() != play.End || got.State() != run.State() {
				t.Errorf("the talk ends in %q, the path in %q", got.Scene().Title, run.Scene().Title)
			}
			if missing := coursetest.InOrder(b.shown.String(), want); missing != "" {
				t.Errorf("no slide has shown %q, or not in its order", missing)
			}
			if missing := coursetest.InOrder(b.shown.String(), wordsShown(b.see.Story(run))); missing != "" {
				t.Errorf("of the story no slide has shown %q, or not in its order", missing)
			}
			for _, phase := range []room.Phase{room.Out, room.Calm} {
				b.press("pgdown", false)
				if got := b.talk().talk.Phase(); got != phase {
					t.Errorf("after the story it is phase %d", got)
				}
				b.look()
			}
		})
	}
}

// toLast goes on to the last slide of a moment, and checks each.
func (b *twoWindows) toLast(atDesk bool) {
	for {
		b.look()
		if all, at := b.talk().talk.Slides(); at == len(all)-1 {
			return
		}
		b.press("pgdown", atDesk)
	}
}

// told returns the words that the last action of a run has brought to a learner alone, in
// the form for a room, where hands are raised for answers, but none for "not sure".
func (b *twoWindows) told(run play.Run) []string {
	alone := b.see.Alone(run)
	var all []string
	items := append(alone.Told, alone.Turn)
	isModels := func(it view.Item) bool { _, is := it.(view.Models); return is }
	if i := slices.IndexFunc(items, isModels); i > 0 { // A room is shown the model answers first.
		items = slices.Insert(slices.Delete(slices.Clone(items), i, i+1), 0, items[i])
	}
	for _, it := range items {
		switch it := it.(type) {
		case view.Explanation:
			it.Lead = "" // The room has given no answer.
			all = append(all, view.Words(it)...)
		case view.Question:
			it.Options = slices.DeleteFunc(it.Options, func(o view.Option) bool { return o.Pick == play.Unsure })
			all = append(all, view.Words(it)...)
		default:
			all = append(all, view.Words(it)...)
		}
	}
	return all
}

// TestMoreBelowIsSaid checks that a long title is cut to make room for the words "more below".
func TestMoreBelowIsSaid(t *testing.T) {
	d := newDesk(t, options(t), 60, 16)
	line := d.p.env.topLine(layout{title: strings.Repeat("long ", 20), status: "more below"}, d.p.env.column())
	if !strings.HasSuffix(line, "…  more below") || widthOf(line) > d.p.env.column() {
		t.Errorf("%d cells: %q", widthOf(line), line)
	}
}
