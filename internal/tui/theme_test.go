package tui

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"

	"wayout/internal/lesson"
	"wayout/internal/settings"
)

// grounds are backgrounds that terminals have by themselves, and popular ones.
var grounds = map[string][]string{
	"dark":  {"#000000", "#1E1E1E", "#282A36", "#0C0C0C"},
	"light": {"#FFFFFF", "#FDF6E3", "#FAFAFA", "#EEE8D5"},
}

// luminance and contrast are WCAG 2.2's.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast holds every text role to 4.5:1 on its grounds, and lines, which
// are no text, to 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	for name, backs := range grounds {
		p := palettes[name]
		for role, c := range map[string]color.Color{"muted": p.muted, "accent": p.accent, "risky": p.risky, "harmful": p.harmful} {
			for _, back := range backs {
				if got := contrast(c, lipgloss.Color(back)); got < 4.5 {
					t.Errorf("%s: %s on %s is %.1f:1", name, role, back, got)
				}
			}
		}
		for _, back := range backs {
			if got := contrast(p.rule, lipgloss.Color(back)); got < 3 {
				t.Errorf("%s: lines on %s are %.1f:1", name, back, got)
			}
		}
	}
}

// TestMeaningIsNotColourAlone gives every comment and every rating a sign of
// its own, in every theme.
func TestMeaningIsNotColourAlone(t *testing.T) {
	for _, name := range settings.Themes()[1:] {
		th := newTheme(name)
		signs := map[string]string{}
		for _, a := range []lesson.Alert{lesson.Tip, lesson.Warning, lesson.Caution, lesson.Important} {
			_, sign := th.alert(a)
			if was, twice := signs[sign]; twice {
				t.Errorf("%s: %q stands for %s and for %d", name, sign, was, a)
			}
			signs[sign] = fmt.Sprint(a)
		}
		signs = map[string]string{}
		for _, r := range []lesson.Rating{lesson.Neutral, lesson.Safe, lesson.Risky, lesson.Harmful} {
			_, sign := th.rating(r)
			if was, twice := signs[sign]; twice {
				t.Errorf("%s: %q stands for %s and for %s", name, sign, was, r)
			}
			signs[sign] = r.String()
		}
	}
}
