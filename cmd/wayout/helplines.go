package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/helpline"
)

func newHelplines(s *globalFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "helplines [COUNTRY]",
		Short:   "Show who helps, by country",
		Example: "  wayout helplines uk",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := helpDirectory(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			set, err := s.settings(cmd.ErrOrStderr(), d)
			if err != nil {
				return err
			}
			code := set.Country
			if len(args) > 0 {
				c, ok := d.Find(args[0])
				if !ok {
					return noHelp(d, args[0])
				}
				code = c.Code
			}
			var all []helpline.Service
			if code != "" {
				all = d.For(code)
			} else {
				all = d.School()
				for _, c := range d.Countries {
					if c.Code != helpline.World {
						all = append(all, d.Local(c.Code)...)
					}
				}
				all = append(all, d.Local(helpline.World)...)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			if c, ok := d.Find(code); ok && c.Note != "" {
				printWrapped(cmd.OutOrStdout(), "", c.Note)
			}
			for _, v := range all {
				printService(cmd.OutOrStdout(), d, v)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

// printService prints one service: what it is for, how to reach it, what happens
// then, and where and when it was last checked.
func printService(w io.Writer, d *helpline.Directory, v helpline.Service) {
	where := "School"
	if !v.School {
		country, _ := d.Find(v.Country)
		where = country.Name
	}
	fmt.Fprintf(w, "%s: %s. %s\n", where, v.Name, v.What)
	for _, way := range [][2]string{{"call", v.Call}, {"text", v.Text}, {"chat", v.Chat}, {"web", v.Web},
		{"where", v.In}, {"open", v.Hours}, {"then", v.Happens}} {
		if way[1] != "" {
			fmt.Fprintf(w, "  %s: %s\n", way[0], way[1])
		}
	}
	var good []string
	if v.Free {
		good = append(good, "free")
	}
	if v.Unnamed {
		good = append(good, "you don't have to give your name")
	}
	if len(good) > 0 {
		fmt.Fprintf(w, "  %s\n", strings.Join(good, ", "))
	}
	if !v.School {
		fmt.Fprintf(w, "  last checked %s (%s), on %s\n", v.Seen, strings.ToLower(v.Grade), v.Source)
	}
}
