package play

import "wayout/internal/lesson"

// Access is by what a scene can be come to.
type Access uint8

// The ways of access.
const (
	ByChoosing Access = iota // A room that chooses and types nothing comes to it.
	ByTyping                 // It answers a typed line, or follows on such an answer.
	// ByDanger is for what such a line leads to where it speaks of danger, and what follows on
	// that alone: someone says there that they aren't safe, or don't want to live.
	ByDanger
)

// Access returns by what each scene of the lesson can be come to, in their order. A scene that no
// way leads to counts as [ByChoosing].
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

// reached returns which scenes can be come to by typing no other lines than these.
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
