package main

import "github.com/spf13/cobra"

func newFineOrOff(s *globalFlags) *cobra.Command {
	p := startOptions{fineOrOff: true}
	cmd := &cobra.Command{
		Use:   "fine-or-off",
		Short: "A three-minute game: which of these chats are fine?",
		Long: "A three-minute game: eight short chats, half of them fine. For each one, say whether it's\n" +
			"fine, off, or too soon to tell. Then see what it was, why, and what would be worth asking.\n" +
			"There's no score, and nothing is kept. With a class: wayout class fine-or-off. Other rounds\n" +
			"are called fine-or-off-2 and so on.",
		Example: "  wayout fine-or-off\n  wayout fine-or-off --plain",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.open(cmd, p) },
	}
	cmd.Flags().BoolVar(&p.plain, "plain", false, "line by line, for screen readers and scripts")
	return cmd
}
