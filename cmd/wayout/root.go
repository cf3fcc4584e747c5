package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/plain"
	"wayout/internal/tui"
	"wayout/lessons"
)

// version is the version of the program.
const version = "0.1.0"

// settings are the flags that every command takes.
type settings struct {
	lang     string
	lessons  string
	theme    string
	country  string
	noMotion bool
}

func newRoot() *cobra.Command {
	s := &settings{}
	root := &cobra.Command{
		Use:           "wayout",
		Short:         "Practise the way out of pressure in a chat",
		Long:          "wayout lets you help somebody in a chat that goes wrong, and practise the way out.\nWithout a command it opens the list of lessons.",
		Example:       "  wayout\n  wayout play the-countdown\n  wayout play the-countdown --plain\n  wayout helplines uk",
		Version:       version,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return s.open(cmd, playing{}) },
	}
	root.SetVersionTemplate("wayout {{.Version}}\n")
	root.PersistentFlags().StringVar(&s.lang, "lang", "en", "language of the lessons")
	root.PersistentFlags().StringVar(&s.lessons, "lessons", "", "a folder with your school's own lessons")
	root.PersistentFlags().StringVar(&s.theme, "theme", "auto", strings.Join(tui.Themes(), ", "))
	root.PersistentFlags().StringVar(&s.country, "country", "", "whose help comes first, such as UK")
	root.PersistentFlags().BoolVar(&s.noMotion, "no-motion", false, "show messages at once")
	root.AddCommand(newPlay(s), newList(s), newCheck(s), newPaths(s), newHelplines(s))
	return root
}

// course opens the lessons and says on standard error which files were skipped.
func (s *settings) course(stderr io.Writer) (*course.Course, error) {
	var own fs.FS
	if s.lessons != "" {
		root, err := os.OpenRoot(s.lessons)
		if err != nil {
			return nil, environment("--lessons takes a folder", err)
		}
		own = root.FS()
	}
	if _, err := fs.Stat(lessons.Files, s.lang); err != nil || strings.ContainsAny(s.lang, "./\\") {
		return nil, wrongUse("there is: "+strings.Join(languages(), ", "), fmt.Errorf("no lessons in language %q", s.lang))
	}
	c, err := course.Open(lessons.Files, s.lang, own)
	if err != nil {
		return nil, environment("", err)
	}
	for _, d := range c.Problems {
		fmt.Fprintln(stderr, d)
	}
	return c, nil
}

// languages returns the languages that there are lessons in.
func languages() []string {
	var all []string
	entries, _ := fs.ReadDir(lessons.Files, ".") // Embedded; it can't fail.
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, e.Name())
		}
	}
	return all
}

func helpDirectory() (*helpline.Directory, error) {
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		return nil, environment("", err)
	}
	return helpline.Read(src)
}

// home returns the country whose help comes first: the flag's, or the locale's.
func (s *settings) home(d *helpline.Directory) (string, error) {
	if s.country != "" {
		c, ok := d.Find(s.country)
		if !ok {
			return "", wrongUse("there is: "+countries(d), fmt.Errorf("no help for country %q yet", s.country))
		}
		return c.Code, nil
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return d.Locale(v), nil
		}
	}
	return "", nil
}

func countries(d *helpline.Directory) string {
	var names []string
	for _, c := range d.Countries {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// playing says what to open, and how.
type playing struct {
	lesson string
	from   string
	plain  bool
}

// open opens the list of lessons, or one lesson, in the face that fits.
func (s *settings) open(cmd *cobra.Command, p playing) error {
	if !slices.Contains(tui.Themes(), s.theme) {
		return wrongUse("there is: "+strings.Join(tui.Themes(), ", "), fmt.Errorf("no theme %q", s.theme))
	}
	c, err := s.course(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	d, err := helpDirectory()
	if err != nil {
		return err
	}
	country, err := s.home(d)
	if err != nil {
		return err
	}
	if p.plain || needsPlain(os.Getenv, term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd())) {
		return s.linewise(cmd, p, plain.Options{Course: c, Help: d, Country: country, Seed: seed(), From: p.from})
	}
	o := tui.Options{Course: c, Help: d, Country: country, Lesson: p.lesson, From: p.from, Theme: s.theme, Seed: seed(),
		Motion: !s.noMotion && os.Getenv("REDUCE_MOTION") == "", Env: os.Environ()}
	if p.lesson != "" {
		if _, err := known(c, p.lesson); err != nil {
			return err
		}
	}
	if err := tui.Run(context.WithoutCancel(cmd.Context()), o); err != nil {
		return environment("wayout play LESSON --plain needs nothing of the terminal", err)
	}
	return nil
}

// needsPlain reports whether the line-by-line face is the one that fits: there
// is no terminal at both ends, it can do nothing, or the learner has said so.
func needsPlain(getenv func(string) string, terminal bool) bool {
	t := getenv("TERM")
	return !terminal || t == "dumb" || t == "" && !windows || getenv("ACCESSIBLE") != ""
}

// linewise plays in the plain face. Without a lesson it asks for one.
func (s *settings) linewise(cmd *cobra.Command, p playing, o plain.Options) error {
	in, out := cmd.InOrStdin(), cmd.OutOrStdout()
	if p.lesson == "" {
		id, rest, err := plain.Choose(in, out, o)
		if id == "" || err != nil {
			return ended(err)
		}
		p.lesson, in = id, rest
	}
	l, err := readLesson(cmd.ErrOrStderr(), o.Course, p.lesson)
	if err != nil {
		return err
	}
	if o.From != "" && l.Scene(o.From) < 0 {
		var ids []string
		for _, sc := range l.Scenes {
			ids = append(ids, sc.ID)
		}
		return wrongUse("there is: "+strings.Join(ids, ", "), fmt.Errorf("no scene %q in %q", o.From, p.lesson))
	}
	return ended(plain.Play(in, out, l, o))
}

// ended turns the errors of the plain face into ours.
func ended(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, plain.ErrEnded):
		return environment("nothing was answered for you; type q to leave a lesson", err)
	}
	return environment("", err)
}

// known returns the entry of a lesson, or an error that suggests the nearest.
func known(c *course.Course, id string) (course.Entry, error) {
	e, err := c.Entry(id)
	var unknown *course.UnknownError
	if errors.As(err, &unknown) {
		hint := "wayout list shows the lessons"
		if unknown.Nearest != "" {
			hint = fmt.Sprintf("did you mean %s?", unknown.Nearest)
		}
		return e, wrongUse(hint, err)
	}
	return e, err
}
