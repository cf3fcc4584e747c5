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

// each calls f with every way to part n into m counts.
func each(n, m int, f func([]int)) {
	counts := make([]int, m)
	var part func(at, left int)
	part = func(at, left int) {
		if at == m-1 {
			counts[at] = left
			f(counts)
			return
		}
		for i := 0; i <= left; i++ {
			counts[at] = i
			part(at+1, left-i)
		}
	}
	part(0, n)
}

// ask is a question with m options.
func ask(m int) Question {
	q := Question{Scene: "s"}
	for i := range m {
		q.Options = append(q.Options, Option{Pick: i})
	}
	return q
}

// derives returns the answers of a coalition of fewer than least seats that can tell the
// answer of another seat from what was shown and from how many have answered; nil if there
// is none. Same is every count of answers that looks the same.
func derives(same [][]int, m, least int) []int {
	var found []int
	for known := range least {
		each(known, m, func(coalition []int) {
			possible := make([]bool, m)
			met := false
			for _, counts := range same {
				fits := true
				for i, k := range coalition {
					fits = fits && counts[i] >= k
				}
				if !fits {
					continue
				}
				met = true
				for i, k := range coalition {
					possible[i] = possible[i] || counts[i] > k
				}
			}
			answers := 0
			for _, p := range possible {
				if p {
					answers++
				}
			}
			if met && answers == 1 && found == nil {
				found = slices.Clone(coalition)
			}
		})
	}
	return found
}

// TestNobodyIsDerived tries every count of answers up to a number, in a class with as many
// seats as people and in one with extra seats: whatever is shown, no one who knows four
// answers and those of all extra seats can tell another answer, and no number stands for
// fewer seats than those plus one.
func TestNobodyIsDerived(t *testing.T) {
	for _, test := range []struct{ m, most, beyond int }{
		{2, 40, 0}, {3, 26, 0}, {4, 20, 0}, {5, 14, 0},
		{2, 36, 1}, {2, 36, 4}, {2, 60, 15}, {3, 24, 1}, {3, 24, 3}, {3, 26, 6}, {4, 17, 2},
	} {
		q, least := ask(test.m), Least(test.most+test.beyond, test.most)
		if least != few+test.beyond {
			t.Fatalf("%d at least with %d seats beyond", least, test.beyond)
		}
		for n := 1; n <= test.most; n++ {
			looks := make(map[string][][]int)
			each(n, test.m, func(counts []int) {
				r := Suppress(q, counts, least)
				for _, g := range r.Groups {
					if g.Count > 0 && g.Count < least {
						t.Fatalf("%v shows %+v", counts, r)
					}
				}
				look := fmt.Sprintf("%+v", r)
				looks[look] = append(looks[look], slices.Clone(counts))
			})
			for look, same := range looks {
				if c := derives(same, test.m, least); c != nil {
					t.Errorf("n = %d, %d beyond: of %s those who know %v can tell another one; it looks like %v", n,
						test.beyond, look, c, same[0])
				}
			}
		}
	}
}

// TestSuppressShows checks that what is safe to show is shown.
func TestSuppressShows(t *testing.T) {
	for _, test := range []struct {
		counts []int
		want   string
	}{
		{[]int{12, 10, 8}, "bars 0:12 1:10 2:8"},
		{[]int{15, 10, 0}, "bars 0:15 1:10 2:0"},
		{[]int{14, 10, 3}, "bars 0:14 1+2:13"},
		{[]int{14, 7, 3, 2}, "bars 0:14 1:7 2+3:5"},
		{[]int{14, 7, 3, 0}, "bars 0:14 1+2+3:10"},
		{[]int{28, 1, 1}, "most 0"},
		{[]int{30, 0, 0}, "most 0"},
		{[]int{11, 1}, "hidden"},
		{[]int{5, 5}, "bars 0:5 1:5"},
		{[]int{5, 4}, "hidden"},
		{[]int{0, 0}, "hidden"},
		{[]int{3, 3, 3, 3}, "hidden"},
	} {
		r := Suppress(ask(len(test.counts)), test.counts, few)
		got := [...]string{"hidden", "bars", "most"}[r.Kind]
		if r.Kind == Most {
			got += fmt.Sprint(" ", r.Most)
		}
		for _, g := range r.Groups {
			got += " "
			for i, o := range g.Options {
				if i > 0 {
					got += "+"
				}
				got += fmt.Sprint(o)
			}
			got += fmt.Sprint(":", g.Count)
		}
		if got != test.want {
			t.Errorf("%v: %s, want %s", test.counts, got, test.want)
		}
	}
}

// TestOnlyPresentSeatsCount checks that the answers of a seat that leaves aren't counted,
// that a silent seat is counted again once it is back, and that joining, answering and
// leaving repeatedly adds nothing.
func TestOnlyPresentSeatsCount(t *testing.T) {
	b, q, rev := NewBallot(), ask(2), uint64(0)
	put := func(seat string, m Seat) {
		rev++
		b.Put(seat, rev, m)
	}
	check := func(in, taken, answered int, everybody bool, counts ...int) {
		t.Helper()
		if b.In() != in || b.Taken() != taken || b.Answered(q) != answered || b.AllAnswered(q) != everybody ||
			!slices.Equal(b.Counts(q), counts) {
			t.Fatalf("%d in, %d taken, %d answered, everybody %v, %v", b.In(), b.Taken(), b.Answered(q),
				b.AllAnswered(q),
				b.Counts(q))
		}
	}
	check(0, 0, 0, false, 0, 0)
	for i := range 12 {
		put(fmt.Sprint(i), Seat{}.WithAnswer("s", i%2))
	}
	check(12, 12, 12, true, 6, 6)
	for i := range 20 {
		name := fmt.Sprint("visitor", i)
		put(name, Seat{}.WithAnswer("s", 0))
		check(13, 13, 13, true, 7, 6)
		m, _, _ := b.Seat(name)
		put(name, m.Left())
		check(12, 12, 12, true, 6, 6)
	}
	m, _, _ := b.Seat("3")
	put("3", m.Silent())
	check(11, 12, 11, true, 6, 5)
	if s := b.Silent(); !slices.Equal(s, []string{"3"}) {
		t.Errorf("%v are silent", s)
	}
	m, _, _ = b.Seat("3")
	put("3", m.Returned())
	check(12, 12, 12, true, 6, 6)
	put("3", m.Left())
	m, _, _ = b.Seat("3")
	put("3", m.Returned())
	check(12, 12, 11, false, 6, 5)
	put("projector", Seat{Projector: true}.WithAnswer("s", 0))
	check(12, 13, 11, false, 6, 5)
}

// TestClassHistories plays random classes in which seats come, answer, fall silent,
// come back and leave. Whatever the orders, and in whatever order updates arrive: a
// result is shown at most once and never changes; nothing is shown before there is a
// headcount; how many have answered is told only while the question is open; what the
// desk is sent holds no count that was not shown; the report is refused before the end
// and never changes after it; and decoding an encoded class gives the same class.
func TestClassHistories(t *testing.T) {
	l := one(t, countdown)
	verbs := []Verb{Start, Next, Next, Next, Next, Back, Forward, Choose, Choose, WhatIf, ComeBack, ForceBlank, Blank,
		Stop,
		Lock, OwnPace, SetHeadcount, Freeze, Ask, Ask, Ask, Close, Show, Show, Show}
	rapid.Check(t, func(t *rapid.T) {
		c, b := NewClass(NewTalk(l, 1)), NewBallot()
		twin := NewBallot() // Another machine, which is told late, twice, and out of order.
		var late []func()
		rev := uint64(0)
		shown := make(map[string]Result)
		for range rapid.IntRange(20, 120).Draw(t, "steps") {
			if seat := fmt.Sprint(rapid.IntRange(0, 30).Draw(t, "seat")); rapid.Bool().Draw(t, "a seat") {
				m, _, _ := b.Seat(seat)
				m, ok := does(t, c, m)
				if !ok {
					continue
				}
				rev++
				at := rev
				b.Put(seat, at, m)
				late = append(late, func() { twin.Put(seat, at, m) })
				continue
			}
			order := Command{Verb: rapid.SampledFrom(verbs).Draw(t, "verb"),
				Number: rapid.IntRange(1, 30).Draw(t, "number")}
			if order.Verb == Choose {
				order.Number = order.Number%3 + 1
			}
			next, err := c.Do(order, b)
			if err != nil && !reflect.DeepEqual(next.Encode(), c.Encode()) {
				t.Fatalf("%s: %v, and it changed something", order, err)
			}
			c = next
			holds(t, c, b, shown)
		}
		for _, i := range rapid.Permutation(append(late, late...)).Draw(t, "order") {
			i()
		}
		end, err := c.Do(Command{Verb: End}, b)
		if err != nil || end.Phase() != Ended {
			t.Fatal(err)
		}
		there, err := c.Do(Command{Verb: End}, twin)
		if err != nil || !bytes.Equal(end.Encode(), there.Encode()) {
			t.Fatalf("%v: %s here, %s there", err, end.Encode(), there.Encode())
		}
		ends(t, l, end, shown)
	})
}

// does lets a seat take a random action, and reports whether it could.
func does(t *rapid.T, c Class, m Seat) (Seat, bool) {
	switch q := c.Question(); rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		return m.Left(), true
	case 1:
		return m.Silent(), true
	case 2, 3:
		return m.Returned(), true
	case 4, 5:
		run := m.Run(c.Talk().Run().Lesson())
		for range rapid.IntRange(1, 9).Draw(t, "moves") {
			run = onward(run, rapid.IntRange(0, 4).Draw(t, "taken"))
		}
		moved, err := m.WithRun(c, run)
		return moved, err == nil && !m.Gone
	default:
		if q.Scene == "" || !c.Takes(q.Scene) || m.Gone {
			return m, false
		}
		return m.WithAnswer(q.Scene, rapid.SampledFrom(q.Options).Draw(t, "pick").Pick), true
	}
}

// onward takes one action of a run.
func onward(run play.Run, taken int) play.Run {
	switch run.Turn() {
	case play.Choose:
		open := run.Open()
		run, _ = run.Choose(open[taken%len(open)])
	case play.Answer:
		run, _ = run.Answer(taken%len(run.Order()), play.Sure)
	case play.Say:
		run, _ = run.Said([]string{"decline", "tell"})
	case play.Go:
		run, _ = run.Go()
	}
	return run
}

// holds checks the promises of TestClassHistories for a class that isn't over.
func holds(t *rapid.T, c Class, b *Ballot, shown map[string]Result) {
	l := c.Talk().Run().Lesson()
	again, err := DecodeClass(l, c.Encode())
	if err != nil || !bytes.Equal(again.Encode(), c.Encode()) || again.Phase() != c.Phase() {
		t.Fatalf("does not come back: %v", err)
	}
	desk, err := DecodeClass(l, c.EncodeShown())
	if err != nil || desk.Phase() != c.Phase() || len(desk.kept.Tallies) > 0 ||
		bytes.Contains(c.EncodeShown(), []byte("counts")) {
		t.Fatalf("the desk is sent %s, %v", c.EncodeShown(), err)
	}
	if _, err := c.Report(); !errors.Is(err, ErrNotOver) {
		t.Fatalf("a report before the end: %v", err)
	}
	v, _ := NewView(c, b, "")
	if c.Open() == "" && (v.Answered > 0 || v.AllAnswered) || v.Answered%few > 0 || v.Answered > v.In ||
		v.In != b.In() {
		t.Fatalf("the desk is told %+v", v)
	}
	for _, r := range c.Results() {
		if old, ok := shown[r.Scene]; ok && !reflect.DeepEqual(old, r) {
			t.Fatalf("shown as %+v, then as %+v", old, r)
		}
		shown[r.Scene] = r
		for _, g := range r.Groups {
			if g.Count > 0 && g.Count < few {
				t.Fatalf("%+v", r)
			}
		}
		if c.Takes(r.Scene) || c.Headcount() == 0 {
			t.Fatal("takes answers to what was shown, or was shown before it was said how many people there are")
		}
	}
}

// ends checks that the report of a class has the right rows, and repeats what was shown.
func ends(t *rapid.T, l *lesson.Lesson, end Class, shown map[string]Result) {
	r, err := end.Report()
	if err != nil {
		t.Fatal(err)
	}
	again, err := DecodeClass(l, end.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if elsewhere, err := again.Report(); err != nil || !reflect.DeepEqual(elsewhere, r) {
		t.Fatalf("reported as %+v, elsewhere as %+v, %v", r, elsewhere, err)
	}
	row := 0
	for i := range l.Scenes {
		q := questionIn(l, i)
		if q.Scene == "" {
			continue
		}
		if row == len(r.Answers) || r.Answers[row].Scene != q.Scene {
			t.Fatalf("no row for %s", q.Scene)
		}
		a := r.Answers[row]
		row++
		if old, ok := shown[a.Scene]; ok && !reflect.DeepEqual(old, a.Result) {
			t.Fatalf("reported as %+v, shown as %+v", a.Result, old)
		}
		if a.Kind != Hidden && (a.Omitted != Reported || r.Headcount == 0) {
			t.Fatalf("%+v", a)
		}
	}
}

// TestClass takes a class from joining to its end.
func TestClass(t *testing.T) {
	l := one(t, countdown)
	c, b := NewClass(NewTalk(l, 1)), NewBallot()
	do := func(v Verb, want ClassPhase) {
		t.Helper()
		next, err := c.Do(Command{Verb: v, Number: 1}, b)
		if err != nil || next.Phase() != want {
			t.Fatalf("%s: %v, phase %d, want %d", v, err, next.Phase(), want)
		}
		c = next
	}
	refused := func(v Verb, want error) {
		t.Helper()
		if _, err := c.Do(Command{Verb: v}, b); !errors.Is(err, want) {
			t.Fatalf("%s: %v, want %v", v, err, want)
		}
	}
	refused(Next, ErrNothing)
	refused(Ask, ErrNothing)
	do(Start, Telling)
	do(Next, Telling)
	for c.Question().Scene == "" {
		do(Next, Telling)
	}
	refused(Show, ErrNothing)
	refused(Close, ErrNothing)
	do(Ask, Voting)
	q := c.Question()
	for i := range 24 {
		b.Put(fmt.Sprint(i), uint64(i+1), Seat{}.WithAnswer(q.Scene, q.Options[i%2].Pick))
	}
	b.Put("0", 100, Seat{}.WithAnswer(q.Scene, q.Options[1].Pick)) // A change of mind.
	b.Put("0", 1, Seat{}.WithAnswer(q.Scene, q.Options[0].Pick))   // Old news.
	b.Put("projector", 101, Seat{Projector: true}.WithAnswer(q.Scene, q.Options[0].Pick))
	if n := b.Answered(q); n != 24 || !b.AllAnswered(q) || b.In() != 24 {
		t.Errorf("%d answers of %d", n, b.In())
	}
	do(ForceBlank, Voting)
	do(Close, Counted)
	if c.Takes(q.Scene) {
		t.Error("closed, and takes answers")
	}
	do(Ask, Voting)
	refused(Show, ErrNoHeadcount)
	if c.Phase() != Voting {
		t.Error("an order that was refused has closed the question")
	}
	if c, _ = c.Do(Command{Verb: SetHeadcount, Number: 24}, b); c.Headcount() != 24 {
		t.Error("nobody knows how many people take part")
	}
	do(Show, Shown)
	if r, ok := c.Result(q.Scene); !ok || r.Kind != Bars || r.Groups[0].Count != 11 || r.Groups[1].Count != 13 {
		t.Errorf("%+v", r)
	}
	refused(Ask, ErrShown)
	do(Choose, Telling)
	do(OwnPace, Telling)
	refused(Ask, ErrNothing)
	m := Seat{}
	run := m.Run(l)
	for run.Turn() != play.End {
		run = onward(run, 0)
	}
	m, err := m.WithRun(c, run)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Picks[q.Scene]; ok {
		t.Error("an answer was taken to what was shown")
	}
	for _, move := range m.Actions {
		if move.Said != nil {
			t.Error("what a typed line did is kept")
		}
	}
	again, err := DecodeSeat(m.Encode())
	if err != nil || again.Run(l).Turn() != play.End {
		t.Error("the run does not come back", err)
	}
	for i := range 7 {
		b.Put(fmt.Sprint("own", i), 1, m)
	}
	if n := b.Finished(); n != 5 {
		t.Errorf("%d have finished", n)
	}
	if _, err := c.Report(); !errors.Is(err, ErrNotOver) {
		t.Errorf("a report before the end: %v", err)
	}
	do(End, Ended)
	refused(Next, ErrOver)
	refused(Lock, ErrOver)
	if r, err := c.Report(); err != nil || len(r.Answers) < 2 || r.Finished != 5 || r.In != 30 || r.Headcount != 24 {
		t.Errorf("%+v %v", r, err)
	}
}

func FuzzDecodeClass(f *testing.F) {
	l := one(f, countdown)
	f.Add(NewClass(NewTalk(l, 1)).Encode())
	c, _ := NewClass(NewTalk(l, 1)).Do(Command{Verb: Start}, nil)
	f.Add(c.Encode())
	c, _ = c.Do(Command{Verb: End}, NewBallot())
	f.Add(c.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := DecodeClass(l, data); err == nil {
			_ = c.Phase()
			_, _ = c.Do(Command{Verb: Next}, NewBallot())
			_, _ = c.Do(Command{Verb: End}, NewBallot())
			_, _ = c.Report()
		}
		if m, err := DecodeSeat(data); err == nil {
			_ = m.Run(l)
		}
	})
}
