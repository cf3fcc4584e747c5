package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/graph"
	"wayout/internal/lesson"
	"wayout/internal/text"
)

func newGraph(s *globalFlags) *cobra.Command {
	var asMermaid, asJSON bool
	var format string
	cmd := &cobra.Command{
		Use:   "graph LESSON",
		Short: "Draw a lesson's scenes and how they connect",
		Long: "Draw a lesson's scenes and how they connect, as a tree. LESSON is a name from wayout list, or\n" +
			"a file. --mermaid makes a diagram that GitHub and other Markdown viewers draw, if you put it in\n" +
			"a code block marked mermaid. --format dot makes one for Graphviz; --json prints data.\n\n" + graph.Legend,
		Example: "  wayout graph justice-for-greg\n  wayout graph my-lesson.md --mermaid",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := s.lessonOrFile(cmd.ErrOrStderr(), args[0])
			if err != nil {
				return err
			}
			if asMermaid {
				format = "mermaid"
			}
			out := cmd.OutOrStdout()
			switch {
			case asJSON:
				return printJSON(out, graph.Of(l))
			case format == "mermaid":
				_, err = io.WriteString(out, graph.Mermaid(l))
			case format == "dot":
				_, err = io.WriteString(out, graph.Dot(l))
			case format == "text":
				for _, line := range graph.Tree(l, s.columns()) {
					fmt.Fprintln(out, line)
				}
				fmt.Fprintln(out)
				fmt.Fprintln(out, graph.Legend)
			default:
				return wrongUse("choose from: text, mermaid, dot",
					fmt.Errorf("unknown format %q", text.Line(format, 60)))
			}
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, mermaid or dot")
	cmd.Flags().BoolVar(&asMermaid, "mermaid", false, "as a Mermaid diagram")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

// widestTree is the width of a tree, in cells, if the width of the screen isn't known.
const widestTree = 120

// columns returns the width of standard output, in cells.
func (s *globalFlags) columns() int {
	if s.flags("width") {
		return s.width
	}
	if w, _, err := term.GetSize(os.Stdout.Fd()); err == nil && w > 0 {
		return w
	}
	return widestTree
}

// lessonOrFile reads a lesson of the list, or a file by its path. It prints what is wrong
// with the lesson.
func (s *globalFlags) lessonOrFile(stderr io.Writer, name string) (*lesson.Lesson, error) {
	c, err := s.course(stderr, s.lang)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil || info.IsDir() || !strings.HasSuffix(name, ".md") {
		if _, unknown := c.Entry(name); unknown != nil && strings.HasSuffix(name, ".md") {
			return nil, wrongUse("give a file that exists, or a lesson from wayout list",
				fmt.Errorf("there's no file %q", text.Line(name, 200)))
		}
		return readLesson(stderr, c, name)
	}
	src, err := readPage(name)
	if err != nil {
		return nil, environment("give a lesson's file",
			fmt.Errorf("can't read %q: %s", text.Line(name, 200), reason(err)))
	}
	l, diags := lesson.Parse(name, src)
	printFindings(stderr, diags)
	if l == nil {
		return nil, environment("fix what's listed above, then try again",
			fmt.Errorf("can't open %q: %s", text.Line(name, 200), findings(len(diags))))
	}
	return l, nil
}

// readPage reads the file of a lesson, without following a link out of its folder.
func readPage(path string) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	src, err := course.ReadLesson(root.FS(), filepath.Base(path))
	return src, errors.Join(err, root.Close())
}
