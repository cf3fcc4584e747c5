package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/text"
)

func newNew(s *globalFlags) *cobra.Command {
	var folder string
	var show bool
	said := make(map[string]*string)
	cmd := &cobra.Command{
		Use:   "new [NAME]",
		Short: "Start a lesson of your own: a page that plays straight away",
		Long: "Start a lesson of your own. Answer four questions, here or as flags, and you get a page with\n" +
			"a whole short lesson that plays straight away. Replace its story piece by piece. Where it says\n" +
			"FILL IN, only you know what to write, and check reminds you. A file that's already there is\n" +
			"never overwritten.",
		Example: "  wayout new\n  wayout new one-match --title 'One match' --focus Maya --other Theo --place Leeds",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := s.course(cmd.ErrOrStderr(), s.lang)
			if err != nil {
				return err
			}
			page, err := c.NewPage()
			if err != nil {
				return environment("", err)
			}
			flags := make(map[string]string)
			for key, value := range said {
				if cmd.Flags().Changed(key) {
					flags[key] = *value
				}
			}
			answers, err := answers(cmd.InOrStdin(), cmd.ErrOrStderr(), page, flags)
			if err != nil {
				return err
			}
			if show {
				_, err := io.WriteString(cmd.OutOrStdout(), page.Fill(answers))
				return err
			}
			name := course.NewName(answers["title"])
			if len(args) > 0 {
				name = strings.TrimSuffix(args[0], ".md")
			}
			return writePage(cmd.OutOrStdout(), c, folder, name+".md", page.Fill(answers))
		},
	}
	for key, use := range map[string]string{"title": "what the lesson is called",
		"focus": "the first name of the person the learner helps",
		"other": "the first name of the person on the other side of the chat",
		"place": "where it happens, such as Leeds"} {
		said[key] = cmd.Flags().String(key, "", use)
	}
	cmd.Flags().StringVar(&folder, "folder", ".", "the folder to put the page in")
	cmd.Flags().BoolVar(&show, "print", false, "print the page instead of writing a file")
	return cmd
}

// answers takes the answers from the flags, and asks for those that are missing. An empty
// line accepts the suggestion.
func answers(in io.Reader, stderr io.Writer, page course.NewPage, flags map[string]string) (map[string]string, error) {
	all := make(map[string]string)
	for _, a := range page.Asks {
		if given, ok := flags[a.Key]; ok {
			if why := page.Refuse(a.Key, given, all); why != "" {
				return nil, wrongUse("such as --"+a.Key+" '"+a.Such+"'",
					fmt.Errorf("--%s %q can't be used: %s", a.Key, text.Line(given, 100), why))
			}
			all[a.Key] = given
		}
	}
	lines := bufio.NewReader(io.LimitReader(in, 1<<16))
	for _, a := range page.Asks {
		for all[a.Key] == "" {
			fmt.Fprintf(stderr, "%s [%s] ", a.Asks, a.Such)
			line, err := lines.ReadString('\n')
			if err != nil && line == "" {
				fmt.Fprintln(stderr)
				return nil, wrongUse("answer the questions, or give all of --title, --focus, --other and --place",
					fmt.Errorf("no answer to %q", a.Asks))
			}
			answer := cmp.Or(text.Line(strings.TrimSpace(line), 200), a.Such)
			if why := page.Refuse(a.Key, answer, all); why != "" {
				fmt.Fprintf(stderr, "That can't be used: %s.\n", why)
				continue
			}
			all[a.Key] = answer
		}
	}
	return all, nil
}

// writePage writes a page into a new file, and prints what to do next.
func writePage(out io.Writer, c *course.Course, folder, name, page string) error {
	if name == ".md" {
		return wrongUse("give it a name: wayout new my-lesson",
			errors.New("the title has no letters or digits to name a file after"))
	}
	if strings.ContainsAny(name, `/\`) {
		return wrongUse("give the folder with --folder",
			fmt.Errorf("%q can't be a lesson's name", text.Line(name, 100)))
	}
	if d := course.NameProblem(name); d != nil {
		return wrongUse(d.Fix, fmt.Errorf("%q can't be a lesson's name: %s", text.Line(name, 100), d.Message))
	}
	if c.Taken(name) != nil {
		return wrongUse("choose another name: wayout new NAME",
			fmt.Errorf("the course already has a lesson called %q", strings.TrimSuffix(name, ".md")))
	}
	path := filepath.Join(folder, name)
	err := createNew(path, []byte(page), 0o644, "choose another name, wayout new NAME, or move the file",
		"--folder takes a folder you can write to, and the disk needs some room")
	if err != nil {
		return err
	}
	id := strings.TrimSuffix(name, ".md")
	fmt.Fprintf(out, "%s is ready to play.\n\n", path)
	fmt.Fprintf(out, "  wayout watch %s\n    plays it beside your editor, and checks it each time you save\n", path)
	fmt.Fprintf(out, "  wayout play %s --lessons %s\n    plays it as a learner would\n", id, folder)
	fmt.Fprintf(out, "  wayout check %s\n    says what you still have to fill in\n", path)
	return nil
}
