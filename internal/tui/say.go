package tui

import (
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
	field field
	said  string // What was typed, shown as long as the screen is there.
	done  bool
	mute  bool // Nothing is typed here: what is typed would travel to another machine.
}

func newSay(e env, run play.Run) sayScreen {
	return sayScreen{run: run, field: newField(), mute: e.served}
}

func (s sayScreen) typing() bool { return !s.done && !s.mute }

func (s sayScreen) rehearsal() *lesson.Rehearsal { return s.run.Scene().Rehearsal }

func (s sayScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if paste, ok := msg.(tea.PasteMsg); ok && s.typing() {
		var cmd tea.Cmd
		s.field, cmd = s.field.edit(e.look, paste)
		return s, nil, cmd
	}
	return s, nil, nil
}

func (s sayScreen) say(e env) (screen, request, tea.Cmd) {
	line := s.line()
	if run, err := s.run.Say(line); err == nil && line != "" {
		s.run, s.said, s.done = run, line, true
		return s, nil, e.keep(run)
	}
	return s, nil, nil
}

// line is what was typed so far.
func (s sayScreen) line() string { return text.Line(s.field.value(), 4*maxSaid) }

func (s sayScreen) skip(e env) (screen, request, tea.Cmd) {
	if run, err := s.run.Skip(); err == nil {
		s.run, s.said, s.done = run, "", true
		return s, nil, e.keep(run)
	}
	return s, nil, nil
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
	line, x := s.field.line(e.look, col)
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
	for i := len(beats) - 1; i >= 0 && beats[i].Action == nil; i-- {
		lines = append(e.beat(s.run, i, col), lines...)
	}
	if len(lines) > 0 && lines[len(lines)-1] != "" {
		lines = append(lines, "")
	}
	return lines
}

func (s sayScreen) noticed(e env, col int) []string {
	moves := s.run.Actions()
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

func (s sayScreen) keys(e env) []action {
	leave := does(e.keys.back, "", func(env) (screen, request, tea.Cmd) { return nil, back{played{run: s.run}}, nil })
	switch {
	case s.done:
		on := func(env) (screen, request, tea.Cmd) { return nil, back{played{run: s.run, on: true}}, nil }
		again := func(e env) (screen, request, tea.Cmd) { return newSay(e, s.run), nil, nil }
		return []action{does(e.keys.take, e.words.T("key.on"), on), does(e.keys.again, "", again), leave}
	case s.mute:
		return []action{does(e.keys.take, e.words.T("key.skip"), s.skip), leave}
	}
	return []action{
		does(e.keys.start, e.words.T("key.say"), s.say).offIf(s.line() == "", e.words.T("off.notype")).shown(),
		does(e.keys.skip, "", s.skip), leave,
		s.field.typed(func(f field) screen { s.field = f; return s }),
	}
}
