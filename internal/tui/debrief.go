package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// debriefScreen looks back: the path taken and the ones not taken, the signs,
// the key message, who was really typing, and a line to step out of the role.
type debriefScreen struct {
	run play.Run
	top int
}

func (s debriefScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	path := s.run.Outcome().Path
	switch {
	case key.Matches(press, e.keys.back):
		return s, e.pop(played{run: s.run})
	case key.Matches(press, e.keys.take):
		return s, e.send(home{})
	case key.Matches(press, e.keys.plan):
		return s, e.push(newPlan(e))
	case key.Matches(press, e.keys.ways):
		return s, e.push(newWays(e, s.run))
	case key.Matches(press, e.keys.digits):
		if n := digit(press); n < len(path) {
			return s.again(e, path[n].Move)
		}
	case key.Matches(press, e.keys.again) && len(path) > 0:
		return s.again(e, path[len(path)-1].Move)
	default:
		lines, _ := s.body(e)
		s.top = scroll(e, press, s.top, len(lines))
	}
	return s, nil
}

// again plays on from before a move.
func (s debriefScreen) again(e env, move int) (screen, tea.Cmd) {
	run, err := s.run.Undo(move)
	if err != nil {
		return s, nil
	}
	return s, e.pop(played{run: run})
}

func (s debriefScreen) reads(e env) []page {
	o, col := s.run.Outcome(), e.column()
	pages := []page{e.prose(s.key(o), col-3), e.sentence(s.derole(e), col)}
	if b := s.run.Lesson().Behind; b != "" {
		pages = append(pages, e.sentence(b, col))
	}
	for _, i := range append(o.Spotted, o.Missed...) {
		pages = append(pages, e.prose(s.run.Lesson().Signs[i].Why, col-4))
	}
	return pages
}

// key returns the key message, or the lesson's goal where a path shows none.
func (s debriefScreen) key(o play.Outcome) []lesson.Para {
	if o.Key != nil {
		return o.Key
	}
	return []lesson.Para{{Spans: []lesson.Span{{Text: s.run.Lesson().Goal}}}}
}

func (s debriefScreen) derole(e env) string {
	return e.words.T("debrief.derole", "Who", s.run.Lesson().Focus) + "\n\n" + e.words.T("debrief.whohelps")
}

func (s debriefScreen) body(e env) ([]string, play.Outcome) {
	o, col := s.run.Outcome(), e.column()
	var lines []string
	head := func(words string) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, wrap(e.theme.title, words, col)...)
	}
	bar := e.theme.important.Render("┃") + "  "
	head(e.words.T("debrief.key"))
	lines = append(lines, prefixed(e.read(e.prose(s.key(o), col-3)), bar, bar)...)
	if len(o.Path) > 0 {
		head(e.words.T("debrief.path"))
		for i, step := range o.Path {
			lines = append(lines, s.step(e, i, step, col)...)
		}
	}
	if len(o.Spotted) > 0 {
		head(e.words.T("debrief.spotted"))
		lines = append(lines, s.signs(e, o.Spotted, col)...)
	}
	if len(o.Missed) > 0 {
		head(e.words.T("debrief.missed"))
		lines = append(lines, s.signs(e, o.Missed, col)...)
	}
	if s.run.Lesson().Threatens() {
		lines = append(append(lines, ""), e.sixMoves(col)...)
		lines = lines[:len(lines)-1]
	}
	if len(o.Practised) > 0 {
		head(e.words.T("debrief.practised"))
		lines = append(lines, wrap(e.theme.text, e.words.T("say.noticed", "Moves", e.moveNames(o.Practised)), col)...)
	}
	if b := s.run.Lesson().Behind; b != "" {
		head(e.words.T("debrief.behind"))
		lines = append(lines, e.read(e.sentence(b, col))...)
	}
	head(e.words.T("debrief.out"))
	lines = append(lines, e.read(e.sentence(s.derole(e), col))...)
	return lines, o
}

// step draws one choice of the path, and what else was open.
func (s debriefScreen) step(e env, i int, step play.Step, col int) []string {
	style, sign := e.theme.rating(step.Taken.Rating)
	number := " "
	if i < 9 {
		number = string(rune('1' + i))
	}
	lines := prefixed(wrap(e.theme.strong, step.Taken.String(), col-6), e.theme.muted.Render(number)+"  "+style.Render(sign)+" ", spaces(6))
	for _, other := range step.Open {
		lines = append(lines, prefixed(wrap(e.theme.muted, e.words.T("debrief.instead", "Choice", other.String()), col-6), spaces(6), spaces(6))...)
	}
	return lines
}

func (s debriefScreen) signs(e env, signs []int, col int) []string {
	var lines []string
	for _, i := range signs {
		sign := s.run.Lesson().Signs[i]
		name, _ := e.course.SignName(sign.Kind)
		lines = append(lines, prefixed(wrap(e.theme.strong, name, col-2), e.theme.accent.Render("⚑ "), "  ")...)
		lines = append(lines, prefixed(e.read(e.prose(sign.Why, col-4)), "  ", "  ")...)
	}
	return lines
}

func (s debriefScreen) draw(e env) frame {
	body, _ := s.body(e)
	l := layout{title: e.words.T("debrief.title"), body: body, pinned: true, top: s.top, hints: s.keys(e)}
	if s.top+e.rows() < len(body) {
		l.status = e.theme.muted.Render(e.words.T("debrief.more"))
	}
	return e.fit(l)
}

func (s debriefScreen) keys(e env) []key.Binding {
	return []key.Binding{
		does(e.keys.take, e.words.T("key.home")), e.keys.plan, does(e.keys.down, e.words.T("key.read")), e.keys.ways,
		does(e.keys.again, e.words.T("key.replay")), does(e.keys.digits, e.words.T("key.replayfrom")), e.keys.back, e.keys.keys,
	}
}
