package web

import (
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/view"
)

// TestEveryKindIsDrawn checks that a page of a class shows the words of every kind of item, except
// those for the facilitator, whose desk isn't a page.
func TestEveryKindIsDrawn(t *testing.T) {
	k, err := NewClass(coursetest.Course(t), coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range view.Kinds() {
		if _, typing := it.(view.Typing); typing || view.ForAdults(it) {
			continue
		}
		page, err := k.item(view.Filled(it, "mark"), &now{})
		if err != nil {
			t.Error(err)
			continue
		}
		if _, end := it.(view.End); !end && !strings.Contains(string(page), "mark") { // An end has no words.
			t.Errorf("%T is not drawn: %s", it, page)
		}
	}
}
