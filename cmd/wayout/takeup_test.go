//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/coursetest"
	"wayout/internal/desk"
	"wayout/internal/room"
	"wayout/internal/serve"
	"wayout/internal/settings"
)

// again starts the command of a class again, in another window of the same person.
func (k *taught) again(flags ...string) *console {
	k.t.Helper()
	env := []string{"XDG_RUNTIME_DIR=" + filepath.Join(k.home, "run"), "TMPDIR=" + filepath.Join(k.home, "tmp")}
	return newConsoleWith(k.t, k.home, env, append([]string{"class", "hold-my-phone", "--port", "0", "--ssh-port", "0",
		"--report", k.home}, flags...)...)
}

// running fails if a console's program has ended.
func (c *console) running() {
	c.t.Helper()
	select {
	case err := <-c.done:
		c.t.Fatalf("the program has ended: %v", err)
	default:
	}
}

// hasEnded waits for a console's program to end, with any exit code.
func (c *console) hasEnded() {
	c.t.Helper()
	select {
	case <-c.done:
	case <-time.After(10 * time.Second):
		c.t.Fatalf("the program does not end; the screen:\n%s", c.screen())
	}
}

// TestLeavingTheDesk leaves the desk by each of its keys: the window is clear at once and
// stays clear whatever is pressed, the class goes on, and enter and a word bring the desk
// back. Only the order to end the class ends it, after a question.
func TestLeavingTheDesk(t *testing.T) {
	k := teach(t)
	b := classtest.NewBrowser(k.page)
	if err := b.Join(k.code); err != nil {
		t.Fatal(err)
	}
	k.desk.waitFor("1 is in.")
	for i, keys := range []string{"\x18", "\x03", "qqq", "\x1b[200~torn\x18"} {
		if i == 1 {
			k.desk.press("d", "Stay calm") // It works from a panel, too.
		}
		k.desk.press(keys, "")
		clear := func() bool {
			k.desk.mu.Lock()
			defer k.desk.mu.Unlock()
			return !k.desk.em.IsAltScreen() && strings.TrimSpace(k.desk.em.String()) == ""
		}
		k.desk.until("a clear window", clear)
		for _, other := range []string{"\x03", "\x18", "qqq", "e", "y", "\x1b", "back", "\rbak", "?", "h", "\x1b[A\r"} {
			k.desk.press(other, "")
		}
		if status, body, err := b.Get("/seat"); err != nil || status != http.StatusOK ||
			!strings.Contains(body, "You&#39;re in") {
			t.Fatalf("%q: the class does not go on: %d %v %s", keys, status, err, body)
		}
		if !clear() {
			t.Fatalf("%q: something shows:\n%s", keys, k.desk.screen())
		}
		k.desk.running()
		if i == 2 {
			k.desk.press("\r/usr/bin/wayout class hold-my-phone --lan\r", "")
		} else {
			k.desk.press("\rback", "")
		}
		if i == 1 {
			k.desk.waitFor("Stay calm")
			k.desk.press("\x1b", "")
		}
		k.desk.waitFor("1 is in.")
	}
	k.desk.press("e", "End the class for everyone?")
	k.desk.press("n", "1 is in.")
	k.desk.press("e", "End the class for everyone?")
	k.desk.press("y", "The class is over")
	k.desk.press("\x18", "")
	k.desk.hasEnded()
	if left, _ := os.ReadDir(filepath.Join(k.home, "run", "wayout")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestClassIsTakenUp closes the window of a class and starts the command again: the new
// window leads the same class, with the same code. The files that make this possible can't
// be read by other users.
func TestClassIsTakenUp(t *testing.T) {
	k := teach(t)
	b := classtest.NewBrowser(k.page)
	if err := b.Join(k.code); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(k.home, "run", "wayout", "class-hold-my-phone.json")
	if info, err := os.Lstat(kept); err != nil || info.Mode() != 0o600 {
		t.Fatalf("%v %v", info, err)
	}
	second := k.again()
	second.waitFor(k.code)
	second.waitFor("1 is in.")
	second.press("l", "Nobody else can join.")
	k.desk.waitFor("Nobody else can join.") // Both windows show the same state.
	if err := k.desk.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	second.press("l", "")
	second.until("an order to be followed", func() bool {
		return !strings.Contains(second.screen(), "Nobody else can join.")
	})
	k.desk.running()
	if err := second.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	second.hasEnded()
	third := k.again()
	third.waitFor(k.code)
	third.waitFor("1 is in.")
	third.press("e", "End the class for everyone?")
	third.press("y", "The class is over")
	third.press("s", "class-hold-my-phone.csv") // The report comes from the program that runs the class.
	third.press("\r", "")
	third.hasEnded()
	k.desk.hasEnded()
	if left, _ := os.ReadDir(filepath.Dir(kept)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestKilledClassIsGone checks that a class is gone when its program is killed, and that the
// next start of the command says so and has a new code. With --new, no class is resumed.
func TestKilledClassIsGone(t *testing.T) {
	k := teach(t)
	other := k.again("--new")
	other.waitFor("0 are in.")
	if strings.Contains(other.screen(), k.code) {
		t.Error("--new has taken a class up")
	}
	for _, c := range []*console{k.desk, other} {
		if err := c.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		c.hasEnded()
	}
	next := k.again()
	next.waitFor("class of this lesson is gone")
	if strings.Contains(next.screen(), k.code) {
		t.Error("a class that is gone shows its code")
	}
	next.press("e", "End the class for everyone?")
	next.press("y", "The class is over")
}

// TestRemoteDeskIsTakenUp ends the desk of a class at a service in several ways, and starts
// the command again: it leads the same room.
func TestRemoteDeskIsTakenUp(t *testing.T) {
	c := coursetest.Shipped(t)
	service, err := serve.OpenService(context.Background(),
		serve.ServiceOptions{Course: c, Settings: settings.BuiltIn(), Bind: loopback, SSHPort: -1,
			PageOptions: serve.PageOptions{Staff: staffKey}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	home := t.TempDir()
	k := &taught{t: t, home: home, page: service.Page}
	for _, dir := range []string{"run", "tmp"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	key := filepath.Join(home, "staff.key")
	if err := os.WriteFile(key, []byte(staffKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	flags := []string{"--at", service.Page, "--key-file", key}
	first := k.again(flags...)
	first.waitFor("0 are in.")
	code := regexp.MustCompile(`(?m)\s[0-9A-Z]{3,6}( [0-9A-Z]{3,6})+\s*$`).FindString(first.screen())
	b := classtest.NewBrowser(k.page)
	if err := b.Join(strings.TrimSpace(code)); err != nil {
		t.Fatal(err)
	}
	first.waitFor("1 is in.")
	for i, sig := range []os.Signal{os.Kill, syscall.SIGTERM, syscall.SIGHUP} {
		if err := first.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		if sig != syscall.SIGHUP {
			first.hasEnded() // A desk whose window was closed waits until another one leads.
		}
		next := k.again(flags...)
		next.waitFor(strings.TrimSpace(code))
		next.waitFor("1 is in.")
		if sig == syscall.SIGHUP {
			first.hasEnded()
		}
		if status, body, err := b.Get("/seat"); err != nil || status != http.StatusOK ||
			!strings.Contains(body, "You&#39;re in") {
			t.Fatalf("%d: the class does not go on: %d %v %s", i, status, err, body)
		}
		first = next
	}
	first.press("e", "End the class for everyone?")
	first.press("y", "The class is over")
	first.press("\x18", "")
	first.hasEnded()
	if left, _ := os.ReadDir(filepath.Join(home, "run", "wayout")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestClassWaitsForItsWindow checks that a class without a window is ended when its patience is
// over, but not while another window leads it.
func TestClassWaitsForItsWindow(t *testing.T) {
	c := coursetest.Shipped(t)
	l, _, err := c.Lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	k := &classSession{t: &classFlags{seats: 8, serverFlags: serverFlags{ssh: -1, noSSH: true}},
		material: material{lesson: l, course: c, set: settings.BuiltIn()}, patience: 300 * time.Millisecond}
	dir := filepath.Join(t.TempDir(), "run")
	k.kept, k.socket = filepath.Join(dir, "x.json"), filepath.Join(dir, "x.sock")
	if err := k.open(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	other, err := desk.Resume(context.Background(), k.credentials, l)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := other.News(); !ok {
		t.Fatal("there are no news for another window")
	}
	waited := make(chan time.Duration, 1)
	go func() {
		begin := time.Now()
		k.wait(context.Background())
		waited <- time.Since(begin)
	}()
	led := time.Now()
	for time.Since(led) < 4*k.patience { // The other window leads all the time.
		if err := other.Order(room.Command{Verb: room.Lock}); err != nil {
			t.Fatal(err)
		}
	}
	other.Close()
	took := <-waited
	if took < 4*k.patience {
		t.Errorf("it waited %v, although another window led the class", took)
	}
	k.close()
	if _, err := desk.Resume(context.Background(), k.credentials, l); err == nil {
		t.Error("the class is not over")
	}
	if resp, err := http.Get(k.service.Page); err == nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		t.Error(fmt.Sprint("it is still served: ", resp.Status))
	}
}
