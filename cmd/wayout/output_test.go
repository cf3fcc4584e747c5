package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// full is a disk that has room only for the first bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	n := min(f.room, len(p))
	if f.room -= n; n < len(p) {
		return n, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
	}
	return n, nil
}

// calls has arguments for each command with which it prints, in each of its formats.
// Commands with a screen print nothing: without a terminal they end with wrong use.
func calls(dir string) map[string][][]string {
	screen := [][]string(nil)
	return map[string][][]string{
		"wayout": {{}, {"--version"}, {"-v"}, {"--help"}, {"help"}, {"help", "list"},
			{"__complete", "pl"}},
		"wayout play":        {{"justice-for-greg", "--plain"}, {"hold-my-phone", "--plain", "--private"}},
		"wayout now":         {{"--plain"}, {"--plain", "--country", "uk"}},
		"wayout practise":    {{"--plain"}, {"refuse", "--plain", "--private"}},
		"wayout fine-or-off": {{"--plain"}},
		"wayout list":        {{}, {"--staff"}, {"--courses"}, {"--json"}, {"--markdown"}, {"--courses", "--json"}},
		"wayout check": {{"--json"}, {"--stats"}, {filepath.Join(dir, "broken.md")},
			{filepath.Join(dir, "broken.md"), "--json"}},
		"wayout paths": {{}, {"anonymous-heron"}, {"--json"}, {"hold-my-phone", "--transcripts"},
			{"hold-my-phone", "--transcripts", "--json"}},
		"wayout watch": {{filepath.Join(dir, "broken.md"), "--plain"}},
		"wayout graph": {{"anonymous-heron"}, {"anonymous-heron", "--mermaid"}, {"anonymous-heron", "--format", "dot"},
			{"hold-my-phone", "--json"}},
		"wayout new":             {{"--print", "--title", "A", "--focus", "Bo", "--other", "Cy", "--place", "Leeds"}},
		"wayout helplines":       {{}, {"uk"}, {"argentina"}, {"--json"}},
		"wayout article":         {{}, {"--json"}},
		"wayout hear":            {{}, {"--situation", "tell", "--json"}},
		"wayout sources":         {{"anonymous-heron"}, {"anonymous-heron", "--json"}},
		"wayout handout":         {{"anonymous-heron", "--out", filepath.Join(dir, "paper")}},
		"wayout export":          {{"--lesson", "hold-my-phone", "--out", filepath.Join(dir, "pages")}},
		"wayout dossier":         {{"--out", filepath.Join(dir, "dossier")}},
		"wayout licences":        {{}, {"--text"}, {"--json"}},
		"wayout progress":        {{}},
		"wayout progress show":   {{}, {"--json"}},
		"wayout progress export": {{}},
		"wayout progress erase":  {{}},
		"wayout doctor":          {{}, {"--json"}},
		"wayout serve": {{"--staff-key-file", filepath.Join(dir, "staff.key"), "--port", "0",
			"--no-ssh"}},
		"wayout completion":            {{}},
		"wayout completion bash":       {{}, {"--no-descriptions"}},
		"wayout completion fish":       {{}},
		"wayout completion powershell": {{}},
		"wayout completion zsh":        {{}},
		"wayout help":                  {{}, {"play"}},
		"wayout present":               screen,
		"wayout class":                 screen,
		"wayout class booster":         screen,
	}
}

// commands returns every command of the tree, including cobra's own.
func commands() []*cobra.Command {
	root := newRoot()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	var all []*cobra.Command
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		all = append(all, c)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	return all
}

// TestOutputThatCantBeWritten checks that no command succeeds if its output can't be
// written. A new command must be added to calls.
func TestOutputThatCantBeWritten(t *testing.T) {
	dir := t.TempDir()
	for name, place := range map[string]string{"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config"} {
		t.Setenv(name, filepath.Join(dir, place))
	}
	for name, src := range map[string]string{"broken.md": "# No lesson\n",
		"staff.key": strings.Repeat("0123456789abcdef", 4)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer func(was *os.File) { os.Stdin = was }(os.Stdin)
	os.Stdin = in
	lines := filepath.Join(dir, "lines.txt")
	if err := os.WriteFile(lines, []byte("no\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	how := calls(dir)
	run := func(path string, args []string, stdout, stderr io.Writer) int {
		os.Stdin = in
		if path == "wayout hear" { // Its output depends on its input.
			typed, err := os.Open(lines)
			if err != nil {
				t.Fatal(err)
			}
			defer typed.Close()
			os.Stdin = typed
		}
		return run(args, stdout, stderr)
	}
	for _, c := range commands() {
		path := c.CommandPath()
		tries, ok := how[path]
		if !ok {
			t.Errorf("%s is new: say in calls how it prints", path)
		}
		words := strings.Fields(path)[1:]
		tries = append(tries, []string{"--help"})
		for _, args := range tries {
			args = append(words[:len(words):len(words)], args...)
			for _, room := range []int{0, 1} { // The error comes at the first byte, or later.
				var said strings.Builder
				code := run(path, args, &full{room}, &said)
				if code != exitEnvironment || !strings.Contains(said.String(),
					"can't write the output: no space left on device") {
					t.Errorf("%q with room for %d bytes: exit code %d, and it says %q", args, room, code, said.String())
				}
			}
			// A closed pipe isn't reported.
			for _, gone := range []error{syscall.EPIPE, io.ErrClosedPipe} {
				var said strings.Builder
				if code := run(path, args, broken{gone}, &said); code != exitEnvironment ||
					strings.Contains(said.String(), "written") || strings.Contains(said.String(), "pipe") {
					t.Errorf("%q into a closed pipe: exit code %d, and it says %q", args, code, said.String())
				}
			}
		}
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

// TestHungUp checks that a closed pipe is distinguished from a full disk, by the errors of this
// system.
func TestHungUp(t *testing.T) {
	gone := []error{syscall.EPIPE, io.ErrClosedPipe}
	if windows {
		gone = []error{io.ErrClosedPipe, brokenPipe, pipeClosing, pipeAlone}
	}
	for _, err := range gone {
		if !hungUp(&os.PathError{Op: "write", Path: "/dev/stdout", Err: err}) {
			t.Errorf("%v counts as a fault", err)
		}
	}
	for _, err := range []error{syscall.ENOSPC, io.ErrShortWrite} {
		if hungUp(err) {
			t.Errorf("%v is passed over", err)
		}
	}
}

// TestOutputStops checks that nothing more is written after the first error, that a short
// write is an error, and that stop is called once.
func TestOutputStops(t *testing.T) {
	stops := 0
	o := &output{w: writes(func(p []byte) (int, error) { return len(p) - 1, nil }), stop: func(error) { stops++ }}
	for range 3 {
		if _, err := o.Write([]byte("abc")); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%v", err)
		}
	}
	if stops != 1 || !errors.Is(o.failed(), io.ErrShortWrite) {
		t.Errorf("stopped %d times, %v", stops, o.failed())
	}
}

type writes func(p []byte) (int, error)

func (w writes) Write(p []byte) (int, error) { return w(p) }
