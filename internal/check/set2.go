package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// The smallest number of lessons that turn out fine, and of lessons in a course that needs
// them. If every stranger is a threat, people only learn "always tell".
const (
	leastFine   = 2
	wholeCourse = 6
)

// secondSet checks that the lessons of a language in version 2 differ from each other in
// shape, in length, in how they end, and in what gives their safe choices away.
func secondSet(all []*lesson.Lesson, add func(file, fix, format string, args ...any)) {
	var ls []*lesson.Lesson
	for _, l := range all {
		if l.Format() == 2 {
			ls = append(ls, l)
		}
	}
	shapes := make(map[string]string)
	menus, nobody := 0, 0
	for _, l := range ls {
		s := outline(l)
		if other, ok := shapes[s]; ok {
			add(l.File, "tell it differently: other turns, other endings, another line to type",
				"the lesson has the same shape as %s", other)
		}
		shapes[s] = l.File
		m, n := byNobody(l)
		menus, nobody = menus+m, nobody+n
	}
	if 3*nobody > menus {
		add("", `write a choice that does something, in place of "Nobody" or "Nothing"`,
			"in %d of %d choice lists the only unsafe choice starts with Nobody, Nothing or the like; at most a "+
				"third should", nobody, menus)
	}
	if g := GuessOf(ls); len(ls) >= leastGuessed && g.Lists >= leastLists && g.Right-g.Chance > mostGuess {
		add("", "hide what helps in an unkind or selfish act, put people in the wrong choices, and let the "+
			"right one sometimes be to wait",
			"someone who knows the other lessons' choices picks a safe one in %.0f %% of %d lists; chance alone "+
				"would be %.0f %%",
			g.Right, g.Lists, g.Chance)
	}
	if len(ls) < wholeCourse || len(ls) < len(all) {
		return // Not yet the whole course.
	}
	fine := 0
	for _, l := range ls {
		fine += one(l.Fine)
	}
	if fine < leastFine {
		add("", "let the other person be who they say, and type outcome: fine",
			"%d lessons turn out fine; at least %d should", fine, leastFine)
	}
	if !slices.ContainsFunc(ls, func(l *lesson.Lesson) bool { return l.Minutes != ls[0].Minutes }) {
		add("", "make some shorter and some longer", "all lessons take %d minutes", ls[0].Minutes)
	}
}

// outline returns the order of scenes, endings and practice of a lesson, as one character
// for each scene.
func outline(l *lesson.Lesson) string {
	var b strings.Builder
	for i := range l.Scenes {
		s := &l.Scenes[i]
		switch {
		case s.Ending():
			b.WriteString("e")
		case s.Check != nil:
			b.WriteString("q")
		case s.Rehearsal != nil:
			b.WriteString("r(" + s.Rehearsal.Situation + ")")
		case len(s.Choices) > 0:
			fmt.Fprintf(&b, "%d", len(s.Choices))
		default:
			b.WriteString("-")
		}
	}
	return b.String()
}

// byNobody counts the choice lists with an unsafe choice, and those whose only unsafe choice
// is to do nothing.
func byNobody(l *lesson.Lesson) (menus, nobody int) {
	for i := range l.Scenes {
		var unsafe []string
		for _, c := range l.Scenes[i].Choices {
			if c.Rating != lesson.Safe {
				unsafe = append(unsafe, c.String())
			}
		}
		if len(unsafe) == 0 {
			continue
		}
		menus++
		first, _, _ := strings.Cut(unsafe[0], " ")
		if len(unsafe) == 1 && slices.Contains([]string{"nobody", "nothing", "no", "not", "none", "never"},
			strings.ToLower(strings.Trim(first, `"“.,`))) {
			nobody++
		}
	}
	return menus, nobody
}
