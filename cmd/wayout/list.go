package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// listed is a lesson in the list, for scripts.
type listed struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Goal    string `json:"goal"`
	Risk    string `json:"risk"`
	Role    string `json:"role"`
	Ages    string `json:"ages"`
	Minutes int    `json:"minutes"`
	Note    string `json:"note"`
	Own     bool   `json:"own"`
}

func newList(s *given) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the lessons",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			all := []listed{}
			for _, e := range c.Lessons {
				all = append(all, listed{e.ID, e.Title, e.Goal, e.Risk, e.Role, e.Ages, e.Minutes, e.Note, e.Own})
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 3, ' ', 0)
			for _, l := range all {
				fmt.Fprintf(w, "%s\t%d min\t%s\n", l.ID, l.Minutes, l.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
