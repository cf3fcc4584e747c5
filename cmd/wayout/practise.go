package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func newPractise(s *globalFlags) *cobra.Command {
	var p startOptions
	cmd := &cobra.Command{
		Use:   "practise [SITUATION]",
		Short: "Practise what to say, without a story",
		Long: "Practise what to say, without a story. A made-up person writes to you, and answers what you\n" +
			"type. It gets a little harder each time you come back. The situations are refuse, tell and\n" +
			"stand-by, and, for adults, listen: a young person tells you something. What you type never\n" +
			"leaves this computer, and isn't kept.",
		Example: "  wayout practise\n  wayout practise refuse\n  wayout practise listen --plain",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p.practise = "any"
			if len(args) > 0 {
				c, _, _, err := s.all(cmd.ErrOrStderr())
				if err != nil {
					return err
				}
				names := c.PractiseNames()
				if p.practise = args[0]; !slices.Contains(names, p.practise) {
					return wrongUse("choose from: "+strings.Join(names, ", "),
						fmt.Errorf("unknown situation %q", args[0]))
				}
			}
			return s.open(cmd, p)
		},
	}
	cmd.Flags().BoolVar(&p.plain, "plain", false, "line by line, for screen readers and scripts")
	return cmd
}
