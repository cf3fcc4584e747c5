package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/helpline"
)

func newHelplines(s *settings) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "helplines [COUNTRY]",
		Short:   "Show who helps, by country",
		Example: "  wayout helplines uk",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := helpDirectory()
			if err != nil {
				return err
			}
			if len(args) > 0 {
				s.country = args[0]
			}
			code, err := s.home(d)
			if err != nil {
				return err
			}
			var all []helpline.Service
			if code != "" {
				all = d.For(code)
			} else {
				for _, c := range d.Countries {
					if c.Code != helpline.World {
						all = append(all, d.Local(c.Code)...)
					}
				}
				all = append(all, d.For(helpline.World)...)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			for _, v := range all {
				country, _ := d.Find(v.Country)
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %s. %s\n", country.Name, v.Name, v.What)
				for _, way := range [][2]string{{"call", v.Call}, {"text", v.Text}, {"chat", v.Chat}, {"web", v.Web}, {"open", v.Hours}} {
					if way[1] != "" {
						fmt.Fprintf(cmd.OutOrStdout(), "  %s %s\n", way[0], way[1])
					}
				}
				fmt.Fprintf(cmd.OutOrStdout(), "  last checked %s (%s), on %s\n", v.Seen, strings.ToLower(v.Grade), v.Source)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}
