package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"

	"charm.land/fang/v2"
	"github.com/charmbracelet/x/term"

	"wayout/internal/course"
	"wayout/internal/text"
	"wayout/lessons"
)

func main() {
	// By default the first garbage collection would delay the first frame. With 400
	// it comes at 16 MiB of heap, which a learner's program hardly ever reaches.
	debug.SetGCPercent(400)
	code := run(os.Args[1:], os.Stdout, os.Stderr)
	// A network disk may report only on close that it was full.
	if err := os.Stdout.Close(); err != nil && code == 0 && !hungUp(err) {
		code = report(os.Stderr, unwritten(err))
	}
	os.Exit(code)
}

// run runs one command and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetErr(stderr)
	if slices.Contains(args, "--version") || slices.Contains(args, "-v") {
		root.SetVersionTemplate("wayout {{.Version}}\n" + review())
	}
	if term.IsTerminal(os.Stdout.Fd()) && wantsPage(args) {
		// Fang's styled help costs a few milliseconds and queries the terminal for
		// its colours, so it is used only for pages of help.
		return report(stderr, fang.Execute(context.Background(), root, fang.WithVersion(version), fang.WithoutManpage(),
			fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {})))
	}
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	out := &output{w: stdout, stop: stop}
	root.SetOut(out)
	err := root.ExecuteContext(ctx)
	lost := out.failed()
	switch {
	case lost == nil:
		return report(stderr, err)
	case hungUp(lost):
		return exitEnvironment
	case err != nil && !errors.Is(err, lost) && err != errFindings:
		report(stderr, err) // This error is another one, and more specific.
	}
	return report(stderr, unwritten(lost))
}

// review returns who has reviewed the lessons, for an adult who asks for the version. It is
// called only then, because it opens the lessons.
func review() string {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		return "" // A test checks the shipped files.
	}
	return c.Review() + "\n"
}

// wantsPage reports whether the arguments ask for a page of help.
func wantsPage(args []string) bool {
	return slices.ContainsFunc([]string{"-h", "--help", "help", "man", "completion"},
		func(page string) bool { return slices.Contains(args, page) })
}

// exitError is an error with an exit code and a hint for the user.
type exitError struct {
	code int
	hint string
	err  error
}

// The exit codes.
const (
	exitFindings    = 1
	exitUse         = 2
	exitEnvironment = 3
)

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// errFindings ends a check that has printed findings.
var errFindings = &exitError{code: exitFindings, err: errors.New("there are findings")}

func wrongUse(hint string, err error) error { return &exitError{exitUse, hint, err} }

func environment(hint string, err error) error {
	if err == nil {
		return nil
	}
	return &exitError{exitEnvironment, hint, err}
}

// report prints an error and returns the exit code. An error that isn't an exitError
// is one of cobra's, about flags and arguments.
func report(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	e := &exitError{code: exitUse, hint: "wayout --help lists the commands", err: err}
	errors.As(err, &e)
	if e == errFindings {
		return e.code
	}
	fmt.Fprintln(w, "wayout:", text.Line(err.Error(), 2000))
	if e.hint != "" {
		fmt.Fprintln(w, "wayout:", e.hint)
	}
	return e.code
}
