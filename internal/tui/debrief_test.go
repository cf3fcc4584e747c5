package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/view"
)

// TestStepsHaveOneEdge checks that all words of a step begin in one column, and that what its choice
// was ends where the column does.
func TestStepsHaveOneEdge(t *testing.T) {
	e := newDesk(t, options(t), 80, 24).p.env
	step := view.Step{Words: strings.Repeat("word ", 20), Rating: lesson.Risky, Led: "here", Others: []string{
		strings.Repeat("other ", 20)}}
	lines := e.step(0, step, 60)
	for i, l := range lines {
		l = ansi.Strip(l)
		if i == 0 {
			l = strings.NewReplacer("1", " ", "!", " ").Replace(l)
		}
		if in := len(l) - len(strings.TrimLeft(l, " ")); in != 5 {
			t.Errorf("line %d begins at %d: %q", i, in, l)
		}
	}
	said := e.words.T("plain." + lesson.Risky.String())
	if step.Words = "short"; !strings.HasSuffix(ansi.Strip(e.step(0, step, 60)[0]), said) {
		t.Errorf("no %q in %q", said, e.step(0, step, 60)[0])
	}
	if got := widthOf(e.step(0, step, 60)[0]); got != 60 {
		t.Errorf("it ends at %d", got)
	}
}

// TestDebriefSaysThatThereIsMore checks that in the smallest window the hints name the key that reads on,
// and that at no place of the page a head is the last line.
func TestDebriefSaysThatThereIsMore(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}} {
		d := newDesk(t, options(t), size[0], size[1])
		d.toDebrief()
		d.want("↓ read", "enter all lessons", "h help", "ctrl+x leave")
		left := 0
		for d.screen().Contains("more below") {
			rows, e := d.screen().Lines(), d.p.env
			last := rows[size[1]-2]
			if e.roomy() {
				last = rows[size[1]-3]
			}
			for _, head := range []string{"debrief.key", "debrief.path", "debrief.ending", "debrief.missed",
				"debrief.practised", "debrief.behind", "debrief.out"} {
				if strings.TrimSpace(last) == e.words.T(head) {
					t.Errorf("at %v a head is the last line:\n%s", size, d.screen())
				}
			}
			if strings.TrimSpace(last) == "" {
				left++
			}
			d.press("down")
		}
		if left == 0 {
			t.Errorf("at %v no head came to the last line", size)
		}
	}
}
