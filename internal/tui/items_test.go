package tui

import (
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/view"
)

// TestEveryKindIsDrawn checks that a room's screen draws every kind of item that a class
// or a desk can be shown.
func TestEveryKindIsDrawn(t *testing.T) {
	p := New(Options{Course: coursetest.Course(t), Help: coursetest.Help(t), Width: 80, Height: 24})
	for _, it := range view.Kinds() {
		switch it.(type) {
		case view.Intro, view.Onward, view.End, view.KeyMessage, view.Reached, view.Knew, view.Path, view.Signs,
			view.SixMoves, view.Rehearsed, view.Behind, view.StepOut:
			continue // Only shown to a learner alone, by the player and the debrief.
		}
		r := p.env.drawRoom([]view.Item{view.Filled(it, "mark")}, -1, false, "1")
		if all := r.title + strings.Join(r.body, "") + strings.Join(r.panel, ""); !strings.Contains(all, "mark") {
			t.Errorf("%T is not drawn: %q", it, all)
		}
	}
}

// TestDebriefDrawsEveryKind checks that the debrief draws every kind of item that it can
// be given.
func TestDebriefDrawsEveryKind(t *testing.T) {
	p := New(Options{Course: coursetest.Course(t), Help: coursetest.Help(t), Width: 80, Height: 24})
	for _, it := range []view.Item{view.KeyMessage{}, view.Reached{}, view.Knew{}, view.Path{}, view.Signs{},
		view.Rehearsed{}, view.Behind{}, view.StepOut{}} {
		if lines := strings.Join(p.env.drawDebrief([]view.Item{view.Filled(it, "mark")}), ""); !strings.Contains(lines,
			"mark") {
			t.Errorf("%T is not drawn: %q", it, lines)
		}
	}
}
