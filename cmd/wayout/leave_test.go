//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// console is a real pty in which the program runs, and an emulator that shows what it
// writes.
type console struct {
	t    *testing.T
	mu   sync.Mutex
	em   *vt.Emulator
	ptm  *os.File
	tty  *os.File
	cmd  *exec.Cmd
	was  *term.State
	done chan error

	ground  atomic.Bool // The terminal has reported its background colour,
	settled atomic.Bool // and has answered the library's first query.
}

func newConsole(t *testing.T, args ...string) *console {
	t.Helper()
	return newConsoleIn(t, t.TempDir(), args...)
}

// newConsoleIn starts the program with this home folder.
func newConsoleIn(t *testing.T, home string, args ...string) *console {
	t.Helper()
	return newConsoleWith(t, home, nil, args...)
}

// newConsoleWith is newConsoleIn with more environment variables.
func newConsoleWith(t *testing.T, home string, env []string, args ...string) *console {
	t.Helper()
	return newConsoleThrough(t, nil, home, env, args...)
}

// newConsoleThrough is newConsoleWith through another program, which runs wayout.
func newConsoleThrough(t *testing.T, through []string, home string, env []string, args ...string) *console {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// Under this name the test binary is the program; see TestMain.
	name := filepath.Join(t.TempDir(), "wayout")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, em: vt.NewEmulator(80, 24), done: make(chan error, 1)}
	if c.ptm, c.tty, err = pty.Open(); err != nil {
		t.Skipf("no pty on this machine: %v", err)
	}
	if err := pty.Setsize(c.ptm, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	if c.was, err = term.GetState(c.tty.Fd()); err != nil {
		t.Fatal(err)
	}
	all := append(append(slices.Clone(through), name), args...)
	c.cmd = exec.Command(all[0], all[1:]...)
	c.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=en_GB.UTF-8", "ACCESSIBLE=", "HOME="+home,
		"XDG_STATE_HOME="+filepath.Join(home, "state"), "XDG_CONFIG_HOME="+filepath.Join(home, "config"))
	c.cmd.Env = append(c.cmd.Env, env...)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = c.tty, c.tty, c.tty
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { c.done <- c.cmd.Wait() }()
	go c.show()
	go c.answer()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		c.close()
	})
	return c
}

// close closes the pty.
func (c *console) close() {
	_ = c.tty.Close()
	_ = c.ptm.Close()
}

func (c *console) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := c.ptm.Read(buf)
		c.mu.Lock()
		_, _ = c.em.Write(buf[:n])
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer sends the program the emulator's answers to its queries.
func (c *console) answer() {
	buf := make([]byte, 256)
	for {
		n, err := c.em.Read(buf)
		if err != nil {
			return
		}
		_, _ = c.ptm.Write(buf[:n])
		if bytes.Contains(buf[:n], []byte("]11;")) {
			c.ground.Store(true)
		}
		if bytes.Contains(buf[:n], []byte("?2027;")) {
			c.settled.Store(true)
		}
	}
}

func (c *console) screen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.em.String()
}

func (c *console) waitFor(text string) {
	c.t.Helper()
	c.until(text, func() bool { return strings.Contains(c.screen(), text) })
}

// until waits for a condition.
func (c *console) until(what string, holds func() bool) {
	c.t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); {
		if time.Now().After(end) {
			c.t.Fatalf("waited for %q; the screen:\n%s", what, c.screen())
		}
		time.Sleep(time.Millisecond) // Poll until the condition holds.
	}
}

// readTo presses enter, page by page, until the screen has a text.
func (c *console) readTo(text string) {
	c.t.Helper()
	for !strings.Contains(c.screen(), text) {
		before := c.screen()
		c.press("\r", "")
		seen, since := before, time.Now() // A page that isn't whole yet may lack the text: another enter would choose.
		c.until("the next page", func() bool {
			if now := c.screen(); now != seen {
				seen, since = now, time.Now()
			}
			return seen != before && time.Since(since) > 150*time.Millisecond
		})
	}
}

// choose moves down a list to a row.
func (c *console) choose(row string) {
	c.t.Helper()
	for !strings.Contains(c.screen(), row) {
		before := c.screen()
		c.press("\x1b[B", "")
		c.until("the next row", func() bool { return c.screen() != before })
	}
}

// press presses a key and waits for a text.
func (c *console) press(key, text string) {
	c.t.Helper()
	if _, err := c.ptm.WriteString(key); err != nil {
		c.t.Fatal(err)
	}
	c.waitFor(text)
}

// TestLeaveAtOnce leaves every screen in a real terminal: within 100 ms the terminal is
// as it was, its screen has no word of a lesson, and the program exits with 0.
func TestLeaveAtOnce(t *testing.T) {
	chat := func(c *console) {
		c.choose("▸ Hold My Phone")
		c.press("\r", "ctrl+x clears")
		c.press("\r", "Goal")
		c.readTo("What could Jas do?")
	}
	screens := map[string]func(*console){
		"home":    func(*console) {},
		"leaving": func(c *console) { c.press("\r", "ctrl+x clears") },
		"cover":   func(c *console) { c.press("\r", "ctrl+x clears"); c.press("\r", "Goal") },
		"chat":    chat,
		"spot":    func(c *console) { chat(c); c.press("f", "What feels off") },
		"say": func(c *console) {
			chat(c)
			c.press("3", "showing my sister")
			c.readTo("uncle 4 is up")
			c.press("1", "")
			c.until("his answer", func() bool { return !strings.Contains(c.screen(), "What could Jas do?") })
			c.readTo("Find the words")
			c.press("\r", "Nothing you type")
			c.press("no ctrl", "no ctrl")
		},
		"help": func(c *console) { c.press("h", "Childline") },
		"keys": func(c *console) { c.press("?", "q q q") },
	}
	var took []time.Duration
	for name, to := range screens {
		for _, keys := range []string{"\x18", "qqq"} {
			if name == "say" && keys == "qqq" {
				continue // On this screen q is a letter.
			}
			c := newConsole(t, "--no-motion")
			c.waitFor("There is a way out")
			to(c)
			// On a busy machine the terminal's answer could arrive after wayout has left, and be left over.
			within(t, 10*time.Second, "an answer of the terminal", c.ground.Load)
			begin := time.Now()
			if _, err := c.ptm.WriteString(keys); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-c.done:
				took = append(took, time.Since(begin))
				if err != nil {
					t.Errorf("%s: exit %v", name, err)
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("%s: still there:\n%s", name, c.screen())
			}
			c.left(name)
		}
	}
	slices.Sort(took)
	t.Logf("left in %v to %v, the middle one %v", took[0], took[len(took)-1], took[len(took)/2])
	if took[len(took)/2] > 100*time.Millisecond && !raceEnabled {
		t.Errorf("it takes %v to leave, at most 100 ms are allowed", took[len(took)/2])
	}
}

// TestLeaveWhileTheTerminalTalks leaves while a paste or an answer of the terminal is
// incomplete, also from screens where text is typed.
func TestLeaveWhileTheTerminalTalks(t *testing.T) {
	for _, torn := range []string{"\x1b[200~hello\x1b", "\x1b[200~hello\x1b[20", "\x1b]11;rgb:12/", "\x1b[?64;1",
		"\x1bP>|x", "\x1b"} {
		for _, args := range [][]string{{"--no-motion"}, {"present", "hold-my-phone"}} {
			for _, keys := range []string{"\x18", "\x03", "\x1b[1095::120;5u", "qqq"} {
				c := newConsole(t, args...)
				asks := args[0] != "present" // A presented lesson has its own theme.
				c.until("a screen", func() bool {
					return c.settled.Load() && (c.ground.Load() || !asks) && strings.Contains(c.screen(), "ctrl+x")
				})
				if _, err := c.ptm.WriteString(torn + keys); err != nil {
					t.Fatal(err)
				}
				select {
				case err := <-c.done:
					if err != nil {
						t.Errorf("%q: exit %v", torn, err)
					}
				case <-time.After(10 * time.Second):
					t.Fatalf("%q %q: still there:\n%s", torn, keys, c.screen())
				}
				c.left(torn)
			}
			if testing.Short() {
				break
			}
		}
	}
}

// TestLeaveWithoutAlternateScreen leaves in tmux, with its alternate screen on and off: no
// line of the lesson is in the history, and earlier lines are lost only if they can't be
// distinguished from the lesson.
func TestLeaveWithoutAlternateScreen(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("WAYOUT_CHROMIUM") == "required" {
			t.Fatal("needs tmux, and nothing may be skipped here")
		}
		t.Skip("needs tmux")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, alternate := range []string{"on", "off"} {
		home := t.TempDir()
		name := filepath.Join(home, "wayout")
		if err := os.Symlink(self, name); err != nil {
			t.Fatal(err)
		}
		tmux := func(args ...string) string {
			out, err := exec.Command("tmux", append([]string{"-S", filepath.Join(home, "s"), "-f", "/dev/null"},
				args...)...).CombinedOutput()
			if err != nil {
				t.Fatalf("tmux %q: %v %s", args, err, out)
			}
			return string(out)
		}
		tmux("new-session", "-d", "-x", "80", "-y", "24",
			"env HOME="+home+" XDG_STATE_HOME= XDG_CONFIG_HOME= ACCESSIBLE= sh")
		tmux("set", "-g", "alternate-screen", alternate)
		shows := func(what string) {
			t.Helper()
			within(t, 10*time.Second, what, func() bool {
				return strings.Contains(tmux("capture-pane", "-p", "-S", "-"), what)
			})
		}
		tmux("send-keys", "echo before-$((1+1))", "Enter")
		shows("before-2")
		tmux("send-keys", name+" --no-motion; echo after-$((1+1))", "Enter")
		shows("There is a way out")
		tmux("send-keys", "Enter")
		shows("leaves at once")
		tmux("resize-window", "-x", "90", "-y", "30")
		tmux("send-keys", "C-x")
		shows("after-2")
		all := tmux("capture-pane", "-p", "-S", "-")
		for _, ours := range []string{"way out", "chat", "leaves at once"} {
			if strings.Contains(all, ours) {
				t.Errorf("alternate screen %s: %q is left:\n%s", alternate, ours, all)
			}
		}
		if kept := strings.Contains(all, "before-2"); kept != (alternate == "on") {
			t.Errorf("alternate screen %s: what was there before is kept: %v", alternate, kept)
		}
		tmux("kill-server")
	}
}

// TestLeaveLineByLine leaves the line-by-line renderer: ctrl+x and ctrl+c leave without enter
// and clear the screen and its history; q says what is kept.
func TestLeaveLineByLine(t *testing.T) {
	for _, keys := range []string{"\x18", "abc\x18", "\x03"} {
		for shown, args := range map[string][]string{"Settings": {"play", "--plain"},
			"What could Jas do?": {"play", "hold-my-phone", "--plain"}} {
			c := newConsole(t, args...)
			c.waitFor(shown)
			if keys == "\x03" { // A shell's terminal sends a signal; this one has no shell.
				_ = c.cmd.Process.Signal(os.Interrupt)
			} else if _, err := c.ptm.WriteString(keys); err != nil {
				t.Fatal(err)
			}
			c.ends(keys)
			c.left("line by line")
			c.mu.Lock()
			if n := c.em.ScrollbackLen(); n > 0 {
				t.Errorf("%q: %d lines are in the history", keys, n)
			}
			c.mu.Unlock()
		}
	}
	c := newConsole(t, "play", "hold-my-phone", "--plain")
	c.waitFor("What could Jas do?")
	c.press("q\r", "still on this screen")
	c.ends("q")
}

// ends fails unless the program ends with exit code 0.
func (c *console) ends(why string) {
	c.t.Helper()
	select {
	case err := <-c.done:
		if err != nil {
			c.t.Errorf("%q: exit %v", why, err)
		}
	case <-time.After(10 * time.Second):
		c.t.Fatalf("%q: still there:\n%s", why, c.screen())
	}
}

// left fails unless the terminal is as it was before the program.
func (c *console) left(name string) {
	c.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		c.mu.Lock()
		alt, hidden := c.em.IsAltScreen(), c.em.CursorHidden()
		c.mu.Unlock()
		words := strings.TrimSpace(c.screen())
		if !alt && !hidden && words == "" {
			break
		}
		if time.Now().After(end) {
			c.t.Fatalf("%s: the alternate screen %v, the cursor hidden %v, left behind %q", name, alt, hidden, words)
		}
		time.Sleep(time.Millisecond)
	}
	is, err := term.GetState(c.tty.Fd())
	if err != nil || !reflect.DeepEqual(is, c.was) {
		c.t.Errorf("%s: the terminal is not as it was: %v %v", name, is, err)
	}
}
