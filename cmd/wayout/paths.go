package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/check"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// pathsReport has the paths of a lesson, as JSON for scripts.
type pathsReport struct {
	Lesson  string   `json:"lesson"`
	Paths   int      `json:"paths"`
	Safest  []string `json:"safest"`
	Worst   []string `json:"worst"`
	Longest []string `json:"longest"`
}

// toOutput stands for --transcripts without a folder.
const toOutput = "-"

func newPaths(s *globalFlags) *cobra.Command {
	var asJSON bool
	var folder string
	cmd := &cobra.Command{
		Use:   "paths [LESSON] [--transcripts [FOLDER]]",
		Short: "Show the safest, the worst and the longest way through, or what to proofread",
		Long: "Show the safest, the worst and the longest way through. LESSON is a name from wayout list,\n" +
			"or a file. --transcripts writes out full runs for a proofreader: as few as it takes to make\n" +
			"every choice, type every move and see every condition both true and false, wherever it comes\n" +
			"up. Each run starts with a list of what's new in it. The last line says how few runs\n" +
			"it could take at best. If you name a folder, each run gets its own file.",
		Example: "  wayout paths justice-for-greg\n  wayout paths my-lesson.md --transcripts to-read",
		Args:    cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			stderr := cmd.ErrOrStderr()
			if !cmd.Flags().Changed("transcripts") {
				return s.ways(cmd.OutOrStdout(), stderr, args, asJSON)
			}
			if len(args) == 0 {
				return wrongUse("wayout paths LESSON --transcripts",
					errors.New("name the lesson whose transcripts you want"))
			}
			if len(args) == 2 { // The folder is separated from its flag by a space.
				folder = args[1]
			}
			if folder == toOutput {
				folder = ""
			}
			l, err := s.lessonOrFile(stderr, args[0])
			if err != nil {
				return err
			}
			c, err := s.course(io.Discard, s.lang) // Problems were printed already.
			if err != nil {
				return err
			}
			c.Judge = nil // A transcript has only the lesson, not its findings.
			return transcribe(cmd.OutOrStdout(), c, l, folder, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	cmd.Flags().StringVar(&folder, "transcripts", "",
		"write out full runs to proofread, into a folder if you name one")
	cmd.Flags().Lookup("transcripts").NoOptDefVal = toOutput
	return cmd
}

// ways prints the safest, the worst and the longest path through a lesson, or through all.
func (s *globalFlags) ways(out, stderr io.Writer, args []string, asJSON bool) error {
	if len(args) > 1 {
		return wrongUse("a folder needs --transcripts", fmt.Errorf("give one lesson, or none for all of them"))
	}
	if len(args) == 0 {
		c, err := s.course(stderr, s.lang)
		if err != nil {
			return err
		}
		for _, e := range c.Lessons {
			args = append(args, e.ID)
		}
		stderr = io.Discard // Problems of the folder were printed already.
	}
	all := []pathsReport{}
	for _, id := range args {
		l, err := s.lessonOrFile(stderr, id)
		if err != nil {
			return err
		}
		all = append(all, pathsReport{l.ID, check.Measure(l).Paths, scenes(l, check.Safest(l)),
			scenes(l, check.Worst(l)),
			scenes(l, check.Longest(l))})
	}
	if asJSON {
		return printJSON(out, all)
	}
	for _, w := range all {
		fmt.Fprintf(out, "%s: %d paths\n  safest   %s\n  worst    %s\n  longest  %s\n", w.Lesson, w.Paths,
			strings.Join(w.Safest, " > "), strings.Join(w.Worst, " > "), strings.Join(w.Longest, " > "))
	}
	return nil
}

// scenes plays moves and returns the scenes that they lead through.
func scenes(l *lesson.Lesson, moves []play.Action) []string {
	run, _ := play.Replay(l, 0, moves)
	return run.Scenes()
}
