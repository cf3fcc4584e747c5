package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestEveryStateIsDrawn goes through every state of every lesson, drafts included, and checks
// that each item of the story and the debrief that the view gives is drawn with all its words,
// on a small and on a large terminal.
func TestEveryStateIsDrawn(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {120, 40}} {
		p := New(Options{Course: coursetest.Course(t), Help: coursetest.Help(t), Width: size[0], Height: size[1]})
		drawn, states := make(map[string]bool), 0
		for _, l := range coursetest.WrittenLessons(t) {
			p.env.see.Walk(l, 1, func(run play.Run, items []view.Item) {
				states++
				for _, it := range items {
					words := view.Words(it)
					key := fmt.Sprintf("%T %q", it, words)
					if drawn[key] {
						continue
					}
					drawn[key] = true
					var lines []string
					switch it := it.(type) {
					case view.Question, view.Onward, view.Rehearsal, view.End, view.SixMoves, view.StepOut:
						continue // Screens of their own draw these, with words that the terminal adds.
					case view.Models:
						lines = p.env.models(it, p.env.theme.text, p.env.column())
					case view.Explanation:
						lines = p.env.explanation(it, p.env.column())
					case view.KeyMessage, view.Reached, view.Knew, view.Path, view.Signs, view.Behind, view.Rehearsed:
						lines = p.env.drawDebrief([]view.Item{it})
					default:
						lines = p.env.drawStory(it, p.env.column())
					}
					text := coursetest.Letters(ansi.Strip(strings.Join(lines, "")))
					for _, w := range words {
						if !strings.Contains(text, coursetest.Letters(w)) {
							t.Errorf("%s, %s: %T is drawn without %q: %s", l.ID, run.Scene().ID, it, w, text)
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
}
