package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/fineoff"
	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/text"
	"wayout/lessons"
)

func newCheck(s *globalFlags) *cobra.Command {
	var asJSON, stats bool
	cmd := &cobra.Command{
		Use:   "check [FILE or FOLDER …]",
		Short: "Check lessons, and say what to fix",
		Long: "Follow every way through a lesson, and say what to fix. Without a file or a folder, this\n" +
			"checks the lessons that come with wayout.\n\n" +
			"Each finding gives the file, the line and column, the rule, what's wrong, and how to fix it.\n" +
			"The exit code is 1 if there are any. With --json each one is an object with file, line, col,\n" +
			"rule, message, fix and path. lessons/README.md explains how to write a lesson, with an\n" +
			"example of every rule.\n\n" +
			"At the top of a lesson, between two lines of three hyphens:\n\n  " +
			strings.Join(lesson.Labels(), "\n  ") + "\n\n" + labels(),
		Example: "  wayout check\n  wayout check my-lesson.md\n  wayout check our-lessons/ --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := course.Open(lessons.Files, s.lang, nil)
			if err != nil {
				return wrongUse("choose from: "+strings.Join(languages(), ", "), err)
			}
			k, err := newChecker(c)
			if err != nil {
				return environment("", err)
			}
			k.measure = stats
			if len(args) == 0 {
				k.shipped(s.lang)
			}
			for _, path := range args {
				if err := k.path(path); err != nil {
					return environment("give a lesson's file, or a folder of lessons", err)
				}
			}
			printFindings(cmd.ErrOrStderr(), k.notes)
			return k.report(cmd.OutOrStdout(), asJSON, stats)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, for scripts")
	cmd.Flags().BoolVar(&stats, "stats", false, "also print figures for each lesson")
	return cmd
}

// labels lists the words with which a lesson marks things, for authors.
func labels() string {
	src, err := lessons.Files.ReadFile("en/signs.toml")
	if err != nil {
		return ""
	}
	var names []string
	for line := range strings.Lines(string(text.Lines(src))) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			names = append(names, strings.TrimSuffix(name, "]"))
		}
	}
	slices.Sort(names)
	var all strings.Builder
	fmt.Fprintf(&all, "Warning signs, such as [^urgency] after a message:\n  %s\n", strings.Join(names, ", "))
	fmt.Fprintf(&all, "Moves for a line to type, such as `decline`, all from one row; those with ~ give in:\n  %s\n",
		strings.Join(lesson.MoveLabels(), "\n  "))
	fmt.Fprintf(&all, "Points of the article, for article:\n  %s\n", strings.Join(lesson.ArticlePoints(), ", "))
	return all.String() +
		"Panels: > [!TIP], > [!WARNING], > [!CAUTION], > [!IMPORTANT]; > [!NOTE] is for the adult only."
}

// checker checks files and collects what it finds.
type checker struct {
	course  *course.Course
	lex     check.Lexicon
	found   []lesson.Diagnostic
	notes   []lesson.Diagnostic // Messages that aren't findings.
	stats   []string
	measure bool // Also print the numbers of each lesson.
	grades  []float64
	lessons []*lesson.Lesson // The lessons that were measured.
}

func newChecker(c *course.Course) (*checker, error) {
	var src [3][]byte
	for i, name := range []string{"words.toml", "signs.toml", "six-moves.toml"} {
		var err error
		if src[i], err = c.File(name); err != nil {
			return nil, err
		}
	}
	lex, err := check.ReadLexicon(src[0], src[1], src[2])
	if err != nil {
		return nil, err
	}
	return &checker{course: c, lex: lex}, nil
}

// shipped checks the lessons of the program itself.
func (k *checker) shipped(lang string) {
	dir, err := fs.Sub(lessons.Files, lang)
	if err == nil {
		k.folder(dir, "lessons/"+lang)
	}
}

// path checks a file, or the lessons of a folder. If the folder has a course.toml,
// it checks the lessons as a set, too.
func (k *checker) path(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	dir, name := path, "."
	if !info.IsDir() {
		dir, name = filepath.Dir(path), filepath.Base(path)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if info.IsDir() {
		k.folder(root.FS(), filepath.ToSlash(filepath.Clean(path)))
		return nil
	}
	if strings.HasSuffix(name, ".script") {
		return k.script(root.FS(), name, path)
	}
	if name == fineoff.File {
		k.fineOrOff(root.FS(), path)
		return nil
	}
	k.named(root.FS(), name, path)
	if lesson.IsDeck(name) {
		k.deck(root.FS(), name, path)
		return nil
	}
	_, err = fs.Stat(root.FS(), "course.toml")
	k.file(root.FS(), name, path, err != nil)
	return nil
}

// named reports a file whose name keeps it from being found as a lesson in a folder. If the
// file isn't text, it reports only that.
func (k *checker) named(dir fs.FS, name, shown string) {
	d := course.NameProblem(name)
	if d == nil && !strings.HasSuffix(name, ".md") {
		d = &lesson.Diagnostic{Line: 1, Col: 1, Rule: "format",
			Message: "the name doesn't end in .md, so this file won't be listed as a lesson",
			Fix:     "rename it: letters, digits and hyphens, and .md at the end"}
	}
	if d == nil {
		return
	}
	src, err := course.ReadLesson(dir, name)
	if what, _ := text.Foreign(src); err != nil || what != "" {
		return
	}
	d.File = text.Line(shown, 200)
	k.found = append(k.found, *d)
}

func (k *checker) folder(dir fs.FS, name string) {
	in := func(ds []lesson.Diagnostic) []lesson.Diagnostic {
		for i := range ds {
			ds[i].File = strings.TrimSuffix(name+"/"+ds[i].File, "/.")
		}
		return ds
	}
	f := course.Look(dir)
	k.found = append(k.found, in(f.Problems)...)
	k.notes = append(k.notes, in(f.Notes)...)
	_, err := fs.Stat(dir, "course.toml")
	isCourse := err == nil
	var all []*lesson.Lesson
	for _, n := range f.Lessons {
		if l := k.file(dir, n, name+"/"+n, !isCourse); l != nil {
			all = append(all, l)
		}
	}
	for _, n := range f.Decks {
		k.deck(dir, n, name+"/"+n)
	}
	if _, err := fs.Stat(dir, fineoff.File); err == nil && isCourse {
		k.fineOrOff(dir, name+"/"+fineoff.File)
	}
	if isCourse {
		k.found = append(k.found, check.Set(map[string][]*lesson.Lesson{name: all})...)
	}
}

// read reads a file, or reports that it can't be read.
func (k *checker) read(dir fs.FS, name, shown string) ([]byte, bool) {
	src, err := course.ReadLesson(dir, name)
	if err != nil {
		k.unreadable(shown, err)
	}
	return src, err == nil
}

func (k *checker) unreadable(shown string, err error) {
	k.found = append(k.found, lesson.Diagnostic{File: text.Line(shown, 200), Line: 1, Col: 1, Rule: "format",
		Message: text.Line(reason(err), 200), Fix: "make the file readable"})
}

// deck checks a file of short stories.
func (k *checker) deck(dir fs.FS, name, shown string) {
	src, ok := k.read(dir, name, shown)
	if !ok {
		return
	}
	d, diags := lesson.ParseDeck(shown, src)
	k.found = append(k.found, diags...)
	if d != nil {
		k.found = append(k.found, check.Deck(d, k.lex)...)
	}
}

// fineOrOff checks the chats of "Fine or off?".
func (k *checker) fineOrOff(dir fs.FS, shown string) {
	src, err := course.ReadFile(dir, fineoff.File)
	if err != nil {
		k.unreadable(shown, err)
		return
	}
	_, found := fineoff.Read(text.Line(shown, 200), src)
	k.found = append(k.found, found...)
}

// script checks the script of a talk against its lesson, whose id begins its name:
// justice-for-greg.script, or justice-for-greg.monday.script.
func (k *checker) script(dir fs.FS, name, shown string) error {
	id, _, _ := strings.Cut(name, ".")
	l, diags, err := k.course.Lesson(id)
	if err != nil {
		return fmt.Errorf("a script is named after its lesson: %w", err)
	}
	k.found = append(k.found, diags...)
	src, ok := k.read(dir, name, shown)
	if !ok || l == nil {
		return nil
	}
	commands, found := room.ParseScript(shown, src)
	if len(found) == 0 {
		found = room.CheckScript(shown, commands, l)
	}
	k.found = append(k.found, found...)
	return nil
}

// file checks one lesson; it returns nil if it can't be read. Own says that it isn't a
// lesson of the course, so that it can't have the name of one.
func (k *checker) file(dir fs.FS, name, shown string, own bool) *lesson.Lesson {
	src, ok := k.read(dir, name, shown)
	if !ok {
		return nil
	}
	if d := k.course.Taken(name); own && d != nil {
		d.File = text.Line(shown, 200)
		k.found = append(k.found, *d)
	}
	l, diags := lesson.Parse(shown, src)
	k.found = append(k.found, diags...)
	if l == nil {
		return nil
	}
	k.found = append(k.found, check.Lesson(l, k.lex)...)
	if !k.measure {
		return l
	}
	m := check.Measure(l)
	k.grades = append(k.grades, m.Grade)
	k.lessons = append(k.lessons, l)
	k.stats = append(k.stats,
		fmt.Sprintf(
			"%s: %d scenes, %d states, %d paths, %d words, grade %.1f, %.0f minutes at most, %.0f on a median path, "+
				"at least %d %% messages or speech, %d endings, the rarest in %.0f %% of random runs, %d of a "+
				"median path's %d scenes on every path",
			shown, m.Scenes, m.States, m.Paths, m.Words, m.Grade, m.Minutes, m.Median, m.Said, m.Endings, m.Rarest,
			m.Shared, m.Steps)+unlisted(shown, l))
	return l
}

// unlisted says where the moves lead that an author hasn't listed, a line for each rehearsal.
func unlisted(shown string, l *lesson.Lesson) string {
	var all strings.Builder
	for _, u := range check.UnlistedMoves(l) {
		fmt.Fprintf(&all, "\n%s:%d: in %q these have no item of their own: %s", shown, u.Pos.Line, u.Scene,
			strings.Join(u.Goes, "; "))
	}
	return all.String()
}

// reason returns what went wrong without the path, which the message has already.
func reason(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

func printFindings(w io.Writer, all []lesson.Diagnostic) {
	for _, d := range all {
		fmt.Fprintln(w, d)
	}
}

func (k *checker) report(w io.Writer, asJSON, stats bool) error {
	if asJSON {
		if k.found == nil {
			k.found = []lesson.Diagnostic{}
		}
		if err := printJSON(w, k.found); err != nil {
			return err
		}
	} else {
		printFindings(w, k.found)
	}
	if stats && !asJSON {
		slices.Sort(k.stats)
		for _, s := range k.stats {
			fmt.Fprintln(w, s)
		}
		if slices.Sort(k.grades); len(k.grades) > 1 {
			fmt.Fprintf(w, "%d lessons, median grade %.1f\n", len(k.grades), k.grades[len(k.grades)/2])
			g := check.GuessOf(k.lessons)
			fmt.Fprintf(w, "someone who knows the other lessons' choices picks a safe one in %.0f %% of %d "+
				"lists; chance alone would be %.0f %%\n",
				g.Right, g.Lists, g.Chance)
		}
	}
	if len(k.found) > 0 {
		return errFindings
	}
	return nil
}
