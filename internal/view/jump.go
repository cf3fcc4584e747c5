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
	Words string // How it's listed.
	Head  string // What the scenes of its kind stand under, or "".
	Asks  string // What has to be said yes to before anyone is shown it, or "".
}

// Jumps returns the scenes that a facilitator can go to. Those that a room comes to by choosing
// are first, in the order of the lesson. Behind them, each under a head of their own, are those
// that only answer a typed line, and last those that follow on a line that speaks of danger: a
// room is never shown one of these by mistake.
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

// Preview returns what a room would be shown first after a jump to a scene; nothing where there
// is no such scene.
func (v *View) Preview(t room.Talk, scene string) []Item {
	to, err := t.GoTo(scene)
	if err != nil {
		return nil
	}
	return v.shown(to, v.handsUp(to))
}
