package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/atomicfile"
	"wayout/internal/lesson"
	"wayout/internal/link"
	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/text"
	"wayout/internal/tui"
)

// presentFlags are the flags of present.
type presentFlags struct {
	script, record string
	together, desk bool
}

func newPresent(s *globalFlags) *cobra.Command {
	t := &presentFlags{}
	cmd := &cobra.Command{
		Use:   "present LESSON",
		Short: "Show a lesson to a room, or to one teen beside you",
		Long: "Show a lesson to a room: two messages at a time, with the keys of a presenter's remote.\n" +
			"n shows your notes, d the card on what to do if a young person tells you something,\n" +
			"g goes to any scene, c counts hands, w plays a what-if, ? lists the rest. Nothing is saved.",
		Example: "  wayout present anonymous-heron\n  wayout present anonymous-heron --desk\n" +
			"  wayout present three-stars --together\n  wayout present anonymous-heron --record my.script\n" +
			"  wayout present anonymous-heron --script my.script",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return s.present(cmd, t, args[0]) },
	}
	cmd.Flags().StringVar(&t.script, "script", "",
		"follow a script: scene, choose, again, pause, note, blank, one per line")
	cmd.Flags().StringVar(&t.record, "record", "", "write down what you do, as a script")
	cmd.Flags().BoolVar(&t.desk, "desk", false, "your notes in a second terminal, in step with the room's view")
	cmd.Flags().BoolVar(&t.together, "together", false, "for one teen beside you, who does the choosing; no notes")
	return cmd
}

// present shows a lesson to a room, or to one teen.
func (s *globalFlags) present(cmd *cobra.Command, t *presentFlags, id string) error {
	m, err := s.openLed(cmd, id)
	if err != nil {
		return err
	}
	l, set := m.lesson, m.set
	doubted(cmd, m.course, l)
	p := &tui.PresentOptions{Lesson: l, Together: t.together, Rules: groundRules(), Desk: t.desk}
	if p.Script, err = readScript(cmd.ErrOrStderr(), t.script, l); err != nil {
		return err
	}
	if p.Record, err = newRecording(t.record); err != nil {
		return err
	}
	if t.desk && t.together {
		return wrongUse("--together hides the notes, and the desk is only notes",
			errors.New("--desk and --together don't go together"))
	}
	if !onTerminal() {
		return wrongUse("wayout play LESSON --plain reads a lesson line by line",
			errors.New("presenting a lesson needs a terminal"))
	}
	set.Private = true // Nothing of the room is kept.
	if set.Theme != "mono" {
		set.Theme = "contrast" // A contrast of at least 7:1, because projectors fade colours.
	}
	if !t.together {
		joined, err := joinDesk(l.ID)
		if err != nil && t.desk {
			return environment("the desk and the room's view talk over the loopback interface", err)
		}
		if err == nil { // Without a desk, "n" shows the notes in the room's view.
			defer joined.Close()
			p.Link = tui.Link{Share: joined.Share, News: func() (tui.LinkNews, bool) {
				a, ok := <-joined.Arrivals()
				return tui.LinkNews(a), ok
			}}
		}
	}
	o := tui.Options{Course: m.course, Help: m.help, Settings: set, Seed: seed(), Color: settings.ColorOf(os.Getenv),
		Env: os.Environ(), Present: p}
	return environment("", tui.Run(context.WithoutCancel(cmd.Context()), o))
}

// joinDesk joins the link between the room's view and the desk of a lesson on this computer.
func joinDesk(id string) (*link.Link, error) {
	dir, err := runtimeDir()
	if err != nil {
		return nil, err
	}
	return link.Join(filepath.Join(dir, id+deskEnding))
}

// newRecording makes the file of a recording, and returns a function that replaces its content; nil
// without a path. It doesn't overwrite an existing file, which may be an earlier recording.
func newRecording(path string) (func([]byte) error, error) {
	if path == "" {
		return nil, nil
	}
	if err := createNew(path, nil, 0o600, "choose another name, or move the file: --record always writes a new one",
		"--record takes a file you can write to"); err != nil {
		return nil, err
	}
	return func(src []byte) error { return atomicfile.Write(path, src, 0o600) }, nil
}

// readScript reads a script and checks it against the lesson; it prints what is wrong. Without
// a path it returns nil.
func readScript(stderr io.Writer, path string, l *lesson.Lesson) ([]room.Command, error) {
	if path == "" {
		return nil, nil
	}
	src := readOwn(path)
	if src == nil {
		return nil, environment("--script takes a file you can read", fmt.Errorf("can't read %q", text.Line(path, 200)))
	}
	script, found := room.ParseScript(path, src)
	if len(found) == 0 {
		found = room.CheckScript(path, script, l)
	}
	printFindings(stderr, found)
	if len(found) > 0 {
		return nil, errFindings
	}
	return script, nil
}

// mostRules is how many ground rules a school may have, so that a room can read them.
const mostRules = 8

// groundRules returns the school's own ground rules, one for each line of the file, or nil.
func groundRules() []string {
	dir := configDir()
	if dir == "" {
		return nil
	}
	src := readOwn(filepath.Join(dir, rulesName))
	if what, fix := text.Foreign(src); what != "" {
		fmt.Fprintf(os.Stderr, "wayout: ground-rules.txt: this is %s; %s\n", what, fix)
		return nil
	}
	clean, _ := text.Clean(src, text.Policy{})
	var rules []string
	for line := range strings.Lines(clean) {
		if line = text.Line(line, 200); line != "" && len(rules) < mostRules {
			rules = append(rules, line)
		}
	}
	return rules
}
