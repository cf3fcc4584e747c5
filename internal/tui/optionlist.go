package tui

import (
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"wayout/internal/lesson"
)

// optionList is the index of the selected line in a numbered list, or noPick.
type optionList struct{ at int }

// noPick is the index while nothing is selected, where no one is to give an answer that
// they didn't pick.
const noPick = -1

// optionsOf returns the list for a choice in a lesson, before the learner has moved in the list.
func optionsOf(l *lesson.Lesson) optionList {
	if l.Session.Unled() {
		return optionList{noPick}
	}
	return optionList{}
}

// takes returns the table line that takes what is selected.
func (o optionList) takes(e look, take func(env) (screen, request, tea.Cmd)) action {
	return does(e.keys.take, "", take).offIf(o.at == noPick, e.words.T("off.nopick"))
}

// up and down select the line before and the one after, and wrap around at the ends.
func (o optionList) up(n int) optionList   { return optionList{(max(o.at, 0) + n - 1) % max(n, 1)} }
func (o optionList) down(n int) optionList { return optionList{(o.at + 1) % max(n, 1)} }

// arrows returns the table line that moves in a list of n lines; keep returns the
// screen with the changed list.
func (o optionList) arrows(e look, n int, keep func(optionList) screen) action {
	return eitherWay(e.keys.upDown, e.keys.up, "", func(_ env, by int) (screen, request, tea.Cmd) {
		if by < 0 {
			return keep(o.up(n)), nil, nil
		}
		return keep(o.down(n)), nil, nil
	})
}

// chooser is a screen on which something is chosen from a list.
type chooser interface {
	screen
	take(env) (screen, request, tea.Cmd)
}

// chooses returns the table lines that move in a list of n lines and take one of them by its
// number; keep returns the screen with the changed list.
func (o optionList) chooses(e look, n int, keep func(optionList) chooser) (arrows, numbers action) {
	return o.arrows(e, n, func(l optionList) screen { return keep(l) }),
		o.numbers(e, n, func(e env, l optionList) (screen, request, tea.Cmd) { return keep(l).take(e) })
}

// numbers returns the table line that takes one of n lines by its number.
func (o optionList) numbers(e look, n int, take func(env, optionList) (screen, request, tea.Cmd)) action {
	return doesWith(e.keys.numbersTo(n), "", func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		if i := digit(press); i < n {
			return take(e, optionList{i})
		}
		return nil, nil, nil
	})
}

// marked returns the drawn mark of a line of a list, and the style of its words, which is plain
// unless the line is selected. On a ground of its own a selected line is found without a colour,
// and its words are in the ink of that ground, which is read more easily than the accent.
func (e look) marked(selected bool, plain lipgloss.Style) (mark string, style lipgloss.Style) {
	switch {
	case selected && e.theme.fills:
		return e.theme.selected.Render("▸ "), e.theme.strong
	case selected:
		return e.theme.selected.Render("▸ "), e.theme.selected
	}
	return "  ", plain
}

// quiet returns the style of what says more about a line of a list, below it or at its right end:
// muted, but in the ink where the line is selected and has a ground.
func (e look) quiet(selected bool) lipgloss.Style {
	if selected && e.theme.fills {
		return e.theme.text
	}
	return e.theme.muted
}

// draw draws the options of a list, the selected one with a mark. Below, which may be
// nil, returns the lines to draw under option i. From has the index of the line at which
// each option begins.
func (o optionList) draw(e look, labels []string, col int, below func(i int) []string) (lines []string, from []int) {
	for i, words := range labels {
		from = append(from, len(lines))
		mark, style := e.marked(i == o.at, e.theme.text)
		_, number := e.marked(i == o.at, e.theme.accent)
		first := mark + number.Render(string(rune('1'+i))) + "  "
		lines = append(lines, e.banded(prefixed(wrap(style, words, col-5), first, spaces(5)), i == o.at, col)...)
		if below != nil {
			lines = append(lines, below(i)...)
		}
	}
	return lines, from
}

// put adds the list to the panel of a layout, with the cursor on what is selected or else on
// the first line, and makes each line of it answer a click.
func (o optionList) put(e look, l *layout, labels []string, col int) {
	lines, from := o.draw(e, labels, col, nil)
	base := len(l.panel)
	for i := range labels {
		to := len(lines)
		if i+1 < len(from) {
			to = from[i+1]
		}
		if i == max(o.at, 0) {
			l.cursor = &place{x: 0, y: base + from[i], panel: true}
		}
		l.clicks = append(l.clicks, click{from: base + from[i], to: base + to, panel: true, msg: pick{i}})
	}
	l.panel = append(l.panel, lines...)
}
