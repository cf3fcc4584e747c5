package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wayout/internal/course"
)

// listEntry is a lesson in the list, as JSON for scripts.
type listEntry struct {
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

func newList(s *globalFlags) *cobra.Command {
	var asJSON, markdown, staff, courses bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the lessons",
		Long: "List the lessons for learners. --staff lists those for adults who work with young\n" +
			"people, --courses lists the courses made from them, and --markdown adds what's in\n" +
			"each lesson.",
		Example: "  wayout list\n  wayout list --courses\n  wayout list --markdown > lessons.md",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			if courses {
				return listCourses(cmd.OutOrStdout(), c, asJSON)
			}
			entries, all := c.Lessons, []listEntry{}
			if staff {
				entries = c.Staff
			}
			for _, e := range entries {
				all = append(all, listEntry{e.ID, e.Title, e.Goal, e.Risk, e.Role, e.Ages, e.Minutes, e.Note, e.Own})
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), all)
			}
			if markdown {
				listMarkdown(cmd.OutOrStdout(), all)
				return nil
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 3, ' ', 0)
			for _, l := range all {
				fmt.Fprintf(w, "%s\t%d min\t%s\n", l.ID, l.Minutes, l.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	cmd.Flags().BoolVar(&markdown, "markdown", false, "with content notes, in Markdown, for a page of your own")
	cmd.Flags().BoolVar(&staff, "staff", false, "the lessons for adults")
	cmd.Flags().BoolVar(&courses, "courses", false, "the courses made from the lessons")
	return cmd
}

// listMarkdown prints each lesson as a row with its risk, ages and minutes, which opens to show
// the content note.
func listMarkdown(w io.Writer, all []listEntry) {
	for i, l := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w,
			"<details>\n<summary><b>%s</b>: %s, %s, about %d minutes</summary>\n\n%s\n\n</details>\n",
			html.EscapeString(l.Title), html.EscapeString(strings.ReplaceAll(l.Risk, "-", " ")),
			html.EscapeString(strings.ReplaceAll(l.Ages, "-", " to ")), l.Minutes, l.Note)
	}
}

// listCourses prints the plans for a course, session by session.
func listCourses(w io.Writer, c *course.Course, asJSON bool) error {
	if asJSON {
		return printJSON(w, c.Plans())
	}
	for i, p := range c.Plans() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s\n", p.Title)
		printWrapped(w, "  ", p.About)
		for _, s := range p.Sessions {
			fmt.Fprintf(w, "  %s, %d min: %s\n", s.Title, s.Minutes, strings.Join(s.Lessons, ", "))
		}
	}
	return nil
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
