package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// chat is a run as it comes in, beat by beat. It stops where the page is full, and goes
// on at a key.
type chat struct {
	run    play.Run
	shown  int  // Beats that have come in.
	read   int  // Beats that were there when the learner last pressed a key.
	stage  int  // How many stages of the next beat have come in; see stages.
	paused bool // The page is full; more comes at a key.
	up     int  // Lines scrolled back from the end.
	turn   int  // Counts the turns, so that a stale tick is ignored.
	placed bool // The first beat says when, where and who, and stays in sight; see place.
}

// tick brings the next beat in, if the turn is still the one it was made for.
type tick struct{ turn int }

// wholeChat returns a chat in which everything has come in and was read.
func wholeChat(run play.Run) chat {
	return chat{run: run, shown: len(run.Beats()), read: len(run.Beats())}
}

// chatBefore returns a chat in which the present scene is still to come in.
func chatBefore(run play.Run) chat {
	c := wholeChat(run)
	for c.read > 0 && run.Beats()[c.read-1].Step == run.Step() {
		c.read--
	}
	c.shown = c.read
	return c
}

// whole reports whether everything has come in.
func (c chat) whole() bool { return c.shown == len(c.run.Beats()) }

// update takes a tick.
func (c chat) update(e look, t tick) (chat, tea.Cmd) {
	if t.turn != c.turn || c.paused {
		return c, nil
	}
	return c.come(e)
}

// with begins to bring in what a move has brought.
func (c chat) with(e look, run play.Run) (chat, tea.Cmd) {
	c.run, c.read, c.stage, c.paused = run, c.shown, 0, false
	c.turn++
	return c.come(e)
}

// come brings beats in until the page is full, all are there, or, with motion,
// the next one has to be waited for.
func (c chat) come(e look) (chat, tea.Cmd) {
	beats := c.run.Beats()
	for !c.whole() {
		if c.shown > c.read && c.page(e, c.read, c.shown+1) > c.room(e) {
			c.paused = true
			return c, nil
		}
		if stages := c.stages(e, c.shown); e.motion && c.stage < len(stages) {
			c.stage++
			return c, c.after(stages[c.stage-1].wait)
		}
		c.stage = 0
		c.shown++
		if e.motion && !c.whole() && beats[c.shown-1].Choice == nil {
			return c, c.after(c.pause(e, c.shown-1))
		}
	}
	return c, nil
}

// after returns the command that brings the next beat in after wait.
func (c chat) after(wait time.Duration) tea.Cmd {
	turn := c.turn
	return tea.Tick(wait, func(time.Time) tea.Msg { return tick{turn} })
}

// rush brings in at once what was still to come, up to a full page. Waited reports
// whether the chat was waiting for the learner at a full page.
func (c chat) rush(e look) (next chat, waited bool) {
	waited = c.paused
	if c.paused {
		c.paused, c.read = false, c.shown
	}
	c.turn++
	c.stage = 0
	e.motion = false
	next, _ = c.come(e)
	return next, waited
}

// room returns how many rows the chat has while it comes in.
func (c chat) room(e look) int { return max(e.rows()-2-c.kept(e), 1) }

// kept returns how many rows are kept free for the line of place.
func (c chat) kept(e look) int {
	if c.placed && c.read > 0 && !e.roomy() {
		return 1
	}
	return 0
}

// leastPlaced is how many rows a chat has at least if one of them says where it takes place.
const leastPlaced = 4

// place returns the end of the chat as draw does, for a chat whose first beat stays in sight: once that
// has scrolled away, a line with its words stands below the top line, or else in the first row.
func (c chat) place(e look, rows int) (below string, lines []string) {
	lines = c.draw(e, rows)
	first := c.lines(e, 0)
	shown := lines[max(len(lines)-rows, 0):]
	if !c.placed || c.shown == 0 || len(first) == 0 || slices.Contains(shown, first[0]) {
		return "", lines
	}
	if !e.roomy() && rows < leastPlaced {
		return "", lines
	}
	said, above, col := c.run.Beats()[0].Block.String(), e.words.T("tui.above"), e.column()
	said = ansi.Truncate(said, col-ansi.StringWidth(above)-2, "…")
	line := spread(e.theme.muted.Render(said), e.theme.muted.Render(above), col) // The answer may hang on that.
	if e.roomy() {
		return line, lines
	}
	lines = c.draw(e, rows-1)
	return "", append([]string{line}, lines[max(len(lines)-rows+1, 0):]...)
}

// height returns how many lines the beats take from index from up to, but not including, to.
func (c chat) height(e look, from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		n += len(c.lines(e, i))
	}
	return n
}

// page returns how many lines the beats take if nothing stands above them: the first message then has
// its writer's name, also if it follows another one of theirs.
func (c chat) page(e look, from, to int) int {
	n := c.height(e, from, to)
	if i := c.visible(e, from, to); i < to {
		n += len(c.drawn(e, i, true)) - len(c.lines(e, i))
	}
	return n
}

// visible returns the first beat from index from on that takes any line, or to if none before it does.
func (c chat) visible(e look, from, to int) int {
	for from < to && len(c.lines(e, from)) == 0 {
		from++
	}
	return from
}

// lines returns how beat i looks now.
func (c chat) lines(e look, i int) []string { return c.drawn(e, i, false) }

// drawn returns how beat i looks now. Named puts the writer's name above a message even
// if it follows another of theirs.
func (c chat) drawn(e look, i int, named bool) []string {
	b := c.run.Beats()[i]
	it := e.see.Beat(c.run, i)
	if b.Block != nil && b.Block.Kind == lesson.Typing {
		switch _, stopped := it.(view.Event); {
		case i == c.shown-1 && !c.whole():
			it = view.Typing{Words: e.words.T("player.typing", "Who", b.Block.Who)}
		case !stopped && i != c.shown-1:
			return nil // What came after it has replaced it.
		}
	}
	turn := false // The writer's turn begins here.
	switch m := it.(type) {
	case nil:
		return nil
	case view.Message:
		turn, m.First = m.First, m.First || named
		it = m
	case view.Event:
		turn, m.First = m.First, m.First || named
		it = m
	}
	lines := e.story(it, e.column())
	if turn && e.h >= airHeight && e.roomy() && c.follows(i) {
		lines = append([]string{""}, lines...) // A name is nearer to its own message than to the one above.
	}
	if b.Block != nil && b.Block.Kind == lesson.Message && !c.goesOn(i) {
		return append(lines[:len(lines):len(lines)], "") // Drawings are cached, so append must copy.
	}
	return lines
}

// airHeight is the height in rows from which an empty row stands between messages of two writers.
const airHeight = 34

// follows reports whether message i follows another message, with at most someone typing in between.
func (c chat) follows(i int) bool {
	beats := c.run.Beats()
	for i--; i >= 0 && beats[i].Block != nil && beats[i].Block.Kind == lesson.Typing; i-- {
	}
	return i >= 0 && beats[i].Block != nil && beats[i].Block.Kind == lesson.Message
}

// goesOn reports whether another message follows message i, with at most someone typing in between.
func (c chat) goesOn(i int) bool {
	for _, b := range c.run.Beats()[i+1:] {
		if b.Block == nil || b.Block.Kind != lesson.Typing {
			return b.Block != nil && b.Block.Kind == lesson.Message
		}
	}
	return false
}

// draw returns the end of the chat, as much as fits into so many rows. Unless the learner
// has scrolled back, no beat is cut, and the first message says who wrote it.
func (c chat) draw(e look, rows int) []string {
	if c.up > 0 {
		var lines []string
		for i := c.shown - 1; i >= 0 && len(lines) < rows+c.up; i-- {
			lines = slices.Concat(c.lines(e, i), lines)
		}
		return lines[:max(len(lines)-c.up, 0)]
	}
	arriving := c.arriving(e)
	from, n := c.shown, len(arriving)
	for from > 0 {
		more := len(c.lines(e, from-1))
		if n > 0 && n+more > rows && from <= c.read {
			break
		}
		from, n = from-1, n+more
	}
	from, named := c.unnamed(e, from, n, rows)
	var lines []string
	for i := from; i < c.shown; i++ {
		lines = append(lines, c.drawn(e, i, i == named)...)
	}
	lines = append(lines, arriving...)
	if from > 0 && len(lines) < rows { // What stands below keeps its place while the chat goes up.
		lines = append(make([]string, rows-len(lines)), lines...)
	}
	return lines
}

// unnamed returns the first beat to draw, and the beat to draw with its writer's name: the first
// visible one, or -1 if none is visible. Beats for which there is no room are left out whole, except
// for the last.
func (c chat) unnamed(e look, from, n, rows int) (first, named int) {
	for {
		i := c.visible(e, from, c.shown)
		if i == c.shown {
			return from, -1
		}
		extra := len(c.drawn(e, i, true)) - len(c.lines(e, i))
		if n+extra <= rows || c.visible(e, i+1, c.shown) == c.shown {
			return from, i
		}
		from, n = i+1, n-len(c.lines(e, i))
	}
}

// atTop reports whether nothing stands above what is shown.
func (c chat) atTop(e look) bool {
	n := 0
	for i := c.shown - 1; i >= 0; i-- {
		if n += len(c.lines(e, i)); n > c.up+e.rows()/2 {
			return false
		}
	}
	return true
}

// keys returns the table lines that scroll back and forward by half a page.
func (c chat) keys(e look, keep func(chat) screen) []action {
	scroll := func(by int) func(env) (screen, request, tea.Cmd) {
		return func(e env) (screen, request, tea.Cmd) {
			c.up = min(max(c.up+by*(e.rows()/2), 0), max(c.height(e.look, 0, c.shown)-1, 0))
			return keep(c), nil, nil
		}
	}
	return []action{
		does(e.keys.pageUp, "", scroll(1)).offIf(c.atTop(e), e.words.T("off.top")),
		does(e.keys.pageDown, "", scroll(-1)).offIf(c.up == 0, e.words.T("off.bottom")),
	}
}
