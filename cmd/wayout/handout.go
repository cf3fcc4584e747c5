package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/web"
	"wayout/lessons"
)

func newHandout(s *globalFlags) *cobra.Command {
	var out, plan string
	var pdf, now bool
	cmd := &cobra.Command{
		Use:   "handout [LESSON] --out FOLDER",
		Short: "Make printed sheets for a lesson, or for a whole course",
		Long: "Make printed sheets for a lesson: a sheet for the learner, a plan for the adult, the lesson as a\n" +
			"gamebook that works with a pencil, and a slip that says it was done. With --course, sheets\n" +
			"for a whole course: a plan minute by minute, a letter home, and a sheet for someone who\n" +
			"is standing in. With --now, the sheet of \"wayout now\" for someone it's happening to. The pages\n" +
			"open in any browser and print on A4 and Letter.",
		Example: "  wayout handout justice-for-greg --out paper\n  wayout handout justice-for-greg --out paper --pdf " +
			"--country uk\n  wayout handout --course class --out paper\n" +
			"  wayout handout --now --country uk --out paper",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return wrongUse("wayout handout LESSON --out FOLDER", errors.New("no folder to write to"))
			}
			asked := slices.DeleteFunc([]bool{plan != "", now, len(args) > 0}, func(b bool) bool { return !b })
			if len(asked) != 1 {
				return wrongUse("wayout handout LESSON, wayout handout --course COURSE, or wayout handout --now",
					errors.New("choose one: a lesson, a course, or the sheet for right now"))
			}
			name, print := plan, s.sheets
			if now {
				name, print = "now", s.nowSheet
			} else if plan == "" {
				name, print = args[0], s.handouts
			}
			pages, err := print(cmd, name)
			if err != nil {
				return err
			}
			browser := ""
			if pdf {
				if browser = findBrowser(); browser == "" {
					fmt.Fprintln(cmd.ErrOrStderr(),
						"wayout: there's no PDF, because Chromium wasn't found. Open a page "+
							"in any browser and choose Print, then Save as PDF.")
				}
			}
			for _, p := range pages {
				path, err := writeOut(out, name+"-"+p.Name, p.HTML)
				if err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), path)
				if browser == "" {
					continue
				}
				if path, err = printPDF(browser, path); err != nil {
					return environment("without --pdf you get pages that print from any browser", err)
				}
				fmt.Fprintln(cmd.OutOrStdout(), path)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to, made if it isn't there")
	cmd.Flags().StringVar(&plan, "course", "", "for this course from \"wayout list --courses\" instead of a lesson")
	cmd.Flags().BoolVar(&now, "now", false, "the \"wayout now\" sheet instead of a lesson")
	cmd.Flags().BoolVar(&pdf, "pdf", false, "also make PDFs, if Chromium is installed")
	return cmd
}

func (s *globalFlags) handouts(cmd *cobra.Command, id string) ([]web.File, error) {
	stderr := cmd.ErrOrStderr()
	m, err := s.openLesson(cmd, id)
	if err != nil {
		return nil, err
	}
	if words := m.course.Doubt(m.lesson); words != "" {
		fmt.Fprintln(stderr, "wayout:", words)
	}
	sources, err := course.Sources(lessons.Files, m.lesson.Sources)
	if err != nil {
		fmt.Fprintln(stderr, "wayout:", err) // A school's own lesson may name unknown sources.
	}
	pages, err := web.Handouts(web.Handout{Course: m.course, Help: m.help, Lesson: m.lesson, Country: m.set.Country,
		Rules: groundRules(), Sources: sources})
	return pages, environment("", err)
}

// nowSheet makes the sheet for someone who is in trouble right now.
func (s *globalFlags) nowSheet(cmd *cobra.Command, _ string) ([]web.File, error) {
	c, help, set, err := s.all(cmd.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	pages, err := web.NowSheet(web.Handout{Course: c, Help: help, Country: set.Country})
	return pages, environment("", err)
}

// sheets makes the printed pages of a whole course.
func (s *globalFlags) sheets(cmd *cobra.Command, id string) ([]web.File, error) {
	c, help, set, err := s.all(cmd.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range c.Plans() {
		if p.ID == id {
			pages, err := web.Sheets(web.Handout{Course: c, Help: help, Country: set.Country,
				Rules: groundRules()}, p)
			return pages, environment("", err)
		}
		ids = append(ids, p.ID)
	}
	return nil, wrongUse("one of "+strings.Join(ids, ", "), fmt.Errorf("there's no course %q", id))
}

// findBrowser returns a Chromium on this machine, or "".
func findBrowser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"msedge"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// printPDF prints a page to a PDF file beside it, and returns its path. The browser
// gets a temporary profile, which is removed afterwards.
func printPDF(browser, page string) (string, error) {
	page, err := filepath.Abs(page)
	if err != nil {
		return "", err
	}
	profile, err := os.MkdirTemp("", "wayout-print")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(profile)
	pdf := strings.TrimSuffix(page, ".html") + ".pdf"
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync",
		"--no-pdf-header-footer", "--user-data-dir=" + profile, "--print-to-pdf=" + pdf}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox") // Root can't run it otherwise; the page is our own.
	}
	said, err := exec.Command(browser, append(args, "file://"+page)...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", filepath.Base(browser), err, said)
	}
	if info, err := os.Stat(pdf); err != nil || info.Size() == 0 {
		return "", fmt.Errorf("%s made no PDF: %s", filepath.Base(browser), said)
	}
	return pdf, nil
}
