//go:build manual

package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// forPackagers returns the commands that are only for people who package the program.
func forPackagers() []*cobra.Command { return []*cobra.Command{newMan()} }

// newMan returns the command that writes the manual pages for packages of the program. It takes
// 0.6 MB that no learner needs, so it's compiled only with this build tag.
func newMan() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "man --out FOLDER",
		Short: "Write the pages of the manual",
		Long: "Write a page of the manual for each command, for packages of the program. The date on them\n" +
			"is that of SOURCE_DATE_EPOCH, where it's set.",
		Example: "  go run -tags manual ./cmd/wayout man --out man1\n  man ./man1/wayout.1",
		Args:    cobra.NoArgs,
		Hidden:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return wrongUse("wayout man --out FOLDER", errors.New("where to?"))
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return environment(outHint, err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // Otherwise the pages would have today's date.
			header := &doc.GenManHeader{Section: "1", Source: "wayout " + version, Manual: "wayout"}
			return environment(outHint, doc.GenManTree(root, header, out))
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to; it is made")
	return cmd
}
