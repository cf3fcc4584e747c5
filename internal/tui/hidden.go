package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
)

// mostTyped bounds what is remembered of what is typed at a hidden desk, in bytes.
const mostTyped = 80

// hides reports whether leaving only hides the program: it does for a desk whose class goes
// on. To end a class is an order of its own.
func (p *Program) hides() bool {
	s, ok := p.stack[0].(classScreen)
	return ok && !s.over && s.view.Class.Phase() != room.Ended
}

// leave clears the screen at once, and ends the program unless a class goes on.
func (p *Program) leave() {
	if p.hides() {
		p.hidden, p.typed, p.quiet = true, "", nil
		return
	}
	p.gone = true
}

// whileHidden takes a key while a desk is hidden, and shows nothing of it. Enter and
// then a word bring the desk back, and so does the command that started it, which is
// what people type at a window that looks like a shell.
func (p *Program) whileHidden(msg tea.KeyPressMsg) {
	k := latin(msg, false).Key()
	switch {
	case k.Code == tea.KeyEnter || k.Code == tea.KeyKpEnter:
		words := strings.Fields(p.typed)
		if len(words) > 1 && strings.HasSuffix(words[0], "wayout") && words[1] == "class" {
			p.hidden = false
		}
		p.typed = "\n"
	case k.Code == tea.KeyBackspace && len(p.typed) > 1:
		p.typed = p.typed[:len(p.typed)-1]
	case k.Code == tea.KeySpace:
		p.typed += " "
	case k.Mod&^tea.ModShift&^tea.ModCapsLock != 0 || k.Text == "":
		p.typed = ""
	case len(p.typed) < mostTyped:
		p.typed += strings.ToLower(k.Text)
	}
	if p.typed == "\n"+p.env.words.T("desk.word") {
		p.hidden = false
	}
}
