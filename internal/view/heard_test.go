package view

import (
	"strings"
	"testing"

	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/play"
)

// TestTellingStandsBesideAWeakPart checks that someone whose line says what happened isn't told
// that the real sentence is still to come, even if another part of the line is weak.
func TestTellingStandsBesideAWeakPart(t *testing.T) {
	_, v := open(t)
	what, other := exchange.Quoted{Move: "say-what"}, exchange.Quoted{Move: "someone-else"}
	comes := "The next sentence can be the real one."
	for _, tc := range []struct {
		h    play.Hearing
		want string
	}{
		{play.Hearing{In: hear.Tell, Weak: []exchange.Quoted{other}}, comes},
		{play.Hearing{In: hear.Tell, Strong: []exchange.Quoted{what}, Weak: []exchange.Quoted{other}},
			"You've still said it."},
	} {
		told, ok := v.Heard(tc.h, "h")
		if !ok || !strings.HasSuffix(told.Weak, tc.want) {
			t.Errorf("%+v is told %q", tc.h, told.Weak)
		}
	}
	for s := range hear.Situations {
		told, _ := v.Heard(play.Hearing{In: hear.Situation(s)}, "h")
		if told.Unsure == "" {
			t.Errorf("nothing is said about a line that isn't understood in %d", s)
		}
	}
}
