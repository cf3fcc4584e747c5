package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// glow is the peer, at a version that is pinned so that two runs compare.
const glow = "github.com/charmbracelet/glow/v2"
const glowVersion = "v2.1.1"

// rounds is how often each program is started; they take turns.
const rounds = 20

// program is a program to start, and how to recognise its first full frame.
type program struct {
	name    string
	argv    []string
	markers []string // Texts that are all on the screen once it is drawn.
	took    []time.Duration
	blank   int // Starts that drew a frame without the page, and were repeated.
}

// start prints the time from start to the first full frame of wayout, of a bare
// Bubble Tea program and of glow, at 80 x 24, in a terminal that answers what
// it is asked; and of the first two in one that does not.
func start(dir string) error {
	programs, err := build(dir)
	if err != nil {
		return err
	}
	for _, answers := range []bool{true, false} {
		if !answers {
			programs = programs[:2] // There glow waits for seconds, which is known.
		}
		for i := range programs {
			programs[i].took, programs[i].blank = nil, 0
		}
		for round := -1; round < rounds; round++ { // The first round warms the caches up.
			for i := range programs {
				took, err := patiently(&programs[i], dir, answers)
				if err != nil {
					return fmt.Errorf("%s: %w", programs[i].name, err)
				}
				if round >= 0 {
					programs[i].took = append(programs[i].took, took)
				}
			}
		}
		report(programs, answers)
	}
	return nil
}

// patiently starts a program until it draws its page. Glow 2.1.1 sometimes
// draws its frame around an empty page and waits for a key: such a start has no
// first full frame, so it is counted and repeated.
func patiently(p *program, home string, answers bool) (time.Duration, error) {
	for {
		took, err := firstFrame(*p, home, answers)
		if err == nil || p.name != "glow" || p.blank == 12*rounds {
			return took, err
		}
		p.blank++
	}
}

// build builds glow into a folder, as a module of its own, so that ours does not depend on it,
// and returns all programs.
func build(dir string) ([]program, error) {
	peer := filepath.Join(dir, "peer")
	if err := os.Mkdir(peer, 0o755); err != nil {
		return nil, err
	}
	mod := fmt.Sprintf("module peer\n\ngo 1.26\n\nrequire %s %s\n", glow, glowVersion)
	if err := os.WriteFile(filepath.Join(peer, "go.mod"), []byte(mod), 0o644); err != nil {
		return nil, err
	}
	if err := run(peer, "go", "build", "-mod=mod", "-ldflags=-s -w", "-o", filepath.Join(dir, "glow"),
		glow); err != nil {
		return nil, err
	}
	lesson, err := filepath.Abs(filepath.Join(small, "the-countdown.md"))
	if err != nil {
		return nil, err
	}
	return []program{
		{name: "bare", argv: []string{filepath.Join(dir, "bare")}, markers: []string{"bare footer"}},
		{name: "wayout", argv: []string{filepath.Join(dir, "wayout")},
			markers: []string{"There is a way out", "ctrl+x"}},
		{name: "glow", argv: []string{filepath.Join(dir, "glow"), "-t", "-s", "dark", lesson},
			markers: []string{"Malik is", "the-countdown.md"}},
	}, nil
}

// small is a folder of lessons that stay as they are when the course changes, so that the
// figures of different days can be compared.
const small = "internal/coursetest/testdata"

// playing returns wayout with a lesson of the folder small.
func playing(dir string) (program, error) {
	lessons, err := filepath.Abs(small)
	return program{name: "wayout", argv: []string{filepath.Join(dir, "wayout"), "play", "the-countdown", "--lessons",
		lessons, "--no-motion", "--private"}}, err
}

// buildOurs builds wayout and bare into a folder.
func buildOurs(dir string) error {
	for name, pkg := range map[string]string{"wayout": "./cmd/wayout", "bare": "./internal/bench/bare"} {
		if err := run(".", "go", "build", "-ldflags=-s -w", "-o", filepath.Join(dir, name), pkg); err != nil {
			return err
		}
	}
	return nil
}

func run(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stderr, os.Stderr
	return cmd.Run()
}

func report(programs []program, answers bool) {
	kind := "a terminal that answers"
	if !answers {
		kind = "a terminal that does not answer"
	}
	fmt.Printf("start to first full frame, 80 x 24, %s, n = %d\n", kind, rounds)
	fmt.Printf("%-8s %10s %8s %8s %8s\n", "", "median ms", "p10", "p90", "x bare")
	median := make(map[string]float64)
	for _, p := range programs {
		slices.Sort(p.took)
		at := func(q float64) float64 { return ms(p.took[int(q*float64(len(p.took)-1))]) }
		median[p.name] = at(0.5)
		fmt.Printf("%-8s %10.1f %8.1f %8.1f %8.2f\n", p.name, at(0.5), at(0.1), at(0.9), median[p.name]/median["bare"])
		if p.blank > 0 {
			fmt.Printf("         %d further starts of %s drew no page and were made again\n", p.blank, p.name)
		}
	}
	say := func(what string, got, most float64) {
		fmt.Printf("%s: %.2f, at most %.2f: %s\n", what, got, most, verdict(got <= most))
	}
	if answers {
		say("wayout / glow", median["wayout"]/median["glow"], 0.5)
	}
	say("wayout / bare", median["wayout"]/median["bare"], 2.5)
	fmt.Println()
}
