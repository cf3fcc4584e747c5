package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"wayout/internal/dossier"
	"wayout/internal/progress"
	"wayout/internal/room"
	"wayout/internal/settings"
)

func newDossier(s *globalFlags) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "dossier --out FOLDER",
		Short: "Make the page that a school's IT asks for",
		Long: "Make the page that a school's IT asks for before it installs a program, in HTML and in\n" +
			"Markdown: what is kept, ports and hosts, what a filter has to let through, accessibility,\n" +
			"libraries and licences, how to lock settings, and how to install without questions. It's\n" +
			"made from the program itself, and names the tests that hold what it promises.",
		Example: "  wayout dossier --out for-it",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return wrongUse("wayout dossier --out FOLDER", errors.New("where to?"))
			}
			facts, err := s.facts()
			if err != nil {
				return err
			}
			page, err := dossier.Make(facts)
			if err != nil {
				return environment("", err)
			}
			for _, f := range []struct {
				name string
				src  []byte
			}{{"dossier.html", page.HTML}, {"dossier.md", page.Markdown}} {
				path, err := writeOut(out, f.name, f.src)
				if err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), path)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to; it is made")
	return cmd
}

// facts returns what the dossier says about this program. The ports and the address are the
// defaults of wayout serve.
func (s *globalFlags) facts() (dossier.Facts, error) {
	c, err := s.course(io.Discard, s.lang)
	if err != nil {
		return dossier.Facts{}, err
	}
	return dossier.Facts{Version: version, Review: c.Review(), Private: settings.BuiltIn().Private,
		Fewest: room.FewestAnswers, Lessons: len(c.Lessons), Files: fileNames(),
		PagePort: pagePort, SSHPort: sshPort, Bound: loopback}, nil
}

// fileNames returns the names of all files that the program reads or writes, with LESSON for an id.
func fileNames() []string {
	const id = "LESSON"
	return slices.Concat(progress.FileNames(), []string{settingsName, schoolName, rulesName, settings.PolicyName,
		hostKeyName, classBefore + id + classEnding, classBefore + id + socketEnd, id + deskEnding})
}
