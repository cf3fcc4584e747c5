package progress

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// deck returns stories s1 to sN with a question, and two with a line to type.
func deck(t testing.TB, n int) []lesson.Scene {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Boosters\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "\n## S%d\n\nA story.\n\n- [x] Good\n\n  Yes.\n\n- [ ] Bad\n\n  No.\n", i)
	}
	for i := 1; i <= 2; i++ {
		fmt.Fprintf(&b, "\n## T%d\n\n> **Kai:** ________\n\n- `decline` no\n\n> **Kai:** No.\n", i)
	}
	d, diags := lesson.ParseDeck("x.boosters.md", []byte(b.String()))
	if d == nil {
		t.Fatal(diags)
	}
	return d.Forms[0].Items
}

// practise plays a booster; the stories named in wrong are answered wrongly. It
// returns the ids of the stories.
func practise(t testing.TB, b *Book, sources []Source, wrong ...string) []string {
	t.Helper()
	stories := b.Stories(sources)
	l := lesson.Chain(lesson.Head{ID: "booster"}, lesson.Booster, stories, "Go on", lesson.Scene{ID: "end"})
	run := play.Start(l, 1)
	var ids []string
	for run.Turn() != play.End {
		var err error
		switch run.Turn() {
		case play.Answer:
			ids = append(ids, run.Scene().ID)
			pick := 0
			if slices.Contains(wrong, run.Scene().ID) {
				pick = 1
			}
			run, err = run.Answer(pick, play.Half)
		case play.Say:
			ids = append(ids, run.Scene().ID)
			run, err = run.Said([]string{"decline"})
		default:
			run, err = run.Go()
		}
		do(t, b, run, err)
	}
	return ids
}

func TestBoosterDays(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	b := newBook(newFakeDisk(), c)
	if due := b.Due([]string{"pay"}); len(due) > 0 {
		t.Fatalf("due before the lesson: %v", due)
	}
	through(t, b, l)
	sources := []Source{{"pay", deck(t, 6)}}
	done := map[int]bool{}
	for day := 0; day <= 900; day++ {
		c.day = monday + Day(day)
		want := slices.Contains([]int{2, 7, 14, 30, 90, 273, 456, 639, 822}, day)
		if got := len(b.Due([]string{"pay"})) == 1; got != want {
			t.Errorf("day %d: due %v", day, got)
		}
		if want {
			practise(t, b, sources)
			done[day] = true
		}
		if len(b.Due([]string{"pay"})) > 0 {
			t.Errorf("day %d: due again at once", day)
		}
	}
	if len(done) != 9 {
		t.Errorf("done on %v", done)
	}
}

// TestMissedBoosters checks that a learner who was away for a month gets one booster, not four.
func TestMissedBoosters(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	b := newBook(newFakeDisk(), c)
	through(t, b, l)
	c.day += 31
	practise(t, b, []Source{{"pay", deck(t, 4)}})
	for ; c.day < monday+90; c.day++ {
		if len(b.Due([]string{"pay"})) > 0 {
			t.Fatalf("due on day %d", c.day-monday)
		}
	}
	if len(b.Due([]string{"pay"})) == 0 {
		t.Error("not due on day 90")
	}
}

// TestClockJumps lets the clock jump back and forth between correct days. The boosters are
// due on the same days as with a clock that is always right.
func TestClockJumps(t *testing.T) {
	l := parse(t, "pay.md", page)
	rapid.Check(t, func(t *rapid.T) {
		d, c := newFakeDisk(), &clock{monday}
		b := newBook(d, c)
		jump := func() Day {
			return rapid.SampledFrom([]Day{0, 1, 400, firstDay - 4000, firstDay - 1, monday + 365, monday + 40000}).
				Draw(t, "wrong")
		}
		wrong := rapid.Bool().Draw(t, "wrong at first")
		if wrong {
			c.day = jump()
		}
		through2(t, b, l)
		c.day = monday
		b.Due([]string{"pay"}) // Home asks for it once the clock is right again.
		for day := range Day(95) {
			if rapid.IntRange(0, 9).Draw(t, "jumps") == 0 {
				c.day = jump()
				b.Due([]string{"pay"})
				if err := b.Save(); err != nil {
					t.Fatal(err)
				}
				b = newBook(d, c)
			}
			c.day = monday + day
			want := slices.Contains([]Day{2, 7, 14, 30, 90}, day)
			if got := len(b.Due([]string{"pay"})) > 0; got != want {
				t.Fatalf("day %d: due %v", day, got)
			}
			if want {
				for k := range b.rec.due("pay", c.day) {
					b.rec.Practice = merge(b.rec.Practice, map[string]*Practice{
						"pay": {Rounds: []Round{{Round: k + 1, Day: c.day}}}}, mergePractice)
				}
				b.changes++
			}
		}
	})
}

// through2 plays the lesson to its end, in a rapid test.
func through2(t *rapid.T, b *Book, l *lesson.Lesson) {
	run, err := play.Start(l, 1).Choose(1)
	if err != nil {
		t.Fatal(err)
	}
	for run.Turn() != play.End {
		switch run.Turn() {
		case play.Say:
			run, err = run.Skip()
		case play.Answer:
			run, err = run.Answer(0, play.Sure)
		default:
			run, err = run.Go()
		}
		if err != nil {
			t.Fatal(err)
		}
		b.Keep(run)
	}
}

func TestStoriesOfABooster(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	b := newBook(newFakeDisk(), c)
	through(t, b, l)
	sources := []Source{{"pay", deck(t, 6)}}
	next := func(days Day, want string, wrong ...string) {
		t.Helper()
		c.day = monday + days
		if got := strings.Join(practise(t, b, sources, wrong...), " "); got != strings.ReplaceAll(want, "@", "pay/") {
			t.Errorf("day %d: %s, want %s", days, got, want)
		}
	}
	next(2, "@s1 @s2 @s3 @s4 @t1", "pay/s2") // All are new.
	next(7, "@s2 @s5 @s6 @s1 @t2", "pay/s2") // The wrong one, the new ones, then one to fill up.
	next(14, "@s2 @s3 @s4 @s1 @t1")          // The wrong one again, then those left out last time.
	next(30, "@s5 @s6 @s1 @s2 @t2")          // Those that were right the last time come last.
	two := b.Stories([]Source{{"pay", deck(t, 6)}, {"new", deck(t, 4)}})
	if ids := fmt.Sprint(two[0].ID, two[1].ID, two[2].ID, two[3].ID); ids != "new/s1new/s2new/s3new/s4" {
		t.Errorf("two lessons: %s", ids)
	}
}

func TestBeforeAndAfter(t *testing.T) {
	c := &clock{monday}
	b := newBook(newFakeDisk(), c)
	items := deck(t, 6)[:6]
	form := func(kind lesson.Session, wrong int) {
		run := play.Start(lesson.Chain(lesson.Head{ID: string(kind)}, kind, items, "Go on", lesson.Scene{ID: "end"}), 1)
		for i := 0; run.Turn() != play.End; i++ {
			pick := 0
			if i < wrong {
				pick = 1
			}
			next, err := run.Answer(pick, play.Sure)
			run = do(t, b, next, err)
			next, err = run.Go()
			run = do(t, b, next, err)
		}
	}
	form(lesson.Before, 3)
	if _, _, ok := b.Change(); ok || !b.FormDone(lesson.Before) || b.FormDone(lesson.After) {
		t.Error("a change with one form")
	}
	form(lesson.After, 1)
	x, y, ok := b.Change()
	if !ok || x != (Tally{1, 4, 2, 2}) || y != (Tally{3, 4, 2, 2}) {
		t.Errorf("%+v %+v %v", x, y, ok)
	}
}
