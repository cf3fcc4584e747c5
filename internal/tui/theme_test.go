package tui

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/settings"
	themes "wayout/internal/theme"
)

// grounds are common backgrounds of terminals, dark and light.
var grounds = map[string][]string{
	"dark":  {"#000000", "#1E1E1E", "#282A36", "#0C0C0C"},
	"light": {"#FFFFFF", "#FDF6E3", "#FAFAFA", "#EEE8D5"},
}

// luminance and contrast are computed as WCAG 2.2 defines them.
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

// roles returns the colours of text, by what they are for.
func (p palette) roles() map[string]color.Color {
	all := map[string]color.Color{"muted": p.muted, "accent": p.accent, "risky": p.risky, "harmful": p.harmful}
	for i, c := range p.people {
		all[fmt.Sprintf("person %d", i+1)] = c
	}
	return all
}

// TestContrast checks that every text role has 4.5:1 on its backgrounds, and that
// lines, which aren't text, have 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	for _, th := range themes.All() {
		name, backs := th.Name, grounds[th.Ground]
		if len(backs) == 0 {
			t.Errorf("%s is for no ground that there is", name)
		}
		p := colorsOf(name)
		for role, c := range p.roles() {
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

// TestGrounds checks that text on the program's own backgrounds has 4.5:1: messages on each
// person's background, and lines of a list on that of the selected line. With only sixteen
// colours, or none, the program has no backgrounds of its own.
func TestGrounds(t *testing.T) {
	for _, th := range themes.All() {
		p := colorsOf(th.Name)
		grounds := []color.Color{p.own, p.bubble}
		for i := range p.people {
			grounds = append(grounds, p.tinted(i+1))
		}
		for _, g := range grounds {
			if got := contrast(p.ink, g); got < 7 {
				t.Errorf("%s: text on %s is %.1f:1", th.Name, hexOf(g), got)
			}
		}
		for role, c := range map[string]color.Color{"muted": p.muted, "accent": p.accent, "text": p.ink,
			"risky": p.risky, "harmful": p.harmful} {
			if got := contrast(c, p.band); got < 4.5 {
				t.Errorf("%s: %s on the ground of comments is %.1f:1", th.Name, role, got)
			}
			if got := contrast(c, p.own); role != "risky" && role != "harmful" && got < 4.5 {
				t.Errorf("%s: %s on the line that's selected is %.1f:1", th.Name, role, got)
			}
		}
	}
	for _, name := range []string{themes.Contrast, themes.Mono} {
		if newTheme(name).filled().fills {
			t.Errorf("%s has grounds", name)
		}
	}
	p := New(options(t))
	for profile, want := range map[colorprofile.Profile]bool{colorprofile.TrueColor: true, colorprofile.ANSI256: true,
		colorprofile.ANSI: false, colorprofile.ASCII: false} {
		p.dress("dark")
		p.Update(tea.ColorProfileMsg{Profile: profile})
		if p.env.theme.fills != want {
			t.Errorf("with %s there are grounds: %v", profile, !want)
		}
	}
}

func hexOf(c color.Color) string {
	full, _ := colorful.MakeColor(c)
	return full.Hex()
}

// TestBubbleTakesNoMorePlace checks that a message takes the same cells with and without a
// background, and that no style in it ends the background.
func TestBubbleTakesNoMorePlace(t *testing.T) {
	words := []string{"one " + newTheme("dark").strong.Render("two"), "three"}
	box := boxed(words, newTheme("dark").rule)
	filled := bubble(words, lipgloss.Color("#FFFFFF"), lipgloss.Color("#222222"))
	if len(box) != len(filled) {
		t.Fatalf("%d and %d lines", len(box), len(filled))
	}
	for i := range box {
		if a, b := ansi.StringWidth(box[i]), ansi.StringWidth(filled[i]); a != b {
			t.Errorf("line %d has %d and %d cells", i, a, b)
		}
	}
	for _, l := range filled[1 : len(filled)-1] {
		cells := uv.NewScreenBuffer(ansi.StringWidth(l), 1)
		uv.NewStyledString(l).Draw(cells, cells.Bounds())
		for x := range cells.Width() {
			if c := cells.CellAt(x, 0); c == nil || c.Style.Bg == nil {
				t.Errorf("cell %d of %q has no ground", x, l)
			}
		}
	}
}

// TestThemesHaveWords checks that each theme is named by words for what it is for.
func TestThemesHaveWords(t *testing.T) {
	words := options(t).Course.Words()
	for _, name := range settings.Themes() {
		if words.SettingValue("theme", name) == name {
			t.Errorf("%s has no words", name)
		}
	}
}

// TestPeopleAreToldApart checks that the names of people in a chat have colours of their own,
// except for the person whom the learner helps, and except in themes without colours.
func TestPeopleAreToldApart(t *testing.T) {
	l, _, err := coursetest.Shipped(t).Lesson("seen-by-46")
	if err != nil || l == nil {
		t.Fatal(err)
	}
	numbers := make(map[string]int)
	for i := range l.Scenes {
		for b := range l.Scenes[i].Blocks() {
			if was, ok := numbers[b.Who]; b.Who != "" && ok && was != b.Voice {
				t.Errorf("%s is %d and %d", b.Who, was, b.Voice)
			}
			numbers[b.Who] = b.Voice
		}
	}
	if numbers["Ben"] != 0 || numbers["Kade"] != 1 || numbers["Dougie"] != 2 || numbers["Brooke"] == 0 {
		t.Errorf("the numbers are %v", numbers)
	}
	dark := newTheme("dark")
	if a, b := dark.person(1).Render("x"), dark.person(2).Render("x"); a == b || a == dark.muted.Render("x") {
		t.Errorf("%q and %q", a, b)
	}
	for _, name := range []string{"contrast", "mono"} {
		if th := newTheme(name); th.person(1).Render("x") != th.muted.Render("x") {
			t.Errorf("%s has a colour for a person", name)
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

// deficiencies are what protanopia, deuteranopia and tritanopia make of linear
// red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1.0).
var deficiencies = map[string][3][3]float64{
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritan": {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// seen returns a colour as someone with a deficiency sees it.
func seen(c color.Color, m [3][3]float64) colorful.Color {
	full, _ := colorful.MakeColor(c)
	r, g, b := full.LinearRgb()
	mix := func(row [3]float64) float64 { return min(max(row[0]*r+row[1]*g+row[2]*b, 0), 1) }
	return colorful.LinearRgb(mix(m[0]), mix(m[1]), mix(m[2]))
}

// TestColourVision checks that for three kinds of colour vision every text still has
// 4.5:1 on its backgrounds, and that the colours of the kinds of comment are 8 apart in
// CIEDE2000, four times what is just noticed. Nobody has to tell them apart by colour,
// since each kind has a sign and words of its own.
func TestColourVision(t *testing.T) {
	for _, th := range themes.All() {
		name, backs := th.Name, grounds[th.Ground]
		p := colorsOf(name)
		roles := p.roles()
		for kind, m := range deficiencies {
			for role, c := range roles {
				for _, back := range backs {
					if got := contrast(seen(c, m), seen(lipgloss.Color(back), m)); got < 4.5 {
						t.Errorf("%s, %s: %s on %s is %.1f:1", name, kind, role, back, got)
					}
				}
			}
			for _, pair := range [][2]string{{"accent", "risky"}, {"accent", "harmful"}, {"risky", "harmful"}} {
				apart := seen(roles[pair[0]], m).DistanceCIEDE2000(seen(roles[pair[1]], m)) * 100
				if apart < 8 {
					t.Errorf("%s, %s: %s and %s are %.0f apart", name, kind, pair[0], pair[1], apart)
				}
			}
		}
	}
}
