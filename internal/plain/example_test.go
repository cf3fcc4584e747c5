package plain

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"wayout/internal/check"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// ownWords are the lines that a test types to make the moves of a path.
var ownWords = map[string]string{
	"say-what": "someone is threatening me", "say-worst": "i sent someone a picture of me", "ask": "i need help",
	"hint":     "something weird",
	"downplay": "never mind", "someone-else": "a friend of mine", lesson.Danger: "i want to die\n",
	lesson.Unclear: "purple",
}

// TestTheExample plays a lesson of version 2 along its safest, its worst and its longest
// path. The lines of a path are typed, and the program repeats none of them.
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

// TestAskedBack answers the question what a line meant, or types the line in other words: only
// the number of an answer counts as an answer.
func TestAskedBack(t *testing.T) {
	const asked, line = "Is that about yourself?", "is she gonna hurt herself?\n"
	unclear, danger := []string{lesson.Unclear}, []string{lesson.Danger}
	for name, c := range map[string]struct {
		typed, says string
		asked       int // How often it is asked what a line was.
		moves       []string
	}{
		"another way": {line + "i need help. someone is threatening me\n", "You said what happened", 1,
			[]string{"ask", "say-what"}},
		"someone else":     {line + "2\n", "Just in case", 1, unclear},
		"in words":         {line + "no, about someone else\n", "Just in case", 1, unclear},
		"another question": {line + "will he hurt himself?\n2\n", "Just in case", 2, unclear},
		"no answer":        {line + "7\n\n...\n2\n", "Please type a number from 1 to 2", 1, unclear},
		"themselves":       {line + "1\n\n", "This comes before the story", 1, danger},
		"not meant":        {line + "1\nn\n", "I didn't mean that", 1, nil},
		"danger after it":  {line + "i want to die\n\n", "This comes before the story", 1, danger},
		"no words":         {"2\n", "I can't tell", 0, nil},
	} {
		var out bytes.Buffer
		p, err := newPlayer(strings.NewReader(c.typed), &out, io.Discard, options(t))
		if err != nil {
			t.Fatal(err)
		}
		run, err := play.Start(coursetest.Example(t), 1).From("the-kitchen-light")
		if err != nil {
			t.Fatal(err)
		}
		for run.Turn() != play.Say {
			if run, err = run.Go(); err != nil {
				t.Fatal(err)
			}
		}
		p.tell(run)
		next, err := p.rehearse(run)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, &out)
		}
		if err := p.flush(); err != nil {
			t.Fatal(err)
		}
		var said []string
		if n := len(run.Actions()); len(next.Actions()) > n {
			said = next.Actions()[n].Said
		}
		slices.Sort(said)
		if !slices.Equal(said, c.moves) || !strings.Contains(out.String(), c.says) ||
			strings.Count(out.String(), asked) != c.asked {
			t.Errorf("%s: the moves are %v, and it says\n%s", name, said, &out)
		}
	}
}
