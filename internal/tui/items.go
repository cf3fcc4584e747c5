package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// itemKey holds everything that the drawing of a story's item depends on.
type itemKey struct {
	key   view.Key
	width int
	theme string
	boxed bool
	fills bool
	first bool
	signs int
}

// beat returns the lines of one beat of a run; none for a beat that isn't shown.
func (e look) beat(run play.Run, i, width int) []string {
	it := e.see.Beat(run, i)
	if it == nil {
		return nil
	}
	return e.story(it, width)
}

// story draws an item of a story. Drawings are cached, because a chat is redrawn at every
// key.
func (e look) story(it view.Item, width int) []string {
	k := itemKey{width: width, theme: e.theme.name, boxed: e.roomy(), fills: e.theme.fills}
	switch it := it.(type) {
	case view.Message:
		k.key, k.first, k.signs = it.Key, it.First, len(it.Signs)
	case view.Event:
		k.key, k.first, k.signs = it.Key, it.First, len(it.Signs)
	case view.Speech:
		k.key, k.signs = it.Key, len(it.Signs)
	case view.AppLine:
		k.key = it.Key
	case view.Narration:
		k.key = it.Key
	case view.Feedback:
		k.key = it.Key
	}
	if k.key == (view.Key{}) {
		return e.drawStory(it, width)
	}
	if lines, ok := e.drawings.items[k]; ok {
		return lines
	}
	lines := e.drawStory(it, width)
	e.drawings.items[k] = lines
	return lines
}

func (e look) drawStory(it view.Item, width int) []string {
	switch it := it.(type) {
	case view.Message:
		return e.message(it, width)
	case view.Event:
		return e.event(it, width)
	case view.Speech:
		return append(e.speech(it, width), "")
	case view.AppLine:
		return e.aside(it.Text, width-4, width)
	case view.RightNow:
		lines, _ := e.rightNow(it, -1, width)
		return append(lines, e.hopeless(it, width)...)
	case view.Typing:
		return wrap(e.theme.muted, it.Words, width)
	case view.Moment:
		return e.aside(it.Text, width, width)
	case view.Narration:
		return append(e.paras(it.Text, width), "")
	case view.Opening:
		return append(e.paras(it.Text, width), "")
	case view.Moved:
		return append(wrap(e.theme.strong, it.Words, width), "")
	case view.Feedback:
		style, sign := e.theme.alert(it.Alert)
		lines := append(wrap(style, sign+" "+it.Head, width-3), e.paras(it.Text, width-3)...)
		return append(e.barred(lines, style, width), "")
	case view.Chosen:
		style, _ := e.theme.rating(it.Rating)
		return append(prefixed(wrap(e.theme.strong, it.Words, width-4), style.Render("▸ "), "  "), "")
	case view.Answered:
		return append(prefixed(wrap(e.theme.strong, it.Words, width-2), e.theme.accent.Render("▸ "), "  "), "")
	case view.Practised:
		return append(wrap(e.theme.muted, it.Words, width), "")
	case view.Heard:
		return e.heard(it, width)
	case view.Meant:
		return append(wrap(e.theme.strong, it.Asks, width),
			wrap(e.theme.text, strings.Join(it.Options, "\n"), width)...)
	case view.HelpFirst:
		return append(e.helpFirst(it, width), wrap(e.theme.muted, it.Back, width)...)
	}
	return nil
}

// paras draws paragraphs and flat lists of a lesson. They are spans with two kinds of
// emphasis, so they need no Markdown renderer. Glamour draws the article, the help and
// the words of the interface around them; see prose.go.
func (e look) paras(text []lesson.Para, width int) []string {
	var lines []string
	for i, p := range text {
		if i > 0 && p.Bullet == "" {
			lines = append(lines, "")
		}
		words := e.styled(p.Spans)
		bullet := p.Bullet
		if bullet != "" {
			bullet += " "
		}
		hang := ansi.StringWidth(bullet)
		wrapped := strings.Split(lipgloss.Wrap(words, max(width-hang, 1), ""), "\n")
		lines = append(lines, prefixed(wrapped, bullet, strings.Repeat(" ", hang))...)
	}
	return lines
}

// styled returns spans in the styles of what they emphasise.
func (e look) styled(spans []lesson.Span) string {
	var s strings.Builder
	for _, sp := range spans {
		s.WriteString(e.theme.of(sp).Render(sp.Text))
	}
	return s.String()
}

// message draws a chat bubble: others on the left, the one whom the learner helps on
// the right.
func (e look) message(m view.Message, width int) []string {
	style, ground := e.theme.bubbleIn, e.theme.colors.tinted(m.Voice)
	if m.Own {
		style, ground = e.theme.bubbleOut, e.theme.colors.own
	}
	words := e.paras([]lesson.Para{{Spans: m.Text}}, max(min(width*3/4, 52)-4, 6))
	var lines []string
	switch {
	case e.roomy() && e.theme.fills:
		lines = bubble(words, e.theme.colors.ink, ground)
	case e.roomy():
		lines = boxed(words, style)
	default:
		lines = prefixed(words, style.Render("│ "), style.Render("│ "))
	}
	lines = append(wrap(e.theme.muted, m.Drew, max(width*3/4, 6)), lines...)
	return e.sided(lines, m.Who, m.Voice, m.First, m.Own, m.Signs, width)
}

// sided puts the name of a writer above what they wrote and the signs in it below,
// and moves what the learner's person wrote to the right.
func (e look) sided(lines []string, who string, voice int, first, own bool, signs []string, width int) []string {
	if own {
		lines = even(lines) // So that what was written keeps one edge on the left.
	}
	if first {
		lines = append([]string{e.theme.person(voice).Render(who)}, lines...)
	}
	for _, name := range signs {
		lines = append(lines, e.theme.accent.Render("⚑ "+name))
	}
	if own {
		return toRight(lines, width)
	}
	return lines
}

// even fills lines up to the width of the longest.
func even(lines []string) []string {
	widest := widest(lines)
	for i, l := range lines {
		lines[i] = l + strings.Repeat(" ", widest-ansi.StringWidth(l))
	}
	return lines
}

// event draws what is in the chat but isn't text, in square brackets and without a
// bubble. What it holds follows, such as the words of a voice message.
func (e look) event(v view.Event, width int) []string {
	words := append([]lesson.Span{{Text: "[" + v.What + "]"}}, v.Text...)
	if len(v.Text) > 0 {
		words[0].Text += " "
	}
	lines := prefixed(e.paras([]lesson.Para{{Spans: words}}, max(min(width*3/4, 52)-4, 6)), e.theme.muted.Render("┆ "),
		e.theme.muted.Render("┆ "))
	return e.sided(lines, v.Who, v.Voice, v.First, v.Own, v.Signs, width)
}

// speech draws what is said aloud: a line of its own across the page, and never a
// bubble.
func (e look) speech(s view.Speech, width int) []string {
	who := e.theme.strong
	if s.Voice > 0 {
		who = e.theme.person(s.Voice).Bold(true)
	}
	words := lipgloss.Wrap(who.Render(s.Who+":")+e.theme.text.Render(" ")+e.styled(s.Text), max(width-2, 1), "")
	lines := prefixed(strings.Split(words, "\n"), "", "  ")
	for _, name := range s.Signs {
		lines = append(lines, e.theme.accent.Render("⚑ "+name))
	}
	return lines
}

// aside draws a line that nobody in the chat has said: muted, and in the middle.
func (e look) aside(text []lesson.Span, most, width int) []string {
	lines := wrap(e.theme.muted, lesson.Para{Spans: text}.String(), most)
	for i, l := range lines {
		lines[i] = lipgloss.PlaceHorizontal(width, lipgloss.Center, l)
	}
	return append(lines, "")
}

// boxed draws a rounded box around lines, as wide as the longest.
func boxed(words []string, style lipgloss.Style) []string {
	rule := strings.Repeat("─", widest(words)+2)
	side := style.Render("│")
	lines := []string{style.Render("╭" + rule + "╮")}
	for _, w := range even(words) {
		lines = append(lines, side+" "+w+" "+side)
	}
	return append(lines, style.Render("╰"+rule+"╯"))
}

// toRight moves lines as a block to the right edge.
func toRight(lines []string, width int) []string {
	widest := widest(lines)
	pad := strings.Repeat(" ", max(width-widest, 0))
	for i, l := range lines {
		// A short line inside the block, such as the name, goes to its right.
		lines[i] = pad + strings.Repeat(" ", widest-ansi.StringWidth(l)) + l
	}
	return lines
}

// models draws examples of what a line could say.
func (e look) models(m view.Models, style lipgloss.Style, width int) []string {
	lines := wrap(style, m.Head, width)
	for _, msg := range m.Messages {
		if m.Aloud {
			lines = append(lines, e.speech(view.Speech{Who: msg.Who, Text: msg.Text}, width)...)
			continue
		}
		lines = append(lines, e.message(msg, width)...)
	}
	if m.Leads != "" {
		lines = append(append(lines, ""), wrap(e.theme.text, m.Leads, width)...)
	}
	return lines
}

// explanation draws why each answer of a knowledge check is what it is.
func (e look) explanation(x view.Explanation, width int) []string {
	var lines []string
	if x.Lead != "" {
		lines = append(wrap(e.theme.strong, x.Lead, width), "")
	}
	for _, a := range x.Answers {
		style, sign := e.theme.text, "–"
		if a.Right {
			style, sign = e.theme.safe, "+"
		}
		words := a.Words
		if a.Picked {
			words += "  " + e.words.T("check.yours")
		}
		lines = append(lines, prefixed(wrap(style, words, width-2), style.Render(sign+" "), "  ")...)
		lines = append(lines, prefixed(e.paras(a.Why, width-4), "    ", "    ")...)
		if e.roomy() {
			lines = append(lines, "")
		}
	}
	return lines
}

func cursorAt(x, y int) *tea.Cursor { return tea.NewCursor(x, y) }
