package room

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

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

// derives returns a coalition of four that can tell the answer of a fifth from
// what was shown, all of them knowing how many have answered; nil where there is
// none. It tries every history that looks the same.
func derives(same [][]int, m int) []int {
	var found []int
	for known := range few {
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

// TestNobodyIsDerived tries every history of up to 26 answers: whatever is shown,
// nobody who knows four answers can tell a fifth, and no number stands for one to
// four people.
func TestNobodyIsDerived(t *testing.T) {
	for m, most := range map[int]int{2: 40, 3: 26, 4: 20, 5: 14} {
		q := ask(m)
		for n := 1; n <= most; n++ {
			looks := make(map[string][][]int)
			each(n, m, func(counts []int) {
				r := Suppress(q, counts)
				for _, g := range r.Groups {
					if g.Count > 0 && g.Count < few {
						t.Fatalf("%v shows %+v", counts, r)
					}
				}
				look := fmt.Sprintf("%+v", r)
				looks[look] = append(looks[look], slices.Clone(counts))
			})
			for look, same := range looks {
				if c := derives(same, m); c != nil {
					t.Errorf("n = %d: of %s those who know %v can tell a fifth; it looks like %v", n, look, c, same[0])
				}
			}
		}
	}
}

// TestSuppressShows holds that what is safe to show is shown.
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
		r := Suppress(ask(len(test.counts)), test.counts)
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

// TestOnlyPresentSeatsCount holds that a seat that leaves takes its answers with it,
// that a silent one is counted again once it is back, and that joining, answering and
// leaving over and over adds nothing.
func TestOnlyPresentSeatsCount(t *testing.T) {
	b, q, rev := NewBallot(), ask(2), uint64(0)
	put := func(seat string, m Mark) {
		rev++
		b.Put(seat, rev, m)
	}
	check := func(in, taken, answered int, everybody bool, counts ...int) {
		t.Helper()
		if b.In() != in || b.Taken() != taken || b.Answered("s") != answered || b.Everybody("s") != everybody || !slices.Equal(b.Counts(q), counts) {
			t.Fatalf("%d in, %d taken, %d answered, everybody %v, %v", b.In(), b.Taken(), b.Answered("s"), b.Everybody("s"), b.Counts(q))
		}
	}
	check(0, 0, 0, false, 0, 0)
	for i := range 12 {
		put(fmt.Sprint(i), Mark{}.With("s", i%2))
	}
	check(12, 12, 12, true, 6, 6)
	for i := range 20 {
		name := fmt.Sprint("visitor", i)
		put(name, Mark{}.With("s", 0))
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
	put("wall", Mark{Wall: true}.With("s", 0))
	check(12, 13, 11, false, 6, 5)
}

// TestClassHistories plays random classes: whatever is ordered and answered, in
// whatever order it is told, a question is shown at most once and never changes,
// what is shown is what Suppress lets through, and a class goes through bytes and
// back as it was.
func TestClassHistories(t *testing.T) {
	l := one(t, "the-countdown")
	verbs := []Verb{Start, Next, Next, Next, Next, Back, Forth, Choose, Choose, WhatIf, ComeBack, Cover, Blank, Stop, Lock, Own, Ask, Ask, Ask, Close, Show, Show, Show}
	rapid.Check(t, func(t *rapid.T) {
		c, b := Meet(Begin(l, 1)), NewBallot()
		twin := NewBallot() // Another machine, which is told late, twice, and out of order.
		var late []func()
		rev := uint64(0)
		shown := make(map[string]Result)
		for range rapid.IntRange(20, 120).Draw(t, "steps") {
			if seat := fmt.Sprint(rapid.IntRange(0, 30).Draw(t, "seat")); rapid.Bool().Draw(t, "answers") {
				q := c.Question()
				if q.Scene == "" || !c.Takes(q.Scene) {
					continue
				}
				m, _, _ := b.Seat(seat)
				m = m.With(q.Scene, rapid.SampledFrom(q.Options).Draw(t, "pick").Pick)
				rev++
				at := rev
				b.Put(seat, at, m)
				late = append(late, func() { twin.Put(seat, at, m) })
				continue
			}
			order := Command{Verb: rapid.SampledFrom(verbs).Draw(t, "verb"), Number: rapid.IntRange(1, 3).Draw(t, "number")}
			next, err := c.Do(order, b.Counts)
			if err != nil && !reflect.DeepEqual(next.Encode(), c.Encode()) {
				t.Fatalf("%s: %v, and it changed something", order, err)
			}
			c = next
			again, err := DecodeClass(l, c.Encode())
			if err != nil || !bytes.Equal(again.Encode(), c.Encode()) || again.Phase() != c.Phase() {
				t.Fatalf("does not come back: %v", err)
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
				if c.Takes(r.Scene) {
					t.Fatal("takes answers to what was shown")
				}
			}
		}
		for _, i := range rapid.Permutation(append(late, late...)).Draw(t, "order") {
			i()
		}
		for i := range l.Scenes {
			if q := questionIn(l, i); q.Scene != "" && !slices.Equal(b.Counts(q), twin.Counts(q)) {
				t.Fatalf("%v here, %v there", b.Counts(q), twin.Counts(q))
			}
		}
		end, err := c.Do(Command{Verb: End}, b.Counts)
		if err != nil || end.Phase() != Ended {
			t.Fatal(err)
		}
		for _, a := range Sum(end, b).Answers {
			if old, ok := shown[a.Scene]; ok && !reflect.DeepEqual(old, a.Result) {
				t.Fatalf("reported as %+v, shown as %+v", a.Result, old)
			}
		}
	})
}

// TestClass takes a class from joining to its end.
func TestClass(t *testing.T) {
	l := one(t, "the-countdown")
	c, b := Meet(Begin(l, 1)), NewBallot()
	do := func(v Verb, want ClassPhase) {
		t.Helper()
		next, err := c.Do(Command{Verb: v, Number: 1}, b.Counts)
		if err != nil || next.Phase() != want {
			t.Fatalf("%s: %v, phase %d, want %d", v, err, next.Phase(), want)
		}
		c = next
	}
	refused := func(v Verb, want error) {
		t.Helper()
		if _, err := c.Do(Command{Verb: v}, b.Counts); !errors.Is(err, want) {
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
		b.Put(fmt.Sprint(i), uint64(i+1), Mark{}.With(q.Scene, q.Options[i%2].Pick))
	}
	b.Put("0", 100, Mark{}.With(q.Scene, q.Options[1].Pick)) // A change of mind.
	b.Put("0", 1, Mark{}.With(q.Scene, q.Options[0].Pick))   // Old news.
	b.Put("wall", 101, Mark{Wall: true}.With(q.Scene, q.Options[0].Pick))
	if n := b.Answered(q.Scene); n != 24 || !b.Everybody(q.Scene) || b.In() != 24 {
		t.Errorf("%d answers of %d", n, b.In())
	}
	do(Cover, Voting)
	do(Close, Counted)
	if c.Takes(q.Scene) {
		t.Error("closed, and takes answers")
	}
	do(Ask, Voting)
	do(Show, Shown)
	if r, ok := c.Result(q.Scene); !ok || r.Kind != Bars || r.Groups[0].Count != 11 || r.Groups[1].Count != 13 {
		t.Errorf("%+v", r)
	}
	refused(Ask, ErrAsked)
	do(Choose, Telling)
	do(Own, Telling)
	refused(Ask, ErrNothing)
	m := Mark{}
	run := m.Run(l, 1)
	for run.Turn() != play.End {
		switch run.Turn() {
		case play.Choose:
			run, _ = run.Choose(run.Open()[0])
		case play.Answer:
			run, _ = run.Answer(0, play.Sure)
		case play.Say:
			run, _ = run.Say("no, I am telling my mum")
		default:
			run, _ = run.Go()
		}
	}
	m, err := m.Moved(c, run)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Picks[q.Scene]; ok {
		t.Error("an answer was taken to what was shown")
	}
	for _, move := range m.Moves {
		if move.Said != nil {
			t.Error("what a typed line did is kept")
		}
	}
	again, err := DecodeMark(m.Encode())
	if err != nil || again.Run(l, 1).Turn() != play.End {
		t.Error("the run does not come back", err)
	}
	for i := range 7 {
		b.Put(fmt.Sprint("own", i), 1, m)
	}
	if n := b.Finished(l); n != 5 {
		t.Errorf("%d have finished", n)
	}
	do(End, Ended)
	refused(Next, ErrOver)
	refused(Lock, ErrOver)
	if r := Sum(c, b); len(r.Answers) < 2 || r.Finished != 5 || r.In != 30 {
		t.Errorf("%+v", r)
	}
}

func FuzzDecodeClass(f *testing.F) {
	l := one(f, "the-countdown")
	f.Add(Meet(Begin(l, 1)).Encode())
	c, _ := Meet(Begin(l, 1)).Do(Command{Verb: Start}, nil)
	f.Add(c.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := DecodeClass(l, data); err == nil {
			_ = c.Phase()
			_, _ = c.Do(Command{Verb: Next}, func(q Question) []int { return make([]int, len(q.Options)) })
			_ = Sum(c, NewBallot())
		}
		if m, err := DecodeMark(data); err == nil {
			_ = m.Run(l, 1)
		}
	})
}
