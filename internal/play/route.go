package play

import (
	"slices"

	"wayout/internal/lesson"
)

// Routes are the ways on from a line to type: which item of it answers what a line does.
//
// A line is several moves at once, such as a no with an excuse, and the author needn't have
// written an item for each of them. So:
//
//   - Danger comes before everything.
//   - A line with a protective move is never answered by an item that weakens, but for one
//     that the author wrote for a move which the line makes too, and in which nothing of what
//     was asked for happens: "no, i have homework" may be argued with, and is never taken
//     for a yes. Where someone is told not even then: whoever said it has said it.
//   - A protective move without an item goes to one that does much the same, or else to the
//     first that protects.
//   - A line with weakening moves alone goes to the item of its move. Without one it goes to
//     the mildest of those that weaken, and never to one in which what was asked for happens,
//     unless the line agrees to it.
//   - All else is answered as what wasn't understood.
type Routes struct {
	r       *lesson.Rehearsal
	fulfils []bool // Of each item, whether what was asked for happens in it.
}

// acts are the moves that do what was asked for, whatever the story makes of them.
var acts = []string{"agree", "join-in", "look"}

// near are protective moves that do much the same, so that a story which answers one of
// them can answer the others.
var near = [][]string{
	{"decline", "boundary", "name-it"}, {"leave", "block"}, {"say-what", "say-worst", "ask"},
	{"stop-it", "wont-share"}, {"stand-with", "check-in"}, {"thank", "listen"}, {"ask-safe", "next-step"},
	{"be-honest", "next-step"},
}

// mildest are the weakening moves of each situation, from the one that gives the least away.
var mildest = []string{"excuse", "feed", "attack", "hint", "someone-else", "downplay", "pry", "interrogate",
	"promise-secret", "blame", "bargain", "join-in", "look", "agree"}

// NewRoutes returns the ways on from the line to type of a scene.
func NewRoutes(l *lesson.Lesson, s *lesson.Scene) Routes {
	w := Routes{r: s.Rehearsal}
	var gives []int // Where doing what was asked for leads, and passing the line by doesn't.
	for _, m := range w.r.Moves {
		if slices.Contains(acts, m.Name) && m.Onward != nil && (s.Onward == nil || m.Onward.To != s.Onward.To) {
			gives = append(gives, m.Onward.To)
		}
	}
	for i := range w.r.Moves {
		m := &w.r.Moves[i]
		happens := slices.Contains(acts, m.Name) || Sends(m.Reaction, w.r.Who) ||
			slices.ContainsFunc(w.r.Moves, func(o lesson.Move) bool {
				return slices.Contains(acts, o.Name) && one(m, &o)
			})
		if m.Onward != nil {
			happens = happens || m.Onward.Rating == lesson.Harmful
			for _, to := range passed(l, m.Onward.To) {
				happens = happens || slices.Contains(gives, to) || Sends(l.Scenes[to].Told, w.r.Who)
			}
		}
		w.fulfils = append(w.fulfils, happens)
	}
	return w
}

// one reports whether two moves stand in one item, and so are answered alike.
func one(a, b *lesson.Move) bool {
	return a.Onward != nil && a.Onward == b.Onward ||
		len(a.Reaction) > 0 && len(b.Reaction) > 0 && &a.Reaction[0] == &b.Reaction[0]
}

// passed returns a scene and those that follow on it before anything is asked.
func passed(l *lesson.Lesson, from int) []int {
	all := []int{from}
	for s := &l.Scenes[from]; s.Onward != nil && s.Check == nil && s.Rehearsal == nil; s = &l.Scenes[s.Onward.To] {
		if slices.Contains(all, s.Onward.To) {
			break
		}
		all = append(all, s.Onward.To)
	}
	return all
}

// Sends reports whether someone sends what is no words before they write again.
func Sends(blocks []lesson.Block, who string) bool {
	for _, b := range blocks {
		switch {
		case b.Kind == lesson.Feedback, b.Kind == lesson.Message && b.Event == "" && b.Who == who:
			return false // From here on it is another moment.
		case b.Event != "" && b.Who == who:
			return true
		}
	}
	return false
}

// Item returns which item answers a line that makes these moves, as an index of the
// moves of the rehearsal; -1 where none does, and the story goes on by the continue link.
func (w Routes) Item(said []string) int {
	if slices.Contains(said, lesson.Danger) {
		return w.named(lesson.Danger)
	}
	if len(said) == 0 {
		return -1 // It was passed by.
	}
	var strong, weak []string
	for _, name := range said {
		switch at := w.named(name); {
		case name == lesson.Unclear || at < 0 && !lesson.IsMove(name):
		case at >= 0 && w.r.Moves[at].Weak || at < 0 && lesson.Weakens(name):
			weak = append(weak, name)
		default:
			strong = append(strong, name)
		}
	}
	at := -1
	switch {
	case len(strong) > 0:
		at = w.protects(strong, weak)
	case len(weak) > 0:
		at = w.weakens(weak)
	}
	if at < 0 {
		at = w.named(lesson.Unclear)
	}
	return at
}

// protects returns the item for a line with protective moves, or -1.
func (w Routes) protects(strong, weak []string) int {
	if w.r.Situation != "tell" {
		if i := w.first(func(i int, m lesson.Move) bool {
			return m.Weak && slices.Contains(weak, m.Name) && !w.fulfils[i]
		}); i >= 0 {
			return i
		}
	}
	if i := w.first(func(_ int, m lesson.Move) bool { return slices.Contains(strong, m.Name) }); i >= 0 {
		return i
	}
	if i := w.first(func(_ int, m lesson.Move) bool {
		return !m.Weak && slices.ContainsFunc(near, func(group []string) bool {
			return slices.Contains(group, m.Name) && slices.ContainsFunc(strong, func(name string) bool {
				return slices.Contains(group, name)
			})
		})
	}); i >= 0 {
		return i
	}
	return w.first(func(_ int, m lesson.Move) bool {
		return !m.Weak && m.Name != lesson.Danger && m.Name != lesson.Unclear
	})
}

// weakens returns the item for a line with weakening moves alone, or -1.
func (w Routes) weakens(weak []string) int {
	if i := w.first(func(_ int, m lesson.Move) bool { return slices.Contains(weak, m.Name) }); i >= 0 {
		return i
	}
	does := slices.ContainsFunc(weak, func(name string) bool { return slices.Contains(acts, name) })
	order := mildest
	if slices.Contains(weak, "agree") { // On some terms it is agreed, too.
		order = append([]string{"bargain"}, mildest...)
	}
	for _, name := range order {
		if i := w.first(func(i int, m lesson.Move) bool {
			return m.Weak && m.Name == name && (does || !w.fulfils[i])
		}); i >= 0 {
			return i
		}
	}
	return w.first(func(i int, m lesson.Move) bool { return m.Weak && (does || !w.fulfils[i]) })
}

// named returns the item of a move, or -1.
func (w Routes) named(name string) int {
	return w.first(func(_ int, m lesson.Move) bool { return m.Name == name })
}

func (w Routes) first(ok func(i int, m lesson.Move) bool) int {
	for i, m := range w.r.Moves {
		if ok(i, m) {
			return i
		}
	}
	return -1
}
