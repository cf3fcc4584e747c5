package graph

import (
	"fmt"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// marks are put before a choice to show its rating without colour.
var marks = map[string]string{lesson.Safe.String(): "+", lesson.Risky.String(): "!", lesson.Harmful.String(): "x",
	"":                      " ",
	lesson.Neutral.String(): "·"}

// asks are the words after the title of a scene that asks for something other than a choice.
var asks = map[string]string{"check": " [question]", "rehearsal": " [line to type]"}

// Legend explains the marks of [Tree].
const Legend = "+ safe  ! risky  x harmful  · neutral  → goes on  ↑ drawn above  ↓ drawn below  ■ ending"

// leastWidth is the least width of a tree, in cells.
const leastWidth = 40

// Tree draws a lesson as a tree, at most width cells wide. A scene is drawn at the end of
// the shortest way to it; other ways only name it.
func Tree(l *lesson.Lesson, width int) []string {
	t := tree{scenes: Of(l), width: max(width, leastWidth)}
	if len(t.scenes) == 0 {
		return nil
	}
	t.at = places(t.scenes)
	endings := 0
	for _, s := range t.scenes {
		if s.Ending {
			endings++
		}
	}
	t.grow()
	t.add("", fmt.Sprintf("%s: scenes %d, endings %d", l.Title, len(t.scenes), endings), "")
	t.add("", "", "")
	t.add("", "", t.label(0))
	t.drawn[0] = true
	t.below(0, "")
	for i, s := range t.scenes {
		if !s.Reached {
			t.add("", "", t.label(i)+"   (no link leads here)")
		}
	}
	return t.lines
}

type tree struct {
	scenes []Scene
	at     map[string]int // By id: the index of the scene.
	parent []int          // By scene: the previous one on a shortest way; -1 for the start.
	drawn  []bool
	width  int
	lines  []string
}

// grow finds the parent of each scene, under which it is drawn.
func (t *tree) grow() {
	t.parent, t.drawn = make([]int, len(t.scenes)), make([]bool, len(t.scenes))
	for i := range t.parent {
		t.parent[i] = -2
	}
	t.parent[0] = -1
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		for _, w := range t.scenes[queue[0]].Ways {
			if to := t.at[w.To]; t.parent[to] == -2 {
				t.parent[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
}

// below draws the ways from a scene.
func (t *tree) below(i int, indent string) {
	ways := joined(t.scenes[i].Ways)
	for k, w := range ways {
		branch, under := "├ ", "│ "
		if k == len(ways)-1 {
			branch, under = "└ ", "  "
		}
		to := t.at[w.To]
		here := t.parent[to] == i && !t.drawn[to]
		arrow := " → "
		switch {
		case here:
			t.drawn[to] = true
		case t.drawn[to]:
			arrow = " ↑ "
		default:
			arrow = " ↓ "
		}
		label := t.scenes[to].Title + ending(t.scenes[to])
		if here {
			label = t.label(to)
		}
		words := strings.TrimLeft(strings.Join(w.If, " ")+" "+w.Words, " ")
		t.add(indent+branch+marks[w.Rating]+" ", words, arrow+label)
		if here {
			t.below(to, indent+under)
		}
	}
}

// joined combines the moves of a rehearsal that lead to the same scene into one way.
func joined(ways []Way) []Way {
	var all []Way
	moves := make(map[string]int)
	for _, w := range ways {
		if k, ok := moves[w.To]; ok && w.Kind == "move" {
			all[k].Words += ", " + w.Words
			continue
		}
		if w.Kind == "move" {
			moves[w.To] = len(all)
		}
		all = append(all, w)
	}
	return all
}

// label returns a scene's title, with what it asks for, what it sets, and its ending.
func (t *tree) label(i int) string {
	s := t.scenes[i]
	return s.Title + asks[s.Asks] + s.sets() + ending(s)
}

// sets returns the facts that a scene sets, in the form in which they follow its title.
func (s *Scene) sets() (words string) {
	for _, fact := range s.Sets {
		words += " +" + fact
	}
	return words
}

func ending(s Scene) string {
	if s.Ending {
		return " ■"
	}
	return ""
}

// add draws a line. It shortens the words if the line would be too wide.
func (t *tree) add(front, words, behind string) {
	if behind != "" {
		room := t.width - text.Width(front) - text.Width(behind)
		words = text.Truncate(words, max(room, 8))
	}
	t.lines = append(t.lines, strings.TrimRight(text.Truncate(front+words+behind, t.width), " "))
}
