package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// focus checks that the person whom the learner helps writes in the chat, and that nobody's
// name is spelt in two ways. A misspelt name counts as another person, whose messages are
// on the wrong side of the screen.
func (f *finder) focus() {
	if f.l.Session != "" {
		return
	}
	names := make(map[string]lesson.Pos)
	var order []string
	met := func(who string, at lesson.Pos) {
		if _, ok := names[who]; !ok && who != "" {
			names[who] = at
			order = append(order, who)
		}
	}
	for _, s := range f.l.Scenes {
		for b := range s.Blocks() {
			met(b.Who, b.Pos)
		}
		if s.Rehearsal != nil {
			met(s.Rehearsal.Who, s.Rehearsal.Pos)
		}
	}
	first := map[string]string{text.Fold(f.l.Focus): f.l.Focus}
	for _, who := range order {
		other, ok := first[text.Fold(who)]
		if !ok {
			first[text.Fold(who)] = who
		} else if who != other {
			f.add(names[who], nil, "type the name the same way everywhere: > **"+other+":** …",
				"%q and %q count as two people",
				other, who)
		}
	}
	if slices.ContainsFunc(order, func(who string) bool { return text.Fold(who) == text.Fold(f.l.Focus) }) {
		return
	}
	fix := "let " + f.l.Focus + " write something: > **" + f.l.Focus + ":** …"
	if len(order) > 0 {
		fix += "; or choose someone who does: focus: " + strings.Join(order, ", ")
	}
	f.add(f.l.Place("focus"), nil, fix, "the focus is %q, who never writes anything", f.l.Focus)
}
