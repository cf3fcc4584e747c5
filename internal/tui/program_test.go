package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/coursetest"
	"wayout/internal/firstaid"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/screentest"
	"wayout/internal/settings"
	"wayout/internal/watch"
)

// options returns the options of a learner alone, without motion.
func options(t testing.TB) Options {
	t.Helper()
	set := settings.BuiltIn()
	set.Country, set.Theme, set.Motion = "GB", "dark", false
	return Options{Course: coursetest.Course(t), Help: coursetest.Help(t), Settings: set, Seed: 7,
		Book: progress.Open(progress.Options{Today: today})}
}

// today is the date in all tests.
func today() progress.Day { return progress.DayOf(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)) }

// later returns the same options for someone who did the countdown and the stories
// before the course some days ago, and has begun another lesson since.
func later(t testing.TB) Options {
	t.Helper()
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: t.TempDir(), Today: today})
	d := newDesk(t, o, 80, 24)
	d.press("5", "enter", "enter", "enter")
	for range 6 {
		d.until("A short question", nil)
		d.press("enter", "1", "1")
	}
	d.until("All lessons", nil)
	d.press("enter")
	d.toDebrief()
	d.press("p", "2", "1", "3", "1", "1", "tab", "tab", "y", "enter")
	d.press("2", "enter", "enter")
	d.until("Say maybe", nil)
	d.press("2", "esc", "esc")
	o.Book = d.p.env.book
	return o
}

// inDays returns the options of a learner who finished a story today, with the date
// set to so many days later.
func inDays(t testing.TB, days int) Options {
	t.Helper()
	dir, day := t.TempDir(), today()
	o := options(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: func() progress.Day { return day }})
	newDesk(t, o, 80, 24).toDebrief()
	day += progress.Day(days)
	return o
}

// desk is the program without a terminal: keys in, screens out.
type desk struct {
	t testing.TB
	p *Program

	parked []tea.Cmd // Commands that wait for news; see noNews.

	// pick chooses the order in which commands run and their messages are delivered, which
	// with the library may be any order, between any keys. It returns which of n is next,
	// or n to press another key first. Nil runs commands at once, one after the other.
	pick func(n int) int
	open []any // Commands that have not run, and messages that have not been delivered.

	around func(key func()) // Calls key, and may do more before and after it; nil only calls it.
}

// noNews is the panic of a command that would wait for news for ever.
type noNews struct{}

func newDesk(t testing.TB, o Options, w, h int) *desk {
	d := &desk{t: t, p: New(o)}
	d.run(d.p.Init())
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// send gives the program a message, and does what it asks for until it asks for
// nothing more. Ticks are not waited for.
func (d *desk) send(msg tea.Msg) {
	_, cmd := d.p.Update(msg)
	d.run(cmd)
	parked := d.parked
	d.parked = nil
	for _, cmd := range parked { // By now there may be news for them.
		d.run(cmd)
	}
}

// ask runs a command, and parks it if it would wait for news.
func (d *desk) ask(cmd tea.Cmd) (msg tea.Msg) {
	defer func() {
		if r := recover(); r == (noNews{}) {
			d.parked = append(d.parked, cmd)
		} else if r != nil {
			panic(r)
		}
	}()
	return cmd()
}

func (d *desk) run(cmd tea.Cmd) {
	switch {
	case cmd == nil:
		return
	case d.pick != nil:
		d.open = append(d.open, cmd)
		return
	}
	switch msg := d.ask(cmd).(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		d.send(msg)
	}
}

// some runs and delivers some of what is open, in the order that pick chooses.
func (d *desk) some() {
	for len(d.open) > 0 {
		i := d.pick(len(d.open))
		if i == len(d.open) {
			return
		}
		d.one(i)
	}
}

// all runs and delivers what is open, until nothing is.
func (d *desk) all() {
	for len(d.open) > 0 {
		d.one(d.pick(len(d.open)-1) % len(d.open))
	}
}

// one runs open command i, or delivers open message i.
func (d *desk) one(i int) {
	what := d.open[i]
	d.open = slices.Delete(d.open, i, i+1)
	cmd, ok := what.(tea.Cmd)
	if !ok {
		d.send(what)
		return
	}
	switch msg := d.ask(cmd).(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		d.open = append(d.open, msg)
	}
}

var keyCodes = map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp,
	"down": tea.KeyDown, "backspace": tea.KeyBackspace,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown}

func (d *desk) press(keys ...string) {
	for _, k := range keys {
		switch code, ok := keyCodes[k]; {
		case ok:
			d.key(tea.KeyPressMsg{Code: code})
		case k == "ctrl+x":
			d.key(tea.KeyPressMsg{Code: 'x', Mod: tea.ModCtrl})
		default:
			r := []rune(k)[0]
			d.key(tea.KeyPressMsg{Code: r, Text: k})
		}
	}
}

func (d *desk) typeIn(text string) {
	for _, r := range text {
		d.key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (d *desk) key(press tea.KeyPressMsg) {
	if d.around == nil {
		d.send(press)
		return
	}
	d.around(func() { d.send(press) })
}

func (d *desk) screen() screentest.Screen {
	return screentest.Draw(d.p.View().Content, d.p.env.w, d.p.env.h)
}

// want fails unless the screen has each text.
func (d *desk) want(texts ...string) {
	d.t.Helper()
	s := d.screen()
	for _, text := range texts {
		if !s.Contains(text) {
			d.t.Errorf("the screen has no %q:\n%s", text, s)
		}
	}
}

// toChoices opens the countdown and reads to its first choice.
func (d *desk) toChoices() {
	d.press("4", "enter", "enter", "enter")
	for i := 0; i < 10 && !d.screen().Contains("Pay once"); i++ {
		d.press("enter")
	}
}

// shot is a screen: whose program it is, and how to get to the screen.
type shot struct {
	name string
	who  func(testing.TB) Options
	go_  func(*desk)
}

func weekLater(t testing.TB) Options { return inDays(t, 7) }

// shots are screens that a learner gets to, by name.
var shots = []shot{
	{"home", options, func(d *desk) {}},
	{"home-later", later, func(d *desk) {}},
	{"leaving", options, func(d *desk) { d.press("4", "enter") }},
	{"cover", options, func(d *desk) { d.press("4", "enter", "enter") }},
	{"cover-begun", options, func(d *desk) { d.toChoices(); d.press("2", "esc") }},
	{"chat", options, (*desk).toChoices},
	{"feedback", options, func(d *desk) { d.toChoices(); d.press("1"); d.until("What can he do now?", nil) }},
	{"spot", options, func(d *desk) { d.toChoices(); d.press("f", "up", "enter") }},
	{"say", options, func(d *desk) { d.toRehearsal(); d.typeIn("dee? i need he") }},
	{"noticed", options, func(d *desk) {
		d.toRehearsal()
		d.typeIn("someone is blackmailing me and i need help")
		d.press("enter")
	}},
	{"asked", options, func(d *desk) { d.toRehearsal(); d.asked("its a long story") }},
	{"missed", options, func(d *desk) { d.toRehearsal(); d.typeIn("purple"); d.press("enter") }},
	{"shown", options, func(d *desk) { d.toRehearsal(); d.press("tab") }},
	{"practise", practising, func(d *desk) { d.p.stack = append(d.p.stack, newPractise(d.p.env, "any")) }},
	{"fine-or-off", fineOrOff, func(d *desk) {}},
	{"fine-or-off-chat", fineOrOff, func(d *desk) { d.until("How does this one look", nil) }},
	{"fine-or-off-told", fineOrOff, func(d *desk) { d.answerChat("2") }},
	{"fine-or-off-end", fineOrOff, func(d *desk) { d.playRound("2") }},
	{"help-first", options, func(d *desk) { d.toRehearsal(); d.typeIn("i want to die"); d.press("enter") }},
	{"check", options, func(d *desk) { d.toCheck() }},
	{"sure", options, func(d *desk) { d.toCheck(); d.press("1") }},
	{"explained", options, func(d *desk) { d.toCheck(); d.press("1", "1") }},
	{"debrief", options, func(d *desk) { d.toDebrief() }},
	{"ways", options, func(d *desk) { d.toDebrief(); d.press("w") }},
	{"plan-when", options, func(d *desk) { d.press("p", "enter") }},
	{"plan-type", options, func(d *desk) { d.press("p", "enter", "2", "1", "3", "1", "1"); d.typeIn("can i tell") }},
	{"plan-keep", options, func(d *desk) { d.press("p", "enter", "2", "1", "3", "1", "1", "tab", "tab") }},
	{"plan-kept", later, func(d *desk) { d.press("p", "enter") }},
	{"booster-due", weekLater, func(d *desk) {}},
	{"booster", weekLater, func(d *desk) { d.press("2", "enter", "enter", "enter") }},
	{"booster-check", weekLater, func(d *desk) { d.press("2", "enter", "enter", "enter", "enter") }},
	{"before", options, func(d *desk) { d.press("5", "enter", "enter", "enter", "enter") }},
	{"change", later, func(d *desk) { d.toChange() }},
	{"course-end", finished, func(d *desk) { d.press("enter") }},
	{"article", options, func(d *desk) { d.press("7", "enter") }},
	{"settings", options, func(d *desk) { d.press("s") }},
	{"erase", options, func(d *desk) { d.press("s", "pgdown", "enter") }},
	{"help", options, func(d *desk) { d.press("h") }},
	{"now", options, func(d *desk) { d.press("h", "h") }},
	{"now-danger", options, func(d *desk) { d.press("1", "enter", "1") }},
	{"now-hurt", options, func(d *desk) { d.press("1", "enter", "2") }},
	{"now-who", options, func(d *desk) { d.rightNow(firstaid.Who) }},
	{"now-sentence", options, func(d *desk) { d.rightNow(firstaid.Sentence) }},
	{"now-people", nowhere, func(d *desk) { d.press("h", "h", "h") }},
	{"keys", options, func(d *desk) { d.toChoices(); d.press("?") }},
	{"palette", options, func(d *desk) { d.toChoices(); d.press("ctrl+k") }},
	{"palette-scenes", later, func(d *desk) { d.press("ctrl+k"); d.typeIn("the count") }},
	{"watch", func(t testing.TB) Options {
		o, _ := watching(t, watch.Edition{Number: 1, Broken: true, Checked: true, Found: unclear})
		return o
	}, func(d *desk) {}},
}

// toChange answers the stories after the course.
func (d *desk) toChange() {
	d.t.Helper()
	d.press("6")
	d.want("▸ Six more short questions")
	d.press("enter", "enter")
	d.until("A short question", nil)
	for range 6 {
		d.until("A short question", nil)
		d.press("enter", "3", "1", "enter")
	}
	d.until("All lessons", nil)
	d.press("enter")
}

// until presses enter, or the key that keys has for a text on the screen, until the screen has text.
func (d *desk) until(text string, keys map[string]string) {
	d.t.Helper()
	for range 60 {
		s := d.screen()
		if s.Contains(text) {
			return
		}
		k := "enter"
		for seen, key := range keys {
			if s.Contains(seen) {
				k = key
			}
		}
		d.press(k)
	}
	d.t.Fatalf("never came to %q; the screen:\n%s", text, d.screen())
}

var calm = map[string]string{"2  Put the phone": "2", "3  Save the messages": "3", "2  Aunt Dee": "2"}

func (d *desk) toRehearsal() {
	d.toChoices()
	d.until("Find the words", calm)
	d.press("enter")
}

func (d *desk) toCheck() {
	d.toRehearsal()
	d.press("tab", "enter")
	d.until("A short question", calm)
	d.press("enter")
}

func (d *desk) toDebrief() {
	d.toCheck()
	d.press("1", "1", "enter")
	d.until("A short question", calm)
	d.press("enter", "1", "1", "enter")
	d.until("Look back", nil)
	d.press("enter")
}

func TestGoldenScreens(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
			name := fmt.Sprintf("%s-%dx%d", shot.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				d := newDesk(t, shot.who(t), size[0], size[1])
				shot.go_(d)
				golden(t, name, d.screen())
			})
		}
	}
}

// TestEverySize draws every screen at every combination of width and height, and looks at it
// before anything is cut: nothing panics, no line is wider than the terminal, and no line is
// lost.
func TestEverySize(t *testing.T) {
	step, high := 1, 2
	if testing.Short() {
		step, high = 7, 3
	}
	for i, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		t.Run(shot.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, shot.who(t), 80, 24)
			shot.go_(d)
			for w := 1; w <= 120; w += step {
				for h := 1 + (i+w)%2; h <= 40; h += high {
					d.send(tea.WindowSizeMsg{Width: w, Height: h})
					d.p.env.cut = func(what string) {
						if strings.Contains(what, "panel") && (w < 60 || h < 16) {
							return // A window this small has room only for the end of a panel.
						}
						t.Errorf("%dx%d: %s", w, h, what)
					}
					f := d.p.stack[len(d.p.stack)-1].draw(d.p.env)
					d.p.env.cut = nil
					if len(f.lines) > h {
						t.Errorf("%dx%d: %d lines", w, h, len(f.lines))
					}
					for _, l := range f.lines {
						if n := widthOf(l); n > w {
							t.Errorf("%dx%d: a line of %d cells: %q", w, h, n, l)
						}
					}
					if t.Failed() {
						return
					}
				}
			}
		})
	}
}

// TestReviewIsForAdults checks that before a class starts the adult is told that nobody
// has reviewed the lessons, and that no screen of a young person says so.
func TestReviewIsForAdults(t *testing.T) {
	t.Parallel()
	const review = "reviewed by a safeguarding professional"
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
			d := newDesk(t, shot.who(t), size[0], size[1])
			shot.go_(d)
			told := strings.Contains(strings.Join(strings.Fields(afterQR(d.screen().String())), " "), review)
			if lobby := shot.name == "class-coming"; lobby && !told {
				t.Errorf("%s at %v doesn't say who has reviewed the lesson:\n%s", shot.name, size, d.screen())
			} else if told && !strings.HasPrefix(shot.name, "class-") {
				t.Errorf("%s tells a young person who has reviewed it:\n%s", shot.name, d.screen())
			}
		}
	}
	all := coursetest.Shipped(t)
	o := options(t)
	o.Course, o.Lesson = all, "asking-for-a-friend"
	d := newDesk(t, o, 80, 24)
	d.until("Goal", nil)
	shown := d.screen().String()
	for range 20 { // A long note stands above it.
		d.press("down")
		shown += "\n" + d.screen().String()
	}
	if !strings.Contains(strings.Join(strings.Fields(shown), " "), review) {
		t.Errorf("the cover of a lesson for staff doesn't say who has reviewed it:\n%s", shown)
	}
}

// afterQR removes the QR code beside the words, so that a sentence can be matched.
func afterQR(screen string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("█▀▄", r) {
			return ' '
		}
		return r
	}, screen)
}

func TestTooSmallStillAnswers(t *testing.T) {
	d := newDesk(t, options(t), 19, 4)
	d.want("wayout: make the")
	d.press("h")
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.want("People who help", "Childline", "0800 1111")
}

func TestLeaveFromEveryScreen(t *testing.T) {
	t.Parallel()
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		d := newDesk(t, shot.who(t), 80, 24)
		shot.go_(d)
		d.press("ctrl+x")
		if v := d.p.View(); v.Content != "" || v.WindowTitle != "" {
			t.Errorf("%s: something is left on the screen: %q", shot.name, v.Content)
		}
	}
}

func TestQThrice(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.press("q", "q")
	if d.p.gone {
		t.Fatal("gone after two")
	}
	d.p.quiet[0] = d.p.quiet[0].Add(-3 * time.Second)
	d.press("q")
	if d.p.gone {
		t.Fatal("gone, though the first was three seconds ago")
	}
	d.press("q")
	if !d.p.gone {
		t.Fatal("not gone after three")
	}
	d = newDesk(t, options(t), 80, 24)
	d.toRehearsal()
	d.typeIn("qqqq")
	if d.p.gone {
		t.Fatal("left while a word was typed")
	}
	d.want("qqqq")
}

func TestBackLosesNothing(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.toRehearsal()
	d.press("esc", "esc")
	d.want("Goal", "start over")
	d.press("enter")
	d.want("Find the words")
	d.press("esc", "r")
	d.until("Pay once", nil)
	d.want("1  Pay once")
}

func TestUndoGoesBackChoiceByChoice(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.toRehearsal()
	d.press("esc", "u")
	d.want("3  Save the messages first")
	d.press("u")
	d.want("1  Pay once, so it ends")
	d.press("u")
	d.want("1  Pay once, so it ends")
}

func TestReplayFromTheDebrief(t *testing.T) {
	d := newDesk(t, options(t), 80, 24)
	d.toDebrief()
	d.want("Take this with you")
	d.press("2")
	d.want("3  Save the messages first")
}

func TestSpotting(t *testing.T) {
	d := newDesk(t, options(t), 120, 40)
	d.toChoices()
	d.want("Nothing yet")
	d.press("f", "up", "enter")
	d.want("A threat", "it is a crime")
	d.press("up", "up", "up", "enter")
	d.want("Nothing is marked here")
	d.press("esc")
	d.want("Spotted so far", "⚑ A threat")
}

// TestMotion checks that motion brings in one beat at a time, and any key the rest of the page.
func TestMotion(t *testing.T) {
	d := newDesk(t, options(t), 80, 40)
	l, _, err := d.p.env.course.Lesson("the-countdown")
	if err != nil {
		t.Fatal(err)
	}
	e := d.p.env
	e.motion = true
	s, _, cmd := newPlayer(play.Start(l, 1)).update(e, arrive{})
	if c := s.(playerScreen).chat; c.shown != 1 || cmd == nil {
		t.Fatalf("%d beats at once", c.shown)
	}
	s, _, _ = s.update(e, tick{turn: 99})
	if c := s.(playerScreen).chat; c.shown != 1 {
		t.Error("a stale tick brought a beat in")
	}
	s, _, _ = s.update(e, tick{turn: s.(playerScreen).chat.turn})
	if c := s.(playerScreen).chat; c.shown != 2 {
		t.Errorf("%d beats after a tick", c.shown)
	}
	d.p.env.motion, d.p.stack = true, []screen{s}
	d.press("a")
	p := d.p.stack[0].(playerScreen)
	if !p.ready(e) || !p.chat.whole() {
		t.Errorf("%d beats after a key", p.chat.shown)
	}
	for i := range p.chat.run.Beats() {
		if w := p.chat.pause(e.look, i); w > 1500*time.Millisecond {
			t.Errorf("a wait of %v", w)
		}
	}
}

// TestFirstSize checks that a terminal whose size is known is drawn in that size
// before it reports anything itself.
func TestFirstSize(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 40}, {0, 0}, {math.MaxInt32, math.MaxInt32}} {
		o := options(t)
		o.Width, o.Height = size[0], size[1]
		first := New(o).View().Content
		d := newDesk(t, options(t), size[0], size[1])
		if size[0] == 0 {
			d = newDesk(t, options(t), 80, 24)
		}
		if later := d.p.View().Content; first != later {
			t.Errorf("%v: at first\n%s\nlater\n%s", size, first, later)
		}
	}
}
