package tui

import (
	"image/color"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/coursetest"
	"wayout/internal/progress"
)

// whole returns options with the shipped course.
func whole(t testing.TB) Options {
	o := options(t)
	o.Course = coursetest.Shipped(t)
	return o
}

// TestHomeBySituation checks that every lesson stands under its situation, that each situation
// stands once, and that on a wide terminal what a lesson is about stands beside the list.
func TestHomeBySituation(t *testing.T) {
	d := newDesk(t, whole(t), 120, 80)
	c := d.p.env.course
	rows := strings.Split(d.screen().String(), "\n")
	row := func(words string) int {
		return slices.IndexFunc(rows, func(r string) bool { return strings.Contains(r, words) })
	}
	at, situation := 0, ""
	for _, e := range c.Lessons {
		if s := c.Situation(e.ID); s != situation {
			if n := strings.Count(d.screen().String(), s); s == "" || n != 1 || row(s) <= at {
				t.Errorf("%q stands %d times, in row %d", s, n, row(s))
			}
			situation = s
		}
		if r := row(e.Title + " "); r <= at {
			t.Errorf("%s stands in row %d, and what is before it in %d", e.Title, r, at)
		} else {
			at = r
		}
	}
	first := c.Lessons[0]
	d.want(first.Setting, "You help "+first.Focus)
	d.press("down")
	d.want(c.Lessons[1].Setting, "You help "+c.Lessons[1].Focus)
	for _, size := range [][2]int{{109, 40}, {80, 24}, {60, 16}} {
		d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if d.screen().Contains(c.Lessons[1].Setting) {
			t.Errorf("at %v there is a second column", size)
		}
	}
}

// TestHomeSaysWhatAStoryIsAbout checks that at every size the goal of the selected story stands below
// or beside its line, also if that is the line for where the learner stopped.
func TestHomeSaysWhatAStoryIsAbout(t *testing.T) {
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, whole(t), size[0], size[1])
		says := func(goal string) {
			t.Helper()
			screen := d.screen().String()
			if size[0] >= wideWidth { // Only the first words, as they stand in the column beside the list.
				goal = strings.Join(strings.Fields(goal)[:2], " ")
			}
			if !strings.Contains(plain(screen), goal) {
				t.Errorf("at %v nothing says %q:\n%s", size, goal, screen)
			}
		}
		for _, l := range d.p.env.course.Lessons {
			says(l.Goal)
			d.press("down")
		}
		d = newDesk(t, whole(t), size[0], size[1])
		d.until("▾ more", nil)
		d.press("enter", "esc", "esc")
		d.want("▸ Carry on where you left off")
		says(d.p.env.course.Lessons[0].Goal)
	}
}

// TestSelectedLineIsInInk checks that words on the ground of a selected line are in the ink of that
// ground, strong for the title and regular for the rest, and that without grounds they have the accent.
// Of the other lines, only that for right now is strong.
func TestSelectedLineIsInInk(t *testing.T) {
	for _, name := range []string{"dark", "light"} {
		d := newDesk(t, whole(t), 80, 24)
		d.p.env.theme = newTheme(name)
		p, first := d.p.env.theme.colors, d.p.env.course.Lessons[0]
		cell := func(words string) uv.Cell {
			t.Helper()
			s := d.screen()
			y := s.Row(words)
			if y < 0 {
				t.Fatalf("no %q:\n%s", words, s)
			}
			before, _, _ := strings.Cut(s.Lines()[y], words)
			return s.Cell(widthOf(before), y)
		}
		looks := func(words string, c color.Color, bold bool) {
			t.Helper()
			got := cell(words)
			same := got.Style.Fg == nil && c == nil
			same = same || got.Style.Fg != nil && c != nil && hexOf(got.Style.Fg) == hexOf(c)
			if !same || (got.Style.Attrs&uv.AttrBold != 0) != bold {
				t.Errorf("%s: %q has %v, attributes %d", name, words, got.Style.Fg, got.Style.Attrs)
			}
		}
		minutes := d.p.env.words.T("home.minutes", "Count", first.Minutes)
		looks("▸", p.accent, true)
		looks(first.Title, p.accent, true)
		looks(minutes, p.muted, false)
		d.p.env.theme = d.p.env.theme.filled()
		looks("▸", p.accent, true)
		looks(first.Title, p.ink, true)
		looks(minutes, p.ink, false)
		looks(strings.Join(strings.Fields(first.Goal)[:3], " "), p.ink, false)
		looks("It's happening to me", nil, true)
		for _, words := range []string{d.p.env.course.Lessons[1].Title, "Fine or off?", "Practise what"} {
			if d.until(words, map[string]string{"": "up"}); cell(words).Style.Attrs != 0 {
				t.Errorf("%s: %q is strong", name, words)
			}
		}
	}
}

// TestIntroHasNoWidow checks that the words on top of Home take one line of a column.
func TestIntroHasNoWidow(t *testing.T) {
	if words := options(t).Course.Words().T("home.intro"); widthOf(words) > textWidth {
		t.Errorf("%d cells: %q", widthOf(words), words)
	}
}

// TestContentNoteByTheSentence checks that beside the list each sentence of a content note has a point
// and a line of its own, and that what doesn't fit is left out by whole sentences, which a "…" says.
func TestContentNoteByTheSentence(t *testing.T) {
	full := 0
	for _, size := range [][2]int{{120, 40}, {112, 24}} {
		d := newDesk(t, whole(t), size[0], size[1])
		for _, l := range d.p.env.course.Lessons {
			side := d.p.env.aboutLesson(homeItem{Item: progress.Item{Kind: progress.OneLesson, Lesson: l.ID}})
			for i, row := range side {
				side[i] = ansi.Strip(row)
			}
			if len(side) >= d.p.env.rows() {
				t.Errorf("at %v %s takes %d rows", size, l.ID, len(side))
			}
			note := side[slices.Index(side, "What comes up")+1:]
			says := strings.Join(strings.Fields(strings.Join(note, " ")), " ")
			says, cut := strings.CutSuffix(says, "• …")
			whole := strings.ReplaceAll(strings.ReplaceAll(l.Note, "? ", "? • "), ". ", ". • ")
			if !strings.HasPrefix("• "+whole+" ", says) || !cut && says != "• "+whole {
				t.Errorf("at %v %s: %q is shown of %q", size, l.ID, says, whole)
			}
			if !cut {
				full++
			}
			for _, row := range note {
				if !strings.HasPrefix(row, "• ") && !strings.HasPrefix(row, "  ") {
					t.Errorf("at %v %s: %q isn't indented", size, l.ID, row)
				}
			}
		}
	}
	if full < 12 {
		t.Errorf("only %d notes are whole", full)
	}
}

// TestFindOnHome checks that typing after a slash leaves only the lessons that match, that enter
// opens the selected one, and that escape shows all again.
func TestFindOnHome(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("/")
	d.want("Type a word or two", "Anonymous Heron")
	d.typeIn("passedsq")
	d.want("No story has those words")
	d.press("enter", "down", "up", "pgdown") // There is nothing to open.
	d.want("No story has those words")
	d.press("backspace", "backspace")
	d.want("Something's being passed around", "Seen by 46", "That's Not My Hair",
		"it's passed around his year")
	if d.screen().Contains("Anonymous Heron") || d.screen().Contains("Settings") {
		t.Errorf("something else is on the screen:\n%s", d.screen())
	}
	d.press("esc")
	d.want("Anonymous Heron", "There is a way out")
	for typed, line := range map[string]string{"off": "Fine or off?", "practise": "Practise what",
		"right now": "right now", "sett": "Settings", "plan": "Make a plan"} { // Not lessons, but found.
		d.press("/")
		d.typeIn(typed)
		d.want(line)
		d.press("esc")
	}
	d.press("/")
	d.send(tea.PasteMsg{Content: "hairx"})
	d.want("No story has those words")
	d.press("backspace", "enter")
	d.want("Before you start")
	d.press("enter")
	d.want("That's Not My Hair", "Goal")
}

// TestFoundSaysWhy checks that a search result says below its title why it was found, if it is
// selected or there is room. A sentence finds the story that it's about first, and what helps
// right now comes before every story.
func TestFoundSaysWhy(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, whole(t), size[0], size[1])
		d.press("/")
		d.typeIn("my friend pic is going round")
		d.want("▸ Seen by 46")
		rows := strings.Split(d.screen().String(), "\n")
		at := d.screen().Row("▸ Seen by 46")
		for _, f := range d.p.env.course.Find("my friend pic is going round") {
			e, err := d.p.env.course.Entry(f.ID)
			if err != nil {
				t.Fatal(err)
			}
			row := d.screen().Row(e.Title + " ")
			if row < 0 || row != at && size[1] < 20 {
				continue // There is no room.
			}
			if why := strings.Join(strings.Fields(f.Why)[:2], " "); !strings.Contains(rows[row+1], why) {
				t.Errorf("at %v, %q doesn't say %q:\n%s", size, e.Title, why, d.screen())
			}
		}
		d.press("esc", "/")
		d.typeIn("im scared of my friend")
		d.want("▸ It's happening to me right now")
	}
}

// TestFindCountry checks that in both search fields a country's name finds its help, below the
// stories that have the word.
func TestFindCountry(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"/", "ctrl+k"} {
		for typed, want := range map[string][3]string{"france": {"▸ Help in France", "[France]", "119"},
			"england": {"▸ Help in the UK", "[UK]", "0800 1111"}, "usa": {"▸ Help in the USA", "[USA]", "988"},
			"deutschland": {"▸ Help in Germany", "[Germany]", "Deutschland"}} {
			for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
				d := newDesk(t, whole(t), size[0], size[1])
				d.press(key)
				d.typeIn(typed)
				found := d.screen()
				if typed == "deutschland" || typed == "france" {
					d.want(want[0])
				} else if !found.Contains(strings.TrimPrefix(want[0], "▸ ")) {
					t.Errorf("%q after %s at %v finds no help:\n%s", typed, key, size, found)
				}
				for range 30 { // To the last line.
					d.press("down")
				}
				d.want(want[0])
				d.press("enter")
				d.want("People who help", want[1])
				d.press("esc")
				if d.p.gone {
					t.Errorf("%q after %s leaves", typed, key)
				}
			}
		}
		d := newDesk(t, whole(t), 80, 24)
		d.press(key)
		d.typeIn("ireland")
		rows := d.screen()
		if s, help := rows.Row("Voice Note"), rows.Row("Help in Ireland"); s < 0 || help < s {
			t.Errorf("the story that is set in Ireland stands in row %d, the help in row %d:\n%s", s, help, rows)
		}
	}
}

// TestHelpSaysHowToFindACountry checks that the hints of the page name the letters, and that typing
// finds every country.
func TestHelpSaysHowToFindACountry(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, options(t), size[0], size[1])
		d.press("h")
		d.want("←→ a-z country", "h right now", "ctrl+x leave")
		for _, c := range d.p.env.help.Countries {
			letter := strings.ToLower(c.Name[:1])
			for i := 0; i < 9 && !d.screen().Contains("["+c.Name+"]"); i++ {
				d.press(letter)
			}
			d.want("[" + c.Name + "]")
			d.press("enter") // What is typed next is another name.
		}
	}
}

// TestSlashThrice checks that three slashes leave, as three q do: on a Hebrew keyboard both are one key.
func TestSlashThrice(t *testing.T) {
	d := newDesk(t, whole(t), 80, 24)
	d.press("/", "a", "/", "b", "/")
	if d.p.gone {
		t.Error("three slashes among other keys leave")
	}
	d.press("esc", "/", "/", "/")
	if !d.p.gone {
		t.Errorf("still there:\n%s", d.screen())
	}
}
