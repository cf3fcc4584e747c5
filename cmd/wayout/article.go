package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/text"
	"wayout/lessons"
)

func newArticle(s *globalFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "article",
		Short: "Show what the lessons are based on, and what has changed since",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			a, err := c.Article()
			if err != nil {
				return environment("", err)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), a)
			}
			out, w := cmd.OutOrStdout(), c.Words()
			printWrapped(out, "", a.Intro)
			for i, p := range a.Points {
				sources, err := course.Sources(lessons.Files, p.Sources)
				if err != nil {
					return environment("", err)
				}
				var titles, pages []string
				for _, id := range p.Lessons {
					if e, err := c.Entry(id); err == nil {
						titles = append(titles, e.Title)
					}
				}
				for _, src := range sources {
					pages = append(pages, src.Publisher+" ("+src.Date+")")
				}
				fmt.Fprintf(out, "\n%d. %s\n", i+1, p.Title)
				printWrapped(out, "   ", w.T("article.said")+" "+p.Said)
				printWrapped(out, "   ", w.T("article.now")+" "+p.Now)
				printWrapped(out, "   ", w.T("article.try")+" "+p.Try)
				printWrapped(out, "   ", w.T("article.lessons")+" "+strings.Join(titles, "; "))
				printWrapped(out, "   ", w.T("article.sources")+" "+strings.Join(pages, "; "))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

// pageWidth is the width of a page on standard output, in cells.
const pageWidth = 78

func printWrapped(w io.Writer, indent, words string) {
	for _, l := range text.Wrap(words, pageWidth-len(indent)) {
		fmt.Fprintln(w, indent+l)
	}
}

func newSources(s *globalFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "sources LESSON",
		Short:   "Show where the facts of a lesson come from",
		Example: "  wayout sources justice-for-greg",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			e, err := known(c, args[0])
			if err != nil {
				return err
			}
			sources, err := course.Sources(lessons.Files, e.Sources)
			if err != nil {
				return environment("a school's own lesson can only name sources that come with wayout", err)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), sources)
			}
			for _, src := range sources {
				fmt.Fprintf(cmd.OutOrStdout(), "%s (%s, grade %s)\n  %s\n", src.Publisher, src.Date, src.Grade,
					src.Address)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}
