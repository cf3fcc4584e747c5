package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"wayout/internal/lesson"
	themes "wayout/internal/theme"
)

// theme is how everything looks. There is one accent; meaning is never carried
// by a colour alone. Text stands on the terminal's own background and is at
// least 4.5:1 on the usual ones (WCAG 2.2, 1.4.3), which a test holds.
type theme struct {
	name  string
	plain bool // No colour at all.
	fills bool // Messages and the selected line have backgrounds of their own.

	text, strong, muted             lipgloss.Style
	accent, title, selected         lipgloss.Style
	safe, risky, harmful, important lipgloss.Style
	bubbleIn, bubbleOut, rule       lipgloss.Style

	colors palette
}

// palette is the colours of a theme, by role. A nil colour is the terminal's.
type palette struct {
	text, muted, accent, risky, harmful, rule color.Color
	ink, bubble, own, band                    color.Color
	people                                    []color.Color
}

// colorsOf returns the colours of a theme: NoColor for Contrast, and nil for Mono and unknown names.
func colorsOf(name string) palette {
	t, ok := themes.Find(name)
	switch {
	case ok:
		p := palette{muted: lipgloss.Color(t.Muted), accent: lipgloss.Color(t.Accent), risky: lipgloss.Color(t.Risky),
			harmful: lipgloss.Color(t.Harmful), rule: lipgloss.Color(t.Rule), ink: lipgloss.Color(t.Ink),
			bubble: lipgloss.Color(t.Bubble), own: lipgloss.Color(t.Own), band: lipgloss.Color(t.Band)}
		for _, c := range t.People {
			p.people = append(p.people, lipgloss.Color(c))
		}
		return p
	case name == themes.Contrast:
		own := lipgloss.NoColor{}
		return palette{muted: own, accent: own, risky: own, harmful: own, rule: own}
	}
	return palette{}
}

// newTheme returns the theme of this name. For "auto" and unknown names it returns
// the one in the terminal's own colours, which are readable on any background; with
// "auto" it stays until the terminal has reported its background.
func newTheme(name string) *theme {
	if _, ok := themes.Find(name); !ok && name != themes.Mono {
		name = themes.Contrast
	}
	p := colorsOf(name)
	fg := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	t := &theme{name: name, plain: name == themes.Mono || name == themes.Contrast, colors: p}
	t.text = fg(p.text)
	t.strong = t.text.Bold(true)
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
	return t
}

// filled returns the theme with backgrounds of its own, if it has colours for them. Sixteen
// colours are too few: each terminal shows another one for a quiet background.
func (t *theme) filled() *theme {
	if t.colors.bubble == nil {
		return t
	}
	f := *t
	f.fills = true
	return &f
}

// person returns the style of the name of someone in a chat; see [lesson.Block].
func (t *theme) person(voice int) lipgloss.Style {
	if n := len(t.colors.people); voice > 0 && n > 0 {
		return lipgloss.NewStyle().Foreground(t.colors.people[(voice-1)%n])
	}
	return t.muted
}

// alert returns the style and the sign of a comment. The sign is ASCII, which
// every font has; the words beside it carry the meaning.
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
