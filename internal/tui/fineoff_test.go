package tui

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/fineoff"
	"wayout/internal/progress"
	"wayout/internal/view"
)

// fineOrOff are options with the whole course, for someone who plays "Fine or off?".
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

// answerChat answers the present chat by a key, and reads what is told about it.
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

// TestFineOrOff plays from Home: every chat is told about as its answer deserves, the end
// says in words how they were read, the next round has other chats, and nothing is kept.
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

// TestFineOrOffByEveryHand: an answer is taken by its number, with the arrows, and by the
// mouse; what is read back or asked for help loses nothing.
func TestFineOrOffByEveryHand(t *testing.T) {
	for name, take := range map[string]func(*desk){
		"number": func(d *desk) { d.press("3") },
		"arrows": func(d *desk) { d.press("down", "down", "enter") },
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
