package plain

import (
	"bytes"
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/coursetest"
)

// TestTranscript checks that transcripts of the example have everything from the cover to the
// debrief, and no invented line of the learner.
func TestTranscript(t *testing.T) {
	o, l := options(t), coursetest.Example(t)
	var all strings.Builder
	for _, r := range check.Cover(l).Runs {
		var out bytes.Buffer
		if err := Transcript(&out, l, r.Moves, o); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{l.Title, "Goal:", "Look back", "Where it ended", r.Ending} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("a run that ends in %q never says %q", r.Ending, want)
			}
		}
		if strings.Contains(out.String(), "Purpose:") || strings.Contains(out.String(), "Press enter") {
			t.Error("a transcript has a note, or asks for a key")
		}
		all.Write(out.Bytes())
	}
	for _, want := range []string{"\n> 1. \"my friends mom drives us. she sings\"\n", "\n> danger\n", "\n> hint\n",
		"\n>\n", "\n> Tuesday night\n",
		"You hinted at it. A lot of people start like that.", "Not this one:", "Nothing else matters right now."} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no transcript says %q", want)
		}
	}
}
