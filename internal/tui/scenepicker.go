package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/view"
)

// scenePicker is a list of the scenes of a lesson, with a search. A scene that nobody should see
// by mistake has to be confirmed.
type scenePicker struct {
	scenes []view.Jump
	search field
	at     int
	asks   *view.Jump // The scene to confirm, or nil.
	reads  []string   // What everyone would read there, drawn; none where the room sees this screen.
	pager  pager
}

func newScenePicker(scenes []view.Jump) scenePicker {
	return scenePicker{scenes: scenes, search: newField()}
}

// typing reports whether keys are letters of the search.
func (p scenePicker) typing() bool { return p.asks == nil }

// found returns the scenes whose words or id hold what is searched for.
func (p scenePicker) found() []view.Jump {
	want := strings.ToLower(strings.TrimSpace(p.search.value()))
	return slices.DeleteFunc(slices.Clone(p.scenes), func(sc view.Jump) bool {
		return !strings.Contains(strings.ToLower(sc.Words), want) && !strings.Contains(sc.Scene, want)
	})
}

// within keeps the selection among what was found.
func (p scenePicker) within() scenePicker {
	p.at = min(max(p.at, 0), max(len(p.found())-1, 0))
	return p
}

// picks are the functions that a picker's keys call.
type picks struct {
	keep  func(scenePicker) screen                     // Returns the screen with the changed picker.
	take  func(env, string) (screen, request, tea.Cmd) // Goes to a scene.
	close action                                       // Closes the picker.
	reads func(e env, scene string) []string           // Draws what everyone would read first there.
}

// keys returns the table of the picker.
func (p scenePicker) keys(e env, to picks) []action {
	if p.asks != nil {
		return p.confirms(e, to)
	}
	found := p.found()
	at := func(at int) func(env) (screen, request, tea.Cmd) {
		return func(env) (screen, request, tea.Cmd) {
			p.at = at
			return to.keep(p.within()), nil, nil
		}
	}
	goes := does(e.keys.start, e.words.T("key.take"), func(e env) (screen, request, tea.Cmd) {
		j := found[p.at]
		if j.Asks == "" {
			return to.take(e, j.Scene)
		}
		p.asks, p.reads, p.pager = &j, to.reads(e, j.Scene), pager{}
		return to.keep(p), nil, nil
	})
	return []action{
		goes.offIf(len(found) == 0, e.words.T("off.noscene")).shown(), to.close,
		does(e.keys.up, "", at(p.at-1)).listed(), does(e.keys.down, "", at(p.at+1)).listed(),
		p.search.typed(func(f field) screen { p.search = f; return to.keep(p.within()) }),
	}
}

// confirms returns the table while a scene has to be confirmed; any other key goes back to the
// list.
func (p scenePicker) confirms(e env, to picks) []action {
	scene, lines := p.asks.Scene, len(p.danger(e.look, e.column()))
	scrolls := func(with pager) screen { p.pager = with; return to.keep(p) }
	unasked := p
	unasked.asks, unasked.reads, unasked.pager = nil, nil, pager{}
	list := func(env) (screen, request, tea.Cmd) { return to.keep(unasked), nil, nil }
	all := []action{
		does(e.keys.yes, "", func(e env) (screen, request, tea.Cmd) { return to.take(e, scene) }),
		does(e.keys.back, "", list),
		p.pager.scrolls(e.look, e.keys.down, e.words.T("key.read"), lines, scrolls),
		p.pager.scrolls(e.look, e.keys.up, "", lines, scrolls).listed(),
	}
	all = append(all, p.pager.pages(e.look, lines, scrolls)...)
	return append(all, e.anyOther(e.words.T("key.back"), list))
}

// draw draws the list and, below it, the search.
func (p scenePicker) draw(e look, hints []action) layout {
	col := e.column()
	if p.asks != nil {
		return layout{title: p.asks.Words, hints: hints, pinned: true, top: p.pager.top, body: p.danger(e, col)}
	}
	l := layout{title: e.words.T("present.goto"), hints: hints, pinned: true}
	head := ""
	for i, sc := range p.found() {
		if sc.Head != head {
			if head = sc.Head; len(l.body) > 0 {
				l.body = append(l.body, "")
			}
			l.body = append(l.body, wrap(e.theme.strong, head, col)...)
		}
		mark, style := e.marked(i == p.at, e.theme.text)
		if i == p.at {
			l.top = len(l.body) - e.rows()/2
		}
		l.body = append(l.body, e.banded(prefixed(wrap(style, sc.Words, col-2), mark, "  "), i == p.at, col)...)
	}
	p.search.put(e, &l, col)
	return l
}

// danger draws why a scene has to be confirmed, and what everyone would read there.
func (p scenePicker) danger(e look, col int) []string {
	k, w := e.keys, e.words
	lines := wrap(e.theme.strong, "! "+p.asks.Asks, col)
	lines = append(append(lines, ""), wrap(e.theme.strong, w.T("jump.sure"), col)...)
	lines = append(append(lines, ""), wrap(e.theme.text, w.T("jump.before", "Stop", k.roomStop.Help().Key, "Blank",
		k.roomBlank.Help().Key, "Card", k.card.Help().Key), col)...)
	if len(p.reads) > 0 {
		lines = append(append(lines, ""), wrap(e.theme.muted, w.T("jump.reads"), col)...)
		lines = append(append(lines, ""), p.reads...)
	}
	return lines
}
