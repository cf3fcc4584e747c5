package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// checkScreen is a knowledge check: the learner answers, says how sure they are,
// and then reads why each option is right or wrong.
type checkScreen struct {
	run   play.Run
	list  optionList // The options, or the degrees of confidence.
	pick  int        // The index in the file of the option chosen, or play.Unsure.
	words string     // The words of the option chosen.
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

// question returns what is asked; "I'm not sure" is always the last of its options.
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
// In a quiet session nothing is explained.
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

// told returns the end of what the scene has told, as many whole beats as fit into so many
// rows. The check asks about it, and its last beat may be someone asking the question.
func (s checkScreen) told(e env, rows int) []string {
	c := chat{run: s.run, shown: len(s.run.Beats())}
	var lines []string
	for i := c.shown - 1; i >= 0 && s.run.Beats()[i].Step == s.run.Step(); i-- {
		if b := s.run.Beats()[i].Block; b != nil && b.Kind == lesson.Feedback {
			continue // It is about the step before.
		}
		beat := c.drawn(e.look, i, false)
		if len(lines) > 0 && len(beat)+len(lines) > rows {
			break
		}
		lines = slices.Concat(beat, lines)
	}
	if len(lines) > 0 && hasText(lines[len(lines)-1:]) {
		lines = append(lines, "")
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
	var chosen []string
	if s.step == weighing {
		chosen = prefixed(wrap(e.theme.accent, s.words, col-2), "  ", "  ")
		l.panel = append(wrap(e.theme.strong, e.words.T("check.howsure"), col), "")
		s.list.put(e.look, &l, []string{e.words.T("check.sure"), e.words.T("check.half"), e.words.T("check.guess")},
			col)
	} else {
		s.list.put(e.look, &l, s.question(e).Labels(), col)
	}
	var asked []string
	if q := s.question(e).Asks; q != l.title { // Otherwise someone in the story has asked it.
		asked = append(wrap(e.theme.text, q, col), "")
	}
	l.body = append(s.told(e, e.rows()-len(l.panel)-len(asked)-len(chosen)-1), append(asked, chosen...)...)
	l.pinned = len(l.body)+len(l.panel) <= e.rows() // What is asked stands at the end.
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
	arrows, numbers := s.list.chooses(e.look, n, func(l optionList) chooser { s.list = l; return s })
	return []action{arrows, does(e.keys.take, "", s.take), numbers, leave}
}
