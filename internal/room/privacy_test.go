package room

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// outputs returns everything that a coalition is shown of a class: the desk, here and over
// the network, a projector, every seat of the coalition, and the report. Every renderer
// draws these and nothing else. Without results, the outputs must be the same whatever the
// others have answered.
func outputs(c Class, b *Ballot, coalition []string, results bool) string {
	if !results {
		c.kept.Results = slices.Clone(c.kept.Results)
		for i, r := range c.kept.Results {
			c.kept.Results[i] = Result{Scene: r.Scene, Options: r.Options}
		}
	}
	var all bytes.Buffer
	for _, seat := range append([]string{"", "projector"}, coalition...) {
		v, ok := NewView(c, b, seat)
		fmt.Fprintf(&all, "%q %v %s %s %d %d %v\n", seat, ok, v.Class.EncodeShown(), v.Seat.Encode(), v.In, v.Answered,
			v.AllAnswered)
	}
	if !results && c.Phase() == Ended {
		return all.String()
	}
	r, err := c.Report()
	fmt.Fprintf(&all, "%+v %v", r, err)
	return all.String()
}

// world is a class and its seats.
type world struct {
	c Class
	b *Ballot
}

// TestAnswersChangeNothingButResults plays a random class twice, with the same orders,
// joins and leaves, but with different answers of everyone outside a coalition of four.
// Both classes show the coalition the same until an order shows a result, and then only
// that result differs. The result counts the seats that were present when the question
// was closed, and no later ones.
func TestAnswersChangeNothingButResults(t *testing.T) {
	l := one(t, countdown)
	coalition := []string{"0", "1", "2", "3"}
	verbs := []Verb{Next, Next, Next, Back, Choose, WhatIf, ForceBlank, Blank, Stop, OwnPace, SetHeadcount, Ask, Ask,
		Ask, Close,
		Close, Show, Show}
	rapid.Check(t, func(t *rapid.T) {
		worlds, rev := [2]world{}, uint64(0)
		for i := range worlds {
			worlds[i] = world{NewClass(NewTalk(l, Seed)), NewBallot()}
			worlds[i].b.Put("projector", 1, Seat{Projector: true})
			worlds[i].c, _ = worlds[i].c.Do(Command{Verb: Start}, worlds[i].b)
		}
		counted := make(map[string]Result)
		for range rapid.IntRange(30, 150).Draw(t, "steps") {
			rev++
			if rapid.IntRange(0, 2).Draw(t, "a seat") > 0 {
				seat := rapid.IntRange(0, 25).Draw(t, "seat")
				acts(t, &worlds, fmt.Sprint(seat), seat < len(coalition), rev+1)
			} else {
				order := Command{Verb: rapid.SampledFrom(verbs).Draw(t, "verb"),
					Number: rapid.IntRange(1, 3).Draw(t, "number")}
				if order.Verb == SetHeadcount {
					order.Number += 15
				}
				orders(t, &worlds, order, counted)
			}
			if here, there := outputs(worlds[0].c, worlds[0].b, coalition, false),
				outputs(worlds[1].c, worlds[1].b, coalition, false); here != there {
				t.Fatalf("shown in one:\n%s\nand in the other:\n%s", here, there)
			}
		}
		var reports [2]Report
		for i, w := range worlds {
			end, err := w.c.Do(Command{Verb: End}, w.b)
			if err != nil {
				t.Fatal(err)
			}
			reports[i], _ = end.Report()
		}
		here, there := reports[0], reports[1]
		if here.In != there.In || len(here.Answers) != len(there.Answers) {
			t.Fatalf("%+v and %+v", here, there)
		}
		for i, a := range here.Answers {
			if b := there.Answers[i]; a.Scene != b.Scene || a.Omitted != b.Omitted ||
				a.Omitted != Reported && !reflect.DeepEqual(a, b) {
				t.Fatalf("%+v and %+v", a, b)
			}
		}
	})
}

// acts lets a seat take the same action in both worlds. A seat outside the coalition gives a
// different answer in each.
func acts(t *rapid.T, worlds *[2]world, seat string, coalition bool, rev uint64) {
	what := rapid.IntRange(0, 9).Draw(t, "what")
	picks := [2]int{rapid.IntRange(0, 9).Draw(t, "pick"), rapid.IntRange(0, 9).Draw(t, "other pick")}
	if coalition {
		picks[1] = picks[0]
	}
	for i, w := range worlds {
		m, _, _ := w.b.Seat(seat)
		q := w.c.Question()
		switch {
		case what == 0:
			m = m.Left()
		case what == 1:
			m = m.Silent()
		case what < 4, m.Gone:
			m = m.Returned()
		case w.c.TakesRuns():
			run := onward(m.Run(w.c.Talk().Run().Lesson()), picks[i])
			m, _ = m.WithRun(w.c, run)
		case q.Scene != "" && w.c.Takes(q.Scene):
			m = m.WithAnswer(q.Scene, q.Options[picks[i]%len(q.Options)].Pick)
		}
		w.b.Put(seat, rev, m)
	}
}

// orders gives an order in both worlds, and checks that what the first one shows is what
// was counted when the question was closed.
func orders(t *rapid.T, worlds *[2]world, order Command, counted map[string]Result) {
	open := worlds[0].c.Open()
	q := QuestionOf(worlds[0].c.Talk().Run())
	var errs [2]error
	for i := range worlds {
		was := len(worlds[i].c.Results())
		worlds[i].c, errs[i] = worlds[i].c.Do(order, worlds[i].b)
		if shown := worlds[i].c.Results(); order.Verb != Show && len(shown) != was {
			t.Fatalf("%s shows %+v", order, shown)
		}
	}
	if fmt.Sprint(errs[0]) != fmt.Sprint(errs[1]) {
		t.Fatalf("%s: %v in one, %v in the other", order, errs[0], errs[1])
	}
	c := worlds[0].c
	if open != "" && c.Open() != open { // The question was closed: count who is present now.
		in, counts := 0, make([]int, len(q.Options))
		for i := range 26 {
			m, _, ok := worlds[0].b.Seat(fmt.Sprint(i))
			if !ok || m.Gone || m.Away {
				continue
			}
			in++
			for at, o := range q.Options {
				if pick, ok := m.Picks[q.Scene]; ok && pick == o.Pick {
					counts[at]++
				}
			}
		}
		for people := 1; people < 30; people++ {
			counted[fmt.Sprint(q.Scene, people)] = Suppress(q, counts, few+max(in-people, 0))
		}
	}
	if order.Verb == Show && errs[0] == nil {
		if r, _ := c.Result(q.Scene); !reflect.DeepEqual(r, counted[fmt.Sprint(q.Scene, c.Headcount())]) {
			t.Fatalf("%d people are shown %+v; when it was closed it was %+v", c.Headcount(), r,
				counted[fmt.Sprint(q.Scene, c.Headcount())])
		}
	}
}

// way returns a lesson made of some scenes.
func way(id string, scenes ...lesson.Scene) *lesson.Lesson {
	for i := range scenes {
		scenes[i].Told = append(scenes[i].Told, lesson.Block{
			Text: []lesson.Para{{Spans: []lesson.Span{{Text: "It goes on."}}}}})
	}
	return &lesson.Lesson{Head: lesson.Head{ID: id, Title: id, Facts: []lesson.Fact{{Name: "known"}}}, Scenes: scenes}
}

// asks returns a scene with one choice for each scene in to.
func asks(id string, to ...int) lesson.Scene {
	s := lesson.Scene{ID: id}
	for i, at := range to {
		s.Choices = append(s.Choices, lesson.Choice{Text: []lesson.Span{{Text: fmt.Sprint(i)}}, To: at})
	}
	return s
}

// goes returns a scene that goes on to another one.
func goes(id string, to int) lesson.Scene {
	return lesson.Scene{ID: id, Onward: &lesson.Choice{To: to}}
}

// known makes a choice open only if the fact "known" is set.
func known(s lesson.Scene, choice int) lesson.Scene {
	s.Choices[choice].If = []lesson.Cond{{Fact: "known"}}
	return s
}

// ways returns every run through a lesson of at most so many moves; if stops is set, also
// those that stop before an ending.
func ways(l *lesson.Lesson, most int, stops bool) []play.Run {
	var all []play.Run
	var on func(run play.Run, left int)
	on = func(run play.Run, left int) {
		stuck := run.Turn() == play.Choose && len(run.Open()) == 0
		if run.Turn() == play.End || stuck || stops && len(run.Actions()) > 0 {
			all = append(all, run)
		}
		switch {
		case left == 0:
		case run.Turn() == play.Choose:
			for _, i := range run.Open() {
				next, _ := run.Choose(i)
				on(next, left-1)
			}
		case run.Turn() == play.Go:
			next, _ := run.Go()
			on(next, left-1)
		case run.Turn() == play.Say:
			for _, m := range run.Scene().Rehearsal.Moves {
				next, _ := run.Said([]string{m.Name})
				on(next, left) // A line isn't counted as a move: what follows it is.
			}
		}
	}
	on(play.Start(l, Seed), most)
	return all
}

// TestNobodyIsDerivedAtTheirOwnPace tries every class of a size, with people who take
// every way through a lesson, and combines everything that is shown: no one who knows
// the ways of four people, and those of all extra seats, can tell what another person
// answered to any question. In these lessons the number of answers to one question would
// tell the answers to another: an option leads past a question, out of the lesson or
// back, or is open only to some.
func TestNobodyIsDerivedAtTheirOwnPace(t *testing.T) {
	end := lesson.Scene{ID: "end"}
	line := lesson.Scene{ID: "line", Onward: &lesson.Choice{To: 2}, Rehearsal: &lesson.Rehearsal{
		Moves: []lesson.Move{{Name: "decline", Onward: &lesson.Choice{To: 3}}, {Name: "tell"}}}}
	knows := lesson.Scene{ID: "knows", Onward: &lesson.Choice{To: 2}, Told: []lesson.Block{
		{Text: []lesson.Para{{Sets: []string{"known"}, Spans: []lesson.Span{{Text: "You know now."}}}}}}}
	for _, test := range []struct {
		l             *lesson.Lesson
		moves         int
		stops         bool
		sizes, beyond []int
		passed        []string
	}{
		{way("straight", asks("x", 1, 1), asks("y", 2, 2), end), 2, false, []int{1, 9, 12, 18}, []int{0, 2},
			[]string{"x", "y"}},
		{way("stops", asks("x", 1, 1), asks("y", 2, 2), end), 2, true, []int{10}, []int{0}, []string{"x", "y"}},
		{way("forked", asks("x", 1, 2), asks("z", 2, 2), end), 2, false, []int{1, 5, 12, 20, 24}, []int{0, 2},
			[]string{"x"}},
		{way("joined", asks("x", 1, 2), asks("z", 2, 2), asks("y", 3, 3), end), 3, false, []int{11}, []int{0},
			[]string{"x", "y"}},
		{way("out", asks("x", 1, 2), asks("y", 2, 2), end), 2, false, []int{1, 5, 12, 20, 24}, []int{0, 2},
			[]string{"x"}},
		{way("back", asks("x", 1, 2), goes("again", 0), asks("y", 3, 3), end), 4, false, []int{12}, []int{0},
			[]string{"y"}},
		{way("some", asks("x", 1, 2), knows, known(asks("y", 3, 3), 1), end), 3, false, []int{1, 5, 12, 20, 24},
			[]int{0, 2}, []string{"x"}},
		{way("line", asks("x", 1, 1), line, asks("y", 3, 3), goes("last", 4), end), 4, false, []int{12}, []int{0},
			[]string{"x"}},
		{way("out early", asks("x", 1, 2), asks("y", 2, 2), end), 2, true, []int{10}, []int{0}, []string{"x"}},
		{way("closed", asks("x", 1, 2), knows, known(known(asks("gate", 3, 3), 0), 1), asks("z", 4, 4), goes("last", 5),
			end), 5, false, []int{10, 12}, []int{0}, []string{"x"}},
		{way("circle", asks("x", 1, 3), goes("round", 2), goes("and round", 1), goes("last", 4), end), 3, true,
			[]int{10}, []int{0}, []string{"x"}},
	} {
		all := ways(test.l, test.moves, test.stops)
		for _, n := range test.sizes {
			for _, beyond := range test.beyond {
				if n > beyond {
					pacedLooks(t, test.l, all, n, beyond, test.passed)
				}
			}
		}
	}
}

// pacedLooks tries every class of n seats that take the given ways.
func pacedLooks(t *testing.T, l *lesson.Lesson, all []play.Run, n, beyond int, passed []string) {
	t.Helper()
	marks := make([]Seat, len(all))
	class, err := NewClass(NewTalk(l, Seed)).Do(Command{Verb: OwnPace}, NewBallot())
	if err != nil {
		t.Fatal(err)
	}
	for i, run := range all {
		if marks[i], err = (Seat{}).WithRun(class, run); err != nil {
			t.Fatal(err)
		}
	}
	looks := make(map[string][][]int)
	each(n, len(all), func(counts []int) {
		b, seat := NewBallot(), 0
		for i, m := range counts {
			for range m {
				b.Put(fmt.Sprint(seat), 1, marks[i])
				seat++
			}
		}
		c, err := class.Do(Command{Verb: SetHeadcount, Number: n - beyond}, b)
		if err != nil {
			t.Fatal(err)
		}
		look := outputs(c, b, nil, true)
		if c, err = c.Do(Command{Verb: End}, b); err != nil {
			t.Fatal(err)
		}
		if r, _ := c.Report(); !slices.Equal(reported(r), passed) {
			t.Fatalf("%s: %v are told of, want %v", l.ID, reported(r), passed)
		}
		look += outputs(c, b, nil, true)
		looks[look] = append(looks[look], slices.Clone(counts))
	})
	for look, same := range looks {
		for i := range l.Scenes {
			if q := questionIn(l, i); q.Scene != "" {
				if c := derivesAt(same, all, q, few+beyond); c != nil {
					t.Fatalf("%s: %d seats, %d beyond: those who went %v can tell what another one answered to %s; "+
						"it looks like %v of %d\n%s",
						l.ID, n, beyond, c, q.Scene, same[0], len(same), look)
				}
			}
		}
	}
}

// reported returns the questions for which a report has a result.
func reported(r Report) []string {
	var all []string
	for _, a := range r.Answers {
		if a.Omitted == Reported {
			all = append(all, a.Scene)
		}
	}
	return all
}

// derivesAt is like [derives], for ways through a lesson: it returns the ways of a
// coalition that can tell another person's answer to a question, assuming that this person
// has reached it. How far someone has come isn't secret: the report says how many have
// finished. If a way leads back to a question, its first answer counts.
func derivesAt(same [][]int, all []play.Run, q Question, least int) []int {
	picks := make([]int, len(all))
	for i, run := range all {
		picks[i] = -1
		at, scenes := 0, run.Scenes()
		for _, move := range run.Actions() {
			if move.Turn == play.Choose && scenes[at] == q.Scene && picks[i] < 0 {
				picks[i] = move.Pick
			}
			at++
		}
	}
	var found []int
	for known := range least {
		each(known, len(all), func(coalition []int) {
			answers := make(map[int]bool)
			for _, counts := range same {
				fits := found == nil
				for i, k := range coalition {
					fits = fits && counts[i] >= k
				}
				for i, k := range coalition {
					if !fits || counts[i] <= k {
						continue
					}
					if picks[i] >= 0 {
						answers[picks[i]] = true
					}
				}
			}
			if len(answers) == 1 {
				found = slices.Clone(coalition)
			}
		})
	}
	return found
}

// TestShippedLessonsTellOfEnough checks which questions of the lessons have a result for a
// class at its own pace: none that only one option leads to, and most of the others. A
// story that branches (version 2) has few questions that everyone meets; the class sees the
// results of those, and talks about the rest.
func TestShippedLessonsTellOfEnough(t *testing.T) {
	for _, l := range all(t) {
		told, asked := 0, 0
		for i := range l.Scenes {
			if questionIn(l, i).Scene == "" {
				continue
			}
			asked++
			if passed(l, i) {
				told++
			}
			for at := range l.Scenes {
				for _, c := range l.Scenes[at].Choices {
					if only := l.Reached([]int{0}, at); passed(l, i) && !only[i] && len(l.Scenes[at].Choices) > 1 &&
						slices.Contains(skips(l, at), i) {
						t.Errorf("%s: %s is told of, and %q decides whether one comes to it", l.ID, l.Scenes[i].ID,
							c.String())
					}
				}
			}
		}
		if told == 0 || l.Format() == 1 && 2*told < asked {
			t.Errorf("%s: a class at its own pace is told of %d of %d questions", l.ID, told, asked)
		}
	}
}

// skips returns the scenes that some choices of a scene lead to and others don't.
func skips(l *lesson.Lesson, at int) []int {
	var all []int
	for i := range l.Scenes {
		some, others := false, false
		for _, c := range l.Scenes[at].Choices {
			if l.Reached([]int{c.To}, -1)[i] {
				some = true
			} else {
				others = true
			}
		}
		if some && others {
			all = append(all, i)
		}
	}
	return all
}

// TestNothingBeforeThePeopleAreCounted checks that without a headcount a class is shown no
// result and keeps none, whatever was answered.
func TestNothingBeforeThePeopleAreCounted(t *testing.T) {
	l := one(t, countdown)
	b, c := NewBallot(), NewClass(NewTalk(l, Seed))
	do := func(order Command, want error) {
		t.Helper()
		var err error
		if c, err = c.Do(order, b); !errors.Is(err, want) {
			t.Fatalf("%s: %v, want %v", order, err, want)
		}
	}
	do(Command{Verb: Start}, nil)
	for c.Question().Scene == "" {
		do(Command{Verb: Next}, nil)
	}
	do(Command{Verb: Ask}, nil)
	for i := range 30 {
		b.Put(fmt.Sprint(i), 1, Seat{}.WithAnswer(c.Question().Scene, c.Question().Options[i%2].Pick))
	}
	do(Command{Verb: Show}, ErrNoHeadcount)
	do(Command{Verb: Close}, nil)
	do(Command{Verb: Show}, ErrNoHeadcount)
	silent := c
	do(Command{Verb: End}, nil)
	if r, err := c.Report(); err != nil || r.Answers[0].Kind != Hidden || r.Answers[0].Omitted != NoHeadcount {
		t.Errorf("%+v %v", r, err)
	}
	for _, n := range []int{0, -1, mostPeople + 1} {
		if _, err := silent.Do(Command{Verb: SetHeadcount, Number: n}, b); err == nil {
			t.Errorf("%d people", n)
		}
	}
	c = silent
	do(Command{Verb: SetHeadcount, Number: 30}, nil)
	do(Command{Verb: Show}, nil)
	if r, _ := c.Result(c.Question().Scene); r.Kind != Bars {
		t.Errorf("%+v", r)
	}
}

// TestClosedIsOnePicture checks that a question is counted when it is closed: whoever left
// before adds nothing and hides nothing, whoever leaves, falls silent or joins afterwards
// changes nothing, and how many have answered is no longer told. If the question is opened
// again, it is counted again.
func TestClosedIsOnePicture(t *testing.T) {
	l := one(t, countdown)
	begin := func(closing Command) (Class, *Ballot, Question) {
		t.Helper()
		b, c := NewBallot(), NewClass(NewTalk(l, Seed))
		for _, order := range []Command{{Verb: Start}, {Verb: SetHeadcount, Number: 24},
			{Verb: Scene, Text: l.Scenes[0].ID}} {
			c, _ = c.Do(order, b)
		}
		for c.Question().Scene == "" {
			c, _ = c.Do(Command{Verb: Next}, b)
		}
		c, _ = c.Do(Command{Verb: Ask}, b)
		q := c.Question()
		for i := range 24 {
			b.Put(fmt.Sprint(i), 1, Seat{}.WithAnswer(q.Scene, q.Options[i/12].Pick))
			b.Put(fmt.Sprint("visitor", i), 1, Seat{}.WithAnswer(q.Scene, q.Options[0].Pick).Left())
		}
		if v, _ := NewView(c, b, ""); v.Answered != 20 || !v.AllAnswered || v.In != 24 {
			t.Fatalf("%+v", v)
		}
		if v, _ := NewView(c, b, "0"); v.Answered+v.In != 0 || v.AllAnswered {
			t.Fatalf("a participant is told how fast the others are: %+v", v)
		}
		var err error
		if c, err = c.Do(closing, b); err != nil {
			t.Fatal(err)
		}
		if v, _ := NewView(c, b, ""); v.Answered != 0 || v.AllAnswered {
			t.Errorf("%s: it is closed, and %d have answered", closing, v.Answered)
		}
		return c, b, q
	}
	leave := func(b *Ballot) {
		for i := range 6 {
			m, _, _ := b.Seat(fmt.Sprint(i))
			b.Put(fmt.Sprint(i), 2, m.Left())
			b.Put(fmt.Sprint("late", i), 2, Seat{}.WithAnswer(l.Scenes[0].ID, 0))
		}
		m, _, _ := b.Seat("6")
		b.Put("6", 2, m.Silent())
	}
	bars := func(r Result, counts ...int) {
		t.Helper()
		var got []int
		for _, g := range r.Groups {
			got = append(got, g.Count)
		}
		if slices.Sort(got); !slices.Equal(got, counts) {
			t.Errorf("%+v, want %v", r, counts)
		}
	}
	for _, closing := range []Command{{Verb: Close}, {Verb: Choose, Number: 1}, {Verb: Back}, {Verb: OwnPace},
		{Verb: Scene, Text: l.Scenes[1].ID}} {
		c, b, _ := begin(closing)
		leave(b)
		c, err := c.Do(Command{Verb: End}, b)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := c.Report()
		bars(r.Answers[0].Result, 0, 12, 12)
	}
	c, b, q := begin(Command{Verb: Close})
	leave(b)
	shown, err := c.Do(Command{Verb: Show}, b)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := shown.Result(q.Scene)
	bars(r, 0, 12, 12)
	if c, err = c.Do(Command{Verb: Ask}, b); err != nil {
		t.Fatal(err)
	}
	c, _ = c.Do(Command{Verb: Show}, b)
	r, _ = c.Result(q.Scene)
	bars(r, 0, 11, 12) // 5 that are left of the 12 and 6 late ones; 12.
}

// TestOwnPaceIsNotTold checks that how many passed a question at their own pace is told
// nowhere, whatever scene the facilitator shows, and that their answers aren't counted when
// the facilitator asks the question.
func TestOwnPaceIsNotTold(t *testing.T) {
	l := one(t, countdown)
	b, c := NewBallot(), NewClass(NewTalk(l, Seed))
	c, _ = c.Do(Command{Verb: OwnPace}, b)
	for i := range 24 {
		run := play.Start(l, Seed)
		for run.Turn() != play.End {
			run = onward(run, i)
		}
		m, err := Seat{}.WithRun(c, run)
		if err != nil {
			t.Fatal(err)
		}
		b.Put(fmt.Sprint(i), 1, m)
	}
	for range 2 {
		for i := range l.Scenes {
			at, err := c.Do(Command{Verb: Scene, Text: l.Scenes[i].ID}, b)
			if err != nil {
				t.Fatal(err)
			}
			for at.Question().Scene == "" && err == nil {
				at, err = at.Do(Command{Verb: Next}, b)
			}
			if v, _ := NewView(at, b, ""); v.Answered != 0 || v.AllAnswered {
				t.Errorf("%s: %d came past it", l.Scenes[i].ID, v.Answered)
			}
			if at, err = at.Do(Command{Verb: Ask}, b); err != nil {
				continue
			}
			if v, _ := NewView(at, b, ""); v.Answered != 0 || v.AllAnswered {
				t.Errorf("%s: it was asked just now, and %d have answered", l.Scenes[i].ID, v.Answered)
			}
		}
		c, _ = c.Do(Command{Verb: OwnPace}, b) // Together again.
	}
}

// TestOtherOptionsAreNotAsked checks that a question which was asked isn't asked again with
// fewer of its options open: the difference between the two counts would be how many had
// chosen the options that are gone.
func TestOtherOptionsAreNotAsked(t *testing.T) {
	knows := lesson.Scene{ID: "knows", Onward: &lesson.Choice{To: 2}, Told: []lesson.Block{
		{Text: []lesson.Para{{Sets: []string{"known"}, Spans: []lesson.Span{{Text: "You know now."}}}}}}}
	l := way("some", asks("x", 1, 2), knows, known(asks("y", 3, 3, 3), 1), lesson.Scene{ID: "end"})
	b, c := NewBallot(), NewClass(NewTalk(l, Seed))
	do := func(want error, orders ...Command) {
		t.Helper()
		for _, order := range orders {
			var err error
			if c, err = c.Do(order, b); !errors.Is(err, want) {
				t.Fatalf("%s: %v, want %v", order, err, want)
			}
		}
	}
	to := func(scene string) {
		t.Helper()
		for c.Question().Scene != scene {
			do(nil, Command{Verb: Next})
		}
	}
	do(nil, Command{Verb: Start})
	to("x")
	do(nil, Command{Verb: Choose, Number: 1})
	to("y")
	do(nil, Command{Verb: Ask})
	q := c.Question()
	if q.Scene != "y" || len(q.Options) != 3 {
		t.Fatalf("%+v", q)
	}
	for i := range 24 {
		b.Put(fmt.Sprint(i), 1, Seat{}.WithAnswer(q.Scene, min(i, 1)))
	}
	// With the same options it may be asked again and again.
	do(nil, Command{Verb: Close}, Command{Verb: Ask}, Command{Verb: Back})
	do(nil, Command{Verb: Scene, Text: "x"})
	to("x")
	do(nil, Command{Verb: Choose, Number: 2}) // Past "knows".
	to("y")
	if q := c.Question(); len(q.Options) != 2 {
		t.Fatalf("%+v", q)
	}
	do(ErrOptions, Command{Verb: Ask})
	if v, _ := NewView(c, b, ""); v.Answered != 0 || v.AllAnswered {
		t.Errorf("%+v", v)
	}
}

// TestOneOptionIsNotAsked checks that a class isn't asked if only one option is open: every
// answer would be the same. The facilitator goes on as along a link, and the report has the same
// rows as always, without a number for this question.
func TestOneOptionIsNotAsked(t *testing.T) {
	knows := lesson.Scene{ID: "knows", Onward: &lesson.Choice{To: 2}, Told: []lesson.Block{
		{Text: []lesson.Para{{Sets: []string{"known"}, Spans: []lesson.Span{{Text: "You know now."}}}}}}}
	l := way("some", asks("x", 1, 2), knows, known(asks("y", 3, 3), 1), asks("z", 4), lesson.Scene{ID: "end"})
	for first, asked := range map[int]bool{1: true, 2: false} { // Through "knows", and past it.
		b, c := NewBallot(), NewClass(NewTalk(l, Seed))
		do := func(want error, order Command) {
			t.Helper()
			var err error
			if c, err = c.Do(order, b); !errors.Is(err, want) {
				t.Fatalf("%s: %v, want %v", order, err, want)
			}
		}
		for i := range 24 {
			b.Put(fmt.Sprint(i), 1, Seat{}.WithAnswer("y", 0).WithAnswer("z", 0))
		}
		do(nil, Command{Verb: Start})
		do(nil, Command{Verb: SetHeadcount, Number: 24})
		for c.Question().Scene != "x" {
			do(nil, Command{Verb: Next})
		}
		do(nil, Command{Verb: Choose, Number: first})
		for n := 0; c.Talk().Run().Turn() != play.End; n++ {
			at := c.Talk().Run().Scene().ID
			if c.Question().Scene == "" {
				do(ErrNothing, Command{Verb: Ask})
				do(nil, Command{Verb: Next})
				continue
			}
			if at != "y" || !asked || n > 20 {
				t.Fatalf("%q is asked: %+v", at, c.Question())
			}
			do(nil, Command{Verb: Choose, Number: 1})
		}
		do(nil, Command{Verb: End})
		r, err := c.Report()
		if err != nil || len(r.Answers) != 2 {
			t.Fatalf("%+v: %v", r.Answers, err)
		}
		for _, a := range r.Answers {
			if a.Omitted != NotAsked || a.Kind != Hidden || len(a.Groups) > 0 {
				t.Errorf("%+v", a)
			}
		}
	}
}

// TestReportCountsInFives checks that the report of a class at its own pace says in steps of five
// how many were present and how many have finished: a difference of one would be one person.
func TestReportCountsInFives(t *testing.T) {
	l := one(t, countdown)
	class, err := NewClass(NewTalk(l, Seed)).Do(Command{Verb: OwnPace}, NewBallot())
	if err != nil {
		t.Fatal(err)
	}
	run := play.Start(l, Seed)
	for run.Turn() != play.End {
		run = onward(run, 0)
	}
	done, err := Seat{}.WithRun(class, run)
	if err != nil {
		t.Fatal(err)
	}
	for in := range 12 {
		for finished := range in + 1 {
			b := NewBallot()
			for i := range in {
				m := Seat{}
				if i < finished {
					m = done
				}
				b.Put(fmt.Sprint(i), 1, m)
			}
			c, err := class.Do(Command{Verb: End}, b)
			if err != nil {
				t.Fatal(err)
			}
			r, err := c.Report()
			if want := finished / few * few; err != nil || r.In != in/few*few || r.Finished != want {
				t.Errorf("%d of %d have finished: the report says %d of %d: %v", finished, in, r.Finished, r.In, err)
			}
		}
	}
}
