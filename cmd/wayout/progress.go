package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/progress"
	"wayout/internal/text"
	"wayout/lessons"
)

func newProgress(s *globalFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "See, copy or erase what is kept",
		Long: "What's kept: the choices you made, the days you made them, and your plan if you asked to keep\n" +
			"it. No name, and nothing you typed. It's in one file on this computer, and goes nowhere else.",
		Example: "  wayout progress show\n  wayout progress export > mine.txt\n  wayout progress erase",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newProgressShow(s), newProgressExport(), newProgressErase())
	return cmd
}

// kept opens the record for a command. A problem with the file is an error if the command
// needs the file.
func kept(stderr io.Writer, w *course.Words) (*progress.Book, error) {
	if stateDir() == "" {
		return nil, environment("set HOME, or XDG_STATE_HOME",
			errors.New("there's no folder to keep anything in"))
	}
	b := openBook(false)
	t := b.Trouble()
	if t.Kind == progress.Newer || t.Kind == progress.Full || t.Kind == progress.Unwritable {
		return nil, environment("", t.Err)
	}
	if words := w.Trouble(t.Kind.String(), t.Lost, t.Version); words != "" {
		fmt.Fprintln(stderr, "wayout:", words)
	}
	return b, nil
}

func newProgressShow(s *globalFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show what is kept",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.course(io.Discard, s.lang)
			if err != nil {
				return err
			}
			b, err := kept(cmd.ErrOrStderr(), c.Words())
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), b.Record())
			}
			show(cmd.OutOrStdout(), c, b)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

// show prints what is kept, in words.
func show(w io.Writer, c *course.Course, b *progress.Book) {
	rec := b.Record()
	if len(rec.Lessons)+len(rec.Practice)+len(rec.Forms) == 0 && rec.Plan == nil {
		fmt.Fprintln(w, "Nothing is kept.")
		return
	}
	fmt.Fprintf(w, "Kept in %s\n", text.Line(stateDir(), 400))
	title := func(id string) string {
		if e, err := c.Entry(id); err == nil {
			return e.Title
		}
		return text.Line(id, 80)
	}
	for _, id := range slices.Sorted(maps.Keys(rec.Lessons)) {
		l, state := rec.Lessons[id], b.State(id)
		fmt.Fprintf(w, "\n%s\n", title(id))
		for _, day := range l.Done {
			fmt.Fprintf(w, "  finished on %s\n", day)
		}
		if _, err := c.Entry(id); err != nil {
			fmt.Fprintln(w, "  this lesson isn't here now; what you did in it is still kept")
		} else if state.Begun {
			fmt.Fprintf(w, "  started; to carry on: wayout play %s\n", text.Line(id, 80))
		}
		fmt.Fprintf(w, "  %d scenes seen, %d choices, %d signs spotted, %d questions answered\n", len(l.Scenes),
			len(l.Choices), len(l.Signs), len(l.Checks))
		if p := rec.Practice[id]; p != nil {
			for _, r := range p.Rounds {
				fmt.Fprintf(w, "  booster %d on %s\n", r.Round, r.Day)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rec.Forms)) {
		fmt.Fprintf(w, "\nSix short questions, %s: %s\n", text.Line(name, 40), rec.Forms[name].Day)
	}
	if plan, ok := b.Plan(); ok {
		fmt.Fprintln(w, "\nYour plan")
		if parts, err := c.PlanWords(); err == nil {
			for _, line := range c.Words().Plan(parts, course.PlanParts(plan)) {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
}

func newProgressExport() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the whole file, to take it with you",
		Long:  "Print the whole file as it is kept. Put it in the same folder on another computer to carry on there.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := course.Open(lessons.Files, "en", nil)
			if err != nil {
				return environment("", err)
			}
			b, err := kept(cmd.ErrOrStderr(), c.Words())
			if err != nil {
				return err
			}
			src, err := progress.Encode(b.Record(), version)
			if err != nil {
				return environment("", err)
			}
			_, err = cmd.OutOrStdout().Write(src)
			return err
		},
	}
}

func newProgressErase() *cobra.Command {
	return &cobra.Command{
		Use:   "erase",
		Short: "Erase everything that is kept",
		Long: "Erase what you did, your plan and your settings. This can't be undone.\n" +
			"It doesn't hide that the program was run, and it can't erase what a school or a backup may have kept.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := eraseKept(); errors.Is(err, context.DeadlineExceeded) {
				return environment("close other windows of wayout, and try again", err)
			} else if err != nil {
				return environment("some of it couldn't be erased", err)
			}
			fmt.Fprintln(cmd.OutOrStdout(), "Everything that was kept is gone.")
			return nil
		},
	}
}
