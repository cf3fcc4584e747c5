package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/play"
	"wayout/internal/view"
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
		s.top = scroll(e, press, s.top, len(s.body(e)))
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

func (s debriefScreen) body(e env) []string { return e.drawDebrief(e.see.Debrief(s.run)) }

// drawDebrief draws the items of a debrief.
func (e env) drawDebrief(items []view.Item) []string {
	col := e.column()
	var lines []string
	head := func(words string) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, e.theme.title.Render(words))
	}
	for _, it := range items {
		switch it := it.(type) {
		case view.KeyMessage:
			head(it.Head)
			bar := e.theme.important.Render("┃") + "  "
			lines = append(lines, prefixed(e.paras(it.Text, col-3), bar, bar)...)
		case view.Reached:
			head(it.Head)
			lines = append(append(lines, wrap(e.theme.strong, it.Title, col)...), wrap(e.theme.text, it.Words, col)...)
		case view.Knew:
			head(it.Head)
			for _, thing := range it.Things {
				lines = append(lines, prefixed(wrap(e.theme.text, thing.What, col-2), "• ", "  ")...)
				if thing.From != "" {
					lines = append(lines, prefixed(wrap(e.theme.muted, thing.From, col-4), spaces(4), spaces(4))...)
				}
			}
		case view.Path:
			head(it.Head)
			for i, step := range it.Steps {
				lines = append(lines, e.step(i, step, col)...)
			}
		case view.Signs:
			head(it.Head)
			for _, sign := range it.Signs {
				lines = append(lines, e.theme.accent.Render("⚑ ")+e.theme.strong.Render(sign.Name))
				if sign.In != "" {
					lines = append(lines, prefixed(wrap(e.theme.muted, sign.In, col-4), "  ", "  ")...)
				}
				lines = append(lines, prefixed(e.paras(sign.Why, col-4), "  ", "  ")...)
			}
		case view.SixMoves:
			lines = append(append(lines, ""), e.sixMoves(col)...)
			lines = lines[:len(lines)-1]
		case view.Rehearsed:
			head(it.Head)
			lines = append(lines, wrap(e.theme.text, it.Text, col)...)
		case view.Behind:
			head(it.Head)
			lines = append(lines, wrap(e.theme.text, it.Text, col)...)
		case view.StepOut:
			head(it.Head)
			for _, p := range append(it.Paras, e.words.T("debrief.whohelps")) {
				lines = append(append(lines, wrap(e.theme.text, p, col)...), "")
			}
			lines = lines[:len(lines)-1]
		}
	}
	return lines
}

// step draws one choice of the path, and what else was open.
func (e env) step(i int, step view.Step, col int) []string {
	style, sign := e.theme.rating(step.Rating)
	number := " "
	if i < 9 {
		number = string(rune('1' + i))
	}
	lines := prefixed(wrap(e.theme.strong, step.Words, col-6), e.theme.muted.Render(number)+"  "+style.Render(sign)+" ",
		spaces(6))
	if step.Led != "" {
		lines = append(lines, prefixed(wrap(e.theme.text, e.words.T("debrief.led", "Scene", step.Led), col-6),
			spaces(6), spaces(6))...)
	}
	for _, other := range step.Others {
		lines = append(lines, prefixed(wrap(e.theme.muted, other, col-6), spaces(6), spaces(6))...)
	}
	return lines
}

func (s debriefScreen) draw(e env) frame {
	body := s.body(e)
	l := layout{title: e.words.T("debrief.title"), body: body, pinned: true, top: s.top, hints: s.keys(e)}
	if s.top+e.rows() < len(body) {
		l.status = e.theme.muted.Render(e.words.T("debrief.more"))
	}
	return e.fit(l)
}

func (s debriefScreen) keys(e env) []key.Binding {
	return []key.Binding{
		does(e.keys.take, e.words.T("key.home")), e.keys.plan, does(e.keys.down, e.words.T("key.read")), e.keys.ways,
		does(e.keys.again, e.words.T("key.replay")), does(e.keys.digits, e.words.T("key.replayfrom")), e.keys.back,
		e.keys.keys,
	}
}
