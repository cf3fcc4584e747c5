package tui

import (
	"wayout/internal/helpline"
	"wayout/internal/view"
)

// cardPanel is the card for a disclosure: the school's own people first, and then what to
// do. The room sees nothing while it is read.
type cardPanel struct {
	words view.Card
	staff []helpline.Service
	pager pager
}

func (c cardPanel) lines(e look) []string {
	col := e.column()
	lines := append(wrap(e.theme.title, c.words.Head, col), "")
	for _, v := range c.staff {
		lines = append(lines, wrap(e.theme.strong, v.Name+". "+v.What+" "+v.Call+" "+v.In, col)...)
	}
	if len(c.staff) == 0 {
		lines = append(lines, wrap(e.theme.strong, e.words.T("present.nolead"), col)...)
	}
	lines = append(lines, "")
	for i, point := range c.words.Points {
		number := e.words.T("present.point", "Number", i+1)
		lines = append(lines, prefixed(wrap(e.theme.text, point, col-4), number+spaces(4-len([]rune(number))),
			spaces(4))...)
	}
	return lines
}

// opened returns the card from its beginning.
func (c cardPanel) opened() cardPanel {
	c.pager = pager{}
	return c
}

// keys returns the table lines that scroll.
func (c cardPanel) keys(e look, keep func(cardPanel) screen) []action {
	lines, with := len(c.lines(e)), func(p pager) screen { c.pager = p; return keep(c) }
	down := c.pager.scrolls(e, e.keys.down, e.words.T("key.read"), lines, with)
	return append([]action{down, c.pager.scrolls(e, e.keys.up, "", lines, with).listed()},
		c.pager.pages(e, lines, with)...)
}

func (c cardPanel) draw(e look, hints []action) layout {
	return layout{hints: hints, body: c.lines(e), top: c.pager.top, pinned: true}
}
