package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// checkScreen is a knowledge check: an answer, how sure it was, and then why
// each option is what it is.
type checkScreen struct {
	run   play.Run
	list  optionList // Of the options, or the degrees of confidence.
	pick  int        // The option chosen, as it stands in the file, or play.Unsure.
	words string     // Of the option chosen.
	step  checkStep
	pager pager
}

type checkStep uint8

const (
	picking checkStep = iota
	weighing
	explained
)

func newCheck(run play.Run) checkScreen { return checkScreen{run: run} }

// question is what is asked; "I'm not sure" is always the last of its options.
func (s checkScreen) question(e env) view.Question {
	q, _ := e.see.Turn(s.run).(view.Question)
	return q
}

func (s checkScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if p, ok := msg.(pick); ok && s.step != explained {
		s.list.at = p.i
		return s.take(e)
	}
	return s, nil, nil
}

// take goes on to the next step. A learner who isn't sure isn't asked how sure they are.
// Where answers are taken quietly nothing is explained.
func (s checkScreen) take(e env) (screen, request, tea.Cmd) {
	if s.step == picking {
		o := s.question(e).Options[s.list.at]
		s.pick, s.words = o.Pick, o.Words
		if s.pick != play.Unsure {
			s.list.at, s.step = 0, weighing
			return s, nil, nil
		}
		s.list.at = 2
	}
	how := [...]play.Confidence{play.Sure, play.Half, play.Guess}[s.list.at]
	run, err := s.run.Answer(s.pick, how)
	if err != nil {
		return s, nil, nil
	}
	s.run, s.step = run, explained
	if run.Lesson().Session.Quiet() {
		return s, back{played{run: run, on: true}}, e.keep(run)
	}
	return s, nil, e.keep(run)
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
		l.body, l.top = s.explanation(e), s.pager.top
		return e.fit(l)
	}
	col := e.column()
	l.body = append(s.messages(e, col), append(e.paras(s.story(), col), "")...)
	if s.step == weighing {
		l.body = append(l.body, prefixed(wrap(e.theme.accent, s.words, col-2), "  ", "  ")...)
		l.panel = append(wrap(e.theme.strong, e.words.T("check.howsure"), col), "")
		s.list.put(e.look, &l, []string{e.words.T("check.sure"), e.words.T("check.half"), e.words.T("check.guess")},
			col)
	} else {
		s.list.put(e.look, &l, s.question(e).Labels(), col)
	}
	return e.fit(l)
}

// explanation explains every option; the chosen one is named on top.
func (s checkScreen) explanation(e env) []string {
	return e.explanation(e.see.Explanation(s.run, s.pick), e.column())
}

func (s checkScreen) keys(e env) []action {
	leave := asks(e.keys.back, "", back{played{run: s.run}})
	if s.step == explained {
		lines, keep := len(s.explanation(e)), func(p pager) screen { s.pager = p; return s }
		on := asks(e.keys.take, e.words.T("key.on"), back{played{run: s.run, on: true}})
		all := []action{on, s.pager.scrolls(e.look, e.keys.up, "", lines, keep),
			s.pager.scrolls(e.look, e.keys.down, "", lines, keep), leave}
		return append(all, s.pager.pages(e.look, lines, keep)...)
	}
	n := 3
	if s.step == picking {
		n = len(s.question(e).Options)
	}
	return []action{
		s.list.arrows(e.look, n, func(l optionList) screen { s.list = l; return s }),
		does(e.keys.take, "", s.take),
		s.list.numbers(e.look, n, func(e env, l optionList) (screen, request, tea.Cmd) {
			s.list = l
			return s.take(e)
		}),
		leave,
	}
}
