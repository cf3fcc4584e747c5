package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestEveryStateIsDrawn goes through every state of every lesson, including drafts, and holds that
// the page has all words of each item of the view.
func TestEveryStateIsDrawn(t *testing.T) {
	c := coursetest.Course(t)
	k, err := NewClass(c, coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	tags := regexp.MustCompile(`<[^>]*>`)
	drawn, states := make(map[string]bool), 0
	for _, l := range coursetest.WrittenLessons(t) {
		v.Walk(l, 1, func(run play.Run, items []view.Item) {
			states++
			for _, it := range items {
				words := view.Words(it)
				key := fmt.Sprintf("%T %q", it, words)
				if _, typing := it.(view.Typing); typing || drawn[key] {
					continue
				}
				drawn[key] = true
				page, err := k.item(it, &now{})
				if err != nil {
					t.Fatal(err)
				}
				text := html.UnescapeString(tags.ReplaceAllString(string(page), ""))
				for _, w := range words {
					if !strings.Contains(text, w) {
						t.Errorf("%s, %s: %T is drawn without %q: %s", l.ID, run.Scene().ID, it, w, page)
					}
				}
			}
		})
	}
	t.Logf("%d states, %d items that differ", states, len(drawn))
	if len(drawn) < 1000 {
		t.Errorf("%d items", len(drawn))
	}
}
