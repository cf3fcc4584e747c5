package plain

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// ownWords are the lines for the moves that a path makes.
var ownWords = map[string]string{
	"say-what": "someone is threatening me", "say-worst": "i sent someone a picture of me", "ask": "i need help",
	"hint":     "something weird",
	"downplay": "never mind", "someone-else": "a friend of mine", lesson.Danger: "i want to die\n",
	lesson.Unclear: "purple",
}

// TestTheExample plays a lesson of version 2 along its safest, its worst and its longest
// path. Lines that a path makes are typed, and none of them is repeated.
func TestTheExample(t *testing.T) {
	o, l := options(t), coursetest.Example(t)
	for _, path := range check.Paths(l) {
		name, moves := path.Name, path.Actions
		var in strings.Builder
		run := play.Start(l, o.Seed)
		for _, m := range moves {
			next, err := run.Resume([]play.Action{m})
			if err != nil {
				t.Fatal(err)
			}
			if m.Turn == play.Say && len(m.Said) > 0 {
				in.WriteString(ownWords[m.Said[0]] + "\n")
			} else {
				before := script(t, l, o.Seed, run.Actions())
				in.WriteString(strings.TrimPrefix(script(t, l, o.Seed, next.Actions()), before))
			}
			run = next
		}
		in.WriteString("\n\n\n")
		var out bytes.Buffer
		if err := Play(strings.NewReader(in.String()), &out, io.Discard, l, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ending := run.Outcome().Ending
		if ending == nil {
			t.Fatalf("%s ends in %s", name, run.Scene().ID)
		}
		for _, want := range []string{"Who was really typing", "Where it ended", ending.Title,
			"It's one of 5 endings."} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: nothing says %q", name, want)
			}
		}
		if strings.Contains(out.String(), strings.TrimSpace(ownWords[lesson.Danger])) {
			t.Errorf("%s: a typed line is repeated", name)
		}
	}
}
