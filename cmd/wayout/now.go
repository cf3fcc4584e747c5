package main

import "github.com/spf13/cobra"

func newNow(s *globalFlags) *cobra.Command {
	p := startOptions{now: true}
	cmd := &cobra.Command{
		Use:   "now",
		Short: "If it's happening to you right now: the next few minutes, one thing at a time",
		Long: "If it's happening to you right now: the next few minutes, one thing at a time, and who can\n" +
			"help. It works without the internet. wayout saves nothing, and reads nothing it saved before,\n" +
			"but the terminal may keep a record. ctrl+x leaves at once.",
		Example: "  wayout now\n  wayout now --country ireland\n  wayout now --plain",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s.now = true
			return s.open(cmd, p)
		},
	}
	cmd.Flags().BoolVar(&p.plain, "plain", false, "line by line, for screen readers and scripts")
	return cmd
}
