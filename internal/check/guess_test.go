package check

import (
	"fmt"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// lists returns a lesson with lists of a safe and an unsafe choice.
func lists(n int, safe, unsafe func(i int) string) *lesson.Lesson {
	l := &lesson.Lesson{}
	for i := range n {
		choices := []lesson.Choice{{Text: []lesson.Span{{Text: unsafe(i)}}, Rating: lesson.Risky},
			{Text: []lesson.Span{{Text: safe(i)}}, Rating: lesson.Safe}}
		if i%2 == 0 {
			choices[0], choices[1] = choices[1], choices[0]
		}
		l.Scenes = append(l.Scenes, lesson.Scene{Choices: choices})
	}
	return l
}

// TestGuess checks that a word shared by the safe choices of all lessons makes guesses right,
// that guesses without such a word aren't, and that a lesson is never guessed from itself.
func TestGuess(t *testing.T) {
	tells := func(i int) string { return fmt.Sprintf("Tell mum%d", i) }
	waits := func(i int) string { return fmt.Sprintf("Wait a day%d", i) }
	same := func(i int) string { return "Go out" }
	for _, c := range []struct {
		ls        []*lesson.Lesson
		most, min float64
	}{
		{[]*lesson.Lesson{lists(10, tells, waits), lists(10, tells, waits), lists(10, tells, waits)}, 100, 100},
		{[]*lesson.Lesson{lists(20, same, same), lists(20, same, same)}, 50, 50},
		{[]*lesson.Lesson{lists(10, tells, waits), lists(10, waits, tells)}, 0, 0}, // Each misleads about the other.
		{[]*lesson.Lesson{lists(10, tells, waits)}, 50, 50},                        // There is nothing to learn from.
	} {
		if g := GuessOf(c.ls); g.Right > c.most || g.Right < c.min || g.Chance != 50 || g.Lists == 0 {
			t.Errorf("%+v, from %v to %v", g, c.min, c.most)
		}
	}
	l := lists(15, tells, waits)
	l.Setting = "Leeds"
	other, third := *l, *l
	other.Scenes = append(l.Scenes[:15:15], lesson.Scene{})
	third.Scenes = append(l.Scenes[:15:15], lesson.Scene{}, lesson.Scene{})
	var said []string
	secondSet([]*lesson.Lesson{l, &other, &third}, func(file, fix, format string, args ...any) {
		said = append(said, fmt.Sprintf(format, args...))
	})
	if got := strings.Join(said, "\n"); got != "someone who knows the other lessons' choices picks a safe one "+
		"in 100 % of 45 lists; chance alone would be 50 %" {
		t.Errorf("it says %q", got)
	}
	said = nil
	even := lists(15, same, same)
	even.Setting = "Perth"
	second := *even
	second.Scenes = append(even.Scenes[:15:15], lesson.Scene{})
	secondSet([]*lesson.Lesson{even, &second}, func(file, fix, format string, args ...any) {
		said = append(said, fmt.Sprintf(format, args...))
	})
	if len(said) > 0 {
		t.Errorf("it says %q", said)
	}
}
