package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// beatKey is what a drawn beat depends on.
type beatKey struct {
	block  *lesson.Block
	choice *lesson.Choice
	move   *play.Move
	width  int
	theme  string
	boxed  bool
	named  bool
	marked bool
	own    bool // Whom the learner helps has written it.
	page   bool // Whether the prose in it was there.
}

// beat returns the lines of one beat of a run. Somebody who goes on talking is
// not named again.
func (e env) beat(run play.Run, i, width int) []string {
	return e.beatAs(run, i, width, named(run.Beats(), i))
}

// beatAs is beat for somebody who may not have seen who wrote before.
func (e env) beatAs(run play.Run, i, width int, named bool) []string {
	b := run.Beats()[i]
	k := beatKey{block: b.Block, choice: b.Choice, move: b.Move, width: width, theme: e.theme.name,
		boxed: e.roomy(), named: named}
	if b.Block != nil {
		k.marked = run.Marked(b.Block.Pos)
		k.own = b.Block.Kind == lesson.Message && run.Lesson().Helps(b.Scene, b.Block.Who)
		k.page = b.Block.Kind == lesson.Feedback && e.read(e.prose(b.Block.Text, width-3)) != nil
	}
	if lines, ok := e.shelf.beats[k]; ok {
		return lines
	}
	lines := e.drawBeat(run, b, k)
	e.shelf.beats[k] = lines
	return lines
}

// named reports whether the writer of message i was not the last to write.
func named(beats []play.Beat, i int) bool {
	b := beats[i].Block
	if b == nil {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		switch p := beats[j].Block; {
		case p == nil:
			return true
		case p.Kind == lesson.Typing:
			continue
		case p.Kind != lesson.Message:
			return true
		default:
			return p.Who != b.Who
		}
	}
	return true
}

func (e env) drawBeat(run play.Run, b play.Beat, k beatKey) []string {
	switch {
	case b.Choice != nil && b.Choice == run.Lesson().Scenes[b.Scene].Onward:
		return nil
	case b.Choice != nil:
		style, _ := e.theme.rating(b.Choice.Rating)
		lines := wrap(e.theme.strong, b.Choice.String(), k.width-4)
		return append(prefixed(lines, style.Render("▸ "), "  "), "")
	case b.Move != nil:
		return e.drawMove(run, b, k.width)
	}
	switch b.Block.Kind {
	case lesson.Message:
		return e.drawMessage(run.Lesson(), b.Block, k)
	case lesson.Typing:
		return wrap(e.theme.muted, e.words.T("player.typing", "Who", b.Block.Who), k.width)
	case lesson.Moment:
		return []string{lipgloss.PlaceHorizontal(k.width, lipgloss.Center, e.theme.muted.Render(ansi.Truncate(b.Block.Text[0].String(), k.width, "…"))), ""}
	case lesson.Feedback:
		return e.drawFeedback(b.Block, k.width)
	}
	return append(e.paras(b.Block.Text, k.width), "")
}

// paras draws narration. It is chat-side text, short and plain, and is drawn by
// us; the panels are Glamour's.
func (e env) paras(text []lesson.Para, width int) []string {
	var lines []string
	for i, p := range text {
		if i > 0 && p.Bullet == "" {
			lines = append(lines, "")
		}
		var s strings.Builder
		for _, sp := range p.Spans {
			s.WriteString(e.theme.of(sp).Render(sp.Text))
		}
		bullet := p.Bullet
		if bullet != "" {
			bullet += " "
		}
		hang := ansi.StringWidth(bullet)
		wrapped := strings.Split(lipgloss.Wrap(s.String(), max(width-hang, 1), ""), "\n")
		lines = append(lines, prefixed(wrapped, bullet, strings.Repeat(" ", hang))...)
	}
	return lines
}

// drawMessage draws a chat bubble: others on the left, the one whom the learner
// helps on the right.
func (e env) drawMessage(l *lesson.Lesson, m *lesson.Block, k beatKey) []string {
	style := e.theme.bubbleIn
	if k.own {
		style = e.theme.bubbleOut
	}
	inner := max(min(k.width*3/4, 52)-4, 6)
	words := e.paras(m.Text, inner)
	var lines []string
	if k.boxed {
		lines = boxed(words, style)
	} else {
		lines = prefixed(words, style.Render("│ "), style.Render("│ "))
	}
	if k.named {
		lines = append([]string{e.theme.muted.Render(m.Who)}, lines...)
	}
	if k.marked {
		for _, s := range m.Signs {
			name, _ := e.course.SignName(l.Signs[s].Kind)
			lines = append(lines, e.theme.accent.Render("⚑ "+name))
		}
	}
	if k.own {
		return toRight(lines, k.width)
	}
	return lines
}

// boxed draws a rounded box around lines, as wide as the longest.
func boxed(words []string, style lipgloss.Style) []string {
	width := 0
	for _, w := range words {
		width = max(width, ansi.StringWidth(w))
	}
	lines := []string{style.Render("╭" + strings.Repeat("─", width+2) + "╮")}
	for _, w := range words {
		lines = append(lines, style.Render("│")+" "+w+strings.Repeat(" ", width-ansi.StringWidth(w))+" "+style.Render("│"))
	}
	return append(lines, style.Render("╰"+strings.Repeat("─", width+2)+"╯"))
}

// toRight moves lines as a block to the right edge.
func toRight(lines []string, width int) []string {
	widest := 0
	for _, l := range lines {
		widest = max(widest, ansi.StringWidth(l))
	}
	pad := strings.Repeat(" ", max(width-widest, 0))
	for i, l := range lines {
		// A short line inside the block, such as the name, goes to its right.
		lines[i] = pad + strings.Repeat(" ", widest-ansi.StringWidth(l)) + l
	}
	return lines
}

// feedbackID names the words that introduce a comment; they say what the sign
// and the colour say.
func (e env) feedbackWords(a lesson.Alert) string {
	switch a {
	case lesson.Tip:
		return e.words.T("feedback.tip")
	case lesson.Warning:
		return e.words.T("feedback.warning")
	case lesson.Caution:
		return e.words.T("feedback.caution")
	}
	return e.words.T("feedback.important")
}

func (e env) drawFeedback(b *lesson.Block, width int) []string {
	style, sign := e.theme.alert(b.Alert)
	bar := style.Render("┃") + "  "
	lines := append(wrap(style, sign+" "+e.feedbackWords(b.Alert), width-3), e.read(e.prose(b.Text, width-3))...)
	return append(prefixed(lines, bar, bar), "")
}

// drawMove says what came of an answer or of a typed line. What was typed is
// nowhere to be drawn from.
func (e env) drawMove(run play.Run, b play.Beat, width int) []string {
	scene := &run.Lesson().Scenes[b.Scene]
	if b.Move.Turn == play.Say {
		words := e.words.T("player.practised", "Who", scene.Rehearsal.Who)
		if names := e.moveNames(b.Move.Said); names != "" {
			words = e.words.T("say.noticed", "Moves", names)
		}
		return append(wrap(e.theme.muted, words, width), "")
	}
	words := e.words.T("player.answered")
	if b.Move.Pick != play.Unsure {
		words = scene.Check.Options[b.Move.Pick].String()
	}
	return append(prefixed(wrap(e.theme.strong, words, width-2), e.theme.accent.Render("▸ "), "  "), "")
}

// moveNames joins the names of moves for a sentence.
func (e env) moveNames(moves []string) string {
	var names []string
	for _, m := range moves {
		names = append(names, e.course.MoveName(m))
	}
	return strings.Join(names, e.words.T("say.and"))
}

func cursorAt(x, y int) *tea.Cursor { return tea.NewCursor(x, y) }
