package tui

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/play"
)

// glance is the least time someone needs to see what has come, before a key that goes on can be
// meant for it. A key that is hammered comes every 120 to 200 ms, and one that is held every 30 ms;
// someone who reads fast and means each press takes longer.
const glance = 220 * time.Millisecond

// unread is how many times a glance is needed where the first choice is selected without being picked:
// new learners who pressed enter every 300 or 500 ms had chosen without knowing.
const unread = 5

// hammered is after how many presses without effect it is said why they have none.
const hammered = 5

// urgentStays is how many times a glance a screen with an emergency number stays.
const urgentStays = 4

// For how many glances enter after a number belongs to the number: many end each answer with it, as
// they would line by line, and passed what came of their answer. On the way through right now that may
// be an emergency number, which stays longer.
const (
	afterNumber    = 4
	afterNumberNow = 14
)

// hasty reports whether the key that goes on comes too soon to be meant: right after the last
// one or a number, or just as the choices have come in under it. It then does nothing, so that no
// message goes by unread and no question is answered by someone who only wanted to go on. Each press
// starts the time again, so hammering on a key does nothing.
func (p *Program) hasty(press tea.KeyPressMsg) bool {
	if p.glance == 0 {
		return false
	}
	top, now, reads := p.stack[len(p.stack)-1], time.Now(), !p.covered && !p.typing()
	if reads && len(press.Text) == 1 && press.Text >= "1" && press.Text <= "9" {
		p.numbered = now
		return false
	}
	if !key.Matches(press, p.env.keys.take) {
		return false
	}
	least, after, urgent := p.lull(top)
	soon := now.Sub(p.entered) < least || now.Sub(p.came) < least || now.Sub(p.numbered) < after
	if p.entered, p.numbered = now, (time.Time{}); !soon {
		p.hurried = 0
	}
	if p.still && !urgent {
		return false
	}
	switch top.(type) {
	case playerScreen, fineOffScreen, checkScreen, sayScreen, rightNow, helpFirst:
		if soon && reads {
			if p.hurried++; p.hurried >= hammered {
				p.env.why = p.env.words.T("off.hasty")
			}
			return true
		}
	}
	return false
}

// lull returns how long the key that goes on has to wait after the last such key, and after a number,
// and whether an emergency number is on the screen.
func (p *Program) lull(top screen) (least, after time.Duration, urgent bool) {
	switch s := top.(type) {
	case playerScreen:
		if s.list.at == 0 && s.chat.run.Turn() == play.Choose {
			return unread * p.glance, afterNumber * p.glance, false
		}
	case rightNow:
		if s.item(p.env).Urgent {
			return urgentStays * p.glance, afterNumberNow * p.glance, true
		}
	}
	return p.glance, afterNumber * p.glance, false
}

// ticked lets the chat come in, and notes when it has come to where the learner can act.
func (p *Program) ticked(msg tick) tea.Cmd {
	was := p.ready()
	cmd := p.top(msg)
	if !was && p.ready() {
		p.came = time.Now()
	}
	return cmd
}

// ready reports whether the chat on top has come to where the learner can act.
func (p *Program) ready() bool {
	switch s := p.stack[len(p.stack)-1].(type) {
	case playerScreen:
		return s.chat.paused || s.ready(p.env)
	case fineOffScreen:
		return s.playing() && (s.player.chat.paused || s.player.ready(p.env))
	}
	return false
}
