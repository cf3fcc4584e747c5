package course_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wayout/internal/course"
	"wayout/lessons"
)

// TestArticle checks that the article page has its twelve points, each with a lesson
// that carries it and with known sources.
func TestArticle(t *testing.T) {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := c.Article()
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Points) != 12 || a.Intro == "" {
		t.Errorf("%d points", len(a.Points))
	}
	for _, p := range a.Points {
		if len(p.Lessons) == 0 || p.Title == "" || p.Said == "" || p.Now == "" || p.Try == "" {
			t.Errorf("%+v", p)
		}
		if _, err := course.Sources(lessons.Files, p.Sources); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
	for point, lesson := range map[string]string{
		"usernames": "hold-my-phone", "blocking": "justice-for-greg", "slow-support": "thats-not-my-hair",
		"bullying": "seen-by-46", "price": "three-stars", "choose-places": "meet-me-in-a-paddock",
		"way-out": "three-stars", "protect": "seen-by-46", "video-strangers": "six-strangers-and-a-goat",
	} {
		i := slices.IndexFunc(a.Points, func(p course.Point) bool { return p.ID == point })
		if i < 0 || !slices.Contains(a.Points[i].Lessons, lesson) {
			t.Errorf("%s is not carried by %s", point, lesson)
		}
	}
}

// TestSources checks that every source that a lesson names is in sources.toml.
func TestSources(t *testing.T) {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		sources, err := course.Sources(lessons.Files, e.Sources)
		if err != nil || len(sources) == 0 {
			t.Errorf("%s: %d sources, %v", e.ID, len(sources), err)
		}
		for _, s := range sources {
			if !strings.HasPrefix(s.Address, "http") || s.Publisher == "" || !strings.Contains("ABC", s.Grade) {
				t.Errorf("%+v", s)
			}
		}
	}
	if _, err := course.Sources(lessons.Files, []string{"nobody"}); err == nil {
		t.Error("a source that is not there")
	}
}

// TestPlans checks that the shipped plans and milder lessons name existing lessons, and
// that each lesson has boosters and a milder lesson.
func TestPlans(t *testing.T) {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Lessons) != 16 || len(c.Staff) != 2 || len(c.Plans()) != 3 {
		t.Errorf("%d lessons, %d for staff, %d courses", len(c.Lessons), len(c.Staff), len(c.Plans()))
	}
	for _, p := range c.Plans() {
		for _, s := range p.Sessions {
			if s.Minutes < 10 || s.Minutes > 60 || len(s.Lessons) == 0 || s.Title == "" {
				t.Errorf("%s: %+v", p.ID, s)
			}
			for _, id := range s.Lessons {
				if _, err := c.Entry(id); err != nil {
					t.Errorf("%s: %v", p.ID, err)
				}
			}
		}
	}
	for _, e := range c.Lessons {
		if m, ok := c.Milder(e.ID); !ok || m.Role == "adult" {
			t.Errorf("%s has no milder lesson beside it: %q", e.ID, m.ID)
		}
		stories, err := c.BoosterStories(e.ID)
		if err != nil || len(stories) < 5 {
			t.Errorf("%s: %d stories, %v", e.ID, len(stories), err)
		}
	}
}

func TestSixMoves(t *testing.T) {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	six, err := c.SixMoves()
	if err != nil {
		t.Fatal(err)
	}
	if six.ReviewedBy == "" && !strings.Contains(c.Review(), "not yet reviewed by a safeguarding professional") {
		t.Error("a review that was not made")
	}
	// Danger comes first, and the moves are in the order that keeps someone safe.
	if !strings.Contains(six.First, "emergency number") || !strings.Contains(six.First, "crisis line") {
		t.Errorf("danger is not said first: %q", six.First)
	}
	for i, begin := range []string{"Stop and breathe", "Don't reply", "Screenshot the chat", "Tell someone",
		"Report in the app, then block", "Ask about removal"} {
		if !strings.HasPrefix(six.Moves[i], begin) {
			t.Errorf("move %d is %q, want %q", i+1, six.Moves[i], begin)
		}
	}
	// A name without a day is no review.
	src, err := fs.ReadFile(lessons.Files, "en/six-moves.toml")
	if err != nil {
		t.Fatal(err)
	}
	ui, _ := fs.ReadFile(lessons.Files, "en/ui.toml")
	half := strings.Replace(string(src), `reviewed_by = ""`, `reviewed_by = "Somebody"`, 1)
	c, err = course.Open(fstest.MapFS{"en/ui.toml": {Data: ui}, "en/six-moves.toml": {Data: []byte(half)}}, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.SixMoves(); err == nil {
		t.Error("a name without a day is taken")
	}
}
