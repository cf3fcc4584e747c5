package web

import (
	"os"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
)

// TestGamebookOfVersion2 checks that the paper of a lesson in version 2 has everything
// that a screen shows: events, speech, lines of the app, drafts, what a line leads to,
// and boxes for what the other person knows.
func TestGamebookOfVersion2(t *testing.T) {
	src, err := os.ReadFile("../../lessons/en/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	c := coursetest.Course(t)
	l, diags := lesson.Parse("justice-for-greg.md", src)
	if l == nil {
		t.Fatal(diags)
	}
	pages, err := Handouts(Handout{Course: c, Help: coursetest.Help(t), Lesson: l})
	if err != nil {
		t.Fatal(err)
	}
	var book string
	for _, p := range pages {
		if p.Name == "gamebook.html" {
			book = string(p.HTML)
		}
	}
	for _, want := range []string{
		`<p class="moment">low brass (no trumpets)</p>`,
		`<span class="who">Kenz:</span> <em>[photo]</em>`,
		`<span class="who">Wyatt:</span> <del>what the</del> thats not me`,
		`<p class="speech"><span class="who">Mom:</span>`,
		`They know how much Wyatt has saved`,
		`If you reached out:<span class="speech"> <span class="who">Mom:</span>`,
		`<span class="who">Kenz:</span> sings what`,
		`What could Wyatt say?`,
	} {
		if !strings.Contains(book, want) {
			t.Errorf("the gamebook has no %q", want)
		}
	}
}
