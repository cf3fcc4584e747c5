package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// checkScreen is a knowledge check: an answer, how sure it was, and then why
// each option is what it is.
type checkScreen struct {
	run   play.Run
	at    int    // Index into the shown options or the degrees of confidence.
	pick  int    // The option chosen, as it stands in the file, or play.Unsure.
	words string // Of the option chosen.
	step  checkStep
	top   int
}

type checkStep uint8

const (
	picking checkStep = iota
	weighing
	explained
)

func newCheck(run play.Run) checkScreen { return checkScreen{run: run} }

// options returns what is shown, in order; "I'm not sure" is always last.
func (s checkScreen) options(e env) []view.Option {
	q, _ := e.see.Turn(s.run).(view.Question)
	return q.Options
}

func (s checkScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	if p, ok := msg.(pick); ok && s.step != explained {
		s.at = p.i
		return s.take(e)
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	if key.Matches(press, e.keys.back) {
		return s, e.pop(played{run: s.run})
	}
	if s.step == explained {
		if key.Matches(press, e.keys.take) {
			return s, e.pop(played{run: s.run, on: true})
		}
		s.top = scroll(e, press, s.top, len(s.explanation(e)))
		return s, nil
	}
	n := len(s.options(e))
	if s.step == weighing {
		n = 3
	}
	switch {
	case key.Matches(press, e.keys.up):
		s.at = (s.at + n - 1) % n
	case key.Matches(press, e.keys.down):
		s.at = (s.at + 1) % n
	case key.Matches(press, e.keys.digits):
		if d := digit(press); d < n {
			s.at = d
			return s.take(e)
		}
	case key.Matches(press, e.keys.take):
		return s.take(e)
	}
	return s, nil
}

// take goes on to the next step. Somebody who is not sure need not say how
// sure they are. Where answers are taken quietly nothing is explained.
func (s checkScreen) take(e env) (screen, tea.Cmd) {
	if s.step == picking {
		o := s.options(e)[s.at]
		s.pick, s.words = o.Pick, o.Words
		if s.pick != play.Unsure {
			s.at, s.step = 0, weighing
			return s, nil
		}
		s.at = 2
	}
	how := [...]play.Confidence{play.Sure, play.Half, play.Guess}[s.at]
	run, err := s.run.Answer(s.pick, how)
	if err != nil {
		return s, nil
	}
	s.run, s.step = run, explained
	if run.Lesson().Session.Quiet() {
		return s, tea.Batch(e.keep(run), e.pop(played{run: run, on: true}))
	}
	return s, e.keep(run)
}

// story returns the short story of the check and its question. The chat has
// told it too, and it is wanted beside the answers.
func (s checkScreen) story() []lesson.Para {
	told, _ := s.run.Game().Tell(s.run.State())
	var text []lesson.Para
	for _, b := range told {
		if b.Kind == lesson.Narration {
			text = append(text, b.Text...)
		}
	}
	return text
}

// messages returns the chat of the check's story, where it has one.
func (s checkScreen) messages(e env, col int) []string {
	var lines []string
	for i, b := range s.run.Beats() {
		if b.Step == s.run.Step() && b.Block != nil && b.Block.Kind == lesson.Message {
			lines = append(lines, e.beat(s.run, i, col)...)
		}
	}
	return lines
}

func (s checkScreen) draw(e env) frame {
	l := layout{title: e.words.T("check.title"), hints: s.keys(e), pinned: true}
	if s.step == explained {
		l.body, l.top = s.explanation(e), s.top
		return e.fit(l)
	}
	col := e.column()
	l.body = append(s.messages(e, col), append(e.paras(s.story(), col), "")...)
	if s.step == weighing {
		l.body = append(l.body, prefixed(wrap(e.theme.accent, s.words, col-2), "  ", "  ")...)
		l.panel = append(wrap(e.theme.strong, e.words.T("check.howsure"), col), "")
		e.put(&l, []string{e.words.T("check.sure"), e.words.T("check.half"), e.words.T("check.guess")}, s.at, col)
	} else {
		var labels []string
		for _, o := range s.options(e) {
			labels = append(labels, o.Words)
		}
		e.put(&l, labels, s.at, col)
	}
	return e.fit(l)
}

// explanation explains every option; the chosen one is named on top.
func (s checkScreen) explanation(e env) []string {
	return e.explanation(e.see.Explanation(s.run, s.pick), e.column())
}

func (s checkScreen) keys(e env) []key.Binding {
	if s.step == explained {
		return []key.Binding{does(e.keys.take, e.words.T("key.on")), e.keys.up, e.keys.down, e.keys.back}
	}
	return []key.Binding{key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.choose"))),
		e.keys.take, e.keys.digits, e.keys.back}
}
