package plain

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestEveryStateIsSaid goes through every state of every lesson, including drafts, and holds that
// each item of the view is said with all its words.
func TestEveryStateIsSaid(t *testing.T) {
	c := coursetest.Course(t)
	v, err := view.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	p, err := newPlayer(strings.NewReader(""), &out, io.Discard, Options{Course: c, Help: coursetest.Help(t)})
	if err != nil {
		t.Fatal(err)
	}
	said, states := make(map[string]bool), 0
	for _, l := range coursetest.WrittenLessons(t) {
		v.Walk(l, 1, func(run play.Run, items []view.Item) {
			states++
			for _, it := range items {
				words := slices.DeleteFunc(view.Words(it), func(s string) bool { return strings.TrimSpace(s) == "" })
				if key := fmt.Sprintf("%T %q", it, words); said[key] {
					continue
				} else {
					said[key] = true
				}
				out.Reset()
				if q, ok := it.(view.Question); ok {
					p.say(p.numbered(q.Asks, q.Labels()))
				} else {
					p.render(it)
				}
				_ = p.flush()
				for _, w := range words {
					if !strings.Contains(out.String(), w) {
						t.Errorf("%s, %s: %T is said without %q: %q", l.ID, run.Scene().ID, it, w, out.String())
					}
				}
			}
		})
	}
	t.Logf("%d states, %d items that differ", states, len(said))
	if len(said) < 1000 {
		t.Errorf("%d items", len(said))
	}
}
