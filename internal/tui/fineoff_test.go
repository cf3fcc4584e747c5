package tui

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/coursetest"
	"wayout/internal/fineoff"
	"wayout/internal/progress"
	"wayout/internal/room"
	"wayout/internal/view"
)

// fineOrOff returns options with the whole course, for someone who plays "Fine or off?".
func fineOrOff(t testing.TB) Options {
	t.Helper()
	o := practising(t)
	o.FineOrOff = true
	return o
}

// game returns the screen of the game.
func (d *desk) game() fineOffScreen {
	d.t.Helper()
	s, ok := d.p.stack[len(d.p.stack)-1].(fineOffScreen)
	if !ok {
		d.t.Fatalf("not in the game:\n%s", d.screen())
	}
	return s
}

// answerChat answers the present chat with a key, and reads what is said about it.
func (d *desk) answerChat(key string) {
	d.t.Helper()
	d.until("1  Fine", nil)
	d.press(key)
	for range 9 {
		if s := d.screen(); s.Contains("▸ The next chat") || s.Contains("▸ How you read them") {
			return
		}
		d.press("enter")
	}
	d.t.Fatalf("nothing was told:\n%s", d.screen())
}

// playRound plays a round to its end.
func (d *desk) playRound(key string) {
	d.t.Helper()
	for range fineoff.RoundLen {
		d.answerChat(key)
		d.press("enter")
	}
}

// TestFineOrOff plays from Home: each answer gets the words that fit it, the end says in words
// how the chats were read, the next round has other chats, and nothing is kept.
func TestFineOrOff(t *testing.T) {
	dir := t.TempDir()
	o := practising(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: today})
	d := newDesk(t, o, 80, 40)
	fromHome := func() {
		t.Helper()
		d.until("▸ Fine or off?", map[string]string{"enter open": "up"})
		d.press("enter")
		d.until("Eight short chats", nil)
		d.want("Nothing explicit is shown")
	}
	fromHome()
	seen := make(map[string]bool)
	for range 2 {
		suspicious := 0
		for n := range fineoff.RoundLen {
			d.until("1  Fine", nil)
			r := d.game().round
			c := r.Chat()
			if seen[c.ID] || r.At() != n {
				t.Fatalf("chat %d of the round is %s, after %v", r.At(), c.ID, seen)
			}
			seen[c.ID] = true
			head := map[fineoff.Verdict]string{fineoff.Right: "+ Yes, this one was off",
				fineoff.Suspicious: "* This one was fine"}[c.Judge(fineoff.Off)]
			if c.Early {
				head = "but nobody could be sure of that yet"
			}
			if !c.Off {
				suspicious++
			}
			d.answerChat("2")
			d.want("▸ Off", head, "What came next", "Worth asking")
			d.press("enter")
		}
		d.want("How you read them", "You doubted a chat that was fine 4 times. None that were off looked")
		if suspicious != 4 {
			t.Errorf("%d of a round are fine", suspicious)
		}
		d.press("enter") // Eight more.
	}
	d.press("esc")
	d.want("▸ Fine or off?")
	d.press("enter")
	if got := d.game().number; got != 3 {
		t.Errorf("round %d comes after three", got)
	}
	if err := o.Book.Save(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("kept: %v %v", files, err)
	}
}

// TestFineOrOffByEveryHand answers by number, with the arrows, and by the mouse. Scrolling back
// or opening help loses nothing.
func TestFineOrOffByEveryHand(t *testing.T) {
	for name, take := range map[string]func(*desk){
		"number": func(d *desk) { d.press("3") },
		"arrows": func(d *desk) { d.press("down", "down", "down", "enter") },
		"hasty":  func(d *desk) { d.press("enter", "enter", "up", "enter") },
		"round":  func(d *desk) { d.press("up", "enter") },
		"mouse": func(d *desk) {
			for y, line := range strings.Split(d.screen().String(), "\n") {
				if x := strings.Index(line, "3  Can't tell yet"); x >= 0 {
					d.send(tea.MouseClickMsg{X: x + 4, Y: y, Button: tea.MouseLeft})
				}
			}
		},
		"help first": func(d *desk) { d.press("h"); d.want("People who help"); d.press("esc", "3") },
		"scroll up":  func(d *desk) { d.press("pgup"); d.press("a"); d.press("3") },
		"wheel": func(d *desk) {
			d.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
			d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
			d.press("3")
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, fineOrOff(t), 60, 16)
			d.until("1  Fine", nil)
			take(d)
			run := d.game().player.chat.run
			if on, ok := d.p.env.see.Turn(run).(view.Onward); !ok || on.Words != "The next chat" {
				t.Fatalf("not answered:\n%s", d.screen())
			}
			if got := d.game().answer; got != fineoff.CantTell {
				t.Errorf("answered %d", got)
			}
		})
	}
}

// TestFineOrOffTakesNoAnswerByItself checks that nothing is selected until an arrow, a digit or
// a click selects it, and that enter says so, for a learner alone.
func TestFineOrOffTakesNoAnswerByItself(t *testing.T) {
	const first = "Choose one first"
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, fineOrOff(t), size[0], size[1])
		for chat := range 2 { // After an answer, nothing is selected again.
			d.until("1  Fine", nil)
			d.press("enter", "enter", " ")
			d.want("1  Fine", "3  Can't tell yet", first)
			if s := d.screen(); s.Contains("▸ 1") || s.Contains("You say") || d.game().round.At() != chat {
				t.Fatalf("at %v something is selected or answered:\n%s", size, s)
			}
			d.press("down")
			d.want("▸ 1  Fine")
			if d.screen().Contains(first) {
				t.Errorf("at %v it still says to choose:\n%s", size, d.screen())
			}
			d.answerChat("enter")
			d.press("enter")
		}
	}
}

// TestFineOrOffSaysWhereItIs checks that at every size the line that says when, where and who is on the
// screen once, whether the chat has scrolled or not, as far as it fits into a line.
func TestFineOrOffSaysWhereItIs(t *testing.T) {
	away := 0
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, fineOrOff(t), size[0], size[1])
		d.until("1 of 8", nil)
		for range 40 {
			s := d.game()
			if !s.playing() {
				break
			}
			setting := s.player.chat.run.Beats()[0].Block.String()
			start := strings.Join(strings.Fields(setting)[:4], " ")
			if n := strings.Count(d.screen().String(), start); n != 1 {
				t.Errorf("at %v %q stands %d times:\n%s", size, setting, n, d.screen())
			}
			if row := d.screen().Row(start); row == 1 {
				away++
			}
			if keys := d.screen(); keys.Contains("1  Fine") {
				d.press("pgup", "pgup")
				if n := strings.Count(d.screen().String(), start); n != 1 {
					t.Errorf("at %v, scrolled back, %q stands %d times:\n%s", size, setting, n, d.screen())
				}
				d.press("pgdown", "pgdown", "2")
				continue
			}
			d.press("enter")
		}
	}
	if away < 20 {
		t.Errorf("it has scrolled away only %d times", away)
	}
}

// TestFineOrOffInASeat checks the same in a seat, at the pace of the class and at its own.
func TestFineOrOffInASeat(t *testing.T) {
	f, o := atSeat(t)
	l, _, err := coursetest.Shipped(t).Led("fine-or-off")
	if err != nil {
		t.Fatal(err)
	}
	f.l, o.Seat.Lesson, o.Course = l, l, coursetest.Shipped(t)
	f.class = room.NewClass(room.NewTalk(l, room.Seed))
	f.toQuestion()
	f.do(room.Ask)
	d := newDesk(t, o, 80, 24)
	d.until("1  Fine", nil)
	d.press("enter")
	d.want("Choose one first")
	if m, _, _ := f.ballot.Seat("me"); len(m.Picks) > 0 {
		t.Errorf("answered: %v", m.Picks)
	}
	d.press("up", "enter")
	d.want("You chose: Can't tell yet")
	if m, _, _ := f.ballot.Seat("me"); len(m.Picks) != 1 {
		t.Errorf("not answered: %v\n%s", m.Picks, d.screen())
	}
	f.do(room.OwnPace)
	d.press("down", "enter")
	d.until("1  Fine", nil)
	d.press("enter")
	d.want("Choose one first")
	if len(f.runs) > 0 {
		t.Error("a choice was made")
	}
}
