package plain

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/view"
)

// TestEveryKindIsSaid checks that every kind of item that a learner can be shown is said, except
// those that are left out on purpose.
func TestEveryKindIsSaid(t *testing.T) {
	for _, it := range view.Kinds() {
		switch it.(type) {
		case view.Title, view.Typing, view.Chosen, view.Answered, view.Practised, view.Onward, view.End:
			continue
		}
		if view.ForAdults(it) {
			continue
		}
		var out bytes.Buffer
		p, err := newPlayer(strings.NewReader(""), &out, io.Discard,
			Options{Course: coursetest.Course(t), Help: coursetest.Help(t)})
		if err != nil {
			t.Fatal(err)
		}
		p.render(view.Filled(it, "mark"))
		if err := p.flush(); err != nil || !strings.Contains(out.String(), "mark") {
			t.Errorf("%T is not said: %q %v", it, out.String(), err)
		}
	}
}
