package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wayout/internal/course"
)

func newClassBooster(s *globalFlags) *cobra.Command {
	t := &classFlags{}
	round := 1
	cmd := &cobra.Command{
		Use:   "booster LESSON...",
		Short: "Come back to a lesson with a class, for ten minutes",
		Long: "Come back to a lesson with a class, for ten minutes, after 1, 3, 6 and 12 months: four short\n" +
			"stories that the class votes on, as in a lesson. When a class ends, the desk says on which days.\n\n" +
			"Each round has other stories, as far as there are enough. One lesson has five or six, so some\n" +
			"come round again. If the class has done several lessons, name them all, the same ones each\n" +
			"time: the stories come from these lessons and from no others.",
		Example: "  wayout class booster anonymous-heron --round 1 --lan\n" +
			"  wayout class booster anonymous-heron hold-my-phone justice-for-greg seen-by-46 --round 2 --lan",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := s.boosterID(cmd, round, args)
			if err != nil {
				return err
			}
			return s.class(cmd, t, id)
		},
	}
	cmd.Flags().IntVar(&round, "round", 1, fmt.Sprintf("which time it is, 1 to %d", course.BoosterRounds))
	t.addAll(cmd.Flags())
	return cmd
}

// boosterID returns the id of a booster. The error says what is wrong with the arguments.
func (s *globalFlags) boosterID(cmd *cobra.Command, round int, args []string) (string, error) {
	if round < 1 || round > course.BoosterRounds {
		return "", wrongUse(fmt.Sprintf("--round takes 1 to %d: after 1, 3, 6 and 12 months", course.BoosterRounds),
			fmt.Errorf("--round can't be %d", round))
	}
	c, err := s.course(cmd.ErrOrStderr(), s.lang)
	if err != nil {
		return "", err
	}
	named := make(map[string]bool)
	for _, arg := range args {
		e, err := known(c, arg)
		if err != nil {
			return "", err
		}
		named[e.ID] = true
	}
	var ids []string // In course order, so that a round doesn't depend on the order of the arguments.
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		if named[e.ID] {
			ids = append(ids, e.ID)
		}
	}
	id := course.BoosterID(round, ids)
	if _, _, err := c.Led(id); err != nil {
		return "", wrongUse("name lessons that the class has done; a lesson's short stories are in LESSON.boosters.md",
			err)
	}
	return id, nil
}

// comeBack prints when the class comes back, so that it can be copied after the desk has closed.
func (k *classSession) comeBack(w io.Writer) error {
	all := k.boosters()
	if len(all) == 0 {
		return nil
	}
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, k.course.Words().T("classbooster.head")+":")
	for _, b := range all {
		fmt.Fprintf(table, "%s\t%s\n", b.Day, b.Run)
	}
	return table.Flush()
}
