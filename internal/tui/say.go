package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
	"wayout/internal/view"
)

// sayScreen is a rehearsal: a line to type in one's own words. Its moves are recognised and
// named, never scored, and the others answer. Nothing that was typed leaves this screen.
type sayScreen struct {
	run   play.Run
	field field
	said  string // The typed line, shown until the screen is closed.
	heard play.Hearing
	done  bool // A line was said or skipped.
	pager pager
	shows bool // The model answers are shown, and a line can still be typed.
	mute  bool // Nothing can be typed: it would travel to another machine.

	list  optionList   // The moves that the line may have been.
	typed bool         // The learner has typed on after the field had closed.
	asked play.Hearing // What was asked about the previous line, while another is typed.
	about string       // The previous line.
	lit   play.Hearing // What is heard so far, while it is typed.
	edits int          // Counts the edits, so that a stale listenNow is ignored.
}

func newSay(e env, run play.Run) sayScreen {
	return sayScreen{run: run, field: newField(), mute: e.served}
}

func (s sayScreen) typing() bool { return !s.done && !s.mute && !s.asks() }

// asks reports whether the learner is asked what the line meant.
func (s sayScreen) asks() bool { return len(s.heard.Ask) > 0 }

func (s sayScreen) rehearsal() *lesson.Rehearsal { return s.run.Scene().Rehearsal }

func (s sayScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		return s, nil, e.readEars
	case listenNow:
		return s.light(e, msg), nil, nil
	case pick:
		return s.meant(e, msg.i)
	case notMeant:
		return newSay(e, s.run.NotMeant()), nil, nil
	}
	return s, nil, nil
}

// edit takes what is typed or pasted, and has the line heard after a pause in typing.
func (s sayScreen) edit(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	var cmd tea.Cmd
	s.field, cmd = s.field.edit(e.look, msg)
	if !e.motion {
		return s, nil, cmd
	}
	s.edits++
	now := listenNow{s.edits}
	return s, nil, tea.Batch(cmd, tea.Tick(listenAfter, func(time.Time) tea.Msg { return now }))
}

// listenAfter is the pause in typing after which the moves of a line light up.
const listenAfter = 150 * time.Millisecond

// listenNow has the line heard as it stands, unless it was edited since.
type listenNow struct{ edits int }

func (s sayScreen) light(e env, now listenNow) sayScreen {
	if now.edits != s.edits || !s.typing() {
		return s
	}
	s.lit = play.Hearing{}
	if line := s.line(); line != "" {
		if _, h, err := s.run.Hear(e.ears(), line); err == nil && !h.Danger {
			s.lit = h
		}
	}
	return s
}

func (s sayScreen) line() string { return text.Line(s.field.value(), 4*maxSaid) }

// say has the line heard. Danger comes before everything: help is shown, the line is
// deleted, and the learner comes back to where they were.
func (s sayScreen) say(e env) (screen, request, tea.Cmd) {
	line := s.line()
	if line == "" && s.shows {
		return s.passBy(e)
	}
	if i, ok := s.picks(e, line); ok {
		s.heard, s.said = s.asked, s.about
		return s.meant(e, i)
	}
	run, h, err := s.run.Hear(e.ears(), line)
	if err != nil || line == "" {
		return s, nil, nil
	}
	return s.takes(e, run, h, line)
}

// picks returns the option that a line picks, as an answer to what was asked about the previous line.
func (s sayScreen) picks(e env, line string) (int, bool) {
	m, ok := e.see.Meant(s.asked)
	if !ok {
		return 0, false
	}
	return m.Picks(line)
}

// takes applies what was heard in a line.
func (s sayScreen) takes(e env, run play.Run, h play.Hearing, line string) (screen, request, tea.Cmd) {
	moved := len(run.Actions()) != len(s.run.Actions())
	s.run, s.heard, s.said, s.lit, s.shows = run, h, line, play.Hearing{}, false
	s.asked, s.about = play.Hearing{}, ""
	s.field = newField()
	if h.Danger {
		s.said, s.done = "", moved
		return s, open{screen: helpFirst{}}, nil
	}
	s.done = moved && run.Turn() != play.Say
	if !moved {
		return s, nil, nil
	}
	return s, nil, e.keep(run)
}

func (s sayScreen) take(e env) (screen, request, tea.Cmd) { return s.meant(e, s.list.at) }

// meant takes option i for what a line meant that wasn't recognised for certain.
func (s sayScreen) meant(e env, i int) (screen, request, tea.Cmd) {
	move, gentle := "", s.heard.Gentle
	switch {
	case !s.asks() || i < 0 || i > len(s.heard.Ask):
		return s, nil, nil
	case i < len(s.heard.Ask):
		move = s.heard.Ask[i].Move
	}
	run, h, err := s.run.Meant(move)
	if err != nil {
		return s, nil, nil
	}
	h.Gentle = gentle
	return s.takes(e, run, h, s.said)
}

// skip leaves the line out, and shows the model answers.
func (s sayScreen) skip(e env) (screen, request, tea.Cmd) {
	if run, err := s.run.Skip(); err == nil {
		s.run, s.said, s.done = run, "", true
		return s, nil, e.keep(run)
	}
	return s, nil, nil
}

// passBy leaves the line out, and goes on with the story.
func (s sayScreen) passBy(env) (screen, request, tea.Cmd) {
	if run, err := s.run.Skip(); err == nil {
		return s, back{played{run: run, on: true}}, nil
	}
	return s, nil, nil
}

func (s sayScreen) draw(e env) frame {
	l := layout{title: e.words.T("say.title"), hints: s.keys(e)}
	col := e.column()
	if s.done {
		l.body = s.answer(e, col)
		if s.typed {
			l.panel = wrap(e.theme.risky, e.words.T("say.answered"), col)
		}
		l.pinned, l.top = true, s.pager.top
		return e.fit(l)
	}
	l.body = s.context(e, col)
	if m, ok := e.see.Meant(s.heard); ok {
		l.panel = wrap(e.theme.strong, m.Asks, col)
		s.list.put(e.look, &l, m.Options, col)
		if s.typed {
			l.panel = append(l.panel, wrap(e.theme.risky, e.words.T("say.asked", "Count", len(m.Options)), col)...)
		}
		return e.fit(l)
	}
	if s.shows {
		l.body = append(l.body, e.models(e.see.Models(s.run), e.theme.muted, col)...)
		if e.roomy() {
			l.body = append(l.body, "")
		}
	}
	if s.mute {
		l.panel = append(wrap(e.theme.strong, s.question(e), col), wrap(e.theme.muted, e.words.T("class.say"), col)...)
		return e.fit(l)
	}
	l.panel = append(wrap(e.theme.strong, s.question(e), col), wrap(e.theme.muted, e.words.T("say.private"), col)...)
	if e.roomy() {
		l.panel = append(l.panel, s.lights(e, col))
	}
	s.field.put(e.look, &l, col)
	return e.fit(l)
}

// lights names the moves of the line as it stands, in the row above it.
func (s sayScreen) lights(e env, col int) string {
	strong, weak := e.see.Lit(s.lit)
	var all []string
	for _, name := range strong {
		all = append(all, e.theme.safe.Render("● "+name))
	}
	for _, name := range weak {
		all = append(all, e.theme.muted.Render("○ "+name))
	}
	return ansi.Truncate(strings.Join(all, "  "), col, "…")
}

// question returns the words that ask for the line.
func (s sayScreen) question(e env) string {
	return e.see.Rehearsal(s.run, !s.mute).Asks
}

// context repeats the end of the chat, so that there is something to answer, and the
// last typed line, if it didn't lead on.
func (s sayScreen) context(e env, col int) []string {
	beats := s.run.Beats()
	end := s.run.Before() // The answers to a line stand below it, and are drawn with it.
	var lines []string
	for i := max(end-4, 0); i < end; i++ {
		if b := beats[i].Block; b != nil && b.Kind != lesson.Typing {
			lines = append(lines, e.beat(s.run, i, col)...)
		}
	}
	lines = append(lines, "")
	if s.said == "" {
		return lines
	}
	lines = append(append(lines, s.bubble(e, col)...), "")
	if s.asks() {
		return lines
	}
	if !s.heard.Wordless {
		lines = append(lines, s.answered(e, col)...)
	}
	return append(lines, s.noticed(e, col)...)
}

// bubble draws the line that was typed.
func (s sayScreen) bubble(e env, col int) []string {
	r, said := s.rehearsal(), []lesson.Span{{Text: s.said}}
	if r.Aloud {
		return e.speech(view.Speech{Who: r.Who, Own: true, Text: said}, col)
	}
	return e.message(view.Message{Who: r.Who, Own: true, First: true, Text: said}, col)
}

// answer draws what the others answer, names the moves of what was typed, and shows how
// others put it.
func (s sayScreen) answer(e env, col int) []string {
	var lines []string
	if s.said != "" {
		lines = append(append(lines, s.bubble(e, col)...), "")
	}
	lines = append(lines, s.answered(e, col)...)
	if m := s.run.Heard(); m != nil && m.Name == lesson.Danger {
		return lines // How a line of danger was put gets no comment.
	}
	if s.said != "" {
		lines = append(lines, s.noticed(e, col)...)
	}
	return append(lines, e.models(e.see.Models(s.run), e.theme.muted, col)...)
}

// answered draws what the others answer to the line.
func (s sayScreen) answered(e env, col int) []string {
	var lines []string
	beats := s.run.Beats()
	for i := s.run.Before(); i < len(beats); i++ {
		if beats[i].Action == nil {
			lines = append(lines, e.beat(s.run, i, col)...)
		}
	}
	if len(lines) > 0 && lines[len(lines)-1] != "" {
		lines = append(lines, "")
	}
	return lines
}

func (s sayScreen) noticed(e env, col int) []string {
	it, ok := e.see.Heard(s.heard, "F1")
	if !ok {
		return nil
	}
	return append(e.story(it, col), "")
}

func (s sayScreen) keys(e env) []action {
	leave := asks(e.keys.back, "", back{played{run: s.run}})
	switch {
	case s.done:
		lines, keep := len(s.answer(e, e.column())), func(p pager) screen { s.pager = p; return s }
		on := asks(e.keys.start, e.words.T("key.on"), back{played{run: s.run, on: true}})
		again := func(e env) (screen, request, tea.Cmd) { return newSay(e, s.run), nil, nil }
		all := []action{on, does(e.keys.again, "", again),
			s.pager.arrows(e.look, lines, keep), leave, s.stray(e)}
		return append(all, s.pager.pages(e.look, lines, keep)...)
	case s.mute:
		return []action{does(e.keys.take, e.words.T("key.skip"), s.skip), leave}
	case s.asks():
		return s.asking(e)
	}
	typed := edits(s.edit)
	toggle := func(env) (screen, request, tea.Cmd) { s.shows = !s.shows; return s, nil, nil }
	if s.shows && s.line() == "" {
		return []action{does(e.keys.start, e.words.T("key.on"), s.say),
			does(e.keys.skip, e.words.T("key.hide"), toggle),
			does(e.keys.pass, "", s.passBy).listed(), leave, typed}
	}
	return []action{
		does(e.keys.start, e.words.T("key.say"), s.say).offIf(s.line() == "", e.words.T("off.notype")).shown(),
		does(e.keys.skip, "", toggle), does(e.keys.pass, "", s.passBy), leave, typed,
	}
}

// asking returns the table while the learner is asked what a line meant. A space or a letter
// doesn't answer, so someone who goes on typing loses nothing.
func (s sayScreen) asking(e env) []action {
	n := len(s.heard.Ask) + 1
	another := func(env) (screen, request, tea.Cmd) {
		s.asked, s.about = s.heard, s.said
		s.heard, s.said = play.Hearing{}, ""
		return s, nil, nil
	}
	arrows, numbers := s.list.chooses(e.look, n, func(l optionList) chooser { s.list = l; return s })
	return []action{arrows, does(e.keys.start, e.words.T("key.take"), s.take), numbers,
		does(e.keys.back, e.words.T("key.retype"), another), s.stray(e)}
}

// stray returns the table line for a sentence typed after the field has closed. Its keys only make
// the screen say what to press. In the middle of a sentence, "h" and "?" don't ask for help or the keys.
func (s sayScreen) stray(e env) action {
	keys := e.keys.letters
	if s.typed {
		keys = e.keys.sentence
	}
	return does(keys, "", func(env) (screen, request, tea.Cmd) {
		s.typed = true
		return s, nil, nil
	}).listed()
}
