package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestCheckShowsWhatIsAsked draws each knowledge check of every lesson, on the smallest terminal
// too. What was told or said last, which the check asks about, stands above the answers, and the
// first answer is on the screen.
func TestCheckShowsWhatIsAsked(t *testing.T) {
	letters := func(s string) string { // Ignores line breaks, and the frames of messages.
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n│┃┆╭╮╰╯─▸•", r) {
				return -1
			}
			return r
		}, ansi.Strip(s))
	}
	checks := 0
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		p := New(Options{Course: coursetest.Course(t), Help: coursetest.Help(t), Width: size[0], Height: size[1]})
		for _, l := range coursetest.WrittenLessons(t) {
			for i := range l.Scenes {
				run, err := play.Start(l, 1).From(l.Scenes[i].ID)
				if l.Scenes[i].Check == nil || err != nil {
					continue
				}
				checks++
				screen := letters(strings.Join(newCheck(run).draw(p.env).lines, "\n"))
				asked := ""
				for k, b := range run.Beats() {
					it := p.env.see.Beat(run, k)
					if it != nil && b.Block != nil && b.Block.Kind != lesson.Feedback {
						if words := view.Words(it); len(words) > 0 {
							asked = words[len(words)-1]
						}
					}
				}
				q, _ := p.env.see.Turn(run).(view.Question)
				for _, want := range []string{asked, q.Options[0].Words} {
					if !strings.Contains(screen, letters(want)) {
						t.Errorf("%s, %s at %v: %q isn't on the screen:\n%s", l.ID, l.Scenes[i].ID, size, want,
							strings.Join(newCheck(run).draw(p.env).lines, "\n"))
					}
				}
			}
		}
	}
	if checks < 60 {
		t.Errorf("only %d checks", checks)
	}
}
