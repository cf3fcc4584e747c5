package view

import (
	"wayout/internal/exchange"
	"wayout/internal/play"
)

// OnDevice is what a page needs so that a typed line can be heard and answered on the
// device that shows the page: nothing is sent, and nobody learns which reply was seen.
type OnDevice struct {
	Who       string
	Aloud     bool // The line is said, not written.
	Rehearsal exchange.Rehearsal
	Replies   [][]Item // The replies of the others, indexed by [exchange.Item.Reply].
}

// OnDevice returns the present rehearsal of a run with every reply that a line may get.
func (v *View) OnDevice(run play.Run) OnDevice {
	s := run.Scene().Rehearsal
	out := OnDevice{Who: s.Who, Aloud: s.Aloud, Rehearsal: play.NewRoutes(run.Lesson(), run.Scene())}
	for i, m := range s.Moves {
		out.Rehearsal.Items[i].Reply = -1
		next, err := run.Said([]string{m.Name})
		if err != nil || len(m.Reaction) == 0 {
			continue
		}
		var reply []Item
		for at := len(run.Beats()); at < len(next.Beats()); at++ {
			if next.Beats()[at].Block != nil {
				reply = append(reply, v.Beat(next, at))
			}
		}
		if reply = unrated(reply); len(reply) == 0 {
			continue
		}
		out.Rehearsal.Items[i].Reply = len(out.Replies)
		for j, earlier := range s.Moves[:i] { // Moves of one list item share a reaction.
			if len(earlier.Reaction) > 0 && &earlier.Reaction[0] == &m.Reaction[0] {
				out.Rehearsal.Items[i].Reply = out.Rehearsal.Items[j].Reply
			}
		}
		if out.Rehearsal.Items[i].Reply == len(out.Replies) {
			out.Replies = append(out.Replies, reply)
		}
	}
	return out
}
