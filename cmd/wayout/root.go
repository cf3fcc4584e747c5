package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/plain"
	"wayout/internal/settings"
	"wayout/internal/text"
	"wayout/internal/tui"
	"wayout/lessons"
)

// version is the version of the program.
const version = "0.2.0"

// globalFlags are the flags that every command takes.
type globalFlags struct {
	lang     string
	lessons  string
	theme    string
	country  string
	width    int
	noMotion bool
	noMouse  bool
	private  bool
	cover    string

	now    bool                   // Someone needs help now: a wrong flag must not keep it from them.
	flags  func(name string) bool // Whether a flag was set.
	policy settings.Policy        // What the school has locked on this computer.
}

func newRoot() *cobra.Command {
	s := &globalFlags{}
	root := &cobra.Command{
		Use:   "wayout",
		Short: "Practise the way out of pressure in a chat",
		Long: "wayout lets you help someone in a chat that goes wrong, and practise the way out.\n" +
			"Without a command it opens the list of lessons.",
		Example: "  wayout\n  wayout play justice-for-greg\n  wayout play justice-for-greg --plain\n" +
			"  wayout helplines uk",
		Version:       version,
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,

		PersistentPreRunE: s.readPolicy,
		RunE:              func(cmd *cobra.Command, _ []string) error { return s.open(cmd, startOptions{}) },
	}
	root.SetVersionTemplate("wayout {{.Version}}\n")
	f := root.PersistentFlags()
	f.StringVar(&s.lang, "lang", "en", "language of the lessons")
	f.StringVar(&s.lessons, "lessons", "", "a folder with your school's own lessons")
	f.StringVar(&s.theme, "theme", "auto", strings.Join(settings.Themes(), ", "))
	f.StringVar(&s.country, "country", "", "the country whose helplines come first, such as UK")
	f.IntVar(&s.width, "width", 0, fmt.Sprintf("width of the text, %d to %d", settings.MinWidth, settings.MaxWidth))
	f.BoolVar(&s.noMotion, "no-motion", false, "show messages at once")
	f.BoolVar(&s.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	f.StringVar(&s.cover, "cover", settings.InClass, "cover the screen when you switch away from it, where the "+
		"terminal can tell: "+strings.Join(settings.Covers(), ", "))
	f.BoolVar(&s.private, "private", false, "save nothing, and ignore anything saved earlier")
	s.flags = f.Changed
	root.AddCommand(newNow(s), newPlay(s), newPractise(s), newFineOrOff(s), newList(s), newCheck(s), newPaths(s),
		newNew(s), newGraph(s), newWatch(s),
		newHelplines(s),
		newProgress(s),
		newArticle(s),
		newSources(s), newPresent(s), newHandout(s), newExport(s), newClass(s), newServe(s), newDoctor(s), newHear(s),
		newLicences(), newDossier(s))
	root.AddCommand(forPackagers()...)
	return root
}

// all opens what every renderer needs: the lessons, the services that help, and the settings.
func (s *globalFlags) all(stderr io.Writer) (*course.Course, *helpline.Directory, settings.Settings, error) {
	d, err := helpDirectory(stderr)
	if err != nil {
		return nil, nil, settings.Settings{}, err
	}
	set, err := s.settings(stderr, d)
	if err != nil {
		return nil, nil, set, err
	}
	c, err := s.course(stderr, set.Lang)
	return c, d, set, err
}

// course opens the lessons and reports on standard error which files were skipped.
func (s *globalFlags) course(stderr io.Writer, lang string) (*course.Course, error) {
	var own fs.FS
	if s.lessons != "" {
		root, err := os.OpenRoot(s.lessons)
		if err != nil {
			return nil, environment("--lessons takes a folder", err)
		}
		own = root.FS()
	}
	if s.policy.Lang != "" {
		lang = s.policy.Lang
	}
	shipped := course.Pseudo(lessons.Files)
	if _, err := fs.Stat(shipped, lang); err != nil || strings.ContainsAny(lang, "./\\") {
		return nil, wrongUse("choose from: "+strings.Join(languages(), ", "),
			fmt.Errorf("there are no lessons in language %q", lang))
	}
	c, err := course.Open(shipped, lang, own)
	if err != nil {
		return nil, environment("", err)
	}
	c.Judge = func(l *lesson.Lesson) int {
		k, err := newChecker(c)
		if err != nil {
			return 0 // A test checks the shipped files; wayout check reports on others.
		}
		return len(check.Lesson(l, k.lex))
	}
	if err := s.allowed(stderr, c); err != nil {
		return nil, err
	}
	c.Folder = s.lessons
	said := c.Problems
	if !slices.ContainsFunc(slices.Concat(c.Lessons, c.Staff), func(e course.Entry) bool { return e.Own }) {
		said = slices.Concat(said, c.Notes) // They say why the folder has no lesson. Otherwise only check prints them.
	}
	printFindings(stderr, said)
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

// helpDirectory returns the services that help, the school's own people first. A mistake in the
// school's file is reported on standard error, and doesn't stop the command.
func helpDirectory(stderr io.Writer) (*helpline.Directory, error) {
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		return nil, environment("", err)
	}
	d, err := helpline.Read(src)
	if err != nil {
		return nil, environment("", err)
	}
	own, path := schoolFile()
	if own == nil {
		return d, nil
	}
	if d, err = d.WithSchool(own); err != nil {
		fmt.Fprintf(stderr, "wayout: %s: %s\n", text.Line(path, 400), text.Line(err.Error(), 400))
	}
	return d, nil
}

// settings combines flags, environment and file, in this order of precedence. An invalid value
// is an error on the command line, and only a message elsewhere.
func (s *globalFlags) settings(stderr io.Writer, d *helpline.Directory) (settings.Settings, error) {
	file := settings.BuiltIn()
	if src := settingsFile(); src != nil {
		var err error
		if file, err = settings.Read(src); err != nil {
			fmt.Fprintf(stderr, "wayout: %s\n", text.Line(err.Error(), 400))
		}
	}
	set := settings.Flags{}
	flag := func(name string, take func()) {
		if s.flags(name) {
			take()
		}
	}
	flag("lang", func() { set.Lang = &s.lang })
	flag("country", func() { set.Country = &s.country })
	flag("theme", func() { set.Theme = &s.theme })
	flag("cover", func() { set.Cover = &s.cover })
	flag("width", func() { set.Width = &s.width })
	flag("no-motion", func() { set.NoMotion = &s.noMotion })
	flag("no-mouse", func() { set.NoMouse = &s.noMouse })
	flag("private", func() { set.Priv = &s.private })
	got, err := settings.Resolve(set, os.Getenv, file, d.Locale)
	if err != nil && (s.flags("theme") || s.flags("width") || s.flags("cover")) {
		return got, wrongUse("", err)
	} else if err != nil {
		fmt.Fprintf(stderr, "wayout: %s\n", text.Line(err.Error(), 400))
	}
	got = s.underPolicy(stderr, got)
	if got.Country != "" {
		c, ok := d.Find(got.Country)
		if !ok && got.Locked.Country {
			fmt.Fprintf(stderr, "wayout: %s: no help for country %q yet\n", s.policy.At("country"),
				text.Line(got.Country, 60))
		} else if !ok && s.now {
			fmt.Fprintf(stderr, "wayout: there are no helplines for country %q yet; it goes on without\n",
				text.Line(got.Country, 60))
		} else if !ok && s.flags("country") {
			return got, noHelp(d, s.country)
		}
		got.Country = c.Code // "" if a file names a country without an entry.
	}
	return got, nil
}

func noHelp(d *helpline.Directory, country string) error {
	return wrongUse("choose from: "+countries(d),
		fmt.Errorf("there are no helplines for country %q yet", text.Line(country, 60)))
}

func countries(d *helpline.Directory) string {
	var names []string
	for _, c := range d.Countries {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// startOptions says what to open, and how.
type startOptions struct {
	lesson string
	from   string
	plain  bool

	practise  string // As in [tui.Options].
	now       bool   // As in [tui.Options].
	fineOrOff bool
}

// open opens the list of lessons, or one lesson, in the renderer that fits.
func (s *globalFlags) open(cmd *cobra.Command, p startOptions) error {
	stderr := cmd.ErrOrStderr()
	c, d, set, err := s.all(stderr)
	if err != nil {
		return err
	}
	if p.lesson != "" {
		if _, err := known(c, p.lesson); err != nil {
			return err
		}
	}
	set.Private = set.Private || p.now // "Right now" neither reads the record nor keeps anything.
	book := openBook(set.Private)
	save := saveSettings
	if set.Private {
		save = nil // A private learner's settings aren't written.
	}
	why := whyPlain(p.plain, os.Getenv, onTerminal())
	if why == "" && screenReader() && (p.now || offersLines(cmd.InOrStdin(), cmd.OutOrStdout(), c.Words())) {
		why = "chosen.reader"
	}
	if why != "" {
		chosen := ""
		if !p.now { // No extra line for someone who needs help this minute.
			chosen = c.Words().T(why)
		}
		return s.linewise(cmd, p, plain.Options{Course: c, Help: d, Book: book, Settings: set, Seed: seed(),
			From: p.from, Chosen: chosen, Typed: onTerminal(),
			Save: save, Erase: eraseKept})
	}
	o := tui.Options{Course: c, Help: d, Book: book, Settings: set, Lesson: p.lesson, Practise: p.practise,
		Now: p.now, FineOrOff: p.fineOrOff, From: p.from, Seed: seed(),
		Color: settings.ColorOf(os.Getenv), Env: os.Environ(), Save: save, Erase: eraseKept,
		Languages: languages(), Reopen: func(lang string) (*course.Course, error) { return s.course(io.Discard, lang) }}
	return environment("wayout play LESSON --plain works in any terminal",
		tui.Run(context.WithoutCancel(cmd.Context()), o))
}

// linewise plays line by line. Without a lesson it lists the lessons and asks.
func (s *globalFlags) linewise(cmd *cobra.Command, p startOptions, o plain.Options) error {
	in, out := cmd.InOrStdin(), cmd.OutOrStdout()
	if t := os.Getenv("TERM"); term.IsTerminal(os.Stdout.Fd()) && t != "dumb" && (t != "" || windows) {
		o.Clears = true
		back := leavesAtOnce(out)
		defer back()
	}
	switch {
	case p.now:
		return ended(plain.RightNow(in, out, cmd.ErrOrStderr(), o))
	case p.practise != "":
		return ended(plain.Practise(in, out, cmd.ErrOrStderr(), p.practise, o))
	case p.fineOrOff:
		return ended(plain.FineOrOff(in, out, cmd.ErrOrStderr(), o))
	case p.lesson == "":
		return ended(plain.Home(in, out, cmd.ErrOrStderr(), o))
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
		return wrongUse("choose from: "+strings.Join(ids, ", "),
			fmt.Errorf("there's no scene %q in %q", o.From, p.lesson))
	}
	return ended(plain.Play(in, out, cmd.ErrOrStderr(), l, o))
}

// leavesAtOnce makes ctrl+x work without enter, if the terminal can do that, and makes ctrl+c
// leave in the same way, with a cleared screen.
func leavesAtOnce(out io.Writer) (back func()) {
	back = atOnce(os.Stdin)
	pressed := make(chan os.Signal, 1)
	signal.Notify(pressed, os.Interrupt)
	go func() { // It ends with the program.
		<-pressed
		back()
		_, _ = io.WriteString(out, plain.ClearAll)
		os.Exit(0)
	}()
	return back
}

// ended adds exit codes and hints to the errors of the line-by-line renderer.
func ended(err error) error {
	if errors.Is(err, plain.ErrEnded) {
		return environment("nothing was chosen for you; type q to leave a lesson", err)
	}
	return environment("", err)
}

// known returns the entry of a lesson, or an error that suggests the most similar id.
func known(c *course.Course, id string) (course.Entry, error) {
	e, err := c.Entry(id)
	if unknown, ok := errors.AsType[*course.UnknownError](err); ok {
		for _, d := range c.Notes {
			if d.File == unknown.ID+".md" {
				return e, wrongUse(d.Fix, fmt.Errorf("%s isn't a lesson: %s", d.File, d.Message))
			}
		}
		hint := "wayout list shows the lessons"
		if unknown.Nearest != "" {
			hint = fmt.Sprintf("did you mean %s?", unknown.Nearest)
		}
		if info, err := os.Stat(id); err == nil && !info.IsDir() && strings.HasSuffix(id, ".md") {
			dir, name := filepath.Split(id)
			hint = fmt.Sprintf("that's a file: wayout play %s --lessons %s, or wayout watch %s",
				text.Line(strings.TrimSuffix(name, ".md"), 100), text.Line(filepath.Clean(dir), 200),
				text.Line(id, 200))
		}
		return e, wrongUse(hint, err)
	}
	return e, err
}
