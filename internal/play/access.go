package play

import "wayout/internal/lesson"

// Access says how a scene can be reached.
type Access uint8

// The kinds of access.
const (
	ByChoosing Access = iota // By choosing and model answers, so a room that types nothing can reach it.
	ByTyping                 // Only by typing some other line.
	// ByDanger is for scenes reached only by a line that speaks of danger, or answering one: in
	// them someone says that they aren't safe, or don't want to live.
	ByDanger
)

// Access returns how each scene of the lesson can be reached, in their order. A scene that can't
// be reached counts as [ByChoosing].
func (g *Game) Access() []Access {
	all := make([]Access, len(g.Lesson.Scenes))
	led, typed, danger := g.reached(asModelled), g.reached(asTyped), g.answersDanger()
	for i, any := range g.reached(inDanger) {
		switch {
		case led[i] || !any:
		case danger[i] || !typed[i]:
			all[i] = ByDanger
		default:
			all[i] = ByTyping
		}
	}
	return all
}

// reached returns which scenes can be reached by typing only lines of one kind.
func (g *Game) reached(by typing) []bool {
	met := make([]bool, len(g.Lesson.Scenes))
	met[g.Start().Scene] = true
	seen, queue := map[State]bool{g.Start(): true}, []State{g.Start()}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		for _, n := range g.ways(s, by) {
			if !seen[n.State] {
				seen[n.State], met[n.Scene] = true, true
				queue = append(queue, n.State)
			}
		}
	}
	return met
}

// answersDanger returns which scenes a line that speaks of danger leads to.
func (g *Game) answersDanger() []bool {
	to := make([]bool, len(g.Lesson.Scenes))
	for _, m := range g.Lesson.Moves() {
		if m.Name == lesson.Danger && m.Onward != nil {
			to[m.Onward.To] = true
		}
	}
	return to
}
