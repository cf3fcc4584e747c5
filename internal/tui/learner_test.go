package tui

import (
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
)

// comingBack returns options that keep the record in dir; each call is another start of the program.
func comingBack(t testing.TB, dir string) Options {
	t.Helper()
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: today, Version: "0.2.0"})
	return o
}

func TestGoOnWhereOneStopped(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, comingBack(t, dir), 80, 24)
	d.toChoices()
	d.press("f", "up", "enter", "esc", "2")
	d.until("Save the messages first", nil)
	d.press("3")
	d.want("Find the words for Malik")

	d = newDesk(t, comingBack(t, dir), 80, 24)
	d.want("▸ Carry on where you left off: The countdown", "started")
	d.press("enter", "enter")
	d.want("Find the words for Malik", "Malik saves the messages")
	d.press("pgup", "pgup")
	d.want("⚑ A threat") // What was spotted is still spotted.
	d.press("u", "u")
	d.want("1  Pay once, so it ends")
	d.press("esc", "esc")
	d.want("There is a way out")

	d = newDesk(t, comingBack(t, dir), 80, 24)
	d.toDebrief()
	d.press("enter")
	if d.screen().Contains("Carry on where you left off") {
		t.Errorf("a lesson that is over is to be gone on with:\n%s", d.screen())
	}
	d.want("done · 12 min")
}

// TestGoOnWithoutARecord checks that where nothing is written to disk, a story that was left with
// escape can still be continued or started over, but only until the program ends.
func TestGoOnWithoutARecord(t *testing.T) {
	const offer = "You stopped in the middle last time"
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, options(t), size[0], size[1])
		d.toRehearsal()
		for i := 0; i < 5 && len(d.p.stack) > 1; i++ {
			d.press("esc")
		}
		d.want("▸ Carry on where you left off: The countdown")
		d.click("started") // In the list.
		d.want(offer, "Press enter to", "r start over")
		d.press("enter")
		d.want("Find the words")
		d.press("esc", "r")
		d.until("Pay once", nil)
		d.press("ctrl+x")
		d = newDesk(t, options(t), size[0], size[1])
		d.until("Goal", nil)
		if s := d.screen(); s.Contains(offer) || s.Contains("start over") {
			t.Errorf("at %v something is left after leaving:\n%s", size, s)
		}
	}
}

// TestGoOnBeforeAnyChoice leaves the first scene, which can be long, by escape and by way of the
// palette, and checks that the learner comes back to the page that was on the screen.
func TestGoOnBeforeAnyChoice(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}} {
		for _, leave := range []func(*desk){
			func(d *desk) { d.press("esc", "esc") },
			func(d *desk) { d.press("ctrl+k"); d.typeIn("fine or"); d.press("enter", "esc") },
		} {
			d := newDesk(t, whole(t), size[0], size[1])
			d.until("▾ more", nil)
			first := d.screen()
			d.press("enter", "enter")
			page := d.screen()
			chat := d.p.stack[len(d.p.stack)-1].(playerScreen).chat
			if !page.Contains("▾ more") || page.String() == first.String() || len(chat.run.Actions()) > 0 {
				t.Fatalf("at %v the first scene has one page:\n%s", size, page)
			}
			leave(d)
			d.want("Carry on where you left off: Anonymous Heron", "started")
			d.click("Carry on")
			now, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
			if !ok || now.chat.shown != chat.shown || d.screen().String() != page.String() {
				t.Fatalf("at %v another page comes in:\n%s\nwas\n%s", size, d.screen(), page)
			}
			d.press("esc")
			d.want("You stopped in the middle last time")
			d.press("r")
			if d.screen().String() != first.String() {
				t.Errorf("at %v r doesn't start over:\n%s", size, d.screen())
			}
		}
	}
}

// TestChangedLesson says that a lesson has changed, and goes on at the last
// place that is still the same.
func TestChangedLesson(t *testing.T) {
	dir, shipped := t.TempDir(), t.TempDir()
	if err := os.CopyFS(shipped, coursetest.Files(t)); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, comingBack(t, dir), 80, 24)
	d.toRehearsal()
	d.press("esc", "esc", "esc")

	path := filepath.Join(shipped, "en", "the-countdown.md")
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer("## The first sentence", "## The first words", "(#the-first-sentence)",
		"(#the-first-words)").Replace(string(src))
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	o := comingBack(t, dir)
	if o.Course, err = course.Open(os.DirFS(shipped), "en", nil); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, o, 80, 24)
	d.press("enter", "enter")
	d.want("This lesson has changed", "1  Delete the whole chat", "3  Save the messages first")
	d.press("3", "esc")
	if d.screen().Contains("This lesson has changed") {
		t.Error("said for longer than one screen")
	}
}

func TestPlanIsKeptOnlyIfSaid(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		key  string
		kept bool
	}{{"n", false}, {"y", true}} {
		d := newDesk(t, comingBack(t, dir), 80, 24)
		d.press("p", "enter", "4", "2", "1", "2", "4")
		d.typeIn("zebra")
		d.press("enter")
		d.typeIn("zebra")
		d.press("enter")
		d.want("If a picture of me, or of a friend, is being passed around,", "Keep this plan")
		d.press(c.key)
		_, kept := comingBack(t, dir).Book.Plan()
		if kept != c.kept {
			t.Errorf("after %q it is kept: %v", c.key, kept)
		}
	}
	src, err := os.ReadFile(filepath.Join(dir, "progress"))
	if err != nil || strings.Contains(string(src), "zebra") {
		t.Errorf("%v\n%s", err, src)
	}
	d := newDesk(t, comingBack(t, dir), 80, 24)
	d.press("p", "enter")
	d.want("This is the plan you kept")
	d.press("n")
	if _, kept := comingBack(t, dir).Book.Plan(); kept {
		t.Error("a plan that was taken back is kept")
	}
}

// click clicks the first cell of a text.
func (d *desk) click(text string) {
	d.t.Helper()
	s := d.screen()
	y := s.Row(text)
	if y < 0 {
		d.t.Fatalf("there is no %q to click:\n%s", text, s)
	}
	line := s.Lines()[y]
	x := widthOf(line[:strings.Index(line, text)])
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// TestMouse gets from Home to a way out with the mouse alone.
func TestMouse(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.click("The countdown")
	d.want("ctrl+x clears")
	d.click("enter go on")
	d.want("Goal")
	d.click("enter start")
	for i := 0; i < 10 && !d.screen().Contains("Pay once"); i++ {
		d.click("▾ more")
	}
	d.click("Put the phone down for a minute")
	d.until("Save the messages first", nil)
	d.click("u undo")
	d.want("1  Pay once, so it ends")
	d.click("f feels off")
	d.click("50 or they all get it")
	d.want("A threat")
	d.click("esc back to the chat")
	d.click("Put the phone down")
	d.until("Save the messages first", nil)
	d.click("Save the messages first")
	d.click("Find the words")
	d.click("tab show me how")
	d.click("enter go on")
	d.click("Aunt Dee, right now")
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	d.click("ctrl+x leave")
	if !d.p.gone {
		t.Error("not gone")
	}
}

func TestMouseCanBeSwitchedOff(t *testing.T) {
	o := options(t)
	if v := newDesk(t, o, 80, 24).p.View(); v.MouseMode == tea.MouseModeNone {
		t.Error("the mouse is off by itself")
	}
	o.Settings.Mouse = false
	if v := newDesk(t, o, 80, 24).p.View(); v.MouseMode != tea.MouseModeNone {
		t.Error("the mouse is on")
	}
}

// TestClicksAreOnTheScreen checks that at every size what can be clicked lies on the screen.
func TestClicksAreOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, shot := range shots {
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		for w := 20; w <= 120; w += 9 {
			for h := 5; h <= 40; h += 3 {
				d.send(tea.WindowSizeMsg{Width: w, Height: h})
				for _, hit := range d.p.stack[len(d.p.stack)-1].draw(d.p.env).hits {
					if hit.x < 0 || hit.y < 0 || hit.w < 1 || hit.h < 1 || hit.x+hit.w > w || hit.y+hit.h > h {
						t.Fatalf("%s at %dx%d: %+v", shot.name, w, h, hit)
					}
				}
			}
		}
	}
}

func TestSettings(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "wayout")
	o := comingBack(t, dir)
	var kept settings.Settings
	erased := false
	o.Save = func(s settings.Settings) error { kept = s; return nil }
	o.Erase = func() error { erased = true; return nil }
	o.Languages = []string{"en", course.PseudoLang}
	o.Reopen = func(lang string) (*course.Course, error) {
		return course.Open(course.Pseudo(coursetest.Files(t)), lang, nil)
	}
	d := newDesk(t, o, 80, 24)
	d.toChoices()
	d.press("1", "esc", "esc", "s")
	d.want("English", "for a dark background", "UK")
	d.press("down", "down", "enter")
	d.want("for a light background")
	if d.p.env.theme.name != "light" || kept.Theme != "light" {
		t.Errorf("theme %s, kept %+v", d.p.env.theme.name, kept)
	}
	d.press("down", "enter")
	d.want("50 characters")
	if d.p.env.column() != 50 {
		t.Errorf("a column of %d", d.p.env.column())
	}
	d.press("up", "up", "up", "enter")
	d.want("English, lengthened", "lo lo")
	d.press("left")
	d.want("Press enter to change one")
	d.press("down", "down", "down", "down", "down", "down", "down", "enter")
	if !d.p.env.book.Private() || !kept.Private {
		t.Error("not private")
	}

	d = newDesk(t, comingBack(t, dir), 80, 24)
	d.p.o.Erase = o.Erase
	d.press("s", "pgdown", "enter")
	d.want("It can't be undone")
	d.press("enter", "esc")
	if _, err := os.Stat(dir); err != nil || erased {
		t.Fatal("erased without a yes")
	}
	d.press("enter", "y")
	d.want("It is gone")
	if _, err := os.Stat(dir); !os.IsNotExist(err) || !erased {
		t.Errorf("left: %v, settings erased %v", err, erased)
	}
	d.press("enter")
	d.want("There is a way out")
	d.toChoices()
	d.press("2")
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("something is kept after everything was erased")
	}
}

// TestLongerLanguage draws every screen in a generated language with longer words:
// no word of English is left on Home, nothing panics, no line is too wide, and
// help and leaving are still named.
func TestLongerLanguage(t *testing.T) {
	t.Parallel()
	step := 5
	if testing.Short() {
		step = 23
	}
	long, err := course.Open(course.Pseudo(coursetest.Files(t)), course.PseudoLang, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, shot := range shots {
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		d.p.env.course, d.p.env.words, d.p.env.keys = long, long.Words(), newKeyMap(long.Words())
		for w := 20; w <= 120; w += step {
			for h := 5; h <= 40; h += step {
				d.send(tea.WindowSizeMsg{Width: w, Height: h})
				for _, l := range strings.Split(d.p.View().Content, "\n") {
					if n := widthOf(l); n > w {
						t.Fatalf("%s at %dx%d: a line of %d cells: %q", shot.name, w, h, n, l)
					}
				}
			}
		}
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.want("ctrl+x")
		for _, word := range []string{"There is a way out", "Settings", "help", "leave", "Go on"} {
			if d.screen().Contains(word) && shot.name == "home" {
				t.Errorf("%s: %q is not from a file:\n%s", shot.name, word, d.screen())
			}
		}
	}
}

// TestGround accepts the terminal's answer about its background for 200 ms, and
// shows the terminal's own colours until it comes, or if it doesn't.
func TestGround(t *testing.T) {
	o := options(t)
	o.Settings.Theme = "auto"
	for name, c := range map[string]struct {
		ground color.Color
		late   time.Duration
		want   string
	}{
		"no answer":   {want: "contrast"},
		"dark":        {ground: color.Black, want: "dark"},
		"light":       {ground: color.White, want: "light"},
		"light, late": {ground: color.White, late: time.Second, want: "contrast"},
	} {
		d := newDesk(t, o, 80, 24)
		d.p.asked = d.p.asked.Add(-c.late)
		if c.ground != nil {
			d.send(tea.BackgroundColorMsg{Color: c.ground})
		}
		if got := d.p.env.theme.name; got != c.want {
			t.Errorf("%s: the theme is %s", name, got)
		}
	}
}

// TestSkippedTwice checks that motion is switched off for a learner who skips the chat's pauses twice.
func TestSkippedTwice(t *testing.T) {
	d := newDesk(t, options(t), 80, 40)
	l, _, err := d.p.env.course.Lesson("the-countdown")
	if err != nil {
		t.Fatal(err)
	}
	d.p.env.motion = true
	for i := range mostSkips {
		s, _, _ := newPlayer(play.Start(l, 1)).update(d.p.env, arrive{})
		d.p.stack = []screen{s}
		d.press("a")
		if want := i+1 < mostSkips; d.p.env.motion != want {
			t.Errorf("after %d skips motion is %v", i+1, d.p.env.motion)
		}
	}
}

func TestTroubleIsToldOnce(t *testing.T) {
	dir := t.TempDir()
	newer := "wayout-progress 9 1 3.0.0\n{}\n"
	if err := os.WriteFile(filepath.Join(dir, "progress"), []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, comingBack(t, dir), 80, 24)
	d.want("What's kept here needs version 3.0.0 of wayout")
	d.toChoices()
	d.press("1")
	if d.screen().Contains("version 3.0.0") {
		t.Error("it is said for ever")
	}
	if src, err := os.ReadFile(filepath.Join(dir, "progress")); err != nil || string(src) != newer {
		t.Error("a newer file was touched")
	}
	if err := os.WriteFile(filepath.Join(dir, "progress"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	newDesk(t, comingBack(t, dir), 60, 16).want("What's kept here was damaged")
}

// TestKeysDoNotCostMoreLater checks that the cost of a key does not grow with the chat.
func TestKeysDoNotCostMoreLater(t *testing.T) {
	cost := func(d *desk) float64 {
		down := tea.KeyPressMsg{Code: tea.KeyDown}
		return testing.AllocsPerRun(50, func() {
			d.p.Update(down)
			_ = d.p.View()
		})
	}
	d := newDesk(t, options(t), 80, 24)
	d.toChoices()
	first := cost(d)
	d.press("1")
	d.until("Delete the whole chat", nil)
	d.press("2")
	d.until("1  Nobody tonight", map[string]string{"Find the words": "enter", "show me how": "tab"})
	d.press("1")
	d.until("1  Aunt Dee, at breakfast", nil)
	beats := len(d.p.stack[len(d.p.stack)-1].(playerScreen).chat.run.Beats())
	last := cost(d)
	t.Logf("%.0f allocations a key at first, %.0f after %d beats", first, last, beats)
	if last > 2*first {
		t.Errorf("%.0f allocations a key, at first there were %.0f", last, first)
	}
}

// TestHelpOfNoCountry checks that someone whose country is not known is shown the help that
// works from anywhere, and not that of the first country in the list.
func TestHelpOfNoCountry(t *testing.T) {
	for _, country := range []string{"", "XX"} {
		o := options(t)
		o.Settings.Country = country
		d := newDesk(t, o, 80, 24)
		d.press("h")
		d.want("[World]", "call the emergency number first")
	}
}

// TestHelpByLetter checks that a letter goes to a country that begins with it, and that the number
// to call there stands above everything else.
func TestHelpByLetter(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.press("h", "f")
	d.want("[France]", "call 112 now")
	d.press("enter", "u")
	d.want("[UK]", "call 999 now")
	d.press("u")
	d.want("[USA]", "call 911 now")
	d.press("enter", "x") // No country begins with it.
	d.want("[USA]")
}

// TestComesBackToWhatWasUnread checks that someone who left in the middle of a scene comes back to its
// beginning, with all that was before it, and is asked nothing before its last message has come in.
func TestComesBackToWhatWasUnread(t *testing.T) {
	o := whole(t)
	o.Book = progress.Open(progress.Options{Dir: t.TempDir(), Today: today})
	o.Lesson = "seen-by-46"
	d := newDesk(t, o, 80, 24)
	d.until("1  ", nil)
	d.press("1")
	left := d.p.stack[len(d.p.stack)-1].(playerScreen).chat.run
	for left.Turn() == play.Go { // Into the next scene, of which one page is read.
		d.press("enter")
		left = d.p.stack[len(d.p.stack)-1].(playerScreen).chat.run
	}
	if err := d.p.env.book.Save(); err != nil {
		t.Fatal(err)
	}
	o.Lesson = ""
	d = newDesk(t, o, 80, 24)
	d.want("▸ Carry on where you left off: Seen by 46")
	d.press("enter")
	if d.screen().Contains("Before you start") {
		d.press("enter")
	}
	s, ok := d.p.stack[len(d.p.stack)-1].(playerScreen)
	if !ok || len(s.chat.run.Actions()) != len(left.Actions()) {
		t.Fatalf("on top is %T:\n%s", d.p.stack[len(d.p.stack)-1], d.screen())
	}
	beats := s.chat.run.Beats()
	first := slices.IndexFunc(beats, func(b play.Beat) bool { return b.Step == s.chat.run.Step() })
	if first <= 0 || s.chat.read != first {
		t.Errorf("%d of %d are taken for read, and the scene begins at %d", s.chat.read, len(beats), first)
	}
	for range 60 {
		if s.chat.whole() {
			break
		}
		if d.screen().Contains("1  ") {
			t.Fatalf("it asks before all has come:\n%s", d.screen())
		}
		d.press("enter")
		s = d.p.stack[len(d.p.stack)-1].(playerScreen)
	}
	if !s.chat.whole() {
		t.Error("the scene never comes to its end")
	}
}
