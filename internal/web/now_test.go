package web

import (
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/view"
)

// TestEveryKindIsDrawn holds that a page of a class can show every kind of item that
// isn't for the facilitator, whose desk is no page.
func TestEveryKindIsDrawn(t *testing.T) {
	k, err := NewClass(coursetest.Course(t), coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range view.Kinds() {
		if _, typing := it.(view.Typing); typing || view.ForAdults(it) {
			continue
		}
		if _, err := k.item(it, &now{}); err != nil {
			t.Error(err)
		}
	}
}
