package tui

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
	"wayout/internal/view"
)

// sayScreen is a line to type a refusal in. The moves that it makes are named,
// never scored; nothing that was typed leaves this screen.
type sayScreen struct {
	run   play.Run
	input textinput.Model
	said  string // What was typed, shown as long as the screen is there.
	done  bool
	mute  bool // Nothing is typed here: what is typed would travel to another machine.
}

func newSay(e env, run play.Run) sayScreen {
	return sayScreen{run: run, input: newInput(), mute: e.served}
}

func (s sayScreen) typing() bool { return !s.done && !s.mute }

func (s sayScreen) rehearsal() *lesson.Rehearsal { return s.run.Scene().Rehearsal }

func (s sayScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok && s.done:
		return s, nil
	case !ok:
	case key.Matches(press, e.keys.back):
		return s, e.pop(played{run: s.run})
	case s.done && key.Matches(press, e.keys.take):
		return s, e.pop(played{run: s.run, on: true})
	case s.done && key.Matches(press, e.keys.again):
		return newSay(e, s.run), nil
	case s.done:
		return s, nil
	case s.mute && key.Matches(press, e.keys.take):
		return s.skip(e)
	case s.mute:
		return s, nil
	case press.String() == "enter":
		return s.say(e)
	case key.Matches(press, e.keys.skip):
		return s.skip(e)
	}
	var cmd tea.Cmd
	s.input.SetWidth(max(e.column()-4, 4))
	s.input, cmd = s.input.Update(msg)
	return s, cmd
}

func (s sayScreen) say(e env) (screen, tea.Cmd) {
	line := text.Line(s.input.Value(), 4*maxSaid)
	if line == "" {
		return s, nil
	}
	if run, err := s.run.Say(line); err == nil {
		s.run, s.said, s.done = run, line, true
		return s, e.keep(run)
	}
	return s, nil
}

func (s sayScreen) skip(e env) (screen, tea.Cmd) {
	if run, err := s.run.Skip(); err == nil {
		s.run, s.said, s.done = run, "", true
		return s, e.keep(run)
	}
	return s, nil
}

func (s sayScreen) draw(e env) frame {
	l := layout{title: e.words.T("say.title"), hints: s.keys(e)}
	col := e.column()
	if s.done {
		l.body = s.answer(e, col)
		l.pinned = true
		return e.fit(l)
	}
	l.body = s.context(e, col)
	if s.mute {
		l.panel = append(wrap(e.theme.strong, s.asks(e), col), wrap(e.theme.muted, e.words.T("class.say"), col)...)
		return e.fit(l)
	}
	l.panel = append(wrap(e.theme.strong, s.asks(e), col), wrap(e.theme.muted, e.words.T("say.private"), col)...)
	if e.roomy() {
		l.panel = append(l.panel, "")
	}
	line, x := e.inputLine(s.input, col)
	l.cursor = &place{x: x, y: len(l.panel), panel: true}
	l.panel = append(l.panel, line)
	return e.fit(l)
}

// asks asks for the line.
func (s sayScreen) asks(e env) string {
	if r := s.rehearsal(); r.Aloud {
		return e.words.T("say.askaloud", "Who", r.Who)
	}
	return e.words.T("say.ask", "Who", s.rehearsal().Who)
}

// context repeats the end of the chat, so that there is something to answer.
func (s sayScreen) context(e env, col int) []string {
	beats := s.run.Beats()
	var lines []string
	for i := max(len(beats)-4, 0); i < len(beats); i++ {
		if b := beats[i].Block; b != nil && b.Kind != lesson.Typing {
			lines = append(lines, e.beat(s.run, i, col)...)
		}
	}
	return append(lines, "")
}

// answer names the moves of what was typed, and shows how others put it.
func (s sayScreen) answer(e env, col int) []string {
	r := s.rehearsal()
	var lines []string
	if s.said != "" {
		said := []lesson.Span{{Text: s.said}}
		if r.Aloud {
			lines = append(lines, e.speech(view.Speech{Who: r.Who, Own: true, Text: said}, col)...)
		} else {
			lines = append(lines, e.message(view.Message{Who: r.Who, Own: true, First: true, Text: said}, col)...)
		}
		lines = append(append(lines, ""), s.answered(e, col)...)
		if m := s.run.Heard(); m != nil && m.Name == lesson.Danger {
			return lines // What the line says comes first; nothing is said about it.
		}
		lines = append(lines, s.noticed(e, col)...)
	}
	return append(lines, e.models(e.see.Models(s.run), e.theme.muted, col)...)
}

// answered draws what the others answer to the line.
func (s sayScreen) answered(e env, col int) []string {
	var lines []string
	beats := s.run.Beats()
	for i := len(beats) - 1; i >= 0 && beats[i].Move == nil; i-- {
		lines = append(e.beat(s.run, i, col), lines...)
	}
	if len(lines) > 0 && lines[len(lines)-1] != "" {
		lines = append(lines, "")
	}
	return lines
}

func (s sayScreen) noticed(e env, col int) []string {
	moves := s.run.Moves()
	var strong, weak []string
	for _, name := range play.Kept(moves[len(moves)-1].Said) {
		if s.rehearsal().Weak(name) {
			weak = append(weak, name)
		} else {
			strong = append(strong, name)
		}
	}
	var lines []string
	if len(strong) > 0 {
		lines = append(lines, wrap(e.theme.safe, e.words.T("say.noticed", "Moves", e.moveNames(strong)), col)...)
	}
	if len(weak) > 0 {
		lines = append(lines, wrap(e.theme.text, e.words.T("say.weak", "Moves", e.moveNames(weak)), col)...)
	}
	if len(strong)+len(weak) == 0 {
		lines = append(lines, wrap(e.theme.text, e.words.T("say.nothing"), col)...)
	}
	return append(lines, "")
}

func (s sayScreen) keys(e env) []key.Binding {
	if s.done {
		return []key.Binding{does(e.keys.take, e.words.T("key.on")), e.keys.again, e.keys.back}
	}
	if s.mute {
		return []key.Binding{does(e.keys.take, e.words.T("key.skip")), e.keys.back}
	}
	return []key.Binding{does(e.keys.start, e.words.T("key.say")), e.keys.skip, e.keys.back}
}
