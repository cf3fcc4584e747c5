package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
)

// scenePicker is a list of the scenes of a lesson, with a search.
type scenePicker struct {
	scenes []lesson.Scene
	search field
	at     int
}

func newScenePicker(l *lesson.Lesson) scenePicker {
	return scenePicker{scenes: l.Scenes, search: newField()}
}

// found are the scenes whose title or id holds what is searched for.
func (p scenePicker) found() []lesson.Scene {
	want := strings.ToLower(strings.TrimSpace(p.search.value()))
	var found []lesson.Scene
	for _, sc := range p.scenes {
		if strings.Contains(strings.ToLower(sc.Title), want) || strings.Contains(sc.ID, want) {
			found = append(found, sc)
		}
	}
	return found
}

// update takes what is pasted into the search.
func (p scenePicker) update(e look, msg tea.Msg) (scenePicker, tea.Cmd) {
	var cmd tea.Cmd
	p.search, cmd = p.search.edit(e, msg)
	return p.within(), cmd
}

// within keeps the selection among what was found.
func (p scenePicker) within() scenePicker {
	p.at = min(max(p.at, 0), max(len(p.found())-1, 0))
	return p
}

// keys are the lines of the table: keep returns the screen with the picker as it is
// then, and take goes to a scene.
func (p scenePicker) keys(e look, keep func(scenePicker) screen,
	take func(env, string) (screen, request, tea.Cmd)) []action {
	found := p.found()
	to := func(at int) func(env) (screen, request, tea.Cmd) {
		return func(env) (screen, request, tea.Cmd) {
			p.at = at
			return keep(p.within()), nil, nil
		}
	}
	goes := does(e.keys.start, e.words.T("key.take"), func(e env) (screen, request, tea.Cmd) {
		return take(e, found[p.at].ID)
	})
	return []action{
		goes.offIf(len(found) == 0, e.words.T("off.noscene")).shown(),
		does(e.keys.up, "", to(p.at-1)).listed(), does(e.keys.down, "", to(p.at+1)).listed(),
		p.search.typed(func(f field) screen { p.search = f; return keep(p.within()) }),
	}
}

// draw draws the list and, below it, the search.
func (p scenePicker) draw(e look, hints []action) layout {
	col := e.column()
	l := layout{title: e.words.T("present.goto"), hints: hints, pinned: true}
	for i, sc := range p.found() {
		mark, style := "  ", e.theme.text
		if i == p.at {
			mark, style = "▸ ", e.theme.selected
			l.top = len(l.body) - e.rows()/2
		}
		l.body = append(l.body, wrap(style, mark+sc.Title, col)...)
	}
	line, x := p.search.line(e, col)
	l.panel = []string{line}
	l.cursor = &place{x: x, y: 0, panel: true}
	return l
}
