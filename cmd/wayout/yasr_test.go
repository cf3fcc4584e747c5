//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/creack/pty"

	"wayout/internal/coursetest"
	"wayout/internal/plain"
)

// speech is a fake Speech Dispatcher, through which yasr speaks. It records what it's told to say.
type speech struct {
	net.Listener
	mu        sync.Mutex
	said      []string
	cancelled int // How often it was told to stop speaking.
}

func newSpeech(t *testing.T) *speech {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &speech{Listener: l}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

// serve answers one client in the Speech Synthesis Internet Protocol (SSIP): one line for each
// order, and for speech, lines up to one with a full stop.
func (s *speech) serve(conn net.Conn) {
	defer conn.Close()
	lines, saying := bufio.NewScanner(conn), false
	var text []string
	for lines.Scan() {
		line, answer := strings.TrimRight(lines.Text(), "\r"), "200 OK"
		s.mu.Lock()
		switch order := strings.ToUpper(line); {
		case saying && line != ".":
			text, answer = append(text, strings.TrimPrefix(line, ".")), ""
		case saying:
			s.said, text, saying = append(s.said, strings.Join(text, "\n")), nil, false
			answer = "225 OK MESSAGE QUEUED"
		case order == "SPEAK":
			saying, answer = true, "230 OK RECEIVING DATA"
		case strings.HasPrefix(order, "CANCEL"):
			s.cancelled++
		}
		s.mu.Unlock()
		if answer == "" {
			continue
		}
		if _, err := fmt.Fprintf(conn, "%s\r\n", answer); err != nil {
			return
		}
	}
}

// heard returns everything that was said, without spaces: yasr speaks whatever one read
// returned, so that a pause may be in the middle of a word.
func (s *speech) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return coursetest.Letters(strings.Join(s.said, ""))
}

// yasr is a learner's terminal in which yasr reads a program aloud.
type yasr struct {
	*speech
	t     *testing.T
	ptm   *os.File
	done  chan error
	wiped atomic.Bool // The screen was cleared.
}

// heron returns the command that plays the first lesson line by line.
func heron(t *testing.T) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "wayout") // Under this name the test binary is the program.
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return []string{name, "play", "anonymous-heron", "--plain", "--private"}
}

// newYasr starts a program under yasr, with the keys and options that Debian ships. Without yasr
// the test is skipped, unless WAYOUT_YASR=required is set.
func newYasr(t *testing.T, program ...string) *yasr {
	t.Helper()
	path, err := exec.LookPath("yasr")
	var shipped []byte
	if err == nil {
		shipped, err = os.ReadFile("/etc/yasr/yasr.conf")
	}
	if err != nil && os.Getenv("WAYOUT_YASR") == "required" {
		t.Fatalf("there is no yasr on this machine, and there has to be: %v", err)
	} else if err != nil {
		t.Skipf("there is no yasr on this machine; install Debian's package yasr to run this test: %v", err)
	}
	home, y := t.TempDir(), &yasr{speech: newSpeech(t), t: t, done: make(chan error, 1)}
	options := strings.Replace(string(shipped), "\nsynthesizer port=127.0.0.1:6560",
		"\nsynthesizer port="+y.Addr().String(), 1)
	if err := os.WriteFile(filepath.Join(home, ".yasr.conf"), []byte(options), 0o600); err != nil {
		t.Fatal(err)
	}
	// Run it from a shell that stays open: yasr ends with the program that it started, and doesn't
	// wait until its last words are spoken.
	shell := []string{"--", "/bin/sh", "-c", `"$0" "$@"; read -r _`}
	cmd := exec.Command(path, append(shell, program...)...)
	cmd.Env = append(os.Environ(), "TERM=xterm", "LANG=en_GB.UTF-8", "ACCESSIBLE=", "HOME="+home)
	if y.ptm, err = pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	go y.watch()
	go func() { y.done <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = y.ptm.Close()
	})
	return y
}

// watch reads the terminal's output.
func (y *yasr) watch() {
	var tail []byte
	for buf := make([]byte, 4096); ; {
		n, err := y.ptm.Read(buf)
		if tail = append(tail, buf[:n]...); bytes.Contains(tail, []byte(plain.ClearAll)) {
			y.wiped.Store(true)
		}
		tail = tail[max(len(tail)-len(plain.ClearAll), 0):]
		if err != nil {
			return
		}
	}
}

// press presses keys.
func (y *yasr) press(keys string) {
	y.t.Helper()
	if _, err := y.ptm.WriteString(keys); err != nil {
		y.t.Fatal(err)
	}
}

// pressed presses a key that yasr handles itself, and waits until yasr has stopped speaking,
// because it takes keys that arrive together for one key.
func (y *yasr) pressed(key string) {
	y.t.Helper()
	silenced := func() int {
		y.mu.Lock()
		defer y.mu.Unlock()
		return y.cancelled
	}
	before := silenced()
	y.press(key)
	within(y.t, 20*time.Second, "silence", func() bool { return silenced() > before })
}

// ends ends the shell, after the program has ended.
func (y *yasr) ends() {
	y.t.Helper()
	y.press("\r")
	select {
	case err := <-y.done:
		if err != nil {
			y.t.Errorf("exit %v", err)
		}
	case <-time.After(10 * time.Second):
		y.t.Error("it hasn't ended")
	}
}

// hears waits until exactly this was said.
func (y *yasr) hears(want string) {
	y.t.Helper()
	for end := time.Now().Add(20 * time.Second); y.heard() != want; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			y.t.Fatalf("it says\n%q\nand not\n%q", y.heard(), want)
		}
	}
}

// TestYasrReadsEachMessageOnce plays the first scenes of the first lesson line by line in a
// terminal that yasr reads aloud: if only answers are typed, it says every line of the story
// and every option, once and in order, names who speaks, and isn't told to stop speaking
// before a key is pressed.
func TestYasrReadsEachMessageOnce(t *testing.T) {
	program := heron(t)
	// The output to a pipe after these answers, which other tests compare with the lesson.
	told := func(answers []string) string {
		cmd := exec.Command(program[0], program[1:]...)
		cmd.Stdin = strings.NewReader(strings.Join(append(answers, ""), "\n"))
		out, err := cmd.Output()
		if err != nil && cmd.ProcessState.ExitCode() != 3 { // The input ends before the lesson does.
			t.Fatal(err)
		}
		return string(out)
	}
	y := newYasr(t, program...)
	answers := []string{"3", "", "3", "", "q"}
	want, before := "", ""
	for i := range len(answers) + 1 {
		all := told(answers[:i:i])
		more, ok := strings.CutPrefix(all, before)
		if !ok || more == "" {
			t.Fatalf("after %q the lesson goes on with %q", answers[:i], more)
		}
		want, before = want+coursetest.Letters(more), all
		y.hears(want)
		y.mu.Lock()
		if y.cancelled > i {
			t.Errorf("after %d answers it was told to fall silent %d times", i, y.cancelled)
		}
		y.mu.Unlock()
		if i < len(answers) {
			y.press(answers[i] + "\r")
			want += answers[i] // The typed answer is spoken, too.
		}
	}
	y.ends()
	for _, line := range []string{"Heron says: this sentence is wrong and better. don't fix it",
		"Bo says: Who is this?", `2. "Sorry, not nine. I have a phone call."`,
		`Mum: "Have you eaten? Something hot?"`} {
		if n := strings.Count(y.heard(), coursetest.Letters(line)); n != 1 {
			t.Errorf("%q is said %d times", line, n)
		}
	}
}

// TestYasrPassesLeavingOn leaves at once under yasr. yasr keeps ctrl+x for itself, to stop
// speaking, and passes on the key that follows ctrl+n, as the README says.
func TestYasrPassesLeavingOn(t *testing.T) {
	y := newYasr(t, heron(t)...)
	asked := func(times int) func() bool {
		last := coursetest.Letters(`3. "Not nine. This time again."`)
		return func() bool { return strings.Count(y.heard(), last) == times }
	}
	within(t, 20*time.Second, "the first question", asked(1))
	y.pressed("\x18")
	y.press("?\r")
	within(t, 20*time.Second, "the question again, as nobody has left", asked(2))
	if y.wiped.Load() {
		t.Error("ctrl+x has reached the program by itself")
	}
	y.pressed("\x0e")
	y.press("\x18")
	within(t, 20*time.Second, "an empty screen", y.wiped.Load)
	y.ends()
}
