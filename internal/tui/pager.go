package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// pager holds the first line shown of a text that may be longer than the screen.
type pager struct{ top int }

// moved returns the pager after a key that scrolls, for a text of so many lines.
func (p pager) moved(e look, press tea.KeyPressMsg, lines int) pager {
	page := max(e.rows()-2, 1)
	switch {
	case key.Matches(press, e.keys.up):
		p.top--
	case key.Matches(press, e.keys.down):
		p.top++
	case key.Matches(press, e.keys.pageUp):
		p.top -= page
	case key.Matches(press, e.keys.pageDown):
		p.top += page
	}
	p.top = min(max(p.top, 0), max(lines-e.rows(), 0))
	return p
}

// arrows returns the table line that scrolls a text of so many lines; keep returns the
// screen with the changed pager.
func (p pager) arrows(e look, lines int, keep func(pager) screen) action {
	return p.scrolls(e, e.keys.upDown, e.words.T("key.read"), lines, keep)
}

// pages returns the table lines that scroll by pages.
func (p pager) pages(e look, lines int, keep func(pager) screen) []action {
	return []action{
		p.scrolls(e, e.keys.pageUp, "", lines, keep).listed(),
		p.scrolls(e, e.keys.pageDown, "", lines, keep).listed(),
	}
}

// scrolls returns a table line that scrolls. At the end of the text it is off, and says so
// on the page of keys only: a line above the hints would take one away from the text.
func (p pager) scrolls(e look, b key.Binding, words string, lines int, keep func(pager) screen) action {
	a := doesWith(b, words, func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		return keep(p.moved(e.look, press, lines)), nil, nil
	})
	shown := b.Help().Key
	ups := shown == e.keys.up.Help().Key || shown == e.keys.pageUp.Help().Key
	downs := shown == e.keys.down.Help().Key || shown == e.keys.pageDown.Help().Key
	a = a.offIf(ups && p.top == 0, e.words.T("off.top")).offIf(downs && p.top >= lines-e.rows(),
		e.words.T("off.bottom"))
	a = a.offIf(lines <= e.rows(), e.words.T("off.fits"))
	a.hush = true
	return a
}

// page draws a text that is read from the top. A head in the last row is left for when what it's the
// head of is seen, too.
func (e look) page(title string, body []string, p pager, hints []action) frame {
	rows := e.rows()
	last := min(max(p.top, 0), max(len(body)-rows, 0)) + rows - 1
	if last < len(body)-1 && body[last] != "" && body[last] == e.theme.title.Render(ansi.Strip(body[last])) {
		body = slices.Clone(body)
		body[last] = ""
	}
	return e.fit(layout{title: title, body: body, pinned: true, top: p.top, hints: hints})
}

// reads returns the table for a page that is only read, and closed.
func (p pager) reads(e look, lines int, keep func(pager) screen) []action {
	all := append([]action{p.arrows(e, lines, keep)}, e.closes()...)
	return append(all, p.pages(e, lines, keep)...)
}
