package main

import (
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/settings"
)

func newPlay(s *globalFlags) *cobra.Command {
	var p startOptions
	cmd := &cobra.Command{
		Use:     "play [LESSON]",
		Short:   "Play a lesson",
		Example: "  wayout play justice-for-greg\n  wayout play justice-for-greg --plain",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				p.lesson = args[0]
			}
			if p.from != "" && p.lesson == "" {
				return wrongUse("name the lesson too: wayout play LESSON --from SCENE",
					fmt.Errorf("--from without a lesson"))
			}
			return s.open(cmd, p)
		},
	}
	cmd.Flags().BoolVar(&p.plain, "plain", false, "line by line, for screen readers and scripts")
	cmd.Flags().StringVar(&p.from, "from", "", "start at this scene, for authors")
	return cmd
}

// doubted prints on standard error how many rules a lesson breaks, and waits until the adult
// has read that, because afterwards the whole room sees the screen.
func doubted(cmd *cobra.Command, c *course.Course, l *lesson.Lesson) {
	words := c.Doubt(l)
	if words == "" {
		return
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "wayout:", words)
	if !onTerminal() {
		return
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "wayout:", c.Words().T("cover.enter"))
	for key := make([]byte, 1); key[0] != '\n'; { // Read byte by byte: the rest is for the screen.
		if n, err := os.Stdin.Read(key); err != nil || n == 0 {
			return
		}
	}
}

// findings returns the number of findings in words.
func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

// onTerminal reports whether both input and output are a terminal.
func onTerminal() bool { return term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()) }

// material is a lesson, and everything that is needed to show it.
type material struct {
	lesson *lesson.Lesson
	course *course.Course
	help   *helpline.Directory
	set    settings.Settings
}

// openLesson opens a lesson and the rest of its material.
func (s *globalFlags) openLesson(cmd *cobra.Command, id string) (m material, err error) {
	if m.course, m.help, m.set, err = s.all(cmd.ErrOrStderr()); err == nil {
		m.lesson, err = readLesson(cmd.ErrOrStderr(), m.course, id)
	}
	return m, err
}

// openLed opens something to lead a room or a class through: a lesson, "Fine or off?", or a
// booster.
func (s *globalFlags) openLed(cmd *cobra.Command, id string) (m material, err error) {
	if m.course, m.help, m.set, err = s.all(cmd.ErrOrStderr()); err != nil {
		return m, err
	}
	if m.lesson, _, err = m.course.Led(id); err == nil && m.lesson != nil && m.lesson.Session != "" {
		return m, nil
	}
	m.lesson, err = readLesson(cmd.ErrOrStderr(), m.course, id)
	return m, err
}

// readLesson reads a lesson, and prints what is wrong with it.
func readLesson(stderr io.Writer, c *course.Course, id string) (*lesson.Lesson, error) {
	e, err := known(c, id)
	if err != nil {
		return nil, err
	}
	l, diags, err := c.Lesson(id)
	if err != nil {
		return nil, environment("", err)
	}
	printFindings(stderr, diags)
	if l == nil {
		whose := "it's a lesson of the course"
		if e.Own {
			whose = "it's from your own folder"
		}
		return nil, environment("fix what's listed above, then open it again",
			fmt.Errorf("can't open lesson %q (%s): %s", e.ID, whose, findings(len(diags))))
	}
	return l, nil
}
