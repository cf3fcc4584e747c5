package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wayout/internal/licences"
)

// licenceRow is one work in the list, as JSON for scripts.
type licenceRow struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence string `json:"licence"`
	Text    string `json:"text,omitempty"` // With --text.
}

func newLicences() *cobra.Command {
	var asJSON, full bool
	cmd := &cobra.Command{
		Use:   "licences",
		Short: "List the licences of wayout, and of what it's built on",
		Long: "List the licences of wayout, of its lessons, and of everything it's built on. The program may\n" +
			"be used, copied and changed under the MIT licence. The lessons may be copied and changed\n" +
			"under CC BY 4.0 by anyone who says where they come from.",
		Example: "  wayout licences\n  wayout licences --text > licences.txt\n  wayout licences --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rows, err := licenceRows(full)
			switch out := cmd.OutOrStdout(); {
			case err != nil:
				return environment("", err)
			case asJSON:
				return printJSON(out, rows)
			case full:
				printLicences(out, rows)
				return nil
			default:
				return listLicences(out, rows)
			}
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	cmd.Flags().BoolVar(&full, "text", false, "with the full text of each licence")
	return cmd
}

func licenceRows(full bool) ([]licenceRow, error) {
	all, err := licences.All()
	if err != nil {
		return nil, err
	}
	var rows []licenceRow
	for _, m := range all {
		row := licenceRow{Name: m.Path, Version: m.Version, Licence: m.Licence}
		if m.Path == licences.Standard {
			row.Name = "Go standard library"
		}
		if m.Ours() {
			row.Version = version
		}
		if full {
			if row.Text, err = m.Text(); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func listLicences(out io.Writer, rows []licenceRow) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Licence, r.Name, r.Version)
	}
	return w.Flush()
}

// printLicences prints the texts of licences, each below the name of the work.
func printLicences(out io.Writer, rows []licenceRow) {
	for i, r := range rows {
		if i > 0 {
			fmt.Fprint(out, "\n\n")
		}
		head := r.Name
		if r.Version != "" {
			head += " " + r.Version
		}
		fmt.Fprintf(out, "# %s\n# %s\n\n%s", head, r.Licence, r.Text)
	}
}
