package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/watch"
)

// covering returns the options of a learner who has switched the cover on.
func covering(t testing.TB) Options {
	o := options(t)
	o.Settings.Cover = settings.On
	return o
}

// cells returns everything that the terminal is told to show.
func (d *desk) cells() string {
	v := d.p.View()
	at := tea.Position{X: -1}
	if v.Cursor != nil {
		at = v.Cursor.Position
	}
	return strings.Join([]string{v.WindowTitle, v.Content, string(rune('0' + at.X)), string(rune('0' + at.Y))}, "\x00")
}

// TestWhatIsCovered checks which screens are covered when the window loses the keyboard: that of a
// learner alone who has switched the cover on, and a seat in a class unless it has switched it off,
// but never the projector, a room's screen, or a desk. Only those ask the terminal for focus reports.
func TestWhatIsCovered(t *testing.T) {
	alone := func(t testing.TB) Options { return options(t) }
	now := func(t testing.TB) Options {
		o := options(t)
		o.Now = true
		return o
	}
	seat := func(t testing.TB) Options { _, o := atSeat(t); return o }
	author := func(t testing.TB) Options {
		o, _ := watching(t, watch.Edition{Number: 1, Broken: true, Checked: true, Found: unclear})
		return o
	}
	projector := func(t testing.TB) Options {
		f, o := atSeat(t)
		f.put("me", room.Seat{Projector: true})
		return o
	}
	for name, who := range map[string]struct {
		starts func(testing.TB) Options
		covers string // The settings with which it's covered.
	}{
		"alone": {alone, "on"}, "right now": {now, "on"}, "practise": {practising, "on"}, "seat": {seat, " class on"},
		"projector": {projector, ""}, "desk": {atDesk, ""}, "presenter": {presenting, ""}, "author": {author, ""},
	} {
		for _, set := range append(settings.Covers(), "") {
			o := who.starts(t)
			o.Settings.Cover = set
			d := newDesk(t, o, 80, 24)
			want := strings.Contains(" "+who.covers+" ", " "+set+" ") && who.covers != ""
			if set == "" {
				want = name == "seat" // The built-in setting.
			}
			if got := d.p.View().ReportFocus; got != want {
				t.Errorf("%s, %q: the terminal is asked: %v", name, set, got)
			}
			before := d.cells()
			d.send(tea.BlurMsg{})
			if got := d.screen().Contains("Press enter to go on."); got != want || want == (d.cells() == before) {
				t.Errorf("%s, %q: covered: %v\n%s", name, set, got, d.screen())
			}
			d.send(tea.FocusMsg{})
			if got := d.screen().Contains("Press enter to go on."); got != want {
				t.Errorf("%s, %q: covered when the keyboard is back: %v", name, set, got)
			}
		}
	}
}

// TestCoveredScreen covers every screen, at every size. The cover must look the same for all of
// them, no key but the one that it names may show anything, and that key must bring back each cell
// as it was, typed text included.
func TestCoveredScreen(t *testing.T) {
	t.Parallel()
	sizes := [][2]int{{80, 24}, {60, 16}, {120, 40}, {24, 6}, {12, 3}}
	var want []string
	for _, size := range sizes {
		d := newDesk(t, covering(t), size[0], size[1])
		d.send(tea.BlurMsg{})
		drawn := d.screen().String()
		if strings.Contains(drawn, "wayout") || size[0] > 20 && !strings.Contains(drawn, "Press enter to go on.") {
			t.Fatalf("the cover at %v:\n%s", size, drawn)
		}
		want = append(want, drawn)
	}
	for _, shot := range append(shots[:len(shots):len(shots)], classShots...) {
		o := shot.who(t)
		o.Settings.Cover = settings.On
		d := newDesk(t, o, 80, 24)
		if shot.go_(d); !d.p.covers() {
			continue
		}
		for i, size := range sizes {
			d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			was, stack := d.cells(), len(d.p.stack)
			d.send(tea.BlurMsg{})
			d.press("a", "esc", "up", "tab", "backspace", "1", "?", "ctrl+k", "pgdown")
			d.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
			d.send(tea.PasteMsg{Content: "pasted"})
			d.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
			d.send(tea.MouseClickMsg{Button: tea.MouseLeft, X: size[0] / 2, Y: size[1] / 2})
			d.send(tea.FocusMsg{})
			if got := d.screen().String(); got != want[i] || d.p.View().WindowTitle != "" {
				t.Fatalf("%s at %v, covered:\n%s\nwant\n%s", shot.name, size, got, want[i])
			}
			if d.press("enter"); d.cells() != was || stack != len(d.p.stack) {
				t.Fatalf("%s at %v isn't what it was:\n%s", shot.name, size, d.screen())
			}
		}
	}
}

// TestCoverKeepsTheChat covers a chat that is coming in: no message comes in while it is covered,
// and the chat goes on afterwards.
func TestCoverKeepsTheChat(t *testing.T) {
	o := covering(t)
	o.Settings.Motion = true
	d := &desk{t: t, p: New(o)}
	d.p.env.motion = false
	d.press("4", "enter", "enter")
	d.p.env.motion = true
	_, cmd := d.p.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	player := func() chat { return d.p.stack[len(d.p.stack)-1].(playerScreen).chat }
	shown, turn := player().shown, player().turn
	if cmd == nil || player().whole() {
		t.Fatal("nothing is coming in")
	}
	d.p.Update(tea.BlurMsg{})
	if _, cmd := d.p.Update(tick{turn}); cmd != nil && cmd() != nil || player().shown != shown {
		t.Error("a message comes in behind the cover")
	}
	d.p.Update(tea.FocusMsg{})
	if _, cmd := d.p.Update(tea.KeyPressMsg{Code: tea.KeyEnter}); cmd == nil || player().shown == shown {
		t.Errorf("the chat doesn't go on: %d and %d", shown, player().shown)
	}
}

// TestCoverLetsOut leaves from a covered screen, and opens help from it, even while text is
// being typed on the screen below.
func TestCoverLetsOut(t *testing.T) {
	covered := func() *desk {
		d := newDesk(t, covering(t), 80, 24)
		d.toRehearsal()
		d.typeIn("dee? i need he")
		d.send(tea.BlurMsg{})
		return d
	}
	d := covered()
	d.press("q", "q", "q")
	if !d.p.gone {
		t.Error("three q don't leave")
	}
	d = covered()
	if d.press("ctrl+x"); !d.p.gone {
		t.Error("ctrl+x doesn't leave")
	}
	d = covered()
	d.press("h")
	d.want("People who help")
	d.press("esc")
	d.want("Press enter to go on.")
	d.press("enter")
	d.want("dee? i need he")
}

// TestCoveredSeat follows a class from a covered seat: it takes news, uncovers when it becomes
// the projector, and warns when it is about to be closed.
func TestCoveredSeat(t *testing.T) {
	f, o := atSeat(t)
	d := newDesk(t, o, 80, 24)
	d.send(tea.BlurMsg{})
	q := f.toQuestion()
	f.do(room.Ask)
	d.send(nil)
	d.want("Press enter to go on.")
	if d.screen().Contains("Your answer") {
		t.Error("a question is asked on the cover")
	}
	d.press("1", "enter")
	d.want(q.Options[0].Words)
	if m, _, _ := f.ballot.Seat("me"); len(m.Picks) != 0 {
		t.Error("a key on the cover has answered")
	}

	d.send(tea.BlurMsg{})
	s := d.p.stack[0].(seatScreen)
	s.s.Patience = 15 * time.Minute
	d.p.stack[0] = s
	d.p.heard = time.Now().Add(-14 * time.Minute)
	d.p.Update(idleTick{})
	d.want("Press enter to go on.", "You haven't pressed anything")
	if d.press("x"); d.screen().Contains("You haven't pressed anything") {
		t.Error("it still warns")
	}

	f.put("me", room.Seat{Projector: true})
	d.send(nil)
	if d.p.covered || d.p.View().ReportFocus {
		t.Error("the projector is covered")
	}
}

// TestCoverInATerminal has a terminal report that its window has lost the keyboard.
func TestCoverInATerminal(t *testing.T) {
	term := runs(t, covering(t))
	term.WaitFor("There is a way out")
	term.Type("\x1b[O")
	if s := term.WaitFor("Press enter to go on."); s.Contains("way out") {
		t.Errorf("the cover is open:\n%s", s)
	}
	term.Type("\x1b[I")
	term.Type("x")
	term.Press("enter")
	term.WaitFor("There is a way out")
	term.Press("ctrl+x")
	if err := term.WaitExit(); err != nil {
		t.Error(err)
	}
}

// TestHelpOverTheCover checks that help which was opened from the cover leads back to the cover,
// and that the chat below goes on once it is uncovered.
func TestHelpOverTheCover(t *testing.T) {
	d := newDesk(t, covering(t), 80, 24)
	d.press("enter", "enter", "enter")
	before := d.screen().String()
	d.send(tea.BlurMsg{})
	for range 2 {
		d.press("h")
		d.want("Childline")
		d.press("h", "esc") // To the screens for right now, and back.
		d.want("Press enter to go on.")
	}
	d.press("h")
	d.send(tea.BlurMsg{}) // Covered again, with help below.
	d.press("enter")
	d.want("Childline")
	d.press("esc")
	d.want("Press enter to go on.")
	d.press("enter")
	if got := d.screen().String(); got != before {
		t.Errorf("it isn't as it was:\n%s", got)
	}
}
