package progress

import (
	"slices"
	"testing"
)

// TestFields checks that the list has a field of each depth, and no name twice.
func TestFields(t *testing.T) {
	all := Fields()
	for _, want := range []string{"lessons.done", "lessons.place.moves.at", "practice.rounds.day",
		"forms.answers.right"} {
		if !slices.Contains(all, want) {
			t.Errorf("no %q in %v", want, all)
		}
	}
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("a name is there twice")
	}
}
