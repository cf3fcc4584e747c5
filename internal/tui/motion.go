package tui

import (
	"strings"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/view"
)

// How long the things that happen in a chat take. They are cues, not waits: none lasts longer
// than a second and a half, and any key completes what is going on.
const (
	typingTakes = 1200 * time.Millisecond // Someone is typing.
	otherTakes  = 500 * time.Millisecond  // Narration, and all else that nobody writes.
	burstTakes  = 350 * time.Millisecond  // A message of a burst, which comes faster than anyone reads.
	draftWord   = 220 * time.Millisecond  // Each word of a draft as it is typed.
	draftHolds  = 900 * time.Millisecond  // The finished draft.
	draftGoes   = 90 * time.Millisecond   // Each word of the draft as it is deleted.
)

// burst is how many messages of others in a row are a burst.
const burst = 4

// stage is one look of a beat that comes in stages, and how long it stands.
type stage struct {
	typed string
	wait  time.Duration
}

// stages returns the stages in which beat i comes: a draft is typed, stands, and is
// deleted before the message is sent. It is nil for a beat that comes as a whole.
func (c chat) stages(e look, i int) []stage {
	b := c.run.Beats()[i].Block
	if b == nil || b.Draft == "" {
		return nil
	}
	words := strings.Fields(b.Draft)
	var all []stage
	for n := 1; n < len(words); n++ {
		all = append(all, stage{strings.Join(words[:n], " "), draftWord})
	}
	all = append(all, stage{b.Draft, draftHolds})
	for n := len(words) - 1; n >= 0; n-- {
		all = append(all, stage{strings.Join(words[:n], " "), draftGoes})
	}
	return all
}

// arriving draws the beat that is coming in stages, as far as it has come: a line that is
// being typed, on the side of the person who types.
func (c chat) arriving(e look) []string {
	if c.stage == 0 || c.whole() {
		return nil
	}
	stages := c.stages(e, c.shown)
	m, ok := e.see.Beat(c.run, c.shown).(view.Message)
	if !ok || c.stage > len(stages) {
		return nil
	}
	typed := []lesson.Span{{Text: stages[c.stage-1].typed + "▏"}}
	lines := e.paras([]lesson.Para{{Spans: typed}}, max(min(e.column()*3/4, 52)-4, 6))
	lines = prefixed(lines, e.theme.muted.Render("┆ "), e.theme.muted.Render("┆ "))
	return append(e.sided(lines, m.Who, m.Voice, m.First, m.Own, nil, e.column()), "")
}

// pause returns how long a beat stands before the next one comes.
func (c chat) pause(e look, i int) time.Duration {
	b := c.run.Beats()[i]
	if b.Block == nil || b.Choice != nil {
		return 0 // The learner has done it, and needs no pause.
	}
	switch {
	case b.Block.Kind == lesson.Typing:
		return typingTakes
	case c.inBurst(i):
		return burstTakes
	case b.Block.Kind == lesson.Message:
		letters := len(b.Block.Text[0].String())
		return min(400*time.Millisecond+time.Duration(letters)*12*time.Millisecond, 1400*time.Millisecond)
	}
	return otherTakes
}

// inBurst reports whether message i is one of several in a row that others have sent.
func (c chat) inBurst(i int) bool {
	beats := c.run.Beats()
	of := func(j int) bool {
		if j < 0 || j >= len(beats) {
			return false
		}
		b := beats[j]
		return b.Block != nil && b.Choice == nil && b.Block.Kind == lesson.Message &&
			!c.run.Lesson().Helps(b.Scene, b.Block.Who)
	}
	if !of(i) {
		return false
	}
	n := 1
	for j := i - 1; of(j); j-- {
		n++
	}
	for j := i + 1; of(j); j++ {
		n++
	}
	return n >= burst
}
