package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"wayout/internal/lesson"
)

// theme is how everything looks. There is one accent; meaning is never carried
// by a colour alone. Text stands on the terminal's own background and is at
// least 4.5:1 on the usual ones (WCAG 2.2, 1.4.3), which a test holds.
type theme struct {
	name  string
	plain bool // No colour at all.

	text, strong, muted, italic      lipgloss.Style
	accent, title, selected          lipgloss.Style
	safe, risky, harmful, important  lipgloss.Style
	bubbleIn, bubbleOut, rule, error lipgloss.Style

	colors palette
}

// palette is the colours of a theme, by role. A nil colour is the terminal's.
type palette struct {
	text, muted, accent, risky, harmful, rule color.Color
}

// palettes are tuned against eight backgrounds; see theme_test.go.
var palettes = map[string]palette{
	"dark": {muted: lipgloss.Color("#B4BCC8"), accent: lipgloss.Color("#86DCC8"), risky: lipgloss.Color("#F2D08A"),
		harmful: lipgloss.Color("#F58BD8"), rule: lipgloss.Color("#7D8794")},
	"light": {muted: lipgloss.Color("#4A515C"), accent: lipgloss.Color("#00594D"), risky: lipgloss.Color("#6B4700"),
		harmful: lipgloss.Color("#96188A"), rule: lipgloss.Color("#7A828C")},
	"contrast": {accent: lipgloss.NoColor{}, muted: lipgloss.NoColor{}, risky: lipgloss.NoColor{},
		harmful: lipgloss.NoColor{}, rule: lipgloss.NoColor{}},
	"mono": {},
}

// newTheme returns the theme of this name. For "auto" and anything unknown it is
// the one in the terminal's own colours, which read on every ground, until the
// terminal has said what ground it has.
func newTheme(name string) *theme {
	p, ok := palettes[name]
	if !ok {
		name, p = "contrast", palettes["contrast"]
	}
	fg := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	t := &theme{name: name, plain: name == "mono" || name == "contrast", colors: p}
	t.text = fg(p.text)
	t.strong = t.text.Bold(true)
	t.italic = t.text.Italic(true)
	t.muted = fg(p.muted)
	t.accent = fg(p.accent)
	t.title = t.accent.Bold(true)
	t.selected = t.accent.Bold(true)
	t.safe = t.accent.Bold(true)
	t.important = t.accent.Bold(true)
	t.risky = fg(p.risky).Bold(true)
	t.harmful = fg(p.harmful).Bold(true)
	t.bubbleIn = fg(p.rule)
	t.bubbleOut = t.accent
	t.rule = fg(p.rule)
	t.error = t.harmful
	return t
}

// alert returns the style and the sign of a comment. The sign has an ASCII
// form in every font; the words beside it carry the meaning.
func (t *theme) alert(a lesson.Alert) (lipgloss.Style, string) {
	switch a {
	case lesson.Tip:
		return t.safe, "+"
	case lesson.Warning:
		return t.risky, "!"
	case lesson.Caution:
		return t.harmful, "x"
	}
	return t.important, "*"
}

// rating returns the style and the sign of a choice that was taken.
func (t *theme) rating(r lesson.Rating) (lipgloss.Style, string) {
	switch r {
	case lesson.Safe:
		return t.safe, "+"
	case lesson.Risky:
		return t.risky, "!"
	case lesson.Harmful:
		return t.harmful, "x"
	}
	return t.muted, "·"
}

// of returns the style of a span of prose or chat.
func (t *theme) of(s lesson.Span) lipgloss.Style {
	style := t.text
	if s.Bold {
		style = style.Bold(true)
	}
	if s.Italic {
		style = style.Italic(true)
	}
	return style
}
