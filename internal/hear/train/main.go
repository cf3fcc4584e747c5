package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wayout/internal/hear"
)

func main() {
	dir := flag.String("dir", "lessons/en/hear", "the folder with frames.toml and the lines")
	report := flag.Bool("report", false, "report only, write nothing")
	misses := flag.Int("misses", 20, "how many lines that were heard wrongly to print, a situation")
	flag.Parse()
	if err := train(os.Stdout, *dir, *report, *misses); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(3)
	}
}

// writer is a file of lines.
type writer struct {
	name  string
	lines []hear.Line
}

func train(w io.Writer, dir string, report bool, misses int) error {
	src, err := os.ReadFile(filepath.Join(dir, "frames.toml"))
	if err != nil {
		return err
	}
	frames, err := hear.ReadFrames(src)
	if err != nil {
		return err
	}
	writers, err := readWriters(dir)
	if err != nil {
		return err
	}
	leaveOneOut(w, frames, writers, misses)
	if report {
		return nil
	}
	m := hear.Learn(frames, linesOf(writers, ""))
	out := m.Encode()
	if err := os.WriteFile(filepath.Join(dir, "weights.txt"), out, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nweights.txt: %d KB, %d weights\n", len(out)/1000, bytes.Count(out, []byte("\n")))
	for _, s := range hear.Situations {
		for _, name := range hear.Heads(s) {
			if h := m.Head(s, name); h != nil {
				var top []string
				for _, f := range h.Largest(12) {
					top = append(top, fmt.Sprintf("%s %+.1f", f, h.Weights[f]))
				}
				fmt.Fprintf(w, "%s %s: %s\n", s, name, strings.Join(top, ", "))
			}
		}
	}
	return nil
}

func readWriters(dir string) ([]writer, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var all []writer
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		if name == "weights" {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		lines, err := hear.ReadLines(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, writer{name, lines})
	}
	if len(all) < 2 {
		return nil, fmt.Errorf("%s: lines by two writers at least are wanted", dir)
	}
	return all, nil
}

// linesOf returns the lines of all writers but one.
func linesOf(writers []writer, but string) []hear.Line {
	var all []hear.Line
	for _, w := range writers {
		if w.name != but {
			all = append(all, w.lines...)
		}
	}
	return all
}

// tally counts how lines were heard.
type tally struct {
	protective, hits      int // Protective lines, and those heard as such.
	others, wrong         int // All others, and those heard as protective.
	weak, praised         int // Weak and mixed ones, and those heard as protective.
	danger, helped, alarm int // Lines of danger, those heard, and others heard as it.
	moves, made, said     map[string]int
}

func newTally() *tally {
	return &tally{moves: map[string]int{}, made: map[string]int{}, said: map[string]int{}}
}

func (t *tally) add(l hear.Line, h hear.Heard) (wrong bool) {
	if l.Outcome == hear.InDanger {
		t.danger++
		if h.Outcome == hear.InDanger {
			t.helped++
			return false
		}
		return true
	}
	if h.Outcome == hear.InDanger {
		t.alarm++
		wrong = true
	}
	for _, m := range hear.Moves[l.Situation] {
		is, says := slices.Contains(l.Moves, m), slices.Contains(h.Moves, m)
		if is {
			t.moves[m]++
		}
		if says {
			t.said[m]++
		}
		if is && says {
			t.made[m]++
		}
	}
	if l.Outcome == hear.Protective {
		t.protective++
		if h.Outcome == hear.Protective {
			t.hits++
			return wrong
		}
		return true
	}
	t.others++
	praised := h.Outcome == hear.Protective
	if praised {
		t.wrong++
	}
	if l.Outcome == hear.Weak || l.Outcome == hear.Mixed {
		t.weak++
		if praised {
			t.praised++
		}
	}
	return wrong || praised
}

func share(n, of int) string {
	if of == 0 {
		return "    -"
	}
	return fmt.Sprintf("%4.1f%%", 100*float64(n)/float64(of))
}

func (t *tally) String() string {
	return fmt.Sprintf("recall %s of %4d   false %s of %4d   weak praised %s of %4d   danger %s of %3d, alarms %s",
		share(t.hits, t.protective), t.protective, share(t.wrong, t.others), t.others, share(t.praised, t.weak), t.weak,
		share(t.helped, t.danger), t.danger, share(t.alarm, t.protective+t.others))
}

// leaveOneOut learns without each writer in turn and reports how that writer's lines
// are heard.
func leaveOneOut(w io.Writer, frames *hear.Frames, writers []writer, misses int) {
	all := make(map[hear.Situation]*tally)
	missed := make(map[hear.Situation][]string)
	for _, s := range hear.Situations {
		all[s] = newTally()
	}
	for _, one := range writers {
		r := hear.New(frames, hear.Learn(frames, linesOf(writers, one.name)))
		own := make(map[hear.Situation]*tally)
		for _, l := range one.lines {
			if own[l.Situation] == nil {
				own[l.Situation] = newTally()
			}
			h := r.Hear(l.Situation, l.Text)
			own[l.Situation].add(l, h)
			if all[l.Situation].add(l, h) {
				missed[l.Situation] = append(missed[l.Situation],
					fmt.Sprintf("%-10s heard %-10s %v unsure %v: %s", l.Outcome, h.Outcome, h.Moves, h.Unsure, l.Text))
			}
		}
		for _, s := range hear.Situations {
			if own[s] != nil {
				fmt.Fprintf(w, "%-12s %-9s %s\n", one.name, s, own[s])
			}
		}
	}
	fmt.Fprintln(w)
	for _, s := range hear.Situations {
		t := all[s]
		fmt.Fprintf(w, "%-12s %-9s %s\n", "every writer", s, t)
		for _, m := range hear.Moves[s] {
			fmt.Fprintf(w, "  %-16s heard %s of %4d, right %s of %4d said\n", m, share(t.made[m], t.moves[m]),
				t.moves[m], share(t.made[m], t.said[m]), t.said[m])
		}
		step := max(len(missed[s])/max(misses, 1), 1)
		for i := 0; i < len(missed[s]) && misses > 0; i += step {
			fmt.Fprintln(w, "  ", missed[s][i])
		}
	}
}
