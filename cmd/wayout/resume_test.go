//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// kill ends the program at once, as a power cut does.
func (c *console) kill() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		c.t.Fatal(err)
	}
	select {
	case <-c.done:
	case <-time.After(10 * time.Second):
		c.t.Fatal("it does not die")
	}
}

// TestKilledAndGoesOn plays half a lesson, is killed, starts again and goes on
// in the same scene.
func TestKilledAndGoesOn(t *testing.T) {
	home := t.TempDir()
	c := newConsoleIn(t, home, "play", "hold-my-phone", "--no-motion")
	c.waitFor("Goal")
	c.press("\r", "im left handed")
	c.readTo("Let it go dark")
	c.press("2", "It lights up")
	// Wait for the choice in the file; the screen may be a moment ahead.
	file := filepath.Join(home, "state", "wayout", "progress")
	c.until("the choice in the file", func() bool {
		src, _ := os.ReadFile(file)
		return strings.Contains(string(src), "only-today/dark")
	})
	c.kill()

	c = newConsoleIn(t, home, "--no-motion")
	c.waitFor("▸ Carry on where you left off: Hold My Phone")
	c.press("\r", "ctrl+x clears")
	c.press("\r", "It lights up")
	c.readTo("3  Leave it.")
	c.press("3", "uncle 3 must be GOOD")
	c.press("\x18", "")
	<-c.done
}

// TestPrivateWritesNothing plays with --private in a new home folder, and checks every file
// and the time of every folder: a file that was made and removed again would change the
// folder's time.
func TestPrivateWritesNothing(t *testing.T) {
	home := t.TempDir()
	for _, dir := range []string{"state/wayout", "config/wayout", ".cache", ".local"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "config/wayout/settings.toml"), []byte("motion = false\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	state := func() map[string]string {
		all := make(map[string]string)
		err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			all[path] = info.ModTime().String() + info.Mode().String()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := state()
	time.Sleep(20 * time.Millisecond) // So that a write would change a time.
	c := newConsoleIn(t, home, "--private")
	c.waitFor("There is a way out")
	c.press("s", "Private: from now on, nothing is kept")
	c.press("\x1b[B", "")
	c.press("\r", "for a dark background")
	c.press("\x1b", "There is a way out")
	c.choose("▸ Hold My Phone")
	c.press("\r", "ctrl+x clears")
	c.press("\r", "Goal")
	c.readTo("Let it go dark")
	c.press("2", "That helps")
	c.press("\x18", "")
	<-c.done
	after := state()
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s was changed", path)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d files and folders, before there were %d", len(after), len(before))
	}
}
