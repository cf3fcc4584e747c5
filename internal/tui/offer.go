package tui

// offer draws what can be taken, numbered, the selected one with a mark; at is -1
// where none is. Below, which may be nil, gives lines that stand under one of
// them. It returns at which line each begins.
func (e env) offer(labels []string, at, col int, below func(i int) []string) (lines []string, from []int) {
	for i, words := range labels {
		from = append(from, len(lines))
		mark, style := "  ", e.theme.text
		if i == at {
			mark, style = "▸ ", e.theme.selected
		}
		lines = append(lines, prefixed(wrap(style, words, col-5), style.Render(mark+string(rune('1'+i))+"  "),
			spaces(5))...)
		if below != nil {
			lines = append(lines, below(i)...)
		}
	}
	return lines, from
}

// put adds an offer to the panel of a layout, with the cursor on what is selected,
// and makes each line of it answer a click.
func (e env) put(l *layout, labels []string, at, col int) {
	lines, from := e.offer(labels, at, col, nil)
	base := len(l.panel)
	for i := range labels {
		to := len(lines)
		if i+1 < len(from) {
			to = from[i+1]
		}
		if i == at {
			l.cursor = &place{x: 0, y: base + from[i], panel: true}
		}
		l.clicks = append(l.clicks, click{from: base + from[i], to: base + to, panel: true, msg: pick{i}})
	}
	l.panel = append(l.panel, lines...)
}
