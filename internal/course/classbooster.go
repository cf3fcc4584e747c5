package course

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wayout/internal/lesson"
)

// boosterMonths are when a class comes back for a booster, in months after the lesson.
//
// What a single session has taught fades within weeks if nothing calls it up again
// (Maertens 2025, https://doi.org/10.1038/s41467-025-57205-x), so the first one comes after
// one month. A lesson of under an hour was still seen to work after 3 and 6 months (Calvete
// 2022, https://journals.copmadrid.org/pi/art/pi2022a14), and yearly boosters have kept an
// effect for years (Schinke 2010, PMC2859450). The months themselves are our choice.
var boosterMonths = [...]int{1, 3, 6, 12}

const (
	// BoosterRounds is how many boosters a class takes.
	BoosterRounds = len(boosterMonths)
	// BoosterStories is how many stories a booster has, for about ten minutes.
	BoosterStories = 4
	// MostBoosted is how many lessons a booster may take its stories from.
	MostBoosted = 8

	boosterMinutes = 10
)

// boosterDay returns the day some months after today: the last day of the month if the month is
// too short, and the following Monday if that is on a weekend. It is midnight UTC, whatever the
// zone of today, so that daylight saving time doesn't move it.
func boosterDay(today time.Time, months int) time.Time {
	y, m, d := today.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	on := last.AddDate(0, 0, min(d, last.Day())-last.Day())
	switch on.Weekday() {
	case time.Saturday:
		return on.AddDate(0, 0, 2)
	case time.Sunday:
		return on.AddDate(0, 0, 1)
	}
	return on
}

// ClassBooster is one booster of a class, of about ten minutes.
type ClassBooster struct {
	Round int
	On    time.Time // A day, as midnight UTC.
	Day   string    // The day in words.
	Run   string    // The command that leads it.
	Title string    // What it's called in a calendar.
}

// ClassBoosters returns the boosters of a class that has taken a lesson today, in order of time.
// After a booster it returns those that are left. There are none for a lesson without short
// stories.
func (c *Course) ClassBoosters(l *lesson.Lesson, today time.Time) []ClassBooster {
	done, ids := 0, []string{l.ID}
	if l.Session == lesson.Booster {
		done, ids, _ = boosterOf(l.ID)
	} else if l.Session != "" {
		return nil
	}
	_, of, err := c.boosterDecks(ids)
	if err != nil {
		return nil
	}
	since := 0
	if done > 0 {
		since = boosterMonths[done-1]
	}
	var all []ClassBooster
	for i := done; i < BoosterRounds; i++ {
		on := boosterDay(today, boosterMonths[i]-since)
		all = append(all, ClassBooster{i + 1, on, c.day(on),
			c.words.T("classbooster.run", "Lessons", strings.Join(ids, " "), "Round", i+1),
			c.words.T("classbooster.event", "Lessons", titles(of), "Round", i+1, "Of", BoosterRounds)})
	}
	return all
}

// weekdays and months are the words of a date.
var (
	weekdays = [...]string{"date.sunday", "date.monday", "date.tuesday", "date.wednesday", "date.thursday",
		"date.friday", "date.saturday"}
	months = [...]string{"date.january", "date.february", "date.march", "date.april", "date.may", "date.june",
		"date.july", "date.august", "date.september", "date.october", "date.november", "date.december"}
)

// day returns a day in words.
func (c *Course) day(on time.Time) string {
	return c.words.T("date.day", "Weekday", c.words.T(weekdays[on.Weekday()]), "Day", on.Day(),
		"Month", c.words.T(months[on.Month()-1]), "Year", on.Year())
}

// The id of a class's booster, such as "booster-2-hold-my-phone+seen-by-46", is the prefix, the
// round, a hyphen, and the lessons.
const (
	boosterPrefix = "booster-"
	boosterJoin   = "+"
)

// BoosterID returns the id by which [Course.Led] finds a class's booster.
func BoosterID(round int, lessons []string) string {
	return boosterPrefix + strconv.Itoa(round) + "-" + strings.Join(lessons, boosterJoin)
}

// boosterOf reads the id of a booster. It reports false if the id is malformed.
func boosterOf(id string) (round int, lessons []string, ok bool) {
	of, is := strings.CutPrefix(id, boosterPrefix)
	n, names, cut := strings.Cut(of, "-")
	round, err := strconv.Atoi(n)
	if !is || !cut || err != nil || round < 1 || round > BoosterRounds {
		return 0, nil, false
	}
	lessons = strings.Split(names, boosterJoin)
	return round, lessons, BoosterID(round, lessons) == id
}

// boosterDecks returns a deck of stories for each lesson, and the lessons. It is an error to mix
// lessons for adults and lessons for young people.
func (c *Course) boosterDecks(ids []string) (decks [][]lesson.Scene, of []Entry, err error) {
	if len(ids) > MostBoosted {
		return nil, nil, fmt.Errorf("%d lessons: a booster takes its stories from %d at most", len(ids), MostBoosted)
	}
	for i, id := range ids {
		e, err := c.Entry(id)
		if err != nil {
			return nil, nil, err
		}
		switch stories, err := c.BoosterStories(id); {
		case err != nil:
			return nil, nil, err
		case len(stories) == 0:
			return nil, nil, fmt.Errorf("the lesson %q has no short stories", e.ID)
		case slices.Contains(ids[:i], id):
			return nil, nil, fmt.Errorf("the lesson %q is there twice", e.ID)
		case i > 0 && (e.Role == "adult") != (of[0].Role == "adult"):
			return nil, nil, fmt.Errorf("%q is for adults and %q isn't, or the other way round", e.ID, of[0].ID)
		default:
			decks, of = append(decks, named(e.ID, stories)), append(of, e)
		}
	}
	return decks, of, nil
}

// named returns stories with ids that begin with the lesson's, so that they are unique.
func named(id string, stories []lesson.Scene) []lesson.Scene {
	all := slices.Clone(stories)
	for i := range all {
		all[i].ID = id + "/" + all[i].ID
	}
	return all
}

// boosterCircle puts the stories of all decks in one circular order: the lessons take turns, and
// after three stories with a question comes one with a line to type, while there are any.
func boosterCircle(decks [][]lesson.Scene) []lesson.Scene {
	var checks, lines, all []lesson.Scene
	for turn, left := 0, true; left; turn++ {
		left = false
		for _, deck := range decks {
			if turn >= len(deck) {
				continue
			}
			if left = true; deck[turn].Rehearsal != nil {
				lines = append(lines, deck[turn])
			} else {
				checks = append(checks, deck[turn])
			}
		}
	}
	for i, s := range checks {
		all = append(all, s)
		if (i+1)%(BoosterStories-1) == 0 && len(lines) > 0 {
			all, lines = append(all, lines[0]), lines[1:]
		}
	}
	return append(all, lines...)
}

// dealBooster returns the stories of a round, counted from 1, with a line to type last. Each round
// starts in the circle where the previous round stopped, and a round is the same on every
// computer. If a round ends just where the circle closes, the next starts one story later, so
// that the same four stories don't come together again.
func dealBooster(circle []lesson.Scene, round int) []lesson.Scene {
	at := 0
	for range round - 1 {
		if at += BoosterStories; at%len(circle) == 0 {
			at++
		}
	}
	var dealt []lesson.Scene
	for i := range min(BoosterStories, len(circle)) {
		dealt = append(dealt, circle[(at+i)%len(circle)])
	}
	isLine := func(s lesson.Scene) bool { return s.Rehearsal != nil }
	isCheck := func(s lesson.Scene) bool { return s.Rehearsal == nil }
	return append(slices.DeleteFunc(slices.Clone(dealt), isLine), slices.DeleteFunc(dealt, isCheck)...)
}

// ledBooster returns a round of short stories as one lesson, which a class goes through together.
func (c *Course) ledBooster(round int, ids []string) (*lesson.Lesson, error) {
	decks, of, err := c.boosterDecks(ids)
	if err != nil {
		return nil, err
	}
	note, end := "classbooster.note", "classbooster.end"
	if of[0].Role == "adult" {
		note, end = "classbooster.noteadult", "classbooster.endadult"
	}
	l := c.chain(lesson.Booster, dealBooster(boosterCircle(decks), round), lesson.Head{
		Title: c.words.T("classbooster.title", "Round", round, "Of", BoosterRounds),
		Goal:  c.words.T("booster.goal"), Note: c.words.T(note, "Lessons", titles(of))},
		c.words.T(end))
	l.ID, l.Minutes = BoosterID(round, ids), boosterMinutes
	l.Role, l.Risk = closesAs(of)
	for i := range l.Scenes[:len(l.Scenes)-1] {
		desk := "classbooster.ask"
		if l.Scenes[i].Rehearsal != nil {
			desk = "classbooster.line"
		}
		l.Scenes[i].Notes = [][]lesson.Para{paras(c.words.T(desk))}
	}
	return l, nil
}

// titles returns the titles of lessons, as a list in a sentence.
func titles(of []Entry) string {
	var all []string
	for _, e := range of {
		all = append(all, e.Title)
	}
	return strings.Join(all, ", ")
}

// closesAs returns the role and the risk by which the last screen is chosen, so that its words fit
// the stories of every lesson. The words for a target don't fit a story about someone else, and
// the stories about making fakes have a closing of their own.
func closesAs(of []Entry) (role, risk string) {
	role, risk = of[0].Role, of[0].Risk
	for _, e := range of {
		if e.Risk == "making-fakes" {
			return e.Role, e.Risk
		}
		if e.Role != role {
			role, risk = "bystander", ""
		}
	}
	return role, risk
}
