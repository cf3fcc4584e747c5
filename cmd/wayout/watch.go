package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/plain"
	"wayout/internal/play"
	"wayout/internal/settings"
	"wayout/internal/text"
	"wayout/internal/tui"
	"wayout/internal/watch"
)

func newWatch(s *globalFlags) *cobra.Command {
	var byLine bool
	cmd := &cobra.Command{
		Use:   "watch FILE",
		Short: "Play a lesson beside your editor, and check it each time you save",
		Long: "Play a lesson beside your editor. Each time you save, it checks every rule, shows what needs\n" +
			"fixing, and plays from the scene you changed. If the page can't be read as it is, it carries\n" +
			"on with the last version that could. It writes no files.",
		Example: "  wayout watch my-lesson.md\n  wayout watch my-lesson.md --plain",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := args[0]
			if info, err := os.Stat(path); err != nil || info.IsDir() {
				return wrongUse("name the file of one lesson; wayout new starts one",
					fmt.Errorf("there's no file %q", text.Line(path, 200)))
			}
			stderr := cmd.ErrOrStderr()
			c, d, set, err := s.all(stderr)
			if err != nil {
				return err
			}
			set.Private = true // Don't record an author's attempts.
			c.Judge = nil      // The watcher prints findings itself.
			ctx, stop := context.WithCancel(cmd.Context())
			defer stop()
			w, err := watcher(c, path)
			if err != nil {
				return environment("", err)
			}
			news := func() (watch.Edition, bool) { return w.Next(ctx) }
			file := text.Line(filepath.Base(path), 100)
			if whyPlain(byLine, os.Getenv, onTerminal()) != "" {
				return ended(plain.Watch(cmd.InOrStdin(), cmd.OutOrStdout(), stderr,
					plain.Options{Course: c, Help: d, Settings: set, Seed: seed()},
					plain.WatchOptions{File: file, News: news}))
			}
			o := tui.Options{Course: c, Help: d, Settings: set, Seed: seed(), Color: settings.ColorOf(os.Getenv),
				Env:   os.Environ(),
				Watch: &tui.WatchOptions{File: file, News: news}}
			return environment("wayout watch FILE --plain works in any terminal",
				tui.Run(context.WithoutCancel(cmd.Context()), o))
		},
	}
	cmd.Flags().BoolVar(&byLine, "plain", false, "line by line, for screen readers")
	return cmd
}

// watcher returns a watcher of a lesson's file that applies all rules.
func watcher(c *course.Course, path string) (*watch.Watcher, error) {
	k, err := newChecker(c)
	if err != nil {
		return nil, err
	}
	// The path to a scene and the rules need the same states, so the last ones are cached.
	var states *check.States
	var of *lesson.Lesson
	explore := func(l *lesson.Lesson) *check.States {
		if l != of {
			states, of = check.Explore(l), l
		}
		return states
	}
	return watch.New(watch.Options{
		Read: func() ([]byte, error) { return readPage(path) },
		Parse: func(src []byte) (*lesson.Lesson, []lesson.Diagnostic) {
			return lesson.Parse(strings.TrimSpace(filepath.Base(path)), src)
		},
		Check: func(l *lesson.Lesson) []lesson.Diagnostic { return explore(l).Check(k.lex) },
		Way:   func(l *lesson.Lesson, scene string) []play.Action { return explore(l).WayTo(scene) },
	}), nil
}
