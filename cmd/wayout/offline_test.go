//go:build linux

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// networked are the commands that use a network.
var networked = map[string]bool{"wayout class": true, "wayout serve": true, "wayout doctor": true}

// What strace writes when a socket is made. A program that is linked with the system's C library,
// as tests are and a release isn't, asks the name service cache (nscd) who runs it.
var (
	opensSocket = regexp.MustCompile(`(?m)^\d+ +socket(?:pair)?\(.*$`)
	asksForUser = regexp.MustCompile(`(?m)^(\d+) +socket\(AF_UNIX.*\n\d+ +connect\(.*/nscd/socket".*$`)
)

// offline returns the command that runs a program without any network, not even the loopback
// interface, and writes each network call to a file.
func offline(t *testing.T, log string) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("it runs every command")
	}
	through := []string{"unshare", "--map-root-user", "--net", "strace", "-f", "-qq", "--seccomp-bpf",
		"-e", "trace=socket,socketpair,connect,bind,listen", "-o", log}
	if out, err := exec.Command(through[0], append(through[1:], "true")...).CombinedOutput(); err != nil {
		t.Skipf("this needs unshare, strace and the right to use them: %v: %s", err, out)
	}
	return through
}

// traced returns the sockets that a run has opened.
func traced(t *testing.T, log string) []string {
	t.Helper()
	src, err := os.ReadFile(log)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return opensSocket.FindAllString(asksForUser.ReplaceAllString(string(src), ""), -1)
}

// TestOffline runs every command that isn't for a class without a network: each ends as it does
// with one, and none opens a socket. Doctor, which looks for a network, proves that sockets would
// be noticed.
func TestOffline(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "trace")
	through := offline(t, log)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "wayout") // Under this name the test binary is the program; see TestMain.
	if err := errors.Join(os.Symlink(self, name),
		os.WriteFile(filepath.Join(dir, "broken.md"), []byte("# No lesson\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	how, n := calls(filepath.Join(dir, "made")), 0
	if err := os.Mkdir(filepath.Join(dir, "made"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range commands() {
		path := c.CommandPath()
		if networked[path] && path != "wayout doctor" {
			continue
		}
		for _, args := range append(slices.Clone(how[path]), []string{"--help"}) {
			args = append(strings.Fields(path)[1:], args...)
			var codes [2]int
			for i, before := range [][]string{nil, through} {
				home := t.TempDir() // A new home has no files of an earlier run.
				for _, made := range []string{"made", "trace"} {
					_ = os.RemoveAll(filepath.Join(dir, made)) // It may not exist.
				}
				all := append(append(slices.Clone(before), name), args...)
				cmd := exec.Command(all[0], all[1:]...)
				cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+home, "XDG_CONFIG_HOME="+home,
					"XDG_RUNTIME_DIR="+home, "LANG=en_GB.UTF-8")
				cmd.Dir = dir
				_ = cmd.Run() // The exit code is checked below.
				codes[i] = cmd.ProcessState.ExitCode()
			}
			n++
			sockets := traced(t, log)
			if path == "wayout doctor" {
				if len(sockets) == 0 && !slices.Contains(args, "--help") {
					t.Errorf("%q opens no socket, so none would be seen", args)
				}
				continue
			}
			if codes[0] != codes[1] || len(sockets) > 0 {
				t.Errorf("%q ends with %d, and without a network with %d; it opens %q",
					args, codes[0], codes[1], sockets)
			}
		}
	}
	t.Logf("%d calls", n)
}

// TestScreensOffline opens the screens without a network. A presented lesson tries to listen on the
// loopback interface, for the teacher's other window, and goes on without it.
func TestScreensOffline(t *testing.T) {
	for _, c := range []struct {
		args  []string
		shows string
		tries bool // It may open a socket, on the loopback interface.
	}{
		{nil, "Wayout", false},
		{[]string{"play", "hold-my-phone"}, "Jas", false},
		{[]string{"now"}, "Are you safe?", false},
		{[]string{"practise"}, "ctrl+x", false},
		{[]string{"fine-or-off"}, "ctrl+x", false},
		{[]string{"present", "hold-my-phone"}, "ctrl+x", true},
	} {
		log := filepath.Join(t.TempDir(), "trace")
		through := offline(t, log)
		k := newConsoleThrough(t, through, t.TempDir(), nil, c.args...)
		k.until(c.shows, func() bool {
			return strings.Contains(strings.ToLower(k.screen()), strings.ToLower(c.shows))
		})
		_, _ = k.ptm.Write([]byte{0x18}) // Ctrl+x leaves from everywhere.
		select {
		case <-k.done:
		case <-time.After(10 * time.Second):
			t.Errorf("%q doesn't end; the screen:\n%s", c.args, k.screen())
		}
		for _, s := range traced(t, log) {
			if !c.tries || !strings.Contains(s, "AF_INET") {
				t.Errorf("%q opens %s", c.args, s)
			}
		}
		t.Logf("%q: %q", c.args, traced(t, log))
	}
}
