package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/check"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// ways are the paths of a lesson, for scripts.
type ways struct {
	Lesson  string   `json:"lesson"`
	Paths   int      `json:"paths"`
	Safest  []string `json:"safest"`
	Worst   []string `json:"worst"`
	Longest []string `json:"longest"`
}

func newPaths(s *given) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "paths [LESSON]",
		Short: "Show the safest, the worst and the longest way through",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				for _, e := range c.Lessons {
					args = append(args, e.ID)
				}
			}
			all := []ways{}
			for _, id := range args {
				l, err := readLesson(cmd.ErrOrStderr(), c, id)
				if err != nil {
					return err
				}
				all = append(all, ways{id, check.Measure(l).Paths, scenes(l, check.Safest(l)),
					scenes(l, check.Worst(l)), scenes(l, check.Longest(l))})
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			for _, w := range all {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %d paths\n  safest   %s\n  worst    %s\n  longest  %s\n", w.Lesson,
					w.Paths,
					strings.Join(w.Safest, " > "), strings.Join(w.Worst, " > "), strings.Join(w.Longest, " > "))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

// scenes plays moves and returns the scenes that they lead through.
func scenes(l *lesson.Lesson, moves []play.Move) []string {
	run, _ := play.Replay(l, 0, moves)
	return run.Scenes()
}
