package web

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/room"
)

func classPages(t testing.TB) *Class {
	t.Helper()
	c := coursetest.Shipped(t)
	help := coursetest.Help(t)
	k, err := NewClass(c, help, "GB", nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// takenReport returns the report of a class of 27, with every kind of result.
func takenReport(t testing.TB, k *Class) room.Report {
	t.Helper()
	l, diags, err := k.course.Lesson("hold-my-phone")
	if l == nil {
		t.Fatal(err, diags)
	}
	class, b, rev := room.NewClass(room.NewTalk(l, room.Seed)), room.NewBallot(), uint64(0)
	do := func(verb room.Verb, number int, scene string) {
		t.Helper()
		if class, err = class.Do(room.Command{Verb: verb, Number: number, Text: scene}, b); err != nil {
			t.Fatal(verb, err)
		}
	}
	do(room.Start, 0, "")
	do(room.SetHeadcount, 27, "")
	asked := 0
	for _, s := range l.Scenes {
		if len(s.Choices) == 0 || asked == 3 {
			continue
		}
		do(room.Scene, 0, s.ID)
		for class.Question().Scene == "" {
			do(room.Next, 0, "")
		}
		do(room.Ask, 0, "")
		for seat := range 27 {
			m, _, _ := b.Seat(fmt.Sprint(seat))
			switch n := len(class.Question().Options); {
			case asked%3 == 0: // Bars, with small counts combined.
				m = m.WithAnswer(s.ID, class.Question().Options[[]int{0, 0, 1, 1, 1, 2, 0, 1}[seat%8]%n].Pick)
			case asked%3 == 1: // Nearly everyone gives the same answer.
				m = m.WithAnswer(s.ID, class.Question().Options[min(seat/26, n-1)].Pick)
			case seat < 4: // Too few answers to show.
				m = m.WithAnswer(s.ID, class.Question().Options[0].Pick)
			}
			rev++
			b.Put(fmt.Sprint(seat), rev, m)
		}
		asked++
	}
	do(room.OwnPace, 0, "")
	do(room.End, 0, "")
	r, err := class.Report()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []room.ResultKind{room.Hidden, room.Bars, room.Most} {
		if !slices.ContainsFunc(r.Answers, func(a room.Answered) bool {
			return a.Kind == kind && a.Omitted == room.Reported
		}) {
			t.Fatalf("no question fared like %d in %+v", kind, r)
		}
	}
	return r
}

// comesBack returns the boosters of a class that has taken a lesson on a Thursday.
func comesBack(t testing.TB, k *Class) []course.ClassBooster {
	t.Helper()
	l, _, err := k.course.Lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	return k.course.ClassBoosters(l, time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC))
}

// TestReportSaysWhenToComeBack checks that the report has the day and the command of every booster,
// and nothing about boosters if there are none.
func TestReportSaysWhenToComeBack(t *testing.T) {
	k := classPages(t)
	var page, none bytes.Buffer
	if err := errors.Join(k.Report(&page, takenReport(t, k), comesBack(t, k)),
		k.Report(&none, takenReport(t, k), nil)); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"Monday 28 December 2026", "Friday 26 February 2027", "Wednesday 26 May 2027",
		"Friday 26 November 2027", "wayout class booster hold-my-phone --round 4"} {
		if !strings.Contains(page.String(), words) {
			t.Errorf("the page doesn't say %q", words)
		}
	}
	if strings.Contains(none.String(), "ten minutes") {
		t.Error("a class that doesn't come back is told to")
	}
	if reaches.MatchString(page.String()) {
		t.Error("the page runs or fetches something")
	}
}

// TestCalendar holds the calendar file to RFC 5545: lines end in CR LF and have at most 75 bytes,
// a day is the same in every time zone, and special characters are escaped. No one is invited.
func TestCalendar(t *testing.T) {
	k := classPages(t)
	var file bytes.Buffer
	const title = "Wait, why; who\\\nATTENDEE:x and a name long enough to be folded, with é in it, é and é and é"
	all := comesBack(t, k)
	if want := "Ten minutes of short stories, round 4 of 4: Hold My Phone"; all[3].Title != want {
		t.Errorf("it's called %q, want %q", all[3].Title, want)
	}
	for i := range all {
		all[i].Title = title
	}
	if err := k.Calendar(&file, all); err != nil {
		t.Fatal(err)
	}
	src := file.String()
	if strings.Count(src, "\n") != strings.Count(src, "\r\n") || !strings.HasSuffix(src, "END:VCALENDAR\r\n") {
		t.Errorf("lines don't end in CR LF: %q", src)
	}
	for _, line := range strings.Split(src, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(src, "\r\n ", "")
	for words, want := range map[string]int{"\r\nBEGIN:VEVENT\r\n": 4, "\r\nEND:VEVENT\r\n": 4, "\r\nUID:": 4,
		"\r\nDTSTAMP:": 4, "\r\nDTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20261229\r\n": 1,
		`Wait\, why\; who\\\nATTENDEE:x`: 4, "\r\nATTENDEE": 0, "hold-my-phone --round 3": 1} {
		if n := strings.Count(whole, words); n != want {
			t.Errorf("%q is there %d times, want %d:\n%s", words, n, want, whole)
		}
	}
	uids := regexp.MustCompile(`UID:\S+`).FindAllString(whole, -1)
	slices.Sort(uids)
	if len(slices.Compact(uids)) != 4 {
		t.Errorf("events with one name: %q", uids)
	}
}

// TestReport checks that both forms of a report have the same numbers, and that none is about
// one to four people.
func TestReport(t *testing.T) {
	k := classPages(t)
	r := takenReport(t, k)
	var table, page bytes.Buffer
	if err := k.CSV(&table, r); err != nil {
		t.Fatal(err)
	}
	if err := k.Report(&page, r, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "reviewed by a safeguarding professional") {
		t.Error("the adult who keeps the report is not told who has reviewed the lesson")
	}
	var help bytes.Buffer
	if err := k.Help(&help, ""); err != nil || strings.Contains(help.String(), "reviewed") ||
		!strings.Contains(help.String(), "emergency number") {
		t.Errorf("the help page of a class: %v, %s", err, help.String())
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil || len(rows) < 5 || strings.Join(rows[0], ",") != "lesson,scene,answers,people" {
		t.Fatalf("%v %v", rows, err)
	}
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[3])
		if err != nil {
			if row[3] != "too few to show" && row[3] != "more than two in three" &&
				row[3] != "not everybody comes to it" {
				t.Errorf("%q", row)
			}
			continue
		}
		if n > 0 && n < 5 {
			t.Errorf("%q is about %d people", row, n)
		}
		if !strings.Contains(page.String(), fmt.Sprintf(`<span class="count">%d</span>`, n)) {
			t.Errorf("%q is not on the page", row)
		}
	}
	for _, words := range []string{"Not everyone gets this question", "27 people were there"} {
		if !strings.Contains(page.String(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	if len(rows)-1 < len(r.Answers) {
		t.Errorf("%d rows for %d questions", len(rows)-1, len(r.Answers))
	}
	if reaches.MatchString(page.String()) {
		t.Error("the page runs or fetches something")
	}
	if !strings.Contains(page.String(), "At least 25 took part") {
		t.Error("how many took part is not in steps of five")
	}
}

// TestReportIsInert checks that spreadsheets don't take a text of a lesson for a formula.
func TestReportIsInert(t *testing.T) {
	k := classPages(t)
	r := takenReport(t, k)
	for _, evil := range []string{"=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"} {
		r.Lesson = evil
		var table bytes.Buffer
		if err := k.CSV(&table, r); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&table).ReadAll()
		if err != nil || !strings.HasPrefix(rows[1][0], "'") {
			t.Errorf("%q became %q %v", evil, rows[1][0], err)
		}
	}
}

// TestReportInChromium opens the self-contained pages of a class: the report, which is also
// printed, and the page with which a device tests whether it can reach the class.
func TestReportInChromium(t *testing.T) {
	ctx := browsertest.Open(t)
	k := classPages(t)
	var report, reach bytes.Buffer
	if err := k.Report(&report, takenReport(t, k), comesBack(t, k)); err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"reach", "reached"} {
		if err := k.Reach(&reach, half); err != nil {
			t.Fatal(err)
		}
	}
	css, _ := Asset("wayout.css")
	styled := strings.Replace(reach.String(), `<link rel="stylesheet" href="/wayout.css">`,
		"<style>"+string(css)+"</style>", 1)
	for name, html := range map[string]string{"report": report.String(), "reach": styled} {
		address := "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(html))
		if err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
			t.Fatal(name, err)
		}
		found, err := browsertest.Axe(ctx)
		if err != nil || len(found) > 0 {
			t.Errorf("%s: axe: %q %v", name, found, err)
		}
		if name == "reach" {
			continue
		}
		var tallest float64 // Bars must be no higher than a line of text.
		if err := chromedp.Run(ctx, chromedp.Evaluate(`Math.max(0, ...Array.from(document.querySelectorAll(".bar"),
			(b) => b.getBoundingClientRect().height))`, &tallest)); err != nil || tallest > 30 {
			t.Errorf("%s: a bar of %v px, %v", name, tallest, err)
		}
		for _, paper := range papers {
			if err := fits(ctx, paper.w, paper.h); err != nil {
				t.Errorf("%s on %s: %v", name, paper.name, err)
			}
		}
	}
}

// TestReportNamesItsQuestions checks that a question without its own words, as most in a story are,
// is named in the report by the title of its scene, not by the scene's id.
func TestReportNamesItsQuestions(t *testing.T) {
	k := classPages(t)
	l := coursetest.Example(t)
	class, b := room.NewClass(room.NewTalk(l, room.Seed)), room.NewBallot()
	for _, verb := range []room.Verb{room.Start, room.End} {
		var err error
		if class, err = class.Do(room.Command{Verb: verb}, b); err != nil {
			t.Fatal(err)
		}
	}
	r, err := class.Report()
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := k.Report(&page, r, nil); err != nil {
		t.Fatal(err)
	}
	for _, s := range l.Scenes {
		if strings.Contains(page.String(), "<h2>"+s.ID+"</h2>") {
			t.Errorf("a question is called %q", s.ID)
		}
	}
	if !strings.Contains(page.String(), "<h2>Rest in peace, Greg</h2>") {
		t.Errorf("no title of a scene: %s", page.String())
	}
}
