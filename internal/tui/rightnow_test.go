package tui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/coursetest"
	"wayout/internal/firstaid"
	"wayout/internal/helpline"
	"wayout/internal/progress"
	"wayout/internal/room"
	"wayout/internal/screentest"
)

// nowhere returns the options of someone whose country isn't known.
func nowhere(t testing.TB) Options {
	o := options(t)
	o.Settings.Country = ""
	return o
}

// rightNow opens what helps right now from wherever the learner is, and goes on to a screen. To the
// first question it gives the answer that leads to that screen, or else that the learner is safe.
// Then it picks the first person to tell, and the first way of telling.
func (d *desk) rightNow(to firstaid.Kind) rightNow {
	d.t.Helper()
	d.press("h", "h")
	for range 20 {
		if s, ok := d.p.stack[len(d.p.stack)-1].(rightNow); ok && s.kind() == to {
			return s
		}
		d.press(d.towards(to))
	}
	d.t.Fatalf("never came to %q:\n%s", to, d.screen())
	return rightNow{}
}

// towards returns the key that leads on to a screen.
func (d *desk) towards(to firstaid.Kind) string {
	s, ok := d.p.stack[len(d.p.stack)-1].(rightNow)
	if !ok {
		return "enter"
	}
	switch s.kind() {
	case firstaid.Safe:
		if key, ok := map[firstaid.Kind]string{firstaid.Danger: "1", firstaid.Safer: "1", firstaid.Hurt: "2",
			firstaid.Unsure: "enter"}[to]; ok {
			return key
		}
		return "4"
	case firstaid.Who, firstaid.How:
		return "1"
	}
	return "enter"
}

// TestNoKeyIsAnAnswer checks that at the first question nothing is selected, and that neither enter
// nor tab is a yes. Where someone is asked who could be with them, no one is selected either.
func TestNoKeyIsAnAnswer(t *testing.T) {
	for _, key := range []string{"enter", "tab"} {
		d := newDesk(t, options(t), 80, 24)
		d.rightNow(firstaid.Safe)
		if s := d.screen(); s.Contains("▸") {
			t.Errorf("something is selected:\n%s", s)
		}
		d.press(key)
		d.want("Let's get safe first", "999 now.", "Childline")
		d = newDesk(t, options(t), 80, 24)
		d.rightNow(firstaid.Who)
		d.press(key)
		d.want("Who helps right now")
		d = newDesk(t, options(t), 80, 24)
		d.rightNow(firstaid.Safer)
		d.press(key)
		d.want("Are you safe?", "Call 999 now.")
	}
	d := newDesk(t, options(t), 80, 24)
	d.rightNow(firstaid.Safe)
	d.press("down", "down", "enter")
	d.want("Please don't be alone")
}

// TestRightNowNamesTheCountry checks that every screen says which country's numbers it shows, and
// that h leads to where the country is changed.
func TestRightNowNamesTheCountry(t *testing.T) {
	d := newDesk(t, options(t), 60, 16)
	d.rightNow(firstaid.Danger)
	d.want("Right now · UK", "Not in UK? Press h.", "999")
	d.press("h", "right", "esc")
	if s := d.screen(); s.Contains("999") || s.Contains("UK") {
		t.Errorf("still the numbers of the UK:\n%s", s)
	}
	d = newDesk(t, nowhere(t), 60, 16)
	d.rightNow(firstaid.Danger)
	d.want("Press h to pick your country.")
}

// TestRightNowFromEveryScreen checks that from everywhere h twice leads to right now, a third
// h to who helps, and esc back to where the learner was.
func TestRightNowFromEveryScreen(t *testing.T) {
	t.Parallel()
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		if strings.HasPrefix(shot.name, "now") || shot.name == "help" {
			continue
		}
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		before, h := d.screen().String(), tea.KeyPressMsg{Code: 'h', Text: "h"}
		if d.p.typing() {
			h = tea.KeyPressMsg{Code: tea.KeyF1}
		}
		d.send(h)
		d.send(h)
		d.want("Are you safe?", "If it feels hopeless")
		d.send(h)
		d.want("Who helps right now", "0800 1111")
		d.press("esc", "esc")
		if after := d.screen().String(); after != before && shot.name != "debrief" {
			t.Errorf("%s: not back where it was:\n%s\nbefore:\n%s", shot.name, after, before)
		}
	}
}

// TestRightNowFits checks that in the smallest window that is designed for, no word of any screen
// is cut or below its end, in any country, not even the line for when it feels hopeless.
func TestRightNowFits(t *testing.T) {
	help := coursetest.Help(t)
	for _, size := range [][2]int{{60, 16}, {80, 24}} {
		for _, code := range help.Codes() {
			eachNow(t, code, size[0], size[1], func(d *desk, s rightNow) {
				d.p.env.cut = func(what string) { t.Errorf("%s at %v: %s", code, size, what) }
				shown, it := d.screen(), s.item(d.p.env)
				for _, words := range append(append([]string{it.Head, it.Sentence, it.Limits, it.Hopeless}, it.Text...),
					it.Options...) {
					if coursetest.InOrder(shown.String(), []string{words}) != "" {
						t.Errorf("%s at %v: no %q:\n%s", code, size, words, shown)
					}
				}
				for _, p := range it.People {
					if coursetest.InOrder(shown.String(), append([]string{p.Name}, p.Ways...)) != "" {
						t.Errorf("%s at %v: not all of %+v:\n%s", code, size, p, shown)
					}
				}
				for _, k := range []string{"help", "leave", "back"} {
					if !shown.Contains(k) && !shown.Contains("who helps") {
						t.Errorf("%s at %v: no key for %q:\n%s", code, size, k, shown)
					}
				}
			})
		}
	}
}

// eachNow calls see for every screen of right now that can be reached in a country.
func eachNow(t *testing.T, code string, w, h int, see func(d *desk, s rightNow)) {
	t.Helper()
	o := options(t)
	if o.Settings.Country = code; code == helpline.World {
		o.Settings.Country = ""
	}
	d := newDesk(t, o, w, h)
	d.press("h", "h")
	met := make(map[string]bool)
	var from func(s rightNow)
	from = func(s rightNow) {
		if key := fmt.Sprintf("%+v", s.walk.Screen()); met[key] {
			return
		} else {
			met[key] = true
		}
		d.p.stack[len(d.p.stack)-1] = s
		see(d, s)
		for i := range s.item(d.p.env).Options {
			from(s.moved(s.walk.Take(i)))
		}
		from(s.moved(s.walk.Next()))
	}
	from(d.p.stack[len(d.p.stack)-1].(rightNow))
}

// TestNumbersAreWhole checks that no line breaks inside the number of a service, nor between its name
// and its number.
func TestNumbersAreWhole(t *testing.T) {
	numbers := regexp.MustCompile(`\S+, \d[\d -]*\d|\d[\d -]*\d`)
	help := coursetest.Help(t)
	for _, size := range [][2]int{{60, 16}, {72, 24}, {80, 24}, {120, 40}} {
		for _, code := range help.Codes() {
			eachNow(t, code, size[0], size[1], func(d *desk, s rightNow) {
				it := s.item(d.p.env)
				for _, words := range append([]string{it.Limits, it.Hopeless}, it.Text...) {
					for _, number := range numbers.FindAllString(words, -1) {
						if !d.screen().Contains(number) {
							t.Errorf("%s at %v: %q is in pieces:\n%s", code, size, number, d.screen())
						}
					}
				}
			})
		}
	}
}

// TestHopelessKeepsItsRow checks that the line for when it feels hopeless stands in one row on every
// screen, and on a high terminal not far below what is above it.
func TestHopelessKeepsItsRow(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {120, 60}} {
		at, least := -1, size[1]
		eachNow(t, "GB", size[0], size[1], func(d *desk, s rightNow) {
			rows, row := d.screen().Lines(), d.screen().Row("If it feels hopeless")
			if at >= 0 && row != at {
				t.Errorf("at %v it moves from row %d to %d:\n%s", size, at, row, d.screen())
			}
			above := row - 1
			for above > 0 && strings.TrimSpace(rows[above]) == "" {
				above--
			}
			at, least = row, min(least, row-above-1)
		})
		if size[1] > 24 && least > 4 {
			t.Errorf("at %v it's at least %d rows below the words", size, least)
		}
	}
}

// TestRightNowKeepsNothing checks that going through right now, from Home and from inside a
// lesson, adds no byte to the file of the record.
func TestRightNowKeepsNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "wayout")
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: today})
	d := newDesk(t, o, 80, 24)
	d.rightNow(firstaid.End)
	d.press("enter")
	d.want("There is a way out.")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("something was written: %v", err)
	}
	d.toChoices()
	d.press("2")
	before, err := os.ReadFile(filepath.Join(dir, "progress"))
	if err != nil {
		t.Fatal(err)
	}
	d.rightNow(firstaid.Sentence)
	d.press("c", "enter", "enter", "h", "esc", "left", "left")
	after, err := os.ReadFile(filepath.Join(dir, "progress"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the record has changed: %v\n%s", err, after)
	}
}

// TestClipboardOnlyWhenAsked reads what is sent to the terminal: nothing for the clipboard
// before the key, the sentence after it, and nothing of ours after the key is pressed again.
// A terminal on another machine isn't offered the key.
func TestClipboardOnlyWhenAsked(t *testing.T) {
	term := screentest.New(t, 80, 24)
	var sent bytes.Buffer
	o := options(t)
	o.Now, o.Width, o.Height = true, 80, 24
	term.Start(func(in io.Reader, out io.Writer) error {
		o.In, o.Out, o.Env = in, io.MultiWriter(&sent, out), []string{"TERM=xterm-256color"}
		return Run(context.Background(), o)
	})
	on := func(words string) {
		t.Helper()
		term.Wait(words, func(s screentest.Screen) bool { return s.Contains(words) })
	}
	for _, at := range [][2]string{{"Are you safe", "4"}, {"One slow breath", "enter"}, {"have to answer", "enter"},
		{"they say they", "enter"}, {"Save the messages", "enter"}, {"in trouble?", "enter"}, {"Who could be", "1"},
		{"Say it, or send", "1"}} {
		on(at[0])
		term.Press(at[1])
	}
	on("You could start")
	on("f2 copy")
	term.Press("f2")
	on("on the clipboard now")
	term.Press("f2")
	on("clipboard to be cleared")
	term.Press("ctrl+x")
	if err := term.WaitExit(); err != nil {
		t.Error(err)
	}
	if n := strings.Count(sent.String(), "\x1b]52;"); n != 2 {
		t.Errorf("%d times something was sent to the clipboard, and it was asked for twice", n)
	}
	if s := term.Screen().String(); strings.TrimSpace(s) != "" || term.AltScreen() {
		t.Errorf("something is left:\n%s", s)
	}
	o = options(t)
	d := newDesk(t, o, 80, 24)
	d.p.env.served = true
	d.rightNow(firstaid.Sentence)
	if s := d.screen(); s.Contains("f2 copy") {
		t.Errorf("a seat far away is offered the clipboard:\n%s", s)
	}
}

// TestRightNowAlone checks that "wayout now" shows nothing else, and that esc on its first screen leaves.
func TestRightNowAlone(t *testing.T) {
	o := options(t)
	o.Now = true
	d := newDesk(t, o, 80, 24)
	d.want("Are you safe?")
	d.press("esc")
	if v := d.p.View(); !d.p.gone || v.Content != "" {
		t.Errorf("still there: %q", v.Content)
	}
}

// TestRightNowOutlastsOwnPace checks that when the facilitator calls the class together again,
// the screen for right now stays open for someone who needs it.
func TestRightNowOutlastsOwnPace(t *testing.T) {
	f, o := atSeat(t)
	d := newDesk(t, o, 80, 24)
	q := f.toQuestion()
	f.do(room.OwnPace)
	d.press("down", "enter")
	d.rightNow(firstaid.Stop)
	f.do(room.OwnPace)
	d.press("down")
	d.want("You don't have to answer")
	d.press("esc", "esc", "esc")
	d.want(q.Options[0].Words)
}

// TestWordsInAFright checks that whole sentences typed on the screens of right now are heard as
// words, although their letters are keys: no space goes on, and no other country's numbers are shown.
func TestWordsInAFright(t *testing.T) {
	for _, typed := range []string{"hes outside", "my dad will hit me", "i want to die", "she wont stop",
		"jump or not", "can someone help"} {
		for _, kind := range []firstaid.Kind{firstaid.Safe, firstaid.Breathe, firstaid.Who, firstaid.People} {
			d := newDesk(t, options(t), 60, 16)
			d.rightNow(kind)
			d.typeIn(typed)
			s, ok := d.p.stack[len(d.p.stack)-1].(rightNow)
			if !ok || s.walk.Country() != "GB" || !s.naming.on {
				t.Errorf("%q at %q leads to %T in %s:\n%s", typed, kind, d.p.stack[len(d.p.stack)-1],
					s.walk.Country(), d.screen())
				continue
			}
			d.press("enter")
			d.want("Let's get safe first", "999 now.")
			d.typeIn("yes, and theres blood") // The number stays in sight.
			d.press("enter")
			d.want("999 now")
		}
	}
	// The h in a sentence is text, although as a key it shows who helps.
	d := newDesk(t, options(t), 80, 24)
	d.rightNow(firstaid.Breathe)
	d.typeIn("hes outside")
	if s := d.p.stack[len(d.p.stack)-1].(rightNow); s.naming.words() != "hes outside" {
		t.Errorf("%q is heard", s.naming.words())
	}
	d.press("esc")
	d.want("Who helps right now")
	for typed, want := range map[string]string{"hit": "Let's get safe first", "hes": "Let's get safe first",
		"quero morrer": "Let's get safe first", "hi": "wayout may have missed that"} {
		d := newDesk(t, options(t), 80, 24)
		d.rightNow(firstaid.Breathe)
		d.typeIn(typed)
		if s := d.p.stack[len(d.p.stack)-1].(rightNow); s.naming.words() != typed || s.walk.Country() != "GB" {
			t.Errorf("%q is %q in %s", typed, s.naming.words(), s.walk.Country())
		}
		d.press("enter")
		d.want(want, "Right now · UK")
	}
}

// TestCountryOnEveryScreen checks that a country's full name, typed on any screen of right now, brings
// its numbers and leaves the screen. A name that may be a person's brings none where no help is listed.
func TestCountryOnEveryScreen(t *testing.T) {
	for _, kind := range []firstaid.Kind{firstaid.Safe, firstaid.Breathe, firstaid.Stop, firstaid.Who} {
		d := newDesk(t, options(t), 60, 16)
		d.rightNow(kind)
		head := d.p.stack[len(d.p.stack)-1].(rightNow).walk.Screen().Head
		d.typeIn("brazil")
		d.press("enter")
		d.want("Right now · Brazil", head)
		d.typeIn("jordan")
		d.press("enter")
		d.want("Right now · Brazil", "Let's get safe first")
		d.typeIn("it does")
		d.press("enter")
		d.want("Not in Brazil?")
		d.typeIn("ghana")
		d.press("enter")
		d.want("Let's get safe first", "Call the emergency")
		if d.screen().Contains("Brazil") {
			t.Errorf("the numbers of another country stay:\n%s", d.screen())
		}
		d.typeIn("it does")
		d.press("enter")
		d.want("To see it, type your")
	}
}

// TestCountriesAreTyped checks that letters on a page of help name a country, and that other words
// change nothing.
func TestCountriesAreTyped(t *testing.T) {
	for typed, want := range map[string]string{"brazil": "BR", "ireland": "IE", "uk": "GB", "f": "FR",
		"usa": "US", "us": "US", "au": "AU", "ie": "IE", "de": "DE", "nz": "NZ", "gb": "GB",
		"hungary": "", "deutsch": "DE", "no": "GB", "it": "GB", "i": "GB", "im scared": "GB",
		"ghana": "", "brx": "GB"} {
		for _, on := range []string{"help", "right now"} {
			d := newDesk(t, options(t), 80, 24)
			if d.press("h"); on == "right now" {
				d.press("h")
				for range 20 {
					if s := d.p.stack[len(d.p.stack)-1].(rightNow); s.kind() == firstaid.People {
						break
					}
					d.press("h")
				}
			} else if typed == "hungary" {
				continue // The first letter is h, which opens right now.
			}
			d.typeIn(typed)
			code := func() string {
				switch s := d.p.stack[len(d.p.stack)-1].(type) {
				case rightNow:
					return s.walk.Country()
				case helpScreen:
					return strings.TrimPrefix(d.p.env.help.Countries[s.at].Code, helpline.World)
				}
				return ""
			}
			if got := code(); got != want {
				t.Errorf("%q in %s shows %s, not %s", typed, on, got, want)
			}
			d.press("enter")
			if got := code(); got != want {
				t.Errorf("%q in %s, then enter, shows %s, not %s", typed, on, got, want)
			}
		}
	}
}
