package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"wayout/internal/atomicfile"
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
			facts, err := s.facts(cmd.Root())
			if err != nil {
				return err
			}
			page, err := dossier.Make(facts)
			if err != nil {
				return environment("", err)
			}
			const hint = "--out takes a folder that can be written"
			if err := os.MkdirAll(out, 0o755); err != nil {
				return environment(hint, err)
			}
			for _, f := range []struct {
				name string
				src  []byte
			}{{"dossier.html", page.HTML}, {"dossier.md", page.Markdown}} {
				path := filepath.Join(out, f.name)
				if err := atomicfile.Write(path, f.src, 0o644); err != nil {
					return environment(hint, err)
				}
				fmt.Fprintln(cmd.OutOrStdout(), path)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to; it is made")
	return cmd
}

// facts are what the dossier says of this program, from what the commands themselves take where
// nothing is said.
func (s *globalFlags) facts(root *cobra.Command) (dossier.Facts, error) {
	c, err := s.course(io.Discard, s.lang)
	if err != nil {
		return dossier.Facts{}, err
	}
	f := dossier.Facts{Version: version, Review: c.Review(), Private: settings.BuiltIn().Private,
		Fewest: room.FewestAnswers, Lessons: len(c.Lessons), Files: fileNames()}
	serve, _, err := root.Find([]string{"serve"})
	if err != nil {
		return f, err
	}
	flag := func(name string) string { return serve.Flags().Lookup(name).DefValue }
	if f.PagePort, err = strconv.Atoi(flag("port")); err != nil {
		return f, err
	}
	if f.SSHPort, err = strconv.Atoi(flag("ssh-port")); err != nil {
		return f, err
	}
	f.Bound = flag("address")
	return f, nil
}

// fileNames returns the names of all files outside of the program, with LESSON for the id of one.
func fileNames() []string {
	const id = "LESSON"
	return slices.Concat(progress.FileNames(), []string{settingsName, schoolName, rulesName, settings.PolicyName,
		hostKeyName, classBefore + id + classEnding, classBefore + id + socketEnd, id + deskEnding})
}
