package web

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/helpline"
	"wayout/lessons"
)

// handouts returns the handouts of every shipped lesson, by id.
func handouts(t testing.TB) map[string][]File {
	t.Helper()
	c := coursetest.Shipped(t)
	help := coursetest.Help(t)
	all := make(map[string][]File)
	countries := help.Countries
	for i, e := range slices.Concat(c.Lessons, c.Staff) {
		l, diags, err := c.Lesson(e.ID)
		if l == nil {
			t.Fatal(err, diags)
		}
		sources, err := course.Sources(lessons.Files, e.Sources)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := Handouts(Handout{Course: c, Help: help, Lesson: l, Country: countries[i%len(countries)].Code,
			Sources: sources})
		if err != nil {
			t.Fatal(err)
		}
		all[e.ID] = pages
	}
	return all
}

// reaches matches HTML that would load or run something.
var reaches = regexp.MustCompile(
	`(?i)<script|<link|<img|<iframe|<object|<form|\bsrc=|url\(|@import|\bon[a-z]+=|javascript:`)

func TestHandouts(t *testing.T) {
	for id, pages := range handouts(t) {
		if len(pages) != 4 {
			t.Fatalf("%s: %d pages", id, len(pages))
		}
		for _, p := range pages {
			html := string(p.HTML)
			if m := reaches.FindString(html); m != "" {
				t.Errorf("%s %s reaches out: %q", id, p.Name, m)
			}
			if strings.Contains(html, "‹") || strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "no value") {
				t.Errorf("%s %s: a hole", id, p.Name)
			}
			if notes := strings.Contains(html, "Likely"); notes != (p.Name == "facilitator.html") {
				t.Errorf("%s %s: notes for the facilitator: %v", id, p.Name, notes)
			}
			// Adults are told who has reviewed it, and a child who needs help is not.
			staff := id == "asking-for-a-friend" || id == "the-phone-on-the-desk"
			if told := strings.Contains(html, "reviewed by a safeguarding professional"); told != (staff ||
				p.Name == "facilitator.html") {
				t.Errorf("%s %s: who has reviewed it: %v", id, p.Name, told)
			}
		}
	}
}

// TestGamebook checks that every scene has a number, that every "Go to" leads to one of
// them, and that every box that is asked for is in the list.
func TestGamebook(t *testing.T) {
	turn := regexp.MustCompile(`Go to (\d+)\.`)
	box := regexp.MustCompile(`(?:the box &#34;|the box: )([^&<]*?)(?:&#34;|\.<)`)
	for id, pages := range handouts(t) {
		html := string(pages[2].HTML)
		sent := 0
		for _, m := range turn.FindAllStringSubmatch(html, -1) {
			sent++
			if !strings.Contains(html, `id="scene-`+m[1]+`"`) {
				t.Errorf("%s: there is no scene %s", id, m[1])
			}
		}
		if sent < 15 {
			t.Errorf("%s: one is sent on only %d times", id, sent)
		}
		for _, m := range box.FindAllStringSubmatch(html, -1) {
			if !strings.Contains(html, `<span class="box"></span>`+m[1]+`</li>`) {
				t.Errorf("%s: there is no box %q", id, m[1])
			}
		}
		if !strings.Contains(html, "Answers, for afterwards") ||
			!strings.Contains(html, "It could sound like this") {
			t.Errorf("%s: no answers", id)
		}
	}
}

// TestHostileWords checks that HTML in a school's lesson or help entry is shown as text.
func TestHostileWords(t *testing.T) {
	c := coursetest.Shipped(t)
	src, _ := lessons.Files.ReadFile("help.toml")
	help, err := helpline.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	evil := `</style><script>alert(1)</script>" onload="x`
	help, err = help.WithSchool([]byte(fmt.Sprintf("[[service]]\nname = %q\nwhat = 'w'\nin = 'r'\n", evil)))
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := c.Lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	bad := *l
	bad.Title, bad.Goal, bad.Behind = evil, evil, evil
	bad.Scenes = slices.Clone(l.Scenes)
	bad.Scenes[0].Title = evil
	bad.Facts = slices.Clone(l.Facts)
	for i := range bad.Facts {
		bad.Facts[i].Means = evil
	}
	pages, err := Handouts(Handout{Course: c, Help: help, Lesson: &bad, Rules: []string{evil}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if m := reaches.FindString(strings.ReplaceAll(string(p.HTML), "onload=&#34;", "")); m != "" {
			t.Errorf("%s: %q", p.Name, m)
		}
	}
}

// TestMovesFitThePaper checks that handouts of a story about moving money have the moves for it.
func TestMovesFitThePaper(t *testing.T) {
	for id, pages := range handouts(t) {
		money := id == "pops-will-carry-you"
		for _, p := range pages[:3] {
			page := text(string(p.HTML))
			if strings.Contains(page, "If someone asks you to move money, or a parcel") != money ||
				strings.Contains(page, "If someone is blackmailing you with a picture") == money {
				t.Errorf("%s %s has the moves of something else", id, p.Name)
			}
		}
	}
}

// TestSheets checks that the sheets of each plan load nothing, tell adults who has reviewed the
// lessons, and have their inserts: steps that fill their session, what is in each lesson, the
// six moves, the rules, and what to do when someone tells.
func TestSheets(t *testing.T) {
	c := coursetest.Shipped(t)
	room, err := c.RoomWords()
	if err != nil {
		t.Fatal(err)
	}
	six, err := c.SixMoves()
	if err != nil {
		t.Fatal(err)
	}
	for _, plan := range c.Plans() {
		pages, err := Sheets(Handout{Course: c, Help: coursetest.Help(t), Country: "IE"}, plan)
		if err != nil {
			t.Fatal(err)
		}
		all := make(map[string]string)
		for _, p := range pages {
			html := string(p.HTML)
			all[p.Name] = text(html)
			if m := reaches.FindString(html); m != "" {
				t.Errorf("%s %s reaches out: %q", plan.ID, p.Name, m)
			}
			if strings.Contains(html, "‹") || strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "no value") {
				t.Errorf("%s %s: a hole", plan.ID, p.Name)
			}
			if !strings.Contains(html, "reviewed by a safeguarding professional") {
				t.Errorf("%s %s doesn't say who has reviewed it", plan.ID, p.Name)
			}
		}
		has := func(name, words string) {
			t.Helper()
			if !strings.Contains(all[name], words) {
				t.Errorf("%s %s lacks %q", plan.ID, name, words)
			}
		}
		for _, s := range plan.Sessions {
			has("plan.html", s.Title)
			sum := 0
			for _, step := range s.Steps {
				sum += step.Minutes
				has("plan.html", step.Text)
			}
			if len(s.Steps) > 0 && sum != s.Minutes || plan.ID == "class" && sum == 0 {
				t.Errorf("%s: %s has %d minutes, its steps %d", plan.ID, s.Title, s.Minutes, sum)
			}
			for _, id := range s.Lessons {
				e, err := c.Entry(id)
				if err != nil {
					t.Fatal(err)
				}
				has("letter.html", e.Note)
			}
		}
		for _, m := range six.Moves {
			has("plan.html", m)
		}
		for _, r := range room.Rules {
			has("substitute.html", r)
		}
		for _, point := range room.Card {
			has("plan.html", point)
			has("substitute.html", point)
		}
		has("letter.html", "Childline")
	}
}

// text returns a page without its tags.
func text(page string) string {
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, ""))
}
