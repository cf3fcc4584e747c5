package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/hear"
	"wayout/internal/text"
)

// maxHeard is how many bytes of a line are heard. A longer line is cut.
const maxHeard = 1 << 10

func newHear(s *globalFlags) *cobra.Command {
	var situation string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "hear",
		Short: "Show what is heard in typed lines",
		Long: "Read lines from standard input, and show what is heard in each: the moves it makes, and the\n" +
			"words that show it. It's for authors and counsellors who want to try the recogniser that\n" +
			"rehearsals use. No line is kept.",
		Example: "  echo \"no. i'm telling my mum\" | wayout hear --situation refuse\n" +
			"  wayout hear --situation tell --json < lines.txt",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := hear.ParseSituation(situation)
			if err != nil {
				return wrongUse("--situation takes refuse, tell, stand-by or listen", err)
			}
			c, _, _, err := s.all(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			r, err := c.Recogniser()
			if err != nil {
				return environment("", err)
			}
			return hearLines(cmd.InOrStdin(), cmd.OutOrStdout(), asJSON, func(line string) hear.Heard {
				return r.Hear(in, line)
			})
		},
	}
	cmd.Flags().StringVar(&situation, "situation", "refuse",
		"the situation the lines are typed in: refuse, tell, stand-by or listen")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object per line, for scripts")
	return cmd
}

// heardLine is what was heard in a line, as JSON.
type heardLine struct {
	Line    string        `json:"line"`
	Outcome string        `json:"outcome"`
	Moves   []string      `json:"moves"`
	Unsure  []string      `json:"unsure"` // Moves that were perhaps made.
	Because []heardReason `json:"because"`
}

type heardReason struct {
	Move  string `json:"move"`
	Words string `json:"words"`
}

// hearLines prints what is heard in each line. An empty line gets its line of output, too,
// so that line n of the output is about line n of the input.
func hearLines(in io.Reader, out io.Writer, asJSON bool, listen func(string) hear.Heard) error {
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line == "" && errors.Is(err, io.EOF) {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return environment("", fmt.Errorf("read a line: %w", err))
		}
		line = text.Line(strings.TrimRight(line, "\r\n"), maxHeard)
		if err := printHeard(out, asJSON, line, listen(line)); err != nil {
			return err
		}
	}
}

func printHeard(out io.Writer, asJSON bool, line string, h hear.Heard) error {
	if !asJSON {
		_, err := fmt.Fprintf(out, "%-10s %s\n", h.Outcome, line)
		for _, b := range h.Because {
			if err == nil {
				_, err = fmt.Fprintf(out, "           %s: “%s”\n", b.Move, b.Words)
			}
		}
		return err
	}
	row := heardLine{Line: line, Outcome: h.Outcome.String(), Moves: append([]string{}, h.Moves...),
		Unsure: append([]string{}, h.Unsure...), Because: []heardReason{}}
	for _, b := range h.Because {
		row.Because = append(row.Because, heardReason{b.Move, b.Words})
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(row)
}
