package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/play"
	"wayout/internal/view"
)

// debriefScreen looks back: the path taken and the ones not taken, the signs,
// the key message, who was really typing, and a line to step out of the role.
type debriefScreen struct {
	run   play.Run
	pager pager
}

func (s debriefScreen) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

// again goes back to before a move, and plays on from there.
func (s debriefScreen) again(move int) (screen, request, tea.Cmd) {
	run, err := s.run.Undo(move)
	if err != nil {
		return s, nil, nil
	}
	return s, back{played{run: run}}, nil
}

func (s debriefScreen) body(e env) []string { return e.drawDebrief(e.see.Debrief(s.run)) }

// drawDebrief draws the items of a debrief.
func (e look) drawDebrief(items []view.Item) []string {
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
			lines = append(lines, e.barred(e.paras(it.Text, col-3), e.theme.important, col)...)
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
			lines = append(lines, e.steps(it.Steps, col)...)
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
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, e.sixMoves(it, col)...)
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

// steps draws a path, with empty lines between its steps where there is room.
func (e look) steps(all []view.Step, col int) (lines []string) {
	for i, step := range all {
		if i > 0 && e.roomy() {
			lines = append(lines, "")
		}
		lines = append(lines, e.step(i, step, col)...)
	}
	return lines
}

// step draws one choice of the path, and what else was open. Its words have one edge on the left.
func (e look) step(i int, step view.Step, col int) []string {
	style, sign := e.theme.rating(step.Rating)
	number := " "
	if i < 9 {
		number = string(rune('1' + i))
	}
	first := e.theme.muted.Render(number) + "  " + style.Render(sign) + " "
	in := spaces(ansi.StringWidth(first))
	col -= ansi.StringWidth(first)
	words, said := wrap(e.theme.strong, step.Words, col), style.Render(e.words.T("plain."+step.Rating.String()))
	if last := len(words) - 1; ansi.StringWidth(words[last])+ansi.StringWidth(said)+2 <= col {
		words[last] = spread(words[last], said, col) // The word says what the sign beside it means.
	} else {
		words = append(words, said)
	}
	lines := prefixed(words, first, in)
	if step.Led != "" {
		lines = append(lines, prefixed(wrap(e.theme.text, e.words.T("debrief.led", "Scene", step.Led), col), in, in)...)
	}
	for _, other := range step.Others {
		lines = append(lines, prefixed(wrap(e.theme.muted, other, col), in, in)...)
	}
	return lines
}

func (s debriefScreen) draw(e env) frame {
	return e.page(e.words.T("debrief.title"), s.body(e), s.pager, s.keys(e))
}

func (s debriefScreen) keys(e env) []action {
	path, lines := s.run.Outcome().Path, len(s.body(e))
	keep := func(p pager) screen { s.pager = p; return s }
	last := does(e.keys.again, e.words.T("key.replay"), func(env) (screen, request, tea.Cmd) {
		return s.again(path[len(path)-1].Action)
	})
	from := doesWith(e.keys.numbersTo(len(path)), e.words.T("key.replayfrom"),
		func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
			if n := digit(press); n < len(path) {
				return s.again(path[n].Action)
			}
			return nil, nil, nil
		})
	all := []action{ // In a small window the first hints are those that are seen, and there is more to read.
		s.pager.scrolls(e.look, e.keys.down, e.words.T("key.read"), lines, keep),
		asks(e.keys.take, e.words.T("key.home"), home{}),
		does(e.keys.plan, "", func(e env) (screen, request, tea.Cmd) { return nil, open{screen: newPlan(e)}, nil }),
		does(e.keys.ways, "", func(e env) (screen, request, tea.Cmd) {
			return nil, open{screen: newMap(e, s.run)}, nil
		}),
		last.offIf(len(path) == 0, e.words.T("off.nopath")), from.offIf(len(path) == 0, e.words.T("off.nopath")),
		asks(e.keys.back, "", back{played{run: s.run}}),
		e.opensKeys(),
		s.pager.scrolls(e.look, e.keys.up, "", lines, keep).listed(),
	}
	return append(all, s.pager.pages(e.look, lines, keep)...)
}
