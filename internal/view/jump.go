package view

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// Jump is a scene that a facilitator can go to.
type Jump struct {
	Scene string // Its id.
	Title string
	Words string // Its entry in the list.
	Head  string // The heading of its group in the list, or "".
	Asks  string // What the facilitator has to confirm before anyone is shown it, or "".
}

// Jumps returns the scenes that a facilitator can go to. Those that a room reaches by choosing
// are first, in the order of the lesson. Then come two groups with a heading each: scenes
// that only follow a typed line, and last those that only follow a line that speaks of danger.
// The last group asks for confirmation, so that a room isn't shown one by mistake.
func (v *View) Jumps(l *lesson.Lesson) []Jump {
	kinds := [3][]Jump{}
	for i, access := range play.New(l).Access() {
		j := Jump{Scene: l.Scenes[i].ID, Title: l.Scenes[i].Title, Words: l.Scenes[i].Title}
		switch access {
		case play.ByTyping:
			j.Words, j.Head = v.words.T("jump.typed", "Scene", j.Title), v.words.T("jump.typedhead")
		case play.ByDanger:
			j.Words, j.Head = v.words.T("jump.danger", "Scene", j.Title), v.words.T("jump.dangerhead")
			j.Asks = v.words.T("jump.asks")
		}
		kinds[access] = append(kinds[access], j)
	}
	return append(append(kinds[play.ByChoosing], kinds[play.ByTyping]...), kinds[play.ByDanger]...)
}

// Preview returns what a room would be shown first after a jump to a scene, or nil if the lesson
// has no such scene.
func (v *View) Preview(t room.Talk, scene string) []Item {
	to, err := t.GoTo(scene)
	if err != nil {
		return nil
	}
	return v.shown(to, v.handsUp(to))
}
