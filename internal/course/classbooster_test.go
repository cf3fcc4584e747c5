package course_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestClassBoosterDays checks that a short month doesn't push a booster into the next one, that it
// is never on a weekend, and that its day is the same in every time zone.
func TestClassBoosterDays(t *testing.T) {
	c := coursetest.Shipped(t)
	l, _, err := c.Lesson("anonymous-heron")
	if err != nil {
		t.Fatal(err)
	}
	far := func(name string) *time.Location {
		at, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("no time zones here:", err)
		}
		return at
	}
	for _, tc := range []struct {
		name string
		at   time.Time
		want string
	}{
		{"a Thursday", time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC), "2026-12-28 2027-02-26 2027-05-26 2027-11-26"},
		{"the last of January", time.Date(2025, 1, 31, 9, 0, 0, 0, time.UTC),
			"2025-02-28 2025-04-30 2025-07-31 2026-02-02"},
		{"in a leap year", time.Date(2028, 1, 31, 9, 0, 0, 0, time.UTC), "2028-02-29 2028-05-01 2028-07-31 2029-01-31"},
		{"from the leap day", time.Date(2028, 2, 29, 9, 0, 0, 0, time.UTC),
			"2028-03-29 2028-05-29 2028-08-29 2029-02-28"},
		{"a last day on a Saturday", time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC),
			"2026-03-02 2026-04-30 2026-07-31 2027-02-01"},
		{"over New Year", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), "2027-01-01 2027-03-01 2027-06-01 2027-12-01"},
		{"late in Auckland", time.Date(2026, 11, 26, 23, 59, 0, 0, far("Pacific/Auckland")),
			"2026-12-28 2027-02-26 2027-05-26 2027-11-26"},
		{"early in Honolulu", time.Date(2026, 11, 26, 0, 1, 0, 0, far("Pacific/Honolulu")),
			"2026-12-28 2027-02-26 2027-05-26 2027-11-26"},
		{"a day without midnight", time.Date(2026, 8, 6, 12, 0, 0, 0, far("America/Santiago")),
			"2026-09-07 2026-11-06 2027-02-08 2027-08-06"},
	} {
		var got []string
		for i, b := range c.ClassBoosters(l, tc.at) {
			got = append(got, b.On.Format(time.DateOnly))
			if b.Round != i+1 || b.On.Hour() != 0 || !strings.HasPrefix(b.Day, b.On.Weekday().String()+" ") {
				t.Errorf("%s: %+v", tc.name, b)
			}
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if b := c.ClassBoosters(l, time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC))[0]; b.Day != "Monday 28 December 2026" ||
		b.Run != "wayout class booster anonymous-heron --round 1" {
		t.Errorf("in words: %+v", b)
	}
}

// TestEveryDayOfAClass holds for every day of four years that no booster is on a weekend or before
// its month, and that they come in order.
func TestEveryDayOfAClass(t *testing.T) {
	c := coursetest.Shipped(t)
	l, _, _ := c.Lesson("anonymous-heron")
	for d := range 4*365 + 1 {
		today := time.Date(2026, 1, 1+d, 12, 0, 0, 0, time.UTC)
		before := today
		for i, b := range c.ClassBoosters(l, today) {
			months := []int{1, 3, 6, 12}[i]
			first := time.Date(today.Year(), today.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
			if w := b.On.Weekday(); w == time.Saturday || w == time.Sunday || !b.On.After(before) ||
				b.On.Before(first) || b.On.After(first.AddDate(0, 1, 1)) {
				t.Errorf("%d months after %s: %s", months, today, b.On)
			}
			before = b.On
		}
	}
}

// TestBoostersLeftOfAClass checks that after a booster the class is told of those that are left,
// counted from that day. The game has none, nor does a lesson without short stories.
func TestBoostersLeftOfAClass(t *testing.T) {
	c := coursetest.Shipped(t)
	today := time.Date(2026, 12, 28, 9, 0, 0, 0, time.UTC)
	for id, want := range map[string]string{
		"booster-1-anonymous-heron":               "2 2027-03-01, 3 2027-05-28, 4 2027-11-29",
		"booster-2-anonymous-heron+hold-my-phone": "3 2027-03-29, 4 2027-09-28",
		"booster-4-anonymous-heron":               "",
		"fine-or-off":                             "",
	} {
		l, _, err := c.Led(id)
		if err != nil {
			t.Fatal(id, err)
		}
		var got []string
		for _, b := range c.ClassBoosters(l, today) {
			got = append(got, string(rune('0'+b.Round))+" "+b.On.Format(time.DateOnly))
			if strings.Contains(id, "+") && !strings.Contains(b.Run, "booster anonymous-heron hold-my-phone --round") {
				t.Errorf("%s: %s", id, b.Run)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if all := c.ClassBoosters(&lesson.Lesson{Head: lesson.Head{ID: "mine"}}, today); all != nil {
		t.Errorf("a lesson that isn't there comes back: %v", all)
	}
}

// TestBoosterRounds checks that every lesson has four different rounds of four stories, that each
// can be played to its end, and that every computer deals the same.
func TestBoosterRounds(t *testing.T) {
	c, again := coursetest.Shipped(t), coursetest.Shipped(t)
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		var rounds []string
		for n := 1; n <= course.BoosterRounds; n++ {
			id := course.BoosterID(n, []string{e.ID})
			l, _, err := c.Led(id)
			if err != nil || l.ID != id || l.Session != lesson.Booster || l.Role != e.Role || l.Minutes != 10 {
				t.Fatalf("%s: %v %+v", id, err, l)
			}
			same, _, _ := again.Led(id)
			told := stories(l)
			if len(told) != course.BoosterStories || !slices.Equal(told, stories(same)) {
				t.Errorf("%s: %q, and elsewhere %q", id, told, stories(same))
			}
			slices.Sort(told)
			rounds = append(rounds, strings.Join(told, " "))
			finishes(t, l)
		}
		slices.Sort(rounds)
		if len(slices.Compact(rounds)) != course.BoosterRounds {
			t.Errorf("%s: a round comes twice: %q", e.ID, rounds)
		}
	}
}

// TestBoosterOfSeveralLessons checks that for a class that has done the course in four sessions, no
// story comes twice, and each round has a line to type and several of the lessons.
func TestBoosterOfSeveralLessons(t *testing.T) {
	c := coursetest.Shipped(t)
	seen := make(map[string]bool)
	for n := 1; n <= course.BoosterRounds; n++ {
		l, _, err := c.Led(course.BoosterID(n, []string{"anonymous-heron", "hold-my-phone", "justice-for-greg",
			"seen-by-46"}))
		if err != nil {
			t.Fatal(err)
		}
		lessons := make(map[string]bool)
		for i, s := range stories(l) {
			if seen[s] {
				t.Errorf("round %d: %s comes twice", n, s)
			}
			id, _, _ := strings.Cut(s, "/")
			seen[s], lessons[id] = true, true
			if line := l.Scenes[i].Rehearsal != nil; line != (i == course.BoosterStories-1) {
				t.Errorf("round %d: story %d is one with a line: %v", n, i, line)
			}
		}
		if len(lessons) < 3 {
			t.Errorf("round %d is of %v", n, lessons)
		}
		if !strings.Contains(l.Note, "Anonymous Heron, Hold My Phone, ") {
			t.Errorf("the note doesn't say where they come from: %s", l.Note)
		}
	}
}

// TestNoSuchBooster checks that the error for an id that can't be led says why.
func TestNoSuchBooster(t *testing.T) {
	c := coursetest.Shipped(t)
	for id, want := range map[string]string{
		"booster-0-anonymous-heron":                           "no lesson",
		"booster-5-anonymous-heron":                           "no lesson",
		"booster-01-anonymous-heron":                          "no lesson",
		"booster-1-":                                          "no lesson",
		"booster-1":                                           "no lesson",
		"booster-1-nowhere":                                   "no lesson \"nowhere\"",
		"booster-1-anonymous-heron+anonymous-heron":           "there twice",
		"booster-1-anonymous-heron+asking-for-a-friend":       "for adults",
		"booster-1-asking-for-a-friend+anonymous-heron":       "for adults",
		"booster-1-" + strings.Repeat("a+", 9) + "seen-by-46": "from 8 at most",
	} {
		if l, _, err := c.Led(id); l != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v %v", id, l, err)
		}
	}
	c.Only([]string{"hold-my-phone"})
	if l, _, err := c.Led("booster-1-anonymous-heron"); l != nil || err == nil {
		t.Errorf("stories of a lesson that isn't allowed: %v", err)
	}
}

func stories(l *lesson.Lesson) (ids []string) {
	for i := range l.Scenes[:len(l.Scenes)-1] {
		ids = append(ids, l.Scenes[i].ID)
	}
	return ids
}

// finishes plays a booster as a led class does, typing no line.
func finishes(t *testing.T, l *lesson.Lesson) {
	t.Helper()
	run, err := play.Start(l, 1), error(nil)
	for range 3 * len(l.Scenes) {
		if len(run.Scene().Notes) == 0 && run.Turn() != play.End {
			t.Errorf("%s: the desk is told nothing of %s", l.ID, run.Scene().ID)
		}
		switch run.Turn() {
		case play.Answer:
			run, err = run.Answer(play.Unsure, play.Guess)
		case play.Say:
			run, err = run.Model()
		case play.Go:
			run, err = run.Go()
		case play.End:
			return
		}
		if err != nil {
			t.Fatal(l.ID, err)
		}
	}
	t.Errorf("%s doesn't end", l.ID)
}
