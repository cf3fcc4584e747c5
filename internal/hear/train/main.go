package main

import (
	"bytes"
	"cmp"
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
	if src, err = os.ReadFile(filepath.Join(dir, "words.txt")); err != nil {
		return err
	}
	words, err := hear.ReadWords(src)
	if err != nil {
		return err
	}
	var lines [][]hear.Line
	for _, one := range writers {
		lines = append(lines, one.lines)
	}
	var besides [2][]hear.Line
	for i, name := range []string{"plain.txt", "lesser.txt"} {
		if src, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return err
		}
		if besides[i], err = hear.ReadLines(src); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	m, without := hear.Learn(frames, words, lines, besides[0], besides[1])
	leaveOneOut(w, frames, writers, without, misses)
	if report {
		return nil
	}
	return write(w, dir, frames, m)
}

// write writes the weights as text, for people to read and compare, and packed, for the
// program, and the frames packed.
func write(w io.Writer, dir string, f *hear.Frames, m *hear.Model) error {
	frames, err := f.Packed()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "frames.toml.gz"), frames, 0o644); err != nil {
		return err
	}
	out := m.Encode()
	packed := hear.Pack(out)
	if err := os.WriteFile(filepath.Join(dir, "weights.txt"), out, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "weights.packed"), packed, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nweights.txt: %d KB, %d lines; packed %d KB; frames packed %d KB\n", len(out)/1000,
		bytes.Count(out, []byte("\n")), len(packed)/1000, len(frames)/1000)
	for _, s := range hear.Situations {
		largest(w, s.String(), m.Layer(s))
	}
	largest(w, "every situation", m.Danger())
	return nil
}

// largest prints the features with the largest weights, for review.
func largest(w io.Writer, name string, l *hear.Layer) {
	for i, h := range l.Heads {
		fmt.Fprintf(w, "%s %s: %s\n", name, h.Name, strings.Join(l.Largest(i, 12), ", "))
	}
}

func readWriters(dir string) ([]writer, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "writer-*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var all []writer
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
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

// tally counts how lines were heard.
type tally struct {
	protective, hits      int // Protective lines, and those heard as protective.
	others, wrong         int // Other lines, and those heard as protective.
	weak, praised         int // Weak lines, and those heard as protective.
	mixed, half           int // Mixed lines, and those heard as protective.
	danger, helped, alarm int // Lines of danger, those heard, and other lines heard as danger.
	near, beside          int // Lines of danger, and other lines, that get at least a word about help.
	moves, made, said     map[string]int
}

func newTally() *tally {
	return &tally{moves: map[string]int{}, made: map[string]int{}, said: map[string]int{}}
}

func (t *tally) add(l hear.Line, h hear.Heard) (wrong bool) {
	if l.Outcome == hear.InDanger {
		t.danger++
		if h.Gentle || h.Outcome == hear.InDanger {
			t.near++
		}
		if h.Outcome == hear.InDanger {
			t.helped++
			return false
		}
		return true
	}
	if h.Gentle || h.Outcome == hear.InDanger {
		t.beside++
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
	weak, half := &t.weak, &t.praised
	if l.Outcome == hear.Mixed {
		weak, half = &t.mixed, &t.half
	}
	if l.Outcome != hear.Unclear {
		*weak++
		if praised {
			*half++
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
	return fmt.Sprintf("recall %s of %4d   false %s of %4d   praised: weak %s of %4d, mixed %s of %4d   "+
		"danger %s of %3d, alarms %s; "+
		"with a word about help %s, others %s",
		share(t.hits, t.protective), t.protective, share(t.wrong, t.others), t.others, share(t.praised, t.weak), t.weak,
		share(t.half, t.mixed), t.mixed,
		share(t.helped, t.danger), t.danger, share(t.alarm, t.protective+t.others), share(t.near, t.danger),
		share(t.beside, t.protective+t.others))
}

// point is a line's outcome, and how sure a model is that hasn't seen its writer.
type point struct {
	sure float64
	is   hear.Outcome
}

// curve gives the recall that other limits would have.
type curve []point

func (c curve) String() string {
	slices.SortStableFunc(c, func(a, b point) int { return cmp.Compare(b.sure, a.sure) })
	var all []string
	for _, most := range [][2]float64{{0.05, 0.01}, {0.05, 0.02}, {0.05, 0.03}, {0.05, 1}, {0.07, 1}} {
		all = append(all, fmt.Sprintf("%s at %.0f%% false, %.0f%% praised", share(c.recall(most[0], most[1])),
			100*most[0], 100*most[1]))
	}
	return strings.Join(all, "; ")
}

// recall counts the protective lines that can be heard within these limits, and all of them.
func (c curve) recall(mostFalse, mostPraised float64) (best, of int) {
	count := func(c curve) (protective, others, weak int) {
		for _, p := range c {
			switch p.is {
			case hear.Protective:
				protective++
			case hear.Weak, hear.Mixed:
				weak++
				others++
			case hear.Unclear:
				others++
			}
		}
		return protective, others, weak
	}
	of, allOthers, allWeak := count(c)
	hits, others, weak := 0, 0, 0
	for i := range c {
		p, o, w := count(c[i : i+1])
		hits, others, weak = hits+p, others+o, weak+w
		if float64(others) > mostFalse*float64(allOthers) || float64(weak) > mostPraised*float64(allWeak) {
			break
		}
		best = hits
	}
	return best, of
}

// leaveOneOut reports how each writer's lines are heard by the model that was trained
// without them.
func leaveOneOut(w io.Writer, frames *hear.Frames, writers []writer, without []*hear.Model, misses int) {
	all := make(map[hear.Situation]*tally)
	curves := make(map[hear.Situation]curve)
	missed := make(map[hear.Situation][]string)
	for _, s := range hear.Situations {
		all[s] = newTally()
	}
	for i, one := range writers {
		r := hear.New(frames, without[i])
		own := make(map[hear.Situation]*tally)
		for _, l := range one.lines {
			if own[l.Situation] == nil {
				own[l.Situation] = newTally()
			}
			h := r.Hear(l.Situation, l.Text)
			curves[l.Situation] = append(curves[l.Situation], point{r.Sureness(l.Situation, l.Text), l.Outcome})
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
		fmt.Fprintf(w, "  at other bounds: %s\n", curves[s])
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
