package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/lesson"
)

func newPlay(s *given) *cobra.Command {
	var p playing
	cmd := &cobra.Command{
		Use:     "play [LESSON]",
		Short:   "Play a lesson",
		Example: "  wayout play the-countdown\n  wayout play the-countdown --plain",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				p.lesson = args[0]
			}
			if p.from != "" && p.lesson == "" {
				return wrongUse("name the lesson too: wayout play LESSON --from SCENE", fmt.Errorf("--from without a lesson"))
			}
			return s.open(cmd, p)
		},
	}
	cmd.Flags().BoolVar(&p.plain, "plain", false, "line by line, for screen readers and scripts")
	cmd.Flags().StringVar(&p.from, "from", "", "begin in this scene, for authors")
	return cmd
}

// readLesson reads a lesson, and prints what is wrong with it where something is.
func readLesson(stderr io.Writer, c *course.Course, id string) (*lesson.Lesson, error) {
	if _, err := known(c, id); err != nil {
		return nil, err
	}
	l, diags, err := c.Lesson(id)
	if err != nil {
		return nil, environment("", err)
	}
	for _, d := range diags {
		fmt.Fprintln(stderr, d)
	}
	if l == nil {
		return nil, environment("the lesson's file is not right; see above", fmt.Errorf("can't open lesson %q", id))
	}
	return l, nil
}
