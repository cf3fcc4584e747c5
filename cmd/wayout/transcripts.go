package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/plain"
	"wayout/internal/play"
	"wayout/internal/settings"
	"wayout/internal/text"
)

// covering has the transcripts of a lesson, as JSON for scripts.
type covering struct {
	Lesson      string       `json:"lesson"`
	Things      int          `json:"things"` // How many choices, moves and conditions the runs must cover.
	Bound       int          `json:"bound"`  // No set of runs that covers all of them is smaller.
	Transcripts []transcript `json:"transcripts"`
}

// transcript is one run from its start to an ending.
type transcript struct {
	Ending string   `json:"ending"`
	Covers []string `json:"covers"` // What this run covers, and no earlier one.
	Scenes []string `json:"scenes"`
	File   string   `json:"file,omitempty"`

	moves []play.Action
}

// covers returns runs that together cover everything in a lesson.
func covers(l *lesson.Lesson) (covering, error) {
	c := check.Cover(l)
	if len(c.Runs) == 0 {
		return covering{}, environment("wayout check says how to cut it down",
			errors.New("the lesson has too many states"))
	}
	out := covering{Lesson: l.ID, Things: c.Things, Bound: c.Bound}
	for _, r := range c.Runs {
		out.Transcripts = append(out.Transcripts,
			transcript{Ending: r.Ending, Covers: r.Covers, Scenes: scenes(l, r.Moves), moves: r.Moves})
	}
	return out, nil
}

// draw writes transcript n, below a list of what is new in it.
func (c covering) draw(w io.Writer, n int, l *lesson.Lesson, o plain.Options) error {
	t := c.Transcripts[n]
	fmt.Fprintf(w, "Transcript %d of %d of %s. It ends in %q.\nNew in this one:\n", n+1, len(c.Transcripts), c.Lesson,
		t.Ending)
	for _, what := range t.Covers {
		fmt.Fprintf(w, "  %s\n", what)
	}
	fmt.Fprintln(w)
	return plain.Transcript(w, l, t.moves, o)
}

// transcribe prints all transcripts, or writes each into a new file of a folder.
func transcribe(out io.Writer, crs *course.Course, l *lesson.Lesson, folder string, asJSON bool) error {
	c, err := covers(l)
	if err != nil {
		return err
	}
	o := plain.Options{Course: crs, Settings: settings.BuiltIn(), Seed: 1}
	if folder != "" {
		if err := c.save(folder, l, o); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return printJSON(out, c)
	case folder == "":
		for n := range c.Transcripts {
			if err := c.draw(out, n, l, o); err != nil {
				return err
			}
			fmt.Fprintf(out, "\n%s\n\n", strings.Repeat("-", 72))
		}
	}
	// Print how many there are, and a lower bound.
	fmt.Fprintf(out, "%s: %d transcripts; it takes at least %d to cover all %d choices, moves and conditions\n",
		c.Lesson, len(c.Transcripts), c.Bound, c.Things)
	return nil
}

// save writes each transcript into a new file.
func (c *covering) save(folder string, l *lesson.Lesson, o plain.Options) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return environment("give a folder you can write to",
			fmt.Errorf("can't make %q: %s", text.Line(folder, 200), reason(err)))
	}
	for n := range c.Transcripts {
		path := filepath.Join(folder, fmt.Sprintf("%s-%02d.txt", l.ID, n+1))
		c.Transcripts[n].File = path
		var drawn bytes.Buffer
		if err := c.draw(&drawn, n, l, o); err != nil {
			return err
		}
		err := createNew(path, drawn.Bytes(), 0o644, "give a new folder, or move what's in this one",
			"give a folder you can write to")
		if err != nil {
			return err
		}
	}
	return nil
}
