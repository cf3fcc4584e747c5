package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"wayout/internal/lesson"
	"wayout/internal/site"
	"wayout/internal/text"
)

func newExport(s *globalFlags) *cobra.Command {
	var out string
	var only []string
	var scorm, cmi5 bool
	cmd := &cobra.Command{
		Use:   "export --out FOLDER",
		Short: "Make the course into pages for any browser",
		Long: "Make the course into a folder of pages. Put it on any web server, or on a drive: it opens by a\n" +
			"double click on index.html, and works without the internet. The stories play as they do here.\n" +
			"The pages send nothing to anyone, and keep nothing unless the learner asks for it. Where scripts\n" +
			"aren't allowed, each story is a page to read and print.\n\n" +
			"With --scorm or --cmi5 a learning platform can open the folder; take the one it knows. It's told\n" +
			"which story is open and which ones are done, and never what anyone chose or typed, or that they\n" +
			"looked for help. With cmi5 it's also told when the pages were opened and closed.",
		Example: "  wayout export --out course\n  wayout export --out one --lesson justice-for-greg\n" +
			"  wayout export --out ours --lessons my-lessons --country uk\n" +
			"  wayout export --out lms --lesson justice-for-greg --scorm\n  wayout export --out lms --cmi5",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return wrongUse("wayout export --out FOLDER", errors.New("where to?"))
			}
			platform, err := platformOf(scorm, cmi5)
			if err != nil {
				return err
			}
			files, err := s.siteFiles(cmd, only, platform)
			if err != nil {
				return err
			}
			size := 0
			for _, f := range files {
				if _, err := writeOut(out, f.Name, f.Data); err != nil {
					return err
				}
				size += len(f.Data)
			}
			fmt.Fprintf(cmd.OutOrStdout(),
				"%d files, %.1f MB. Open %s in a browser, or put the folder on a web server.\n",
				len(files), float64(size)/1e6, text.Line(filepath.Join(out, "index.html"), 400))
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to; it is made")
	cmd.Flags().StringSliceVar(&only, "lesson", nil, "this lesson only; give it again for another one")
	cmd.Flags().BoolVar(&scorm, "scorm", false,
		"for a learning platform (SCORM 1.2): zip what's in the folder and upload it")
	cmd.Flags().BoolVar(&cmi5, "cmi5", false,
		"for a learning platform (cmi5): zip what's in the folder and upload it")
	return cmd
}

// platformOf returns the standard for a learning platform that the flags ask for. It refuses both
// flags together, because a page talks to one platform only.
func platformOf(scorm, cmi5 bool) (site.Platform, error) {
	switch {
	case scorm && cmi5:
		return 0, wrongUse("use the one your learning platform knows",
			errors.New("--scorm and --cmi5 can't go together"))
	case scorm:
		return site.SCORM, nil
	case cmi5:
		return site.CMI5, nil
	}
	return site.NoPlatform, nil
}

// siteFiles makes the pages of the course, or of some of its lessons.
func (s *globalFlags) siteFiles(cmd *cobra.Command, only []string, platform site.Platform) ([]site.File, error) {
	c, help, set, err := s.all(cmd.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	if len(only) == 0 {
		only = c.IDs()
	}
	var lessons []*lesson.Lesson
	for _, id := range only {
		l, err := readLesson(cmd.ErrOrStderr(), c, id)
		if err != nil {
			return nil, err
		}
		lessons = append(lessons, l)
	}
	engine, err := siteEngine(cmd)
	if err != nil {
		return nil, err
	}
	files, err := site.Make(site.Options{Course: c, Help: help, Country: set.Country, Lessons: lessons,
		Engine: engine, Platform: platform})
	return files, environment("", err)
}

// siteEngine returns the engine for a browser. A release has it built in; otherwise it's compiled.
func siteEngine(cmd *cobra.Command) (site.Engine, error) {
	engine, err := site.Built()
	if err == nil {
		return engine, nil
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "wayout: building the part that runs in a browser. "+
		"This takes a minute the first time.")
	if engine, err = site.Compile("."); err != nil {
		return engine, environment("use a release of wayout, or run this in a folder with its source, where Go is "+
			"installed", err)
	}
	return engine, nil
}
